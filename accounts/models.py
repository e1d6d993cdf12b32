"""Users and delegations.

- An e-mail address names one person, whatever its case.
- A delegation is a member state, a regional group or a body; all three speak by a symbol.
- Nobody is deleted: people are made inactive, delegations stay, since the record names them.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

# Sign-in changes these alone; a version of the person for each sign-in would be noise.
UNVERSIONED = {"password", "last_login"}


def languages() -> list[tuple[str, str]]:
    """What people can choose from; asked when needed, so that one more is no migration."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case, so that one person has one account."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in; without a password, once they have set one by e-mail."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may do everything in the admin."""
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_staff` opens the admin; groups say what may be done there."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(
        _("full name"), max_length=150, help_text=_("As on the badge: Ms Ana Ruiz")
    )
    language = models.CharField(
        _("preferred language"), max_length=8, choices=languages, default="en"
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this instead of deleting: the record keeps the name."),
    )
    is_staff = models.BooleanField(
        _("may open the admin"), default=False, help_text=_("What they may do is set by groups.")
    )
    date_joined = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    history = HistoricalRecords(excluded_fields=sorted(UNVERSIONED))

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar[list[str]] = ["full_name", "email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("Someone already signs in with this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """The name as on the badge."""
        return self.full_name

    def get_short_name(self) -> str:
        """The name as on the badge: titles and name order differ too much to shorten it."""
        return self.full_name

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; a version is kept unless only the password or the last sign-in changed."""
        changed = kwargs.get("update_fields")
        if changed is not None and set(changed) <= UNVERSIONED:
            self._save_without_version(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def _save_without_version(self, *args: Any, **kwargs: Any) -> None:
        """Saves without a version: the library asks whether this attribute is there."""
        self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving


class Delegation(models.Model):
    """Those who speak with one voice: a member state, a regional group or a body.

    `symbol` is what proposal codes carry: the country symbol ("KES"), the regional group's
    ("EUR"), or a body's. `members` are the delegations a regional group speaks for.
    """

    class Kind(models.TextChoices):
        MEMBER_STATE = "member_state", _("Member state")
        REGIONAL_GROUP = "regional_group", _("Regional group")
        BODY = "body", _("Body")

    symbol = models.CharField(
        _("symbol"),
        max_length=12,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[A-Z][A-Z0-9-]*\Z", _("Capital letters, digits and hyphens, as in proposals.")
            )
        ],
        help_text=_("As in proposal codes: KES in KES/70/2."),
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("The name in full."))
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.MEMBER_STATE
    )
    members = models.ManyToManyField(
        "self",
        verbose_name=_("members"),
        symmetrical=False,
        related_name="regional_groups",
        blank=True,
        help_text=_("For a regional group: the delegations it speaks for."),
    )

    history = HistoricalRecords(m2m_fields=[members])

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering: ClassVar[list[str]] = ["symbol"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["member_state", "regional_group", "body"]),
                name="delegation_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(symbol__regex=r"^[A-Z][A-Z0-9-]*$"),
                name="delegation_symbol_well_formed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} · {self.display_name}"

    @property
    def display_name(self) -> str:
        """The short name, or the name where there is none."""
        return self.short_name or self.name
