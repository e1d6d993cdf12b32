"""The disposition table as it is read: names of places, sentences, words with their fate.

Rules:

- A line says everything a reader needs without the draft beside it, so that a table can be frozen.
- Sentences are English and remember their templates (`sentences`); who shows them translates them.
- Lines stand in reading order; those of one place in the order in which the proposals came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from drafting.domain.designations import designations
from drafting.domain.disposition import Decided, Row, in_reading_order
from drafting.domain.disposition_places import Change
from drafting.domain.dispositions import Outcome
from drafting.domain.draft import Draft, OptionKind, Provision, Status
from drafting.domain.redline import Op, RedParagraph, RedRun, redline
from drafting.domain.sentences import filled, pack, unpack
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Text

Json = dict[str, Any]
SCHEMA = "drafting/disposition-1"

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.AGREED: _("agreed"),
    Outcome.TAKEN: _("taken"),
    Outcome.FOLDED: _("folded in"),
    Outcome.OPTION: _("option"),
    Outcome.WAITING: _("waiting"),
    Outcome.WITHDRAWN: _("withdrawn"),
    Outcome.NOT_RETAINED: _("not retained"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words with their fate against the adopted text; "\\n" ends a paragraph."""

    text: str
    op: Op


@dataclass(frozen=True, slots=True)
class Line:
    """One change. `provision` is a key, "" where it stands nowhere; `name` is what people say."""

    provision: str
    name: str
    code: str
    key: str
    document: str
    delegations: tuple[str, ...]
    operation: str
    asked: str
    words: tuple[Span, ...]
    outcome: Outcome
    where: str
    option: str = ""
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What came of everything that was asked, as it was after event `seq`, at `at`."""

    lines: tuple[Line, ...]
    seq: int = 0
    at: datetime | None = None


def run_together(before: Span, after: Span) -> bool:
    """Whether struck words and those in their place would be read as one word."""
    return (
        (before.op, after.op) == (Op.DEL, Op.INS)
        and before.text[-1:].isalnum()
        and after.text[:1].isalnum()
    )


def alike(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines that differ in nothing but who asks, together, where the first of them stands.

    Six delegations that ask the same of a provision, of which the same came, are told as one.
    """
    together: dict[Line, list[Line]] = {}
    for line in lines:
        anybody = replace(line, code="", key="", document="", delegations=())
        together.setdefault(anybody, []).append(line)
    return map(tuple, together.values())


def table(draft: Draft, rows: Iterable[Row], *, seq: int = 0, at: datetime | None = None) -> Table:
    """The rows with names and sentences, in reading order."""
    known = {provision.key: provision for provision in draft.provisions}
    names = designations(draft)
    ordered = in_reading_order(draft, rows)
    return Table(tuple(_line(row, known, names) for row in ordered), seq, at)


def _line(row: Row, known: Mapping[str, Provision], names: Mapping[str, str]) -> Line:
    change, provision = row.change, known.get(row.provision or "")
    key = provision.key if provision else ""
    return Line(
        provision=key,
        name=_name(row, names),
        code=change.code,
        key=change.key,
        document=change.document,
        delegations=change.delegations,
        operation=change.operation,
        asked=_asked(change, names),
        words=_words(change, _base(change, known)),
        outcome=row.outcome,
        where=_where(row, provision, names),
        option=row.option or "",
        decided=row.decided,
    )


def _name(row: Row, names: Mapping[str, str]) -> str:
    """Where it stands; of an addition that stands nowhere, the place it was asked for."""
    name = names.get(row.provision or "", "")
    if row.beside:
        return filled(_("after {place}"), place=name) if name else _("at the beginning")
    return name


def _base(change: Change, known: Mapping[str, Provision]) -> Text | None:
    provision = known.get(change.target or change.moved_from or "")
    return provision.base if provision else None


# --- what was asked ---------------------------------------------------------------------------


def _asked(change: Change, names: Mapping[str, str]) -> str:
    place = names.get(change.target or "", change.target or "")
    match change.operation:
        case "ADD" if change.moved_from:
            return filled(_("Move {place}"), place=names.get(change.moved_from, change.moved_from))
        case "ADD":
            return _added(names.get(change.after or "", ""))
        case "(MOD)":
            return filled(_("Change {place} editorially"), place=place)
        case "SUP":
            return filled(_("Delete {place}"), place=place)
        case "NOC":
            return filled(_("Keep {place} as it is"), place=place)
        case _:
            return filled(_("Change {place}"), place=place)


def _added(after: str) -> str:
    return (
        filled(_("Add a provision after {place}"), place=after) if after else _("Add a provision")
    )


def _words(change: Change, base: Text | None) -> tuple[Span, ...]:
    """The words of the change beside the adopted text; neighbours of one fate are one span."""
    spans: list[tuple[Op, str]] = []
    for number, paragraph in enumerate(redline(base, change.text) if base or change.text else ()):
        if number:
            spans.append((paragraph.op, "\n"))
        spans += _spans(paragraph)
    return tuple(
        Span("".join(text for _op, text in group), op)
        for op, group in groupby(spans, lambda span: span[0])
    )


def _spans(paragraph: RedParagraph) -> Iterable[tuple[Op, str]]:
    label = paragraph.label
    if label.old == label.new:
        if label.new:
            yield paragraph.op, f"{label.new} "
    else:
        if label.old:
            yield Op.DEL, f"{label.old} "
        if label.new:
            yield Op.INS, f"{label.new} "
    for piece in paragraph.pieces:
        if isinstance(piece, RedRun):
            yield piece.op, piece.text


# --- where it went ----------------------------------------------------------------------------


def _where(row: Row, provision: Provision | None, names: Mapping[str, str]) -> str:
    place = names.get(row.provision or "", "")
    said = _stands(row, provision, place)
    if said is not None and not row.as_asked:
        return filled(_("{where}, in other words"), where=said)
    return said or _of_none(row.outcome)


def _stands(row: Row, provision: Provision | None, place: str) -> str | None:
    if provision is None or row.outcome in (
        Outcome.WAITING,
        Outcome.WITHDRAWN,
        Outcome.NOT_RETAINED,
    ):
        return None
    match row.outcome:
        case Outcome.AGREED:
            return _agreed(row, provision, place)
        case Outcome.TAKEN:
            return filled(_TAKEN[_silent(row, provision)], place=place)
        case Outcome.FOLDED:
            folded = (
                _("Folded into option {n} of {place}") if row.place else _("Folded into {place}")
            )
            return filled(folded, n=row.place, place=place)
        case _:
            whole, one = _("Stands in {place}"), _("Option {n} of {place}")
            return filled(one if row.place else whole, n=row.place, place=place)


_TAKEN = {
    False: _("The only wording of {place}, not agreed yet"),
    True: _("{place} would go, not agreed yet"),
}


def _silent(row: Row, provision: Provision) -> bool:
    return any(o.key == row.option and o.kind is not OptionKind.TEXT for o in provision.options)


def _agreed(row: Row, provision: Provision, place: str) -> str:
    if provision.status is Status.DELETED or _silent(row, provision):
        return filled(_("Agreed: {place} goes"), place=place)
    match provision.status:
        case Status.AGREED_AD_REF:
            return filled(_("Agreed ad ref as {place}"), place=place)
        case Status.AGREED_HIGHER:
            return filled(_("Agreed higher up as {place}"), place=place)
        case _:
            return filled(_("Agreed as {place}"), place=place)


def _of_none(outcome: Outcome) -> str:
    match outcome:
        case Outcome.WITHDRAWN:
            return _("Withdrawn")
        case Outcome.NOT_RETAINED:
            return _("Not retained")
        case _:
            return _("Not taken up yet")


# --- JSON -------------------------------------------------------------------------------------


def to_json(found: Table) -> Json:
    """The documented JSON of a table (`EXPORT.md`); `from_json` gives the table back."""
    return {
        "schema": SCHEMA,
        "seq": found.seq,
        "at": found.at.isoformat() if found.at else None,
        "lines": [_line_json(line) for line in found.lines],
    }


def _line_json(line: Line) -> Json:
    who = line.decided
    return {
        "provision": line.provision,
        "name": pack(line.name),
        "code": line.code,
        "key": line.key,
        "document": line.document,
        "delegations": list(line.delegations),
        "operation": line.operation,
        "asked": pack(line.asked),
        "words": [[span.op.value, span.text] for span in line.words],
        "outcome": line.outcome.value,
        "where": pack(line.where),
        "option": line.option,
        "decided": None
        if who is None
        else {
            "by": who.by,
            "for": who.acting_for,
            "at": who.at.isoformat() if who.at else None,
            "rationale": who.rationale,
        },
    }


def from_json(data: Json) -> Table:
    """The table that `to_json` wrote. Raises ValueError, KeyError or TypeError on anything else."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"This is not a table in the form {SCHEMA}.")
    return Table(
        tuple(_line_from(item) for item in data["lines"]), int(data["seq"]), _moment(data["at"])
    )


def _line_from(data: Json) -> Line:
    who = data["decided"]
    return Line(
        provision=data["provision"],
        name=unpack(data["name"]),
        code=data["code"],
        key=data["key"],
        document=data["document"],
        delegations=tuple(data["delegations"]),
        operation=data["operation"],
        asked=unpack(data["asked"]),
        words=tuple(Span(text, Op(op)) for op, text in data["words"]),
        outcome=Outcome(data["outcome"]),
        where=unpack(data["where"]),
        option=data["option"],
        decided=who and Decided(who["by"], who["for"], _moment(who["at"]), who["rationale"]),
    )


def _moment(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words) if words else None


__all__ = [
    "OUTCOMES",
    "SCHEMA",
    "Line",
    "Span",
    "Table",
    "from_json",
    "run_together",
    "table",
    "to_json",
]
