"""References from one provision to another: those that lead nowhere, and those whose letter moved.

Rules:

- A reference is a call with a label ("considering b) of this Resolution", "resolves 2"), a call
  alone ("bearing in mind above"), or a label with "above" or "below" ("in 4 below"). One that goes
  on "of Resolution 181" leads out of the paper and is left alone.
- Words that stand in the adopted text point to what the adopted numbering says, and so do those of
  a proposal, which was written against it. All others point to what is called so now.
- What a reference points to is followed through moves and renumbering. Where its name is another
  now, the mend is that name; where it has none, nobody can know what was meant.
- Where a name leads to several provisions nothing is said of a shift: nobody knows which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drafting.domain.calls import ADVERBS, PARTICIPLES, VERBS
from drafting.domain.checks import live, places
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.checks.live import Line
from drafting.domain.checks.places import Section, Spot, View
from drafting.domain.draft import Draft
from drafting.domain.edits import Change, Span, is_free
from drafting.domain.labels import SUFFIXES
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import plain

_SUFFIX = rf"(?:\s?(?:{'|'.join(SUFFIXES)}))?"
_LETTER = rf"(?:[a-z]{{1,4}})\){_SUFFIX}(?:\s?[ivx]{{1,4}}\))?"
_AFTER = r"(?=\s*(?:[,;.:)\]]|$|above|below|of this|and\b|or\b|to\b))"  # not "2 experts"
_NUMBER = rf"\d{{1,2}}{_SUFFIX}(?:\s?[ivx]{{1,4}}\))?{_AFTER}"
_LABEL = rf"(?:{_LETTER}|{_NUMBER})"
_LABELS = rf"{_LABEL}(?:\s*(?:,|,?\s?and|or)\s*{_LABEL})*"
_SIDE = r"(?P<side>\s+(?:above|below))"
_OUTSIDE = re.compile(
    r"(?:\s+(?:above|below))?,?\s+(?:of|in|to)\s+(?!this\b|the\s+present\b)(?:the\s+)?(?:said\s+)?"
    r"(?:[A-Z][\w\-]*\s+)*(?:Resolution|Decision|Recommendation|Opinion|Annex|Convention|"
    r"Constitution|Agenda|Declaration|Commitment|Plan|Regulations)",
)
_CITED_BEFORE = re.compile(r"(?:Resolution|Decision|Opinion)s?\s[^;]{0,60}[,(]\s*$")
_NEAR = 200  # characters; what is further away is not said of a reference
_VERB = rf"(?:(?:further|also)\s)?(?:{PARTICIPLES}|{VERBS})(?:\s(?:{ADVERBS}))?"
_STEP = re.compile(r"[a-z]{1,4}\)(?:\s?(?:bis|ter|quater))?|\d{1,2}(?:\s?(?:bis|ter|quater))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """`call`: folded, "" where only a label is named. `path`: empty where only a call is. `start`
    and `end`: of the label, or of the whole where there is none, in the words as they read."""

    line: Line
    call: str
    path: tuple[str, ...]
    side: str
    start: int
    end: int
    words: str

    @property
    def place(self) -> Place:
        first, last = self.line.read.place(self.start, self.end)
        span = Span(self.line.number, first, last)
        return Place(self.line.provision.key, self.line.option.key, span)


# --- finding them -----------------------------------------------------------------------------


class _Reader:
    """Reads references to the calls that a draft has, or could have."""

    def __init__(self, *views: View) -> None:
        held = {section.call for view in views for section in view.sections if section.call}
        long = "|".join(re.escape(call) for call in sorted(held, key=len, reverse=True))
        call = rf"(?P<call>{long + '|' if long else ''}{_VERB})"
        before = r"(?<![\w\-])"
        self._labelled = re.compile(
            rf"{before}{call}\s+(?P<labels>{_LABELS}){_SIDE}?", re.IGNORECASE
        )
        self._alone = re.compile(rf"{before}{call}{_SIDE}\b", re.IGNORECASE)
        self._near = re.compile(
            rf"{before}(?:in|under|to|of|by|with|from|and|paragraphs?|items?|points?)\s+"
            rf"(?P<labels>{_LABELS}){_SIDE}\b"
        )

    def read(self, line: Line) -> Iterator[Reference]:
        taken: list[tuple[int, int]] = []
        for pattern in (self._labelled, self._alone, self._near):
            for match in pattern.finditer(line.words):
                inside = any(a < match.end() and match.start() < b for a, b in taken)
                if inside or _leads_out(line.words, match):
                    continue
                taken.append(match.span())
                yield from _read(line, match)


def _leads_out(words: str, match: re.Match[str]) -> bool:
    after = words[match.end() : match.end() + _NEAR]
    before = words[max(0, match.start() - _NEAR) : match.start()]
    return bool(_OUTSIDE.match(after) or _CITED_BEFORE.search(before))


def _read(line: Line, match: re.Match[str]) -> Iterator[Reference]:
    groups = match.groupdict()
    call = places.called(groups.get("call") or "")
    side = (groups["side"] or "").strip().casefold()
    if groups.get("labels") is None:
        yield Reference(line, call, (), side, match.start(), match.end(), match[0])
        return
    first = match.start("labels")
    for label in re.finditer(_LABEL, groups["labels"]):
        path = tuple(re.sub(r"\s", "", step) for step in _STEP.findall(label[0]))
        start = first + label.start()
        yield Reference(line, call, path, side, start, start + len(label[0]), match[0])


# --- where they lead --------------------------------------------------------------------------


class Map:
    """What each reference of a draft points to."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.adopted, self.now = places.adopted(draft), places.now(draft)
        self._heirs = places.heirs(draft)
        reader = _Reader(self.adopted, self.now)
        self.references = [found for line in live.lines(draft) for found in reader.read(line)]

    def is_adopted(self, reference: Reference) -> bool:
        """Whether the adopted text of the provision says these words too."""
        base = reference.line.provision.base
        return base is not None and reference.words.casefold() in plain(base).casefold()

    def is_proposed(self, reference: Reference) -> bool:
        return any(a.code and a.bracket is None for a in reference.line.option.attributions)

    def leads_to(self, reference: Reference, view: View) -> list[Spot]:
        """The places that go by its name in a view."""
        found = [
            spot
            for section in self._sections(reference, view)
            for path in _paths(reference, view)
            for spot in view.at(section, path)
        ]
        return list(dict.fromkeys(found))

    def _sections(self, reference: Reference, view: View) -> list[Section]:
        if reference.call:
            return list(view.called(reference.call))
        own = view.section_of(reference.line.provision.key)
        return [own] if own else []

    def target(self, reference: Reference) -> tuple[str, int] | None:
        """The one provision (under its key now) and paragraph that it means; None if nobody knows.

        It may be gone: then it has no name any more.
        """
        held = self.leads_to(reference, self.now)
        if self.is_adopted(reference) or self.is_proposed(reference):
            before = self.leads_to(reference, self.adopted)
            if len(before) == 1:
                return self._heirs.get(before[0].provision, before[0].provision), 0
        return (held[0].provision, held[0].paragraph) if len(held) == 1 else None

    def name(self, target: tuple[str, int], view: View) -> Spot | None:
        names = [spot for spot in view.names(target[0]) if spot.paragraph == target[1]]
        return names[0] if len(names) == 1 else None

    def following(self, labels: Mapping[tuple[str, int], str]) -> list[Change]:
        """The changes by which references go with what they point to, once `labels` hold."""
        after = places.now(self.draft, labels)
        changes = (self._followed(reference, after) for reference in self.references)
        return [change for change in changes if change]

    def _followed(self, reference: Reference, after: View) -> Change | None:
        target = self.target(reference) if reference.path else None
        spot = self.name(target, after) if target else None
        if spot is None or not self._same_call(reference, spot, after):
            return None
        path = spot.path[-len(reference.path) :] if not reference.call else spot.path
        return _renamed(reference, path)

    def _same_call(self, reference: Reference, spot: Spot, view: View) -> bool:
        return view.sections[spot.section] in self._sections(reference, view)


def _paths(reference: Reference, view: View) -> Iterator[tuple[str, ...]]:
    """The paths that a reference may mean: without a call, also beside the line itself."""
    yield reference.path
    if not reference.call:
        for own in view.names(reference.line.provision.key):
            if len(own.path) > 1:
                yield (*own.path[:-1], *reference.path)


def _renamed(reference: Reference, path: tuple[str, ...]) -> Change | None:
    """The change of its labels to others; None where they are right, or pending."""
    if path == reference.path or len(path) != len(reference.path):
        return None
    line, at = reference.line, reference.place.span
    assert at is not None
    if not is_free(line.paragraph, at.start, at.end):
        return None
    old = line.words[reference.start : reference.end]
    joint = " " if re.search(r"\)\s|\d\s", old) else ""
    return Change(line.option.key, line.number, at.start, old, joint.join(path))


# --- the check --------------------------------------------------------------------------------


def check(draft: Draft) -> Iterator[Finding]:
    """References that lead nowhere, to several places, or to what is called otherwise now."""
    known = Map(draft)
    for reference in known.references:
        found = _of_call(known, reference) if not reference.path else _of_label(known, reference)
        if found:
            yield found


def _finding(
    reference: Reference,
    code: str,
    sentence: str,
    mend: Change | None = None,
    also: tuple[Place, ...] = (),
) -> Finding:
    changes = (mend,) if mend else ()
    at = reference.place
    return Finding(
        Kind.REFERENCE, code, at, reference.words, sentence, changes, bool(changes), also
    )


def _of_call(known: Map, reference: Reference) -> Finding | None:
    """A call named alone: it has to be there, with words under it, and on the side that is said."""
    sections = known.now.called(reference.call)
    full = [section for section in sections if section.members]
    if full:
        return None if _on_side(known, reference, full) else _wrong_side(reference)
    if not sections and not known.adopted.called(reference.call):
        if len(reference.call.split()) == 1:
            return None  # "considering above": words of a sentence, and no call of this paper
        return _finding(reference, "dangling", _nowhere(reference))
    also = tuple(Place(section.key, "") for section in sections)
    sentence = filled(
        _("“{words}” points to words that are struck: nothing stands under that call any more."),
        words=reference.words,
    )
    return _finding(reference, "dangling", sentence, also=also)


def _on_side(known: Map, reference: Reference, sections: list[Section]) -> bool:
    own = known.now.section_of(reference.line.provision.key)
    if own is None:
        return True
    above = any(section.order <= own.order for section in sections)
    below = any(section.order >= own.order for section in sections)
    return {"above": above, "below": below}.get(reference.side, True)


def _wrong_side(reference: Reference) -> Finding:
    sentence = filled(
        _("“{words}”: that call stands on the other side of this line."), words=reference.words
    )
    return _finding(reference, "wrong_side", sentence)


def _nowhere(reference: Reference) -> str:
    return filled(
        _("“{words}” leads nowhere: nothing goes by this name here."), words=reference.words
    )


def _of_label(known: Map, reference: Reference) -> Finding | None:
    held = known.leads_to(reference, known.now)
    target = known.target(reference)
    if target:
        return _followed(known, reference, target)
    if not held:
        return _missing(known, reference)
    also = tuple(Place(spot.provision, "") for spot in held)
    sentence = filled(
        _("“{words}” may mean several provisions: more than one goes by this name."),
        words=reference.words,
    )
    return _finding(reference, "ambiguous", sentence, also=also)


def _missing(known: Map, reference: Reference) -> Finding | None:
    """Nothing goes by this name. A verb with a label that no call has is a sentence's own."""
    if reference.call and not reference.side and "of this" not in reference.line.words:
        held = known.now.called(reference.call) or known.adopted.called(reference.call)
        if not held:
            return None
    return _finding(reference, "dangling", _nowhere(reference))


def _followed(known: Map, reference: Reference, target: tuple[str, int]) -> Finding | None:
    spot = known.name(target, known.now)
    also = (Place(target[0], ""),)
    if spot is None:
        sentence = filled(
            _("“{words}” points to a provision that is struck or has no label any more."),
            words=reference.words,
        )
        return _finding(reference, "dangling", sentence, also=also)
    path = spot.path if reference.call else spot.path[-len(reference.path) :]
    if path == reference.path and known._same_call(reference, spot, known.now):
        return None
    call = known.now.sections[spot.section].name
    sentence = filled(
        _("“{words}” meant what is now {name}: its place has moved."),
        words=reference.words,
        name=" ".join(filter(None, (call, *spot.path))),
    )
    mend = known._followed(reference, known.now)
    return _finding(reference, "shifted", sentence, mend, also)
