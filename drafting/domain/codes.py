"""Proposal codes, document designations, attribution lines and mark lines.

Rules:

- A proposal code is `SOURCES/DOCUMENT[A n...][(Rev.n)]/PROPOSAL[#id]`: EUR/80A1/14 is proposal 14
  in Addendum 1 to Document 80 of the European countries. Case counts; nothing may surround it.
- Sources are country symbols (one of eight single letters, or three letters that are not ISO's)
  and regional groups; the names of series and of bodies are not sources.
- Codes keep their printed form (`ACP/12/01`), and compare by what they say (`ACP/12/1`).
- An attribution line is a whole line. Words that only mention a code are no attribution.

Vectors: the conference's papers; a parser here answers None to anything that is not its form.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

ONE_LETTER = "BDEFGIJS"
REGIONAL_GROUPS = frozenset({"ACP", "AFCP", "ARB", "EUR", "IAP", "RCC"})
# Series, bodies and conferences: they stand where a source would, and are none.
NOT_SOURCES = frozenset(
    {"ADM", "CMR", "COM", "DL", "DOC", "DT", "INF", "INFO"}
    | {"PLEN", "PP", "REC", "RES", "TEMP", "WGPL", "WTDC", "WTSA"}
)

_SOURCE = rf"(?:AFCP|[A-Z]{{3}}|[{ONE_LETTER}])"
_CODE = (
    rf"(?P<sources>{_SOURCE}(?:/{_SOURCE})*)/(?P<document>\d{{1,4}}|XX)"
    r"(?P<addenda>(?:A[1-9]\d?){0,3})(?:\((?P<kind>Rev|Cor)\.?\s?(?P<nth>\d+)\))?"
    r"/(?P<proposal>\d{1,3})(?:\#(?P<cpm>\d{4,6}))?"
)
_WHOLE_CODE = re.compile(_CODE)
_CODE_IN_TEXT = re.compile(rf"(?<![\w/.-]){_CODE}(?![\w/#])")


class SourceKind(StrEnum):
    MEMBER_STATE = "member-state"
    REGIONAL = "regional"
    MULTI_COUNTRY = "multi-country"


@dataclass(frozen=True, slots=True)
class ProposalCode:
    """`document` is None where the paper has no number yet (XX). `literal` is as printed."""

    sources: tuple[str, ...]
    document: int | None
    addenda: tuple[int, ...]
    proposal: int
    revision: int | None = None
    corrigendum: int | None = None
    cpm: str | None = None
    literal: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.literal or self.canonical

    @property
    def canonical(self) -> str:
        """The code without padding: one spelling for one proposal."""
        number = "XX" if self.document is None else str(self.document)
        addenda = "".join(f"A{n}" for n in self.addenda)
        changed = f"(Rev.{self.revision})" if self.revision else ""
        changed += f"(Cor.{self.corrigendum})" if self.corrigendum else ""
        tail = f"#{self.cpm}" if self.cpm else ""
        return f"{'/'.join(self.sources)}/{number}{addenda}{changed}/{self.proposal}{tail}"

    @property
    def paper(self) -> str:
        """The paper it stands in, without the proposal: "EUR/80A1"."""
        return self.canonical.rpartition("/")[0]

    def kind(self, regional: Collection[str] = REGIONAL_GROUPS) -> SourceKind:
        """Who speaks; `regional` are the symbols of the union's regional groups."""
        if len(self.sources) > 1:
            return SourceKind.MULTI_COUNTRY
        return SourceKind.REGIONAL if self.sources[0] in regional else SourceKind.MEMBER_STATE


def parse_code(words: str) -> ProposalCode | None:
    """The code that is exactly `words`, or None."""
    match = _WHOLE_CODE.fullmatch(words)
    return _code(match) if match else None


def _code(match: re.Match[str]) -> ProposalCode | None:
    sources = tuple(match["sources"].split("/"))
    if NOT_SOURCES.intersection(sources):
        return None
    nth = int(match["nth"]) if match["nth"] else None
    return ProposalCode(
        sources=sources,
        document=None if match["document"] == "XX" else int(match["document"]),
        addenda=tuple(int(n) for n in re.findall(r"\d+", match["addenda"])),
        proposal=int(match["proposal"]),
        revision=nth if match["kind"] == "Rev" else None,
        corrigendum=nth if match["kind"] == "Cor" else None,
        cpm=match["cpm"],
        literal=match[0],
    )


@dataclass(frozen=True, slots=True)
class FoundCode:
    start: int
    end: int
    code: ProposalCode


def find_codes(words: str) -> tuple[FoundCode, ...]:
    """Every code in running words, with its half-open span, in order."""
    found = ((match.start(), match.end(), _code(match)) for match in _CODE_IN_TEXT.finditer(words))
    return tuple(FoundCode(start, end, code) for start, end, code in found if code)


SortKey = tuple[tuple[str, ...], int, tuple[int, ...], int, int, int]


def sort_key(code: ProposalCode) -> SortKey:
    """By source, document, addendum, revision, proposal; papers without a number come last."""
    number = 10_000 if code.document is None else code.document
    changed = (code.revision or 0, code.corrigendum or 0)
    return (code.sources, number, code.addenda, *changed, code.proposal)


# --- Documents --------------------------------------------------------------------------------

_MODIFIERS = {"Rev": "Revision", "Add": "Addendum", "Cor": "Corrigendum", "Corr": "Corrigendum"}
_DESIGNATION = re.compile(
    r"(?P<modifiers>(?:(?:Revision|Addendum|Corrigendum) \d+ to )*)Document "
    r"(?:(?P<series>[A-Z][A-Z0-9-]*(?:/[A-Z][A-Z0-9-]*)*)/)?(?P<number>\d+)"
    r"(?P<inner>(?: ?\((?:Rev|Add|Corr?)\.? ?\d+\))*)-(?P<language>[ACEFRS])"
)


@dataclass(frozen=True, slots=True)
class Designation:
    """A document's name: Revision 2 to Document DL/10-E. `modifiers` outermost first."""

    modifiers: tuple[tuple[str, int], ...]
    series: str | None
    number: str
    language: str

    def __str__(self) -> str:
        before = "".join(f"{name} {number} to " for name, number in self.modifiers)
        return f"{before}Document {self.symbol}-{self.language}"

    @property
    def symbol(self) -> str:
        """Series and number: DL/10, or 79 where there is no series."""
        return f"{self.series}/{self.number}" if self.series else self.number

    @property
    def revision(self) -> int | None:
        """The number of the Revision this is, if it is one."""
        return next((n for name, n in self.modifiers if name == "Revision"), None)

    @property
    def addenda(self) -> tuple[int, ...]:
        """Addendum numbers from the outermost paper inwards, as in a code: 24A21A1."""
        return tuple(n for name, n in reversed(self.modifiers) if name == "Addendum")


def parse_designation(words: str) -> Designation | None:
    """The designation that is exactly `words` (line breaks and no-break spaces allowed)."""
    match = _DESIGNATION.fullmatch(" ".join(words.split()))
    return _designation(match) if match else None


def find_designation(words: str) -> Designation | None:
    """The first designation in running words, as in a header block."""
    match = re.search(rf"(?<!\w){_DESIGNATION.pattern}(?!\w)", " ".join(words.split()))
    return _designation(match) if match else None


def _designation(match: re.Match[str]) -> Designation:
    outer = re.findall(r"(\w+) (\d+) to", match["modifiers"])
    inner = re.findall(r"(\w+)\.? ?(\d+)\)", match["inner"])
    modifiers = [(name, int(n)) for name, n in outer]
    modifiers += [(_MODIFIERS[name], int(n)) for name, n in reversed(inner)]
    return Designation(tuple(modifiers), match["series"], match["number"], match["language"])


# --- Attribution lines ------------------------------------------------------------------------

MARKS = ("ADD", "MOD", "(MOD)", "SUP", "NOC")
_MARK = r"(?P<mark>ADD|MOD|\(MOD\)|SUP|NOC)(?P<star>\*?)"
_DASH = r"\s*[-\u2010-\u2015]\s*"
_MARKED = re.compile(rf"{_MARK}\s+(?P<rest>\S.*)", re.DOTALL)
_LED_BY_CODE = re.compile(
    rf"(?P<code>\S+)(?:(?:{_DASH}|\s+)(?P<name>\S.*?))??"
    rf"(?:(?:{_DASH}|\s+\(?)[Oo]ption\s+(?P<option>\w{{1,3}})\)?)?"
)
_ENDED_BY_CODE = re.compile(r"(?P<before>\S.*?)\s+[-\u2010-\u2015]\s*(?P<code>\S+)")
_SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "in", "on", "de", "du", "des", "del", "la", "le", "les", "al", "el"}
    | {"y", "e", "et"}
)
_LONGEST_NAME = 12
_LONGEST_NOTE = 30


@dataclass(frozen=True, slots=True)
class AttributionLine:
    """A line that says who stands behind what follows. `mark`: "(MOD)" and the like beside it."""

    code: ProposalCode
    name: str | None = None
    option: str | None = None
    note: str | None = None
    mark: str | None = None
    literal: str = field(default="", compare=False)


def parse_attribution_line(words: str) -> AttributionLine | None:
    """The attribution that is the whole line; None for anything else.

    Forms: `CODE`; `CODE Name`; `CODE - Name`; `CODE – Name`; `CODE [- ][Name ]- option n`;
    `note - CODE`; each also after a mark such as "(MOD)".
    """
    line = " ".join(words.split())
    marked = _MARKED.fullmatch(line)
    rest = marked["rest"] if marked else line
    found = _led_by_code(rest) or _ended_by_code(rest)
    if not found:
        return None
    mark = marked["mark"] if marked else None
    return AttributionLine(found.code, found.name, found.option, found.note, mark, words.strip())


def parse_attribution_lines(words: str) -> tuple[AttributionLine, ...]:
    """As `parse_attribution_line`, for a line that may name several proposals; () if none."""
    one = parse_attribution_line(words)
    if one:
        return (one,)
    parts = re.split(r"\s*[,;+&]\s*|\s+and\s+", words.strip())
    several = [parse_attribution_line(part) for part in parts]
    found = tuple(line for line in several if line and not line.note)
    return found if len(found) == len(parts) > 1 else ()


def _led_by_code(line: str) -> AttributionLine | None:
    match = _LED_BY_CODE.fullmatch(line)
    code = parse_code(match["code"]) if match else None
    if not match or not code or (match["name"] and not _is_name(match["name"])):
        return None
    return AttributionLine(code, match["name"], match["option"])


def _ended_by_code(line: str) -> AttributionLine | None:
    match = _ENDED_BY_CODE.fullmatch(line)
    code = parse_code(match["code"]) if match else None
    if not match or not code:
        return None
    before = match["before"]
    if _is_name(before):
        return AttributionLine(code, name=before)
    short = len(before.split()) <= _LONGEST_NOTE and before[-1] not in ".;:,"
    return AttributionLine(code, note=before) if short else None


def _is_name(words: str) -> bool:
    """Whether the words can be a delegation's name: capitals and small connecting words."""
    if words[-1] in ".;:," or len(words.split()) > _LONGEST_NAME:
        return False
    tokens = re.findall(r"[^\W\d_]+(?:['\u2019.&-][^\W\d_]+)*", words)
    if not tokens or re.search(r"\d", words):
        return False
    return not tokens[0][0].islower() and all(
        not token[0].islower() or token.casefold() in _SMALL_WORDS or token[1:2] in "'\u2019"
        for token in tokens
    )


@dataclass(frozen=True, slots=True)
class MarkLine:
    """The line that opens a proposal. `operation` is one of MARKS; `transfer`: ADD* or SUP*."""

    operation: str
    code: ProposalCode
    transfer: bool = False


_MARK_LINE = re.compile(rf"\s*{_MARK}\s+(?P<code>\S+)\s*")


def parse_mark_line(words: str) -> MarkLine | None:
    """`MOD<TAB>CUB/70/2` as an operation and a code; None for anything else."""
    match = _MARK_LINE.fullmatch(words)
    code = parse_code(match["code"]) if match else None
    return MarkLine(match["mark"], code, bool(match["star"])) if match and code else None
