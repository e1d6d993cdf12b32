"""What the conference's secretariat may do in the admin: set up, and look; texts are not edited
there, since every change of a text goes through a service that records it.

The standing role opens the admin. What is seen there is what belongs to the conferences that one
serves, as on the site; people and delegations are the house's, and a superuser sees all.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.management import create_permissions
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.forms import Field as FormField
from django.forms import ModelChoiceField
from django.http import HttpRequest

from accounts.admin import is_superuser
from accounts.roles import SECRETARIAT, grant
from drafting.models import Conference

SET_UP = ("conference", "secretariatmember", "adhocgroup", "membership")
LOOK = ("draft", "contribution", "proposal", "revision", "paperimport", "paperjob", "event")


def grant_drafting_to_secretariat(sender: AppConfig, **kwargs: Any) -> None:
    """Gives the standing role its rights after each migration."""
    create_permissions(sender, verbosity=0, using=kwargs.get("using", "default"))
    grant(SECRETARIAT, sender.label, SET_UP, ("view", "add", "change", "delete"))
    grant(SECRETARIAT, sender.label, (*LOOK, "provision", "option"), ("view",))


def served(request: HttpRequest) -> QuerySet[Conference]:
    """The conferences whose desk a person may sit at."""
    every = Conference.objects.order_by("pk")
    if is_superuser(request):
        return every
    return every.filter(secretariatmember__user=request.user.pk)


class OfServed(admin.ModelAdmin):
    """Shows, and takes in, only what belongs to a conference that the person serves."""

    within = "conference"  # the way from a row to its conference

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(**self._mine(request))

    def _mine(self, request: HttpRequest) -> dict[str, Any]:
        return {} if is_superuser(request) else {f"{self.within}__in": served(request).values("pk")}

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Also asked for the history of a row that is no longer anywhere.
        return super().has_view_permission(request, obj) and self._is_mine(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_mine(request, obj)

    def _is_mine(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        found = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(found, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # A conference is not deleted by a small cross beside a group's field.
            widget.can_delete_related = False
        return found

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        model = db_field.related_model
        desk = self.admin_site._registry.get(model)
        if isinstance(desk, OfServed):
            kwargs["queryset"] = desk.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
