"""What the conference's secretariat may do in the admin: set up, and look; texts are not edited
there, since every change of a text goes through a service that records it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions

from accounts.roles import SECRETARIAT, grant

SET_UP = ("conference", "secretariatmember", "adhocgroup", "membership")
LOOK = ("draft", "contribution", "proposal", "revision", "paperimport", "paperjob", "event")


def grant_drafting_to_secretariat(sender: AppConfig, **kwargs: Any) -> None:
    """Gives the standing role its rights after each migration."""
    create_permissions(sender, verbosity=0, using=kwargs.get("using", "default"))
    grant(SECRETARIAT, sender.label, SET_UP, ("view", "add", "change", "delete"))
    grant(SECRETARIAT, sender.label, (*LOOK, "provision", "option"), ("view",))
