"""Conferences, their ad hoc groups, and who sits in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from drafting.models.history import acted_records


class Conference(models.Model):
    """A plenipotentiary, council, committee or assembly that negotiates texts."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    place = models.CharField(_("place and year"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    secretariat = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="SecretariatMember", related_name="+"
    )
    history = acted_records()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-starts_on", "name"]

    def __str__(self) -> str:
        return self.name


class SecretariatMember(models.Model):
    """A person of the conference's secretariat: sees and serves every group of it."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    history = acted_records()

    class Meta:
        verbose_name = _("member of the secretariat")
        verbose_name_plural = _("secretariat")
        constraints = [
            models.UniqueConstraint(fields=["conference", "user"], name="secretariat_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.conference})"


class WritingMode(models.TextChoices):
    """How delegates write in the group's drafts."""

    DIRECT = "direct", _("directly")
    PENDING = "pending", _("as pending changes only")


class FoldStyle(models.TextChoices):
    """How different wordings of one provision are set side by side in a consolidated draft."""

    OPTIONS = "options", _("whole options")
    INLINE = "inline", _("one text with alternatives in brackets")


class AdHocGroup(models.Model):
    """A sub-body with a chair, members and a mandate. `body`: where in the conference it sits."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="groups")
    slug = models.SlugField(_("short name in addresses"))
    name = models.CharField(_("name"), max_length=200)
    body = models.CharField(_("body it reports to"), max_length=120, blank=True)
    mandate = models.TextField(_("mandate"), blank=True)
    delegates_write = models.CharField(
        _("delegates write"),
        max_length=10,
        choices=WritingMode.choices,
        default=WritingMode.PENDING,
    )
    fold_style = models.CharField(
        _("different wordings are shown as"),
        max_length=10,
        choices=FoldStyle.choices,
        default=FoldStyle.OPTIONS,
        db_default=FoldStyle.OPTIONS,
    )
    fold_words = models.PositiveSmallIntegerField(
        _("most words in one alternative"),
        default=8,
        db_default=8,
        help_text=_("Longer differences stay whole options."),
    )
    history = acted_records()

    class Meta:
        verbose_name = _("ad hoc group")
        verbose_name_plural = _("ad hoc groups")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "slug"], name="group_slug_once_per_conference"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member is in a group. The secretariat's role comes from the conference."""

    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    DELEGATE = "delegate", _("delegate")
    OBSERVER = "observer", _("observer")


class Membership(models.Model):
    """A person in a group. A delegate acts for one delegation; an observer may name one."""

    group = models.ForeignKey(AdHocGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    delegation = models.ForeignKey(
        "accounts.Delegation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = acted_records()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="member_once_per_group"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.DELEGATE) | models.Q(delegation__isnull=False),
                name="delegate_has_a_delegation",
                violation_error_message=_("A delegate acts for a delegation: choose it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} ({self.group})"
