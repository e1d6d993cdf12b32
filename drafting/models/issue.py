"""Issued Revisions, and the papers rendered from them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from drafting.models.draft import Draft
from drafting.models.files import StoredFile
from drafting.models.lease import Leased


class Revision(models.Model):
    """A frozen, numbered, immutable text. `sha256` is of the snapshot's canonical JSON.

    `request` is the key a browser sent with the act: the same key never issues twice.
    `disposition` is what came of each proposal at that moment (`domain.disposition_table`'s form);
    null where nothing had been asked, and of Revisions that are older than that table.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    snapshot: models.JSONField[Any] = models.JSONField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    seq = models.PositiveBigIntegerField(editable=False)
    disposition: models.JSONField[Any] = models.JSONField(null=True, editable=False)
    request = models.UUIDField(null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_for = models.CharField(max_length=120, blank=True)
    issued_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("Revision")
        verbose_name_plural = _("Revisions")
        ordering = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="revision_number_once_per_draft"
            ),
            models.UniqueConstraint(
                fields=["draft", "request"], name="revision_request_once_per_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="revision_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} to {self.draft.symbol}"


class PaperForm(models.TextChoices):
    DOCX = "docx", _("Word")
    PDF = "pdf", _("PDF")
    HTML = "html", _("HTML")
    AKN = "akn", _("AKN 3.0")
    TXT = "txt", _("Text")
    XLSX = "xlsx", _("Excel")


class Comparison(models.TextChoices):
    BASE = "base", _("against the base")
    PREVIOUS = "previous", _("against the Revision before")
    CLEAN = "clean", _("clean")
    DISPOSITION = "disposition", _("what came of each proposal")


# The text in every form of paper; the disposition table as one that is read and one that is sorted.
_TABLES = (PaperForm.DOCX, PaperForm.XLSX)
_TEXTS = tuple(form for form in PaperForm if form is not PaperForm.XLSX)
FORMS = {one: _TABLES if one is Comparison.DISPOSITION else _TEXTS for one in Comparison}


class PaperJob(Leased):
    """One paper to render: one (Revision, form, comparison), one output."""

    lease = timedelta(seconds=30)

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="jobs")
    form = models.CharField(max_length=4, choices=PaperForm.choices)
    comparison = models.CharField(max_length=12, choices=Comparison.choices)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="job")

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "form", "comparison"], name="one_paper_per_form_and_comparison"
            ),
            models.CheckConstraint(
                condition=models.Q(form__in=PaperForm.values), name="paper_form_known"
            ),
            models.CheckConstraint(
                condition=models.Q(comparison__in=Comparison.values),
                name="paper_comparison_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}, {self.form} {self.comparison}"
