"""Forms of the admin: adding a person needs no password, they set one by e-mail."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, User


class AddPersonForm(forms.ModelForm):
    """A new person, who sets a password through "Forgotten your password?"."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["email", "full_name", "language"]

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        # A random password, not an unusable one: allauth sends no reset link to the latter.
        user.set_password(secrets.token_urlsafe(32))
        if commit:
            user.save()
        return user


class ChangePersonForm(forms.ModelForm):
    """A person's details; the password is changed on a page of its own."""

    password = ReadOnlyPasswordHashField(
        label=_("password"),
        help_text=_('Nobody can read it. <a href="../password/">Set a new one</a>.'),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "email",
            "password",
            "full_name",
            "language",
            "is_active",
            "is_staff",
            "is_superuser",
            "groups",
            "user_permissions",
        ]


class DelegationForm(forms.ModelForm):
    """A delegation; only a regional group speaks for others, and never for itself."""

    class Meta:
        model = Delegation
        fields: ClassVar[list[str]] = ["symbol", "name", "short_name", "kind", "members"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        members = cleaned.get("members") or Delegation.objects.none()
        if members and cleaned.get("kind") != Delegation.Kind.REGIONAL_GROUP:
            self.add_error("members", _("Only a regional group has members."))
        if members and self.instance.pk and self.instance in members:
            self.add_error("members", _("A group cannot be a member of itself."))
        return cleaned
