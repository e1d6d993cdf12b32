"""An uploaded paper on its way into a draft: what was read, what is asked, what was answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from drafting.models.conference import AdHocGroup
from drafting.models.draft import Draft
from drafting.models.files import StoredFile
from drafting.models.lease import Leased


class ImportKind(models.TextChoices):
    BASE = "base", _("base: the adopted text")
    CONTRIBUTION = "contribution", _("contribution: a Member's proposals")
    DRAFT = "draft", _("consolidated draft")


class ImportState(models.TextChoices):
    READING = "reading", _("being read")
    QUESTIONS = "questions", _("waits for answers")
    READY = "ready", _("ready to place")
    PLACED = "placed", _("placed")
    REFUSED = "refused", _("could not be read")
    DISCARDED = "discarded", _("set aside")


class PaperImport(Leased):
    """One file and its reading.

    `parsed` is the ParsedPaper as JSON: the file is opened once, in a child process; each answer
    only reads these values again, and placing reads them beside the draft as it is then. `code`
    is given for a contribution whose file prints none.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ImportKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.READING
    )
    group = models.ForeignKey(AdHocGroup, on_delete=models.PROTECT, related_name="imports")
    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="imports"
    )
    symbol = models.CharField(_("symbol of the draft"), max_length=40, blank=True)
    title = models.CharField(_("title of the draft"), max_length=400, blank=True)
    code = models.CharField(_("proposal code"), max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    parsed: models.JSONField[Any] = models.JSONField(null=True, editable=False)
    report: models.JSONField[Any] = models.JSONField(default=dict, editable=False)
    refusal = models.TextField(blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_for = models.CharField(max_length=120, blank=True)
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    placed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ImportKind.values), name="import_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=ImportKind.BASE) | models.Q(draft__isnull=False),
                name="import_has_a_draft_unless_it_makes_one",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class ImportAnswer(models.Model):
    """A person's answer to one question of a report; the last one given holds."""

    paper = models.ForeignKey(PaperImport, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=120)
    alternative = models.CharField(max_length=120)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_for = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "question"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.alternative}"
