"""The chair's table: what delegations think, what was decided and why, and the way back.

Positions are remarks of delegations; decisions say what became of a proposal's words and are
never changed; a `Before` is a draft's part as it was before one act, so that the act can be undone
as one step.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from drafting.domain.dispositions import Deciding
from drafting.domain.positions import Stance
from drafting.models.draft import Draft, Option, Provision, known, words
from drafting.models.event import Event
from drafting.models.history import acted_records


class Position(models.Model):
    """A delegation's stance on a provision, on one option of it, or on one bracket (its id).

    Who said so, and when, is told by its history; `said_by` is who set it down last.
    """

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="positions")
    option = models.ForeignKey(
        Option, on_delete=models.CASCADE, null=True, blank=True, related_name="positions"
    )
    bracket = models.CharField(max_length=40, blank=True)
    delegation = models.ForeignKey(
        "accounts.Delegation", on_delete=models.PROTECT, related_name="+"
    )
    stance = models.CharField(max_length=10, choices=words(Stance))
    words = models.CharField(_("in a few words"), max_length=300, blank=True)
    said_by = models.CharField(max_length=120)
    from_the_floor = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())
    history = acted_records()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provision", "option", "bracket", "delegation"],
                nulls_distinct=False,
                name="one_position_of_a_delegation_on_a_thing",
            ),
            known("stance", Stance, "position_stance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.stance} {self.provision}"


class Package(models.Model):
    """Provisions that are only agreed together. `number` is given once in a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="packages")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120)
    provisions = models.ManyToManyField(Provision, related_name="packages")

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="package_number_once")
        ]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """What one act did with one proposal's words in one provision. Written once, never changed.

    `provision` is the provision's number ("p17" is 17), which outlives its row; 0 is the proposal
    as a whole, or `change`, the key of one of its changes that stands in no provision. `seq` is the
    event that tells of the act; `undone` is set where the act was undone.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="decisions")
    seq = models.PositiveBigIntegerField()
    provision = models.PositiveIntegerField()
    code = models.CharField(max_length=120)
    change = models.CharField(max_length=20, blank=True, default="", db_default="")
    what = models.CharField(max_length=14, choices=words(Deciding))
    rationale = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    acting_for = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["seq", "pk"]
        constraints: ClassVar = [known("what", Deciding, "decision_known")]
        indexes: ClassVar = [
            models.Index(fields=["draft", "code", "provision"], name="decisions_on_a_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.code} p{self.provision} {self.what}"


class Before(models.Model):
    """The provisions that an act changed, as they were before it (`domain.draft.to_json`'s form).

    `after` tells how the act left them, so that undoing never overwrites what came later.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="before")
    provisions: models.JSONField[Any] = models.JSONField()
    after: models.JSONField[Any] = models.JSONField()
    undone_by = models.OneToOneField(
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="undoes"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("state before an act")
        verbose_name_plural = _("states before acts")

    def __str__(self) -> str:
        return f"before {self.event}"
