"""A draft and its provisions, options, attributions and notes: the text as it is now.

`number` is the identity a person sees and a link holds ("p17", "o23"): given once, never again.
`rank` orders provisions (a fractional index: inserting one renumbers no other). The text itself
is a ProseMirror document in the shape of `drafting.domain.schema.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from drafting.domain.draft import Mode, NoteKind, OptionKind, ProvisionKind, Status
from drafting.models.conference import AdHocGroup, Conference
from drafting.models.history import acted_records

if TYPE_CHECKING:
    from enum import StrEnum


def known(field: str, values: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [item.value for item in values]}), name=name
    )


def words(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(item.value, item.value.replace("_", " ")) for item in values]


class Draft(models.Model):
    """The paper a group works on. `slug` is its symbol in addresses ("dl-12").

    `seq` counts the draft's events; `last_provision` and `last_option` the keys given so far;
    `last_revision` the Revisions issued, `last_package` the packages. All five only grow, under a
    lock on this row.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="drafts")
    group = models.ForeignKey(AdHocGroup, on_delete=models.PROTECT, related_name="drafts")
    slug = models.SlugField()
    symbol = models.CharField(_("symbol"), max_length=40)
    title = models.CharField(_("title"), max_length=400)
    language = models.CharField(_("language letter"), max_length=1, default="E")
    language_note = models.CharField(_("language note"), max_length=60, default="English only")
    base_name = models.CharField(_("base"), max_length=200, blank=True)
    date = models.DateField(_("date on the paper"), null=True, blank=True)
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    last_provision = models.PositiveIntegerField(default=0, editable=False)
    last_option = models.PositiveIntegerField(default=0, editable=False)
    last_revision = models.PositiveIntegerField(default=0, editable=False)
    last_package = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # The number of the provision that the chair shows on the floor; null: the running text.
    on_floor = models.PositiveIntegerField(null=True, editable=False)
    # The counters move with every event; their history is the event log, not the draft's.
    history = acted_records(
        excluded_fields=[
            "seq",
            "last_provision",
            "last_option",
            "last_revision",
            "last_package",
            "on_floor",
        ]
    )

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["symbol"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "symbol"], name="draft_symbol_once_per_conference"
            ),
            models.UniqueConstraint(
                fields=["conference", "slug"], name="draft_slug_once_per_conference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"


class Provision(models.Model):
    """The smallest unit negotiated as one. `base` is null where it has no adopted text."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="provisions")
    number = models.PositiveIntegerField()
    rank = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=10, choices=words(ProvisionKind))
    level = models.PositiveSmallIntegerField(default=1)
    base: models.JSONField[Any] = models.JSONField(null=True, blank=True)
    mode = models.CharField(max_length=10, choices=words(Mode), default=Mode.EXCLUSIVE)
    status = models.CharField(max_length=16, choices=words(Status), default=Status.OPEN)
    status_reason = models.TextField(blank=True)
    # False: the text may be agreed, but where it will stand is not.
    placed = models.BooleanField(default=True, db_default=True)
    moved_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="moved_to"
    )
    history = acted_records()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="provision_number_once_per_draft"
            ),
            # Checked at commit, so that an import can put many in another order at once.
            models.UniqueConstraint(
                fields=["draft", "rank"],
                name="provision_rank_once_per_draft",
                deferrable=models.Deferrable.DEFERRED,
            ),
            known("kind", ProvisionKind, "provision_kind_known"),
            known("mode", Mode, "provision_mode_known"),
            known("status", Status, "provision_status_known"),
            models.CheckConstraint(
                condition=~models.Q(status=Status.REOPENED) | ~models.Q(status_reason=""),
                name="reopened_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft.symbol} {self.key}"

    @property
    def key(self) -> str:
        return f"p{self.number}"


class Option(models.Model):
    """One wording of a provision. `version` counts the changes of its content.

    `written_by`, `written_for` and `written_at` are set while somebody's editing turn goes on that
    history does not have yet (`services.recording`); at rest `written_at` is null.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=words(OptionKind), default=OptionKind.TEXT)
    stands = models.BooleanField(default=False)
    heading = models.CharField(max_length=200, blank=True)
    content: models.JSONField[Any] = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    written_for = models.CharField(max_length=120, blank=True, db_default="", editable=False)
    written_at = models.DateTimeField(null=True, editable=False)
    history = acted_records(excluded_fields=["written_by", "written_for", "written_at"])

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["place", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="option_number_once_per_draft"
            ),
            models.UniqueConstraint(
                fields=["provision"],
                condition=models.Q(stands=True),
                name="one_standing_option_per_provision",
            ),
            known("kind", OptionKind, "option_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["written_at"],
                condition=models.Q(written_at__isnull=False),
                name="option_turns_that_go_on",
            )
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.key}"

    @property
    def key(self) -> str:
        return f"o{self.number}"


class Attribution(models.Model):
    """Who stands behind an option, or behind a bracket that opens in it."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="attributions")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120, blank=True)
    option_number = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    literal = models.TextField(blank=True)
    bracket = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["option", "place"], name="attribution_place_once"),
            models.CheckConstraint(
                condition=~models.Q(code="", name=""), name="attribution_names_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.literal or self.code or self.name


class Note(models.Model):
    """A remark on a provision, a span (its key is then on the runs), or a footnote."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="notes")
    key = models.CharField(max_length=20)
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=words(NoteKind), default=NoteKind.DRAFTING)
    by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provision", "key"], name="note_key_once"),
            known("kind", NoteKind, "note_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text
