"""What became of a provision: the versions of its options and status, who made them, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from drafting.domain import text as texts
from drafting.domain.redline import Redline, redline
from drafting.domain.text import Text
from drafting.models import Option, Provision


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a provision: of its wording (`text`) or of its status (`text` is None).

    `number` counts from 1 in order of time; 0 is the base.
    """

    number: int
    when: datetime | None
    who: str
    acting_for: str
    what: str
    option: str | None
    text: Text | None


def versions_of(provision: Provision) -> list[Version]:
    """The provision's versions, oldest first; its base, if it has one, is number 0."""
    rows = [*_status_versions(provision), *_option_versions(provision)]
    rows.sort(key=lambda row: (row[0], row[1]))
    versions = [
        Version(number, when, who, acting_for, what, option, text)
        for number, (when, _pk, who, acting_for, what, option, text) in enumerate(rows, 1)
    ]
    if provision.base is not None:
        base = texts.from_json(provision.base)
        versions.insert(0, Version(0, None, "", "", _("The adopted text"), None, base))
    return versions


_Row = tuple[datetime, int, str, str, str, str | None, Text | None]


def _option_versions(provision: Provision) -> list[_Row]:
    rows: list[_Row] = []
    history = Option.history.filter(provision_id=provision.pk).order_by("history_id")
    for row in history.select_related("history_user"):
        gone = row.history_type == "-"
        rows.append(
            (
                row.history_date,
                row.history_id,
                _person(row),
                row.acting_for,
                _("Option withdrawn") if gone else row.history_change_reason or _("Wording"),
                f"o{row.number}",
                None if gone else texts.from_json(row.content),
            )
        )
    return rows


def _status_versions(provision: Provision) -> list[_Row]:
    rows: list[_Row] = []
    before = None
    for row in provision.history.order_by("history_id").select_related("history_user"):
        if before is not None and row.status != before:
            what = row.get_status_display()
            if row.status_reason:
                what = f"{what}: {row.status_reason}"
            rows.append(
                (row.history_date, row.history_id, _person(row), row.acting_for, what, None, None)
            )
        before = row.status
    return rows


def _person(row: object) -> str:
    user = getattr(row, "history_user", None)
    return user.get_full_name() if user else ""


def between(versions: list[Version], older: int, newer: int) -> Redline | None:
    """The redline from one version's wording to another's; None where either has none."""
    wording = {v.number: v.text for v in versions if v.text is not None}
    if older not in wording or newer not in wording:
        return None
    return redline(wording[older], wording[newer])
