"""Standing roles of people in the house, as groups of Django permissions.

Roles in a negotiation (chair, secretary, delegate, observer) are not here: they belong to a
group's membership. A role here only opens parts of the admin.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission

SECRETARIAT = "Secretariat"
ACCOUNT_MODELS = ("user", "delegation")


def grant(role: str, app_label: str, models: Iterable[str], actions: Iterable[str]) -> None:
    """Gives the role `actions` ("view", "add", "change", "delete") on the models of one app.

    Only adds: what an administrator has granted by hand stays. The permissions must exist,
    so call this after migrations; one that does not exist is a mistake and raises.
    """
    codenames = {f"{action}_{model}" for model in models for action in actions}
    found = Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames)
    missing = codenames - set(found.values_list("codename", flat=True))
    if missing:
        raise Permission.DoesNotExist(f"{app_label}: {', '.join(sorted(missing))}")
    Group.objects.get_or_create(name=role)[0].permissions.add(*found)


def grant_accounts_to_secretariat(sender: AppConfig, **kwargs: Any) -> None:
    """The secretariat keeps the lists of people and delegations; nobody is ever deleted."""
    from django.contrib.auth.management import create_permissions

    # Django makes permissions in a handler of the same signal, perhaps later than this one.
    create_permissions(sender, verbosity=0, using=kwargs.get("using", "default"))
    grant(SECRETARIAT, sender.label, ACCOUNT_MODELS, ("view", "add", "change"))
