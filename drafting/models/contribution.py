"""Members' papers, the coded proposals in them, and what each asks of each provision."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from drafting.models.draft import Draft, Provision
from drafting.models.history import acted_records
from drafting.models.intake import PaperImport


class Contribution(models.Model):
    """A submitted paper. `document` as printed: "Addendum 2 to Document 79-E"."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="contributions")
    document = models.CharField(_("document"), max_length=120)
    submitted_by = models.CharField(_("submitted by"), max_length=200, blank=True)
    original_language = models.CharField(_("original language"), max_length=60, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    paper = models.OneToOneField(PaperImport, on_delete=models.PROTECT, related_name="contribution")
    history = acted_records()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.document or self.submitted_by


class Proposal(models.Model):
    """One coded request in a contribution (CUB/70/2). A code stands once in a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="proposals")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="proposals"
    )
    code = models.CharField(_("code"), max_length=60)
    reasons = models.TextField(_("reasons"), blank=True)
    delegations = models.ManyToManyField("accounts.Delegation", blank=True, related_name="+")

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "code"], name="proposal_code_once_per_draft")
        ]

    def __str__(self) -> str:
        return self.code


class ProposedChange(models.Model):
    """What a proposal asks of one provision. `content` is null for SUP and NOC.

    An addition follows `after` (a provision of the base) or `after_key` (an earlier change of the
    same contribution); with neither it stands at the very beginning. `notes` are the footnotes that
    `content` points to, as `[{"id", "text"}]`; their ids are only known within the contribution.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=20)
    operation = models.CharField(max_length=5)
    target = models.ForeignKey(
        Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="proposed"
    )
    after = models.ForeignKey(
        Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    after_key = models.CharField(max_length=20, blank=True)
    moved_from = models.ForeignKey(
        Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    content: models.JSONField[Any] = models.JSONField(null=True, blank=True)
    notes: models.JSONField[Any] = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    reasons = models.TextField(blank=True)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "key"], name="change_key_once"),
            models.CheckConstraint(
                condition=models.Q(operation__in=["ADD", "MOD", "(MOD)", "SUP", "NOC"]),
                name="change_operation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(operation="ADD") | models.Q(target__isnull=False),
                name="change_has_a_target_unless_it_adds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.proposal.code}"
