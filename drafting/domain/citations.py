"""Citations of resolutions and the like, with their edition: "Resolution 45 (Rev. Tarn, 2014)".

Rules:

- An edition is "(City, year)" or "(Rev. City, year)" directly after what it is the edition of:
  a number, or several that share it ("Resolutions 50 and 52 (Rev. Tarn, 2012) and 58 (...)").
- The body is only known where the words name it: "of the Development Assembly", "of this
  conference", or before it "the Development Assembly adopted".
- Brackets in other places are no editions: "(Castelmar, 2023)" after a conference's name is none.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass

from drafting.domain.bodies import Bodies

_KINDS = "Resolution|Decision|Recommendation|Opinion"
_EDITION = re.compile(
    r"\((?P<inner>(?P<rev>Rev\.?\s*)?(?P<city>[^\W\d_][\w.'’\-]*(?:\s[^\W\d_][\w.'’\-]*){0,3})"
    r"(?P<comma>\s*,)?\s+(?P<year>(?:19|20)\d\d))\)",
    re.IGNORECASE,
)
_NUMBERS = r"\d{1,4}(?:\s*(?:,|and|or|&)\s*\d{1,4})*"
_NAMED = re.compile(rf"\b(?P<kind>{_KINDS})s?\s+(?P<numbers>{_NUMBERS})\s*$", re.IGNORECASE)
_GOING_ON = re.compile(rf"\s*+[,;]?\s*+(?:and|or)?\s*+(?P<numbers>{_NUMBERS})\s*+$")
_MONTHS = frozenset(month.casefold() for month in month_name if month)
OWN = "this conference"
_NEAR = 300  # characters around an edition in which its body is named
_OWN = re.compile(r",?\s+of\s+(?:this|the\s+present)\s+(?:conference|assembly)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """`start` to `end` is what stands between the parentheses. `body`: a short name, OWN where the
    words say "of this conference", or "" where they name none."""

    kind: str
    numbers: tuple[int, ...]
    start: int
    end: int
    is_revised: bool
    city: str
    year: int
    has_comma: bool
    body: str = ""

    @property
    def edition(self) -> str:
        return f"{'Rev. ' if self.is_revised else ''}{self.city}, {self.year}"


def citations(words: str, bodies: Bodies) -> list[Citation]:
    """Every citation with an edition, in order."""
    out: list[Citation] = []
    before = 0  # where the last edition ended
    for match in _EDITION.finditer(words):
        if match["city"].casefold() in _MONTHS:
            continue
        named = _named(words[before : match.start()], out[-1] if out else None)
        before = match.end()
        if named:
            kind, numbers = named
            out.append(_citation(words, match, kind, numbers, bodies))
        else:
            out.append(_Nothing)
    return [found for found in out if found is not _Nothing]


def _named(words: str, last: Citation | None) -> tuple[str, tuple[int, ...]] | None:
    """What is cited by the words before an edition; `last`: the citation just before them."""
    match = _NAMED.search(words)
    if match:
        return match["kind"].capitalize(), _numbers(match["numbers"])
    going_on = _GOING_ON.match(words)
    if going_on and last and last is not _Nothing:
        return last.kind, _numbers(going_on["numbers"])
    return None


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", words))


def _citation(
    words: str, match: re.Match[str], kind: str, numbers: tuple[int, ...], bodies: Bodies
) -> Citation:
    return Citation(
        kind,
        numbers,
        match.start("inner"),
        match.end("inner"),
        bool(match["rev"]),
        match["city"],
        int(match["year"]),
        bool(match["comma"]),
        _body(words, match, bodies),
    )


def _body(words: str, match: re.Match[str], bodies: Bodies) -> str:
    after = words[match.end() : match.end() + _NEAR]
    before = words[max(0, match.start() - _NEAR) : match.start()]
    if _OWN.match(after):
        return OWN
    for body in bodies.bodies:
        name = rf"(?:{re.escape(body.name)}|{re.escape(body.short)})"
        if re.match(rf",?\s+of\s+(?:the\s+)?{name}\b", after, re.IGNORECASE):
            return body.short
        adopted = (
            rf"{name}(?:-\d\d)?(?:\s+\({re.escape(body.short)}\))?\s+(?:has\s+)?(?:also\s+)?adopted"
            rf"\s+(?:{_KINDS})s?\s+{_NUMBERS}\s*$"
        )
        if re.search(adopted, before, re.IGNORECASE):
            return body.short
    return ""


_Nothing = Citation("", (), 0, 0, False, "", 0, False)


@dataclass(frozen=True, slots=True)
class Mention:
    """A session by its short name: "WTDC-14"."""

    body: str
    year: int  # two digits
    start: int
    end: int


def mentions(words: str, bodies: Bodies) -> Iterator[Mention]:
    """Every session that is named by its body's short name and year."""
    shorts = "|".join(re.escape(body.short) for body in bodies.bodies)
    for match in re.finditer(rf"\b(?P<short>{shorts})[-\u2010-\u2013](?P<year>\d\d)\b", words):
        yield Mention(match["short"], int(match["year"]), match.start(), match.end())
