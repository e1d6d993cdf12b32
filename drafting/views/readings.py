"""What a paper was read as: each change of each proposal as a redline against the adopted text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.redline import redline
from drafting.domain.text import Text
from drafting.views.redline_html import Marking, body_html, label_html

PLAIN = Marking()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a change: its label and its words."""

    label: SafeString
    words: SafeString


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`sign`: ADD, MOD, (MOD), SUP, NOC. `said`: what that means, and where."""

    sign: str
    said: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    code: str
    changes: tuple[ChangeView, ...]
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """`facts`: what the paper is, in pairs of a name and a value."""

    facts: tuple[tuple[str, str], ...]
    proposals: tuple[ProposalView, ...]

    @property
    def changes(self) -> int:
        return sum(len(proposal.changes) for proposal in self.proposals)


def present_reading(said: Mapping[str, Any], base: values.Draft | None) -> ReadingView:
    """What the report says of the paper. `base`: the adopted text that a contribution is on."""
    own = {p.key: p.base for p in base.provisions if p.base} if base else {}
    proposals = (_proposal(item, own) for item in said.get("proposals", []))
    return ReadingView(tuple(_facts(said.get("is", {}))), tuple(proposals))


def _facts(paper: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    names = {
        "document": _("Document"),
        "submitted_by": _("Submitted by"),
        "base": _("Adopted text"),
        "date": _("Date"),
        "language": _("Original"),
        "title": _("Title"),
    }
    for key, name in names.items():
        found = paper.get(key, "")
        if found:
            yield name, _printed_date(found) if key == "date" else found


def _printed_date(found: str) -> str:
    return date_format(date.fromisoformat(found), "j F Y")


def _proposal(item: Mapping[str, Any], own: Mapping[str, Text]) -> ProposalView:
    changes = tuple(_change(change, own) for change in item["changes"])
    return ProposalView(item["code"], changes, item["reasons"])


def _change(item: Mapping[str, Any], own: Mapping[str, Text]) -> ChangeView:
    before = own.get(item["target"] or "")
    after = before if item["operation"] == "NOC" else _text(item["text"])
    return ChangeView(item["operation"], _said(item), tuple(_lines(before, after)))


def _text(content: Any) -> Text | None:
    return None if content is None else texts.from_json(content)


def _lines(before: Text | None, after: Text | None) -> Iterable[Line]:
    for paragraph in redline(before, after):
        labelled = paragraph.label.old or paragraph.label.new
        label = label_html(paragraph, PLAIN) if labelled else SafeString()
        yield Line(label, body_html(paragraph, PLAIN))


def _said(item: Mapping[str, Any]) -> str:
    match item["operation"]:
        case "ADD" if item["moved"]:
            words = _("Moved after %(after)s") if item["after"] else _("Moved to the beginning")
        case "ADD":
            words = _("New, after %(after)s") if item["after"] else _("New, at the beginning")
        case "SUP":
            words = _("%(where)s is deleted")
        case "NOC":
            words = _("%(where)s stays as it is")
        case _:
            words = "%(where)s"
    return words % {"after": _place(item["after"]), "where": _place(item["where"])}


def _place(where: str) -> str:
    """A place as people call it; what has no call above it is called by what it is."""
    heads = {
        "number": _("the number of the resolution"),
        "title": _("the title"),
        "formula": _("the opening words"),
    }
    return heads.get(where, where)
