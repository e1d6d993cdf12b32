"""A whole draft as frozen values: the form in which it is imported, frozen, hashed and exported.

Rules:

- Identity never depends on a label or a place: `Provision.key` ("p17") and `Option.key` ("o23")
  are given once per draft and never again.
- Provisions stand in reading order. Base and current text share one order: a moved provision is
  two, the one left behind (`moved_to`) and the one that stands now (`moved_from`).
- Every provision has at least one option. The one that `stands` is the wording that holds if no
  other is taken; at most one does. A provision that nobody touches has one: its base, standing.
- An option of kind DELETE asks to delete the base paragraph, NO_TEXT asks that nothing be said
  here; the text of both is one empty paragraph that carries the label.
- An inserted span inside a standing option with its own proposers is a pending insertion whose
  source is their proposal code (several proposers: several pending changes on the same words).
- What delegations say of it and which provisions are tied stands beside the text, and only where
  somebody asks for it: a Revision freezes the text.

`EXPORT.md` in the docs describes the JSON field by field.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum

from drafting.domain import text as texts
from drafting.domain.positions import Package, Position, Stance
from drafting.domain.text import Json, Text


class ProvisionKind(StrEnum):
    """What a provision is in the instrument."""

    NUMBER = "number"  # RESOLUTION 64 (Rev. Castelmar, 2023)
    TITLE = "title"
    FORMULA = "formula"  # The Plenary Conference of ... ,
    CALL = "call"  # recalling; instructs the Secretary-General
    CHAPEAU = "chapeau"  # in consultation with the Directors:
    ITEM = "item"  # lettered, numbered, or a single unnumbered paragraph
    OTHER = "other"


class OptionKind(StrEnum):
    TEXT = "text"
    DELETE = "delete"
    NO_TEXT = "no_text"


class Mode(StrEnum):
    """How the options of one provision relate: one of them, all of them, or nobody said."""

    EXCLUSIVE = "exclusive"
    CUMULATIVE = "cumulative"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a provision stands on the ladder of agreement."""

    OPEN = "open"
    AGREED_AD_REF = "agreed_ad_ref"
    AGREED = "agreed"
    AGREED_HIGHER = "agreed_higher"
    REOPENED = "reopened"
    DEFERRED = "deferred"
    LAPSED = "lapsed"
    DELETED = "deleted"


class NoteKind(StrEnum):
    DRAFTING = "drafting"
    FOOTNOTE = "footnote"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who stands behind an option or bracket.

    `code` is a proposal code, or None where only a delegation is named; `option` is the number
    its author gave ("1"); `literal` is the line as the paper printed it, "" if none did.
    `bracket` is the id of the bracket it belongs to, None where it belongs to the option.
    """

    code: str | None
    name: str | None = None
    option: str | None = None
    note: str | None = None
    literal: str = ""
    bracket: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One wording of a provision. Its label is its text's: `option.text.label`."""

    key: str
    text: Text
    kind: OptionKind = OptionKind.TEXT
    stands: bool = False
    heading: str | None = None  # "Option 1", where the paper has such a heading
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a provision, on a span (its id is then on the runs) or a footnote."""

    id: str
    text: str
    kind: NoteKind = NoteKind.DRAFTING
    by: str | None = None  # a proposal code, symbol, or body ("Chair")


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest unit negotiated as one. `base` is its adopted text, None if it has none."""

    key: str
    kind: ProvisionKind
    options: tuple[Option, ...]
    base: Text | None = None
    level: int = 1
    mode: Mode = Mode.EXCLUSIVE
    status: Status = Status.OPEN
    status_reason: str = ""
    notes: tuple[Note, ...] = ()
    moved_from: str | None = None
    moved_to: str | None = None
    placed: bool = True  # False: where it will stand is to be decided

    @property
    def standing(self) -> Option | None:
        return next((option for option in self.options if option.stands), None)


@dataclass(frozen=True, slots=True)
class Header:
    """The furniture of the paper. `language` is the ITU letter: A C E F R S."""

    series: str = "DL"
    number: str = "1"
    language: str = "E"
    revision: int | None = None
    date: date | None = None
    language_note: str = "English only"
    conference: str = ""
    body: str = ""  # originating body, as "WGPL 5 AHG"
    group: str = ""  # the line that names the group
    base_name: str = ""  # "Resolution 64 (Rev. Castelmar, 2023)"

    @property
    def symbol(self) -> str:
        """ "DL/12"."""
        return f"{self.series}/{self.number}" if self.series else self.number

    @property
    def designation(self) -> str:
        """ "Document DL/12-E"."""
        return f"Document {self.symbol}-{self.language}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft at one moment: all that a Revision freezes."""

    header: Header
    provisions: tuple[Provision, ...] = field(default=())
    positions: tuple[Position, ...] = ()
    packages: tuple[Package, ...] = ()


SCHEMA = "drafting/draft-1"


def to_json(draft: Draft) -> Json:
    """The documented JSON of a draft (`EXPORT.md`); `from_json` gives the draft back."""
    head = draft.header
    return {
        "schema": SCHEMA,
        "header": {
            "series": head.series,
            "number": head.number,
            "language": head.language,
            "revision": head.revision,
            "date": head.date.isoformat() if head.date else None,
            "language_note": head.language_note,
            "conference": head.conference,
            "body": head.body,
            "group": head.group,
            "base_name": head.base_name,
        },
        "provisions": [_provision_json(p) for p in draft.provisions],
        # Left out where there are none, as in every draft before there were such fields.
        **({"positions": [_position_json(p) for p in draft.positions]} if draft.positions else {}),
        **({"packages": [_package_json(p) for p in draft.packages]} if draft.packages else {}),
    }


def _position_json(position: Position) -> Json:
    return {
        **asdict(position),
        "stance": position.stance.value,
        "at": position.at.isoformat(),
    }


def _provision_json(provision: Provision) -> Json:
    base = provision.base
    # Left out where it is placed: so what was frozen before there was such a field has its seal.
    unplaced = {} if provision.placed else {"placed": False}
    return {
        **unplaced,
        "key": provision.key,
        "kind": provision.kind.value,
        "level": provision.level,
        "base": None if base is None else {"label": base.label, "content": texts.to_json(base)},
        "mode": provision.mode.value,
        "status": provision.status.value,
        "status_reason": provision.status_reason,
        "moved_from": provision.moved_from,
        "moved_to": provision.moved_to,
        "options": [_option_json(option) for option in provision.options],
        "notes": [
            {"id": n.id, "text": n.text, "kind": n.kind.value, "by": n.by} for n in provision.notes
        ],
    }


def _option_json(option: Option) -> Json:
    return {
        "key": option.key,
        "kind": option.kind.value,
        "stands": option.stands,
        "heading": option.heading,
        "label": option.text.label,
        "text": texts.plain(option.text),
        "content": texts.to_json(option.text),
        "attributions": [attribution_json(a) for a in option.attributions],
    }


def _package_json(package: Package) -> Json:
    return {**asdict(package), "provisions": list(package.provisions)}


def attribution_json(attribution: Attribution) -> Json:
    return {
        "code": attribution.code,
        "name": attribution.name,
        "option": attribution.option,
        "note": attribution.note,
        "literal": attribution.literal,
        "bracket": attribution.bracket,
    }


def from_json(data: Json) -> Draft:
    """The draft that `to_json` wrote. Raises ValueError, KeyError or TypeError on anything else."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"The file is not a draft in the form {SCHEMA}.")
    head = dict(data["header"])
    head["date"] = date.fromisoformat(head["date"]) if head["date"] else None
    return Draft(
        header=Header(**head),
        provisions=tuple(_provision_from(item) for item in data["provisions"]),
        positions=tuple(_position_from(item) for item in data.get("positions", ())),
        packages=tuple(_package_from(item) for item in data.get("packages", ())),
    )


def _position_from(data: Json) -> Position:
    at = datetime.fromisoformat(data["at"])
    return Position(**{**data, "stance": Stance(data["stance"]), "at": at})


def _package_from(data: Json) -> Package:
    return Package(data["number"], data["name"], tuple(data["provisions"]))


def _provision_from(data: Json) -> Provision:
    base = data["base"]
    return Provision(
        key=data["key"],
        kind=ProvisionKind(data["kind"]),
        level=data["level"],
        base=None if base is None else texts.from_json(base["content"]),
        mode=Mode(data["mode"]),
        status=Status(data["status"]),
        status_reason=data["status_reason"],
        moved_from=data["moved_from"],
        moved_to=data["moved_to"],
        placed=data.get("placed", True),
        options=tuple(_option_from(item) for item in data["options"]),
        notes=tuple(Note(n["id"], n["text"], NoteKind(n["kind"]), n["by"]) for n in data["notes"]),
    )


def _option_from(data: Json) -> Option:
    return Option(
        key=data["key"],
        text=texts.from_json(data["content"]),
        kind=OptionKind(data["kind"]),
        stands=data["stands"],
        heading=data["heading"],
        attributions=tuple(Attribution(**item) for item in data["attributions"]),
    )
