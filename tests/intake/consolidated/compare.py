"""A reading set beside a hand-made state of the same paper, cell by cell.

A cell is one thing the hand-made state says of a provision: that it is there, in its place; the
label, operation, words, attributions and bracket of each option; fragments with their notes; moves;
its status. Words are compared with quotes, dashes and spaces folded. Ours are called as the
hand-made state calls them, so that no number that merely counts is compared. What a question could
do to a cell is told in `strict.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from drafting.domain.draft import Option, OptionKind, Provision, ProvisionKind, Status
from drafting.domain.folding import fold
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Run,
    Text,
    inlines,
    plain,
    rejected,
    sources,
)
from drafting.intake.consolidated.build import LOST
from drafting.intake.reading import DraftReading

ASPECTS = (
    "provision",
    "label",
    "operation",
    "words",
    "attribution",
    "option number",
    "bracket",
    "fragment",
    "moved",
    "status",
    "attribution line",
    "bracket pair",
)


@dataclass(frozen=True)
class Cell:
    """One thing compared."""

    aspect: str
    place: str
    expected: object
    found: object

    @property
    def right(self) -> bool:
        return self.expected == self.found


def compare(reading: DraftReading, truth: dict[str, Any]) -> list[Cell]:
    """The reading beside the hand-made state (`truth`, as its YAML file gives it)."""
    return _Comparing(reading, truth).run()


class _Comparing:
    def __init__(self, reading: DraftReading, truth: dict[str, Any]) -> None:
        self.reading = reading
        self.truth = truth
        self.out: list[Cell] = []
        self.names: dict[str, str] = {}  # key of ours -> id in the hand-made state
        self.brackets: dict[str, _Seen] = {}  # by the place where they open

    def run(self) -> list[Cell]:
        pairs = list(self._pairs())
        self._name(pairs)
        for theirs, ours in pairs:
            self._cell("provision", theirs["id"], True, ours is not None)
            if ours is not None:
                self._provision(theirs, ours)
        expected = {id(ours) for _, ours in pairs}
        for extra in (p for p in self.reading.provisions if id(p) not in expected):
            self._cell("provision", extra.key, None, "not in the hand-made state")
        self._lines()
        self._bracket_pairs()
        return self.out

    def _name(self, pairs: Sequence[tuple[dict[str, Any], Provision | None]]) -> None:
        """Call ours as the hand-made state does, so that counting has no part in it."""
        for theirs, ours in pairs:
            if ours is not None:
                self.names[ours.key] = theirs["id"]
                options = zip(theirs["options"], self._compared(theirs, ours), strict=False)
                self.names |= {option.key: state["id"] for state, option in options}
        for bracket in _brackets(self.reading.provisions):
            opening = next(iter(bracket.members))
            self.brackets[_free(self.names.get(opening, opening), self.brackets)] = bracket

    def _cell(self, aspect: str, place: str, expected: object, found: object) -> None:
        self.out.append(Cell(aspect, place, expected, found))

    def _pairs(self) -> Iterator[tuple[dict[str, Any], Provision | None]]:
        """Every provision of the hand-made state with ours, in order."""
        theirs = self.truth["provisions"]
        one = [_signature_of_truth(t) for t in theirs]
        other = [_signature(p) for p in self.reading.provisions]
        found: dict[int, int] = {}
        for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
            found |= {block.a + k: block.b + k for k in range(block.size)}
        taken = set(found.values())
        for index, state in enumerate(theirs):
            if index not in found:
                near = found.get(index - 1, -2) + 1
                if 0 <= near < len(other) and near not in taken and not one[index][0]:
                    found[index] = near
                    taken.add(near)
            place = found.get(index)
            yield state, None if place is None else self.reading.provisions[place]

    # --- one provision -----------------------------------------------------------------------

    def _provision(self, theirs: dict[str, Any], ours: Provision) -> None:
        place = theirs["id"]
        self._cell("status", place, theirs["status"], _status(ours))
        for link in ("moved_from", "moved_to"):
            if link in theirs or getattr(ours, link):
                found = getattr(ours, link)
                self._cell("moved", place, theirs.get(link), self.names.get(found, found))
        options = self._compared(theirs, ours)
        standing = ours.standing
        if not theirs["options"] or theirs["text_lines"]:
            words = theirs["base"]["text"] if theirs["settled_text"] else None
            stands = standing and standing.kind is OptionKind.TEXT and plain(standing.text)
            self._cell("words", place, _words(words), _words(stands or None))
            if words:
                label = standing.text.label if standing else "no standing option"
                self._cell("label", place, theirs["current_label"], label)
        self._cell("words", f"{place} options", len(theirs["options"]), len(options))
        for state, option in zip(theirs["options"], options, strict=False):
            self._option(state, option, ours)

    def _compared(self, theirs: dict[str, Any], ours: Provision) -> list[Option]:
        """Our options that stand beside the listed ones: an untouched base is not listed."""
        if not theirs["options"]:
            return [o for o in ours.options if not o.stands]
        return [o for o in ours.options if not (o.stands and theirs["text_lines"])]

    def _option(self, theirs: dict[str, Any], ours: Option, of: Provision) -> None:
        place = theirs["id"]
        self._cell("label", place, theirs["label"], ours.text.label)
        self._cell("operation", place, theirs["op"], _operation(ours, of))
        text = None if ours.kind is not OptionKind.TEXT else plain(ours.text)
        folded = of.kind is ProvisionKind.NUMBER
        self._cell("words", place, _words(theirs["text"], folded), _words(text, folded))
        codes = sorted({a["code"] for a in theirs["attribution"]})
        found = {a.code for a in ours.attributions} | set(sources(ours.text))
        self._cell("attribution", place, codes, sorted(c for c in found if c))
        numbers = [a.get("option", "").split()[-1:] for a in theirs["attribution"]]
        ours_numbered = [[a.option] if a.option else [] for a in ours.attributions]
        if any(numbers) or any(ours_numbered):
            self._cell("option number", place, numbers, ours_numbered)
        bracket = theirs["bracketed"]
        opening = _openings(self.truth)
        expected = bracket and (opening[bracket["id"]], bracket["opens"], bracket["closes"])
        self._cell("bracket", place, expected, self._member(ours))
        self._fragments(theirs, ours, of)

    def _member(self, option: Option) -> tuple[str, bool, bool] | None:
        return next(
            (
                (place, *bracket.members[option.key])
                for place, bracket in self.brackets.items()
                if option.key in bracket.members
            ),
            None,
        )

    def _fragments(self, theirs: dict[str, Any], ours: Option, of: Provision) -> None:
        expected = [
            (
                fold(f["text"]).strip(),
                sorted(a["code"] for a in f["attribution"]),
                f["note"],
            )
            for f in theirs["inline_fragments"]
        ]
        found = _fragments(ours.text, of)
        if expected or found:
            self._cell("fragment", theirs["id"], expected, found)
            without = _words(theirs.get("text_without_fragments") or plain(rejected(ours.text)))
            self._cell("fragment", theirs["id"], without, _words(plain(rejected(ours.text))))

    # --- the paper ---------------------------------------------------------------------------

    def _lines(self) -> None:
        """Every attribution line is somebody's: an option's, or a fragment's."""
        found = Counter[tuple[str, str]]()
        seen: set[tuple[str, str, str]] = set()
        for provision in self.reading.provisions:
            for option in provision.options:
                for a in option.attributions:
                    found[(a.code or "", fold(a.literal))] += 1
                for code in sources(option.text):
                    seen.add((code, provision.key, option.key))
        fragments = Counter(code for code, _, _ in seen)
        for line in self.truth["attribution_lines"]:
            key = (line["code"], fold(line["literal"]))
            there = found[key] > 0
            if not there and fragments[line["code"]] > 0:
                fragments[line["code"]] -= 1
                there = True
            self._cell("attribution line", str(line["line"]), True, there)

    def _bracket_pairs(self) -> None:
        opening = _openings(self.truth)
        balanced = {opening[b["id"]]: b["balanced"] for b in self.truth["brackets"]}
        paired = {place: bracket.paired for place, bracket in self.brackets.items()}
        for place in balanced | paired:
            self._cell("bracket pair", place, balanced.get(place), paired.get(place))


def _openings(truth: dict[str, Any]) -> dict[str, str]:
    """By bracket of the hand-made state: the option it opens in."""
    out: dict[str, str] = {}
    taken: list[str] = []
    for option in (o for state in truth["provisions"] for o in state["options"]):
        bracket = option["bracketed"]
        if bracket and bracket["opens"]:
            out[bracket["id"]] = _free(option["id"], taken)
            taken.append(out[bracket["id"]])
    return out


def _free(name: str, taken: Collection[str]) -> str:
    """The name, counted on where it is taken."""
    again = (f"{name} {count}" for count in range(2, len(taken) + 2))
    return next(free for free in (name, *again) if free not in taken)


Signature = tuple[str, str]


def _signature_of_truth(state: dict[str, Any]) -> Signature:
    if state["base"] is not None:
        return (f"{state['base']['label']}", fold(state["base"]["text"])[:80])
    first = state["options"][0]["text"] or ""
    return ("", fold(first)[:40])


def _signature(provision: Provision) -> Signature:
    if provision.base is not None:
        return (f"{provision.base.label}", fold(plain(provision.base))[:80])
    return ("", fold(plain(provision.options[0].text))[:40])


def _words(words: str | None, any_case: bool = False) -> str | None:
    if words is None:
        return None
    return fold(words, case=not any_case).strip()


def _status(provision: Provision) -> str:
    standing = provision.standing
    if provision.moved_to:
        return "moved"
    if provision.base is None:
        if provision.moved_from:
            return "modified"
        if provision.status is Status.LAPSED:
            return "dropped"
        return "added" if standing else "open"
    if len(provision.options) > 1 or standing is None or sources(standing.text):
        return "open"
    if standing.kind is OptionKind.DELETE:
        return "absent" if provision.status_reason == LOST else "deleted"
    if _words(plain(standing.text)) != _words(plain(provision.base)):
        return "modified"
    if standing.text.label == provision.base.label:
        return "unchanged"
    return "modified" if provision.base.label is None else "renumbered"


def _operation(option: Option, provision: Provision) -> str:
    if option.kind is OptionKind.DELETE:
        return "SUP"
    if provision.base is None:
        return "MOD" if provision.moved_from else "ADD"
    one, other = (fold(plain(t)).split() for t in (option.text, provision.base))
    shared = sum((Counter(one) & Counter(other)).values())
    alike = one[:2] == other[:2] or shared >= 0.6 * min(len(one), len(other))
    return "MOD" if alike else "ADD"


def _fragments(text: Text, of: Provision) -> list[tuple[str, list[str], str | None]]:
    """Words pending insertion: the words, who asks, and the note on them."""
    notes = {note.id: note.text for note in of.notes}
    out: list[tuple[str, list[str], str | None, str]] = []
    for piece in inlines(text):
        if not isinstance(piece, Run) or not any(c.kind == "insertion" for c in piece.changes):
            continue
        key = piece.changes[0].id
        note = next((notes[n] for n in piece.notes if n in notes), None)
        if out and out[-1][3] == key:
            words, who, said, _ = out[-1]
            out[-1] = (words + piece.text, who, said or note, key)
        else:
            out.append((piece.text, sorted(c.source for c in piece.changes), note, key))
    return [(fold(words).strip(), who, note) for words, who, note, _ in out]


@dataclass
class _Seen:
    """A bracket of the reading. `members`: option key -> whether it opens, whether it closes."""

    members: dict[str, tuple[bool, bool]]
    paired: bool
    provision: str = ""
    codes: frozenset[str | None] = frozenset()


def _brackets(provisions: Sequence[Provision]) -> list[_Seen]:
    """The brackets and what they hold; one that never closes holds the wordings of its own
    provision and proposers."""
    closing = {
        mark.id
        for p in provisions
        for o in p.options
        for mark in inlines(o.text)
        if isinstance(mark, BracketClose)
    }
    out: dict[str, _Seen] = {}
    open_now: list[_Seen] = []
    for provision in provisions:
        for option in provision.options:
            codes = frozenset(a.code for a in option.attributions)
            open_now = [
                b
                for b in open_now
                if b.paired or (b.provision == provision.key and b.codes == codes)
            ]
            before = list(open_now)
            for mark in inlines(option.text):
                if isinstance(mark, BracketOpen):
                    seen = _Seen({}, mark.id in closing)
                    seen.provision, seen.codes = provision.key, codes
                    out[mark.id] = seen
                    open_now.append(seen)
                    seen.members[option.key] = (True, False)
                elif isinstance(mark, BracketClose) and mark.id in out:
                    seen = out[mark.id]
                    opened = seen.members.get(option.key, (False, False))[0]
                    seen.members[option.key] = (opened, True)
                    open_now = [b for b in open_now if b is not seen]
            for seen in before:
                seen.members.setdefault(option.key, (False, False))
    return list(out.values())
