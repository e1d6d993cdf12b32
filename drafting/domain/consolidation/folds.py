"""Several wordings as one text: what all share is set once, each difference is a fork in brackets.

Rules:

- The pivot is the base, or the first wording where there is none. Where others differ, a pair of
  brackets opens; in it the pivot's words are pending deletion by everybody who has others, and
  each alternative is a pending insertion by those who ask for it.
- Reading the text for one proposer (`projection.wording`) gives their wording, and for nobody the
  pivot; but the pivot's sign at the end (";" or ","), which belongs to its place in the list.
  Where the pivot is itself somebody's wording, its own words in a fork are an alternative too.
- Differences that touch or overlap are one fork, so that an alternative is read whole.
- A footnote is compared like a sign of its own that no words have (`_signs`): one that differs is
  an alternative, alone or with the words around it. Footnotes are known by their ids.
- What cannot be said so without loss is not folded: several paragraphs, brackets or pending changes
  in a wording, somebody behind two of them, more proposers than a text can carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from drafting.domain.consolidation.likeness import Essence, essence
from drafting.domain.draft import Option, OptionKind
from drafting.domain.folding import TERMINAL
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Inline,
    Paragraph,
    PendingChange,
    Run,
    Text,
    as_seen,
    inlines,
    normal,
    plain,
)
from drafting.domain.worddiff import Op, redline_words

MOST_NAMES = 30  # a run carries forty marks at most, formats among them
CHAIR = "Chair"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and those who ask for it."""

    names: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Fold:
    """The folded text, and how many words its longest alternative has."""

    text: Text
    longest: int
    forks: int


@dataclass(frozen=True, slots=True)
class _Change:
    """Pivot characters `start:end` replaced by `new_start:new_end` of wording number `whose`."""

    whose: int
    start: int
    end: int
    new_start: int
    new_end: int


def folded(
    options: Sequence[Option], base: Text | None, *, key: str, otherwise: str = CHAIR
) -> Text | None:
    """The options as one text with inline alternatives, None where that would lose something.

    `key` begins the ids of brackets and changes, so give the key of the option that will hold the
    text; `otherwise` is who asks where an option names nobody.
    """
    if any(option.kind is not OptionKind.TEXT for option in options):
        return None
    wordings = [Wording(names_behind(o) or (otherwise,), o.text) for o in options]
    if base is not None:
        found = fold(base, (), wordings, key=key)
    else:
        found = fold(wordings[0].text, wordings[0].names, wordings[1:], key=key)
    return found.text if found else None


def names_behind(option: Option) -> tuple[str, ...]:
    """The proposals behind an option, or the delegations where no code is named."""
    named = (a.code or a.name or "" for a in option.attributions if a.bracket is None)
    return tuple(dict.fromkeys(name for name in named if name))


def fold(
    pivot: Text, behind: Sequence[str], wordings: Sequence[Wording], *, key: str
) -> Fold | None:
    """The wordings in one text with the pivot; `behind`: who asks for the pivot's own words."""
    signs = _signs([pivot, *(w.text for w in wordings)])
    texts = [_runs(text, signs) for text in (pivot, *(w.text for w in wordings))]
    stacked = _stacked(wordings)
    same = stacked.pop(essence(pivot), None)
    own = tuple(dict.fromkeys((*behind, *same.names))) if behind and same else tuple(behind)
    names = [*own, *(name for wording in stacked.values() for name in wording.names)]
    if any(runs is None for runs in texts) or not 0 < len(names) <= MOST_NAMES:
        return None
    if len(set(names)) < len(names):  # who asks for two wordings could not be read for one
        return None
    return _Folding(pivot, own, list(stacked.values()), key, signs).fold()


def _stacked(wordings: Sequence[Wording]) -> dict[Essence, Wording]:
    """Equal wordings as one."""
    out: dict[Essence, Wording] = {}
    for wording in wordings:
        known = out.get(essence(wording.text))
        names = (*known.names, *wording.names) if known else wording.names
        text = known.text if known else wording.text
        out[essence(wording.text)] = Wording(tuple(dict.fromkeys(names)), text)
    return out


Signs = Mapping[str, str]  # the id of a footnote -> the sign that stands for it

# Characters that are words by themselves and that hardly any text has: Braille patterns.
_RARE = tuple(map(chr, range(0x2800, 0x2900)))


def _signs(texts: Sequence[Text]) -> Signs:
    """A sign for each footnote of the texts, in none of which it stands. Too many have none."""
    found = (
        piece.id for text in texts for piece in inlines(text) if isinstance(piece, FootnoteRef)
    )
    ids = list(dict.fromkeys(found))
    if not ids:
        return {}
    used = {sign for text in texts for sign in plain(text)}
    return dict(zip(ids, (sign for sign in _RARE if sign not in used), strict=False))


def _runs(text: Text, signs: Signs) -> tuple[Run, ...] | None:
    """The runs of a text that is nothing but words and footnotes in one paragraph."""
    if len(text.paragraphs) != 1:
        return None
    pieces = text.paragraphs[0].inlines
    runs = tuple(_as_run(piece, signs) for piece in pieces)
    found = tuple(run for run in runs if run is not None and not run.changes)
    return found if len(found) == len(pieces) else None


def _as_run(piece: Inline, signs: Signs) -> Run | None:
    if isinstance(piece, FootnoteRef) and piece.id in signs:
        return Run(signs[piece.id], changes=piece.changes)
    return piece if isinstance(piece, Run) else None


def _with_footnotes(pieces: Iterable[Inline], signs: Signs) -> Iterator[Inline]:
    """The pieces with footnotes in place of their signs."""
    ids = {sign: key for key, sign in signs.items()}
    for piece in pieces:
        if not ids or not isinstance(piece, Run):
            yield piece
            continue
        words = ""
        for letter in piece.text:
            if letter in ids:
                yield replace(piece, text=words)
                yield FootnoteRef(ids[letter], piece.changes)
                words = ""
            else:
                words += letter
        yield replace(piece, text=words)


class _Folding:
    """One fold under way."""

    def __init__(
        self,
        pivot: Text,
        behind: tuple[str, ...],
        wordings: Sequence[Wording],
        key: str,
        signs: Signs,
    ) -> None:
        self.key, self.behind, self.wordings, self.signs = key, behind, wordings, signs
        self.paragraph: Paragraph = pivot.paragraphs[0]
        self.runs = _runs(pivot, signs) or ()
        self.words = _seen(self.runs)
        self.theirs = [_ending_like(_runs(w.text, signs) or (), self.words) for w in wordings]
        self.longest = self.forks = 0

    def fold(self) -> Fold:
        out: list[Inline] = []
        at = 0
        for cluster in _clusters(self._changes()):
            start, end = min(c.start for c in cluster), max(c.end for c in cluster)
            out += _slice(self.runs, at, start)
            out += self._fork(cluster, start, end)
            at = end
        out += _slice(self.runs, at, len(self.words))
        pieces = normal(_with_footnotes(out, self.signs))
        text = Text((replace(self.paragraph, inlines=pieces),))
        return Fold(text, self.longest, self.forks)

    def _changes(self) -> Iterator[_Change]:
        for whose, runs in enumerate(self.theirs):
            at = new_at = 0
            gone = come = 0
            for op, words in redline_words(self.words, _seen(runs)):
                gone += len(words) if op is Op.DEL else 0
                come += len(words) if op is Op.INS else 0
                if op is Op.KEEP:
                    if gone or come:
                        yield _Change(whose, at, at + gone, new_at, new_at + come)
                    at, new_at = at + gone + len(words), new_at + come + len(words)
                    gone = come = 0
            if gone or come:
                yield _Change(whose, at, at + gone, new_at, new_at + come)

    def _fork(self, cluster: Sequence[_Change], start: int, end: int) -> Iterator[Inline]:
        self.forks += 1
        names = tuple(dict.fromkeys(n for c in cluster for n in self.wordings[c.whose].names))
        everybody = dict.fromkeys((*self.behind, *(n for w in self.wordings for n in w.names)))
        ids = {name: f"{self.key}.{self.forks}.{n}" for n, name in enumerate(everybody, 1)}
        bracket = f"{self.key}.{self.forks}"
        yield BracketOpen(bracket)
        yield from self._own(start, end, names, ids)
        for runs, who in self._alternatives(cluster, start, end):
            marks = tuple(PendingChange("insertion", ids[name], name) for name in who)
            yield from (replace(run, changes=marks) for run in runs)
        yield BracketClose(bracket)

    def _own(
        self, start: int, end: int, names: Sequence[str], ids: dict[str, str]
    ) -> Iterator[Run]:
        """The pivot's own words in a fork: of all who have no others, where there is no base."""
        if self.behind:
            marks = tuple(PendingChange("insertion", ids[n], n) for n in ids if n not in names)
        else:
            marks = tuple(PendingChange("deletion", ids[n], n) for n in names)
        self._measure(self.words[start:end])
        return (replace(run, changes=marks) for run in _slice(self.runs, start, end))

    def _alternatives(
        self, cluster: Sequence[_Change], start: int, end: int
    ) -> Iterator[tuple[list[Run], tuple[str, ...]]]:
        found: dict[str, tuple[list[Run], tuple[str, ...]]] = {}
        for whose in dict.fromkeys(change.whose for change in cluster):
            own = [change for change in cluster if change.whose == whose]
            first, last = own[0], own[-1]
            runs = _slice(
                self.theirs[whose],
                first.new_start - (first.start - start),
                last.new_end + (end - last.end),
            )
            words = _seen(runs)
            kept, who = found.get(words, (runs, ()))
            found[words] = (kept, (*who, *self.wordings[whose].names))
            self._measure(words)
        return ((runs, who) for words, (runs, who) in found.items() if words)

    def _measure(self, words: str) -> None:
        self.longest = max(self.longest, len(words.split()))


def _clusters(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """The changes in order, those that touch or overlap together."""
    held: list[_Change] = []
    until = 0
    for change in sorted(changes, key=lambda c: (c.start, c.end, c.whose)):
        if held and change.start > until:
            yield held
            held = []
        held.append(change)
        until = max(until, change.end) if len(held) > 1 else change.end
    if held:
        yield held


def _seen(runs: Iterable[Run]) -> str:
    """The words as they are compared, letter by letter: what is raised is another sign."""
    return "".join(map(as_seen, runs))


def _slice(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The characters `start:end` of the runs."""
    out, at = [], 0
    for run in runs:
        words = run.text[max(0, start - at) : max(0, end - at)]
        if words:
            out.append(replace(run, text=words))
        at += len(run.text)
    return out


def _ending_like(runs: Sequence[Run], pivot: str) -> tuple[Run, ...]:
    """The runs with the pivot's sign at the end in place of their own."""
    words = "".join(run.text for run in runs)
    bare, tail = words.rstrip(TERMINAL), pivot[len(pivot.rstrip(TERMINAL)) :]
    if not bare or not pivot.rstrip(TERMINAL):
        return tuple(runs)
    kept = _slice(runs, 0, len(bare))
    return (*kept, replace(kept[-1], text=tail)) if tail else tuple(kept)
