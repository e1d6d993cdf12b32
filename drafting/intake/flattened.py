"""A redline whose marks were lost: deleted and inserted words stand run together.

Rules:

- Editions come apart by the table of sessions: `CastelmarPort Lorne, 20237` holds
  "Castelmar, 2023" and "Port Lorne, 2027", in either order and interleaved, and the later one is
  the insertion. Of several ways to take two texts apart the one with the fewest pieces holds.
- Two words that were joined (`mechanismswork`) betray a phrase put in the place of another. Where
  both phrases begin and end is read from the clause around them, and always asked.
- Nothing is lost: the segments of a line put together give the line, character by character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

from drafting.domain.redline import Op
from drafting.intake.editions import EDITIONS, Edition, successions

Segment = tuple[Op, str]
Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Unflattened:
    """`segments` as assumed. `doubts`: whole readings of the line that are as possible."""

    segments: Segments
    doubts: tuple[Segments, ...] = ()

    @property
    def changed(self) -> bool:
        return any(op is not Op.KEEP for op, _ in self.segments)

    @property
    def old(self) -> str:
        return view(self.segments, Op.DEL)

    @property
    def new(self) -> str:
        return view(self.segments, Op.INS)


def view(segments: Segments, shown: Op) -> str:
    """The words kept, with those of one other fate."""
    return "".join(words for op, words in segments if op in (Op.KEEP, shown))


def unflatten(
    line: str,
    *,
    editions: Sequence[Edition] = EDITIONS,
    vocabulary: Mapping[str, int] = MappingProxyType({}),
    base: str | None = None,
) -> Unflattened:
    """The line taken apart. `vocabulary`: how often each word stands in the whole paper, by which
    two joined words are told from one; `base`: the line's wording before the changes, if known.

    Without a base, phrases are looked for only where an edition betrays that marks were lost."""
    sites = list(_editions(line, editions))
    looks = bool(sites) or base is not None
    phrases = _phrases(line, sites, vocabulary, base) if looks else []
    segments = _laid(line, [*sites, *phrases])
    doubts = tuple(_laid(line, [*sites, *other]) for other in _others(line, phrases))
    return Unflattened(segments, tuple(d for d in doubts if d != segments) if phrases else ())


def words_of(lines: Sequence[str]) -> Counter[str]:
    """The words of a paper and how often each stands in it, for `vocabulary`."""
    return Counter(word for line in lines for word in _LETTERS.findall(line))


# --- Two texts run together -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Site:
    start: int
    segments: Segments

    @property
    def end(self) -> int:
        return self.start + sum(len(words) for _, words in self.segments)


@lru_cache(maxsize=4096)
def interleaved(merged: str, old: str, new: str) -> Segments | None:
    """`merged` as `old` and `new` with common characters once, in the fewest pieces; None if it is
    not that. Equal counts prefer what is kept earlier."""
    if len(merged) > len(old) + len(new) or len(merged) <= max(len(old), len(new)):
        return None
    return _fewest(merged, old, new)


def _fewest(merged: str, old: str, new: str) -> Segments | None:
    """Dynamic programming over (place in merged, place in old, last fate)."""
    common = len(old) + len(new) - len(merged)
    states: dict[tuple[int, int, Op | None], tuple[int, Segments]] = {(0, 0, None): (0, ())}
    for at, char in enumerate(merged):
        following: dict[tuple[int, int, Op | None], tuple[int, Segments]] = {}
        for (o, n, last), (cost, segments) in states.items():
            for op, next_o, next_n in _steps(char, old, new, o, n):
                if o + n - at > common:
                    continue
                found = (cost + (op is not last), _longer(segments, op, char))
                key = (next_o, next_n, op)
                if key not in following or found[0] < following[key][0]:
                    following[key] = found
        states = following
    ends = [found for (o, n, _), found in states.items() if (o, n) == (len(old), len(new))]
    return min(ends, key=lambda found: found[0])[1] if ends else None


def _steps(char: str, old: str, new: str, o: int, n: int) -> Iterator[tuple[Op, int, int]]:
    in_old, in_new = o < len(old) and old[o] == char, n < len(new) and new[n] == char
    if in_old and in_new:
        yield Op.KEEP, o + 1, n + 1
    if in_old:
        yield Op.DEL, o + 1, n
    if in_new:
        yield Op.INS, o, n + 1


def _longer(segments: Segments, op: Op, char: str) -> Segments:
    if segments and segments[-1][0] is op:
        return (*segments[:-1], (op, segments[-1][1] + char))
    return (*segments, (op, char))


# --- Editions ---------------------------------------------------------------------------------


def _editions(line: str, editions: Sequence[Edition]) -> Iterator[_Site]:
    taken: list[_Site] = []
    # Most lines name no session at all; only pairs of which one is named can be found in a line.
    named = {edition for edition in editions if _names(line, edition)}
    for old, new in successions(editions) if named else ():
        if old not in named and new not in named:
            continue
        for start, merged, one, other in _candidates(line, old, new):
            segments = interleaved(merged, one, other)
            site = _Site(start, segments or ())
            if segments and not any(s.start < site.end and site.start < s.end for s in taken):
                taken.append(site)
    yield from sorted(taken, key=lambda site: site.start)


def _names(line: str, edition: Edition) -> bool:
    return edition.place in line or (edition.short != "" and f"{edition.short}-" in line)


def _candidates(line: str, old: Edition, new: Edition) -> Iterator[tuple[int, str, str, str]]:
    """Stretches that may hold both editions, with the two texts they would hold."""
    places = f"(?:{re.escape(old.place)}|{re.escape(new.place)})"
    dated = rf"{places}\s?{places}(?P<gap>,[\s\u00a0]?)\d{{4,8}}"
    for match in re.finditer(dated, line):
        gap = match["gap"]
        yield match.start(), match[0], f"{old.place}{gap}{old.year}", f"{new.place}{gap}{new.year}"
        both = match.start("gap")
        yield match.start(), line[match.start() : both], old.place, new.place
    full = (f"{old.place}, {old.year}", f"{new.place}, {new.year}")
    for match in re.finditer(re.escape(full[0]) + r"\s?" + re.escape(full[1]), line):
        yield match.start(), match[0], *full
    for match in re.finditer(rf"{places} {places} ", line):
        yield match.start(), match[0], f"{old.place} ", f"{new.place} "
    if old.short and old.short == new.short:
        yield from _short(line, old, new)


def _short(line: str, old: Edition, new: Edition) -> Iterator[tuple[int, str, str, str]]:
    """Sessions named by their year in short form: WTDC-1014."""
    one, other = f"{old.year % 100:02}", f"{new.year % 100:02}"
    for match in re.finditer(rf"\b{re.escape(old.short)}-(\d{{2,4}}(?: \d{{2}})?)( ?)", line):
        years, gap = match[1], match[2]
        if " " in years:
            yield match.start(1), years + gap, f"{one} ", f"{other} "
            yield match.start(1), years, f"{one} ", other
        yield match.start(1), years, one, other


# --- Phrases ----------------------------------------------------------------------------------

_OPENERS = frozenset(
    {"in", "with", "by", "on", "for", "of", "from", "as", "at", "and", "or", "to", "that", "which"}
    | {"including", "through", "under", "while", "where", "when", "so", "taking", "without"}
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST_JOINED = 6


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Inserted words up to `joint`, deleted words from there."""

    start: int
    joint: int
    end: int


def _phrases(
    line: str, sites: Sequence[_Site], vocabulary: Mapping[str, int], base: str | None
) -> list[_Site]:
    joints = [
        joint
        for joint in _joints(line, vocabulary, base)
        if not any(site.start <= joint <= site.end for site in sites)
    ]
    out: list[_Phrase] = []
    for index, joint in enumerate(joints):
        floor = out[-1].end if out else max([s.end for s in sites if s.end <= joint] or [0])
        start = _opening(line, joint, floor)
        out.append(_Phrase(start, joint, len(line)))
        following = joints[index + 1] if index + 1 < len(joints) else None
        out[-1] = _Phrase(start, joint, _closing(line, joint, following))
    return [_swap(line, phrase) for phrase in out if phrase.start < phrase.joint < phrase.end]


def _swap(line: str, phrase: _Phrase) -> _Site:
    return _Site(
        phrase.start,
        (
            (Op.INS, line[phrase.start : phrase.joint]),
            (Op.DEL, line[phrase.joint : phrase.end]),
        ),
    )


# Words that are two words and yet one.
_COMPOUNDS = re.compile(
    r"(?:with|more|there|here|where|what|who|how|when|some|any|every|no|out|under|over|up|on|off|in"
    r"|to|mean|for|work|frame|an|can|al|net|stake|guide|through|time|by|land)"
    r"(?:in|out|of|over|by|to|on|ever|fore|as|come|taking|taken|standing|stand|all|going|put|side|line"
    r"|while|ward|wards|shop|shops|work|works|other|not|so|ready|holder|holders|line|lines|one"
    r"|thing|where|how|time|table|day|upon|with|through|most|mark|marks|date|coming)"
)


def _joints(line: str, vocabulary: Mapping[str, int], base: str | None) -> Iterator[int]:
    """Where two words were joined: the whole stands nowhere else, both parts do."""
    for match in _LETTERS.finditer(line):
        word = match[0]
        known = vocabulary.get(word, 0) > 1 if base is None else _stands_in(word, base)
        if known or len(word) < _SHORTEST_JOINED or _COMPOUNDS.fullmatch(word.casefold()):
            continue
        cut = _cut(word, vocabulary, base)
        if cut:
            yield match.start() + cut


def _cut(word: str, vocabulary: Mapping[str, int], base: str | None) -> int | None:
    """Where to cut a joined word; the second part is of the base where that is known."""
    cuts = [
        cut
        for cut in range(2, len(word) - 1)
        if vocabulary.get(word[:cut])
        and vocabulary.get(word[cut:])
        and word[cut:].islower()
        and (base is None or _stands_in(word[cut:], base))
    ]
    return max(cuts, key=lambda cut: min(cut, len(word) - cut)) if cuts else None


def _stands_in(word: str, words: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", words))


def _opening(line: str, joint: int, floor: int) -> int:
    """Where the inserted phrase begins: it has the form of the one it replaces, so it begins after
    a comma if that is a clause of its own, else after the "to" both share."""
    match = _LETTERS.match(line, joint)
    deleted = match[0] if match else ""
    before = line[floor:joint]
    comma, infinitive = before.rfind(", "), before.rfind(" to ")
    if deleted in _OPENERS or infinitive < 0:
        return floor + comma + 2 if comma >= 0 else floor
    return floor + infinitive + len(" to ")


def _closing(line: str, joint: int, following: int | None) -> int:
    """Where the deleted phrase ends: with the line, or at the last comma that leaves a clause
    between this change and the next."""
    if following is None:
        return len(line.rstrip(" ,;.:"))
    commas = [match.end() for match in re.finditer(r",(?=\s)", line[joint:following])]
    return joint + (commas[-2] if len(commas) > 1 else commas[-1] if commas else 0)


def _others(line: str, phrases: Sequence[_Site]) -> Iterator[list[_Site]]:
    """The same with each phrase taken otherwise: the deletion ending at another comma."""
    for index, site in enumerate(phrases):
        joint = site.start + len(site.segments[0][1])
        ceiling = phrases[index + 1].start if index + 1 < len(phrases) else len(line)
        for match in re.finditer(r",(?=\s)|[;.]?\s*$", line[joint:ceiling]):
            end = joint + match.end() if match[0].startswith(",") else joint + match.start()
            if end != site.end and end > joint:
                other = _swap(line, _Phrase(site.start, joint, end))
                yield [*phrases[:index], other, *phrases[index + 1 :]]


def _laid(line: str, sites: Sequence[_Site]) -> Segments:
    """The sites with the words between them kept."""
    out: list[Segment] = []
    at = 0
    for site in sorted(sites, key=lambda site: site.start):
        if site.start >= at:
            out += [(Op.KEEP, line[at : site.start]), *site.segments]
            at = site.end
    return tuple(_merged([*out, (Op.KEEP, line[at:])]))


def _merged(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Neighbours of one fate as one, and none empty."""
    present = [segment for segment in segments if segment[1]]
    for op, group in groupby(present, key=lambda segment: segment[0]):
        yield op, "".join(words for _, words in group)
