"""A Member's paper beside the base: its proposals, provision by provision.

Rules:

- One mark line, one proposal. What it changes is told by the paper's tracked changes set beside
  the base; nothing that the paper only quotes becomes a change.
- A change of label or of the last comma alone is editorial, `(MOD)`: it follows from another
  change. Moves are additions that carry the provision they move.
- Words that were kept are spelled as in the base (quotes, hyphens, spaces), so that only what is
  proposed differs from it.
- Footnotes come along, and a change of a footnote is one (`contribution_notes`).
- A proposal on another resolution is named in a warning and changes nothing here.

Kinds of question are listed in `contribution_questions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafting.domain.consolidation.noted import Notes
from drafting.domain.draft import Draft, Provision, ProvisionKind
from drafting.domain.numbering import Label, parse_label
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Text
from drafting.intake import contribution_questions as ask
from drafting.intake.base import (
    answer,
    asked_of,
)
from drafting.intake.contribution_compare import (
    Comparison,
    Event,
    Fate,
    base_words,
    compare,
)
from drafting.intake.contribution_header import Segment, read_header, segments
from drafting.intake.contribution_notes import Footnotes
from drafting.intake.contribution_resolved import resolved
from drafting.intake.contribution_spelling import respelled
from drafting.intake.instrument import Part, number_of, text_of_part
from drafting.intake.parsed import ParsedPaper
from drafting.intake.reading import (
    Answers,
    ContributionReading,
    Operation,
    Place,
    PlacedParagraph,
    ProposalReading,
    ProposedChange,
    Question,
)
from drafting.intake.shared_steps import (
    Line,
    View,
    lines,
    same_words,
    where,
    with_markers,
    with_struck_deleted,
)

STRANGE = 3  # paragraphs: fewer may be an addition that shows nothing around it


def read_contribution(
    paper: ParsedPaper, base: Draft, answers: Answers, *, code: str | None = None
) -> ContributionReading:
    """The proposals of a paper on the text of `base`, and what they leave open.

    `base` is a draft whose provisions carry their adopted text; those without one are ignored.
    `code` names the proposal of a paper without mark lines. Keys of changes are c1, c2, ...; a
    comment, or a paragraph of the strip, on an added text bears the key of the addition.
    """
    own = tuple(p for p in base.provisions if p.base)
    reader = _Reader(own, answers, Footnotes.of(paper))
    paper = resolved(with_struck_deleted(paper), reader.chosen)
    views = {view: lines(paper, view) for view in View}
    found = segments(views[View.NEW], len(paper.paragraphs))
    header = read_header([line for line in views[View.NEW] if line.sources[0] < found[0].start])
    if found[0].mark is None and not code and views[View.NEW]:
        reader.questions.append(ask.no_mark(views[View.NEW][0].text))
    proposals = tuple(reader.proposal(segment, views, code) for segment in found)
    return ContributionReading(
        document=header.document,
        submitted_by=header.submitted_by,
        original_language=header.original_language,
        date=header.date,
        proposals=proposals,
        comments=tuple(reader.comments(paper)),
        strip=tuple(reader.strip(paper, found)),
        questions=tuple(reader.questions),
        warnings=(*paper.warnings, *reader.warnings),
    )


@dataclass(slots=True)
class _Reader:
    """One reading under way: what was asked, and where each paragraph belongs."""

    base: tuple[Provision, ...]
    answers: Answers
    footnotes: Footnotes
    questions: list[Question] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    placed: dict[int, tuple[Place, str | None]] = field(default_factory=dict)
    count: int = 0

    def chosen(self, question: Question) -> str:
        """Asks, and gives the alternative that holds."""
        self.questions.append(question)
        return answer(question, self.answers)

    # --- The file ---------------------------------------------------------------------------

    def comments(self, paper: ParsedPaper) -> Iterator[tuple[str, str, str | None]]:
        """Each comment with the base provision or the added change that it stands on."""
        anchors: dict[str, int] = {}
        for index, paragraph in enumerate(paper.paragraphs):
            for run in paragraph.runs:
                for key in run.comments:
                    anchors.setdefault(key, index)
        for key, (author, words) in paper.comments.items():
            place = self.placed.get(anchors[key]) if key in anchors else None
            yield author, words, place[1] if place else None

    def strip(self, paper: ParsedPaper, found: Sequence[Segment]) -> Iterator[PlacedParagraph]:
        marks = {segment.start for segment in found if segment.mark}
        for index, asked in enumerate(asked_of(paper, self.questions)):
            place, key = self.placed.get(index, (Place.FURNITURE, None))
            place = Place.ATTRIBUTION if index in marks else place
            yield PlacedParagraph(index, Place.ASKS if asked else place, key, asked)

    # --- One proposal -----------------------------------------------------------------------

    def proposal(
        self, segment: Segment, views: dict[View, list[Line]], code: str | None
    ) -> ProposalReading:
        old, new = (_inside(views[view], segment) for view in (View.OLD, View.NEW))
        literal = str(segment.mark.code) if segment.mark else code or ""
        if self._concerns_another(new, literal):
            return ProposalReading(literal, (), segment.reasons)
        mark = Operation(segment.mark.operation) if segment.mark else Operation.MOD
        comparison = compare(old, new, self.base, self.footnotes)
        self._warn_of_strange_text(comparison, mark)
        found = self._settled(comparison, mark)
        changes = tuple(self._changes(found, mark))
        for event in found:
            self._place(event)
        return ProposalReading(literal, changes, segment.reasons)

    def _concerns_another(self, new: Sequence[Line], code: str) -> bool:
        ours = [number_of(base_words(p)) for p in self.base if p.kind is ProvisionKind.NUMBER]
        named = [(line.text, number_of(line.text)) for line in new if line.label is None]
        others = [words for words, number in named if number and ours and number not in ours]
        if others:
            what = filled(_("{code} concerns another text: {text}"), code=code, text=others[0])
            unnamed = filled(_("A proposal concerns another text: {text}"), text=others[0])
            self.warnings.append(what if code else unnamed)
        return bool(others)

    def _warn_of_strange_text(self, found: Comparison, mark: Operation) -> None:
        """A paper that changes a text and quotes none of it is on another, or in translation."""
        strange = [event for event in found.events if event.fate is not Fate.GAP]
        known = any(event.target is not None for event in strange)
        if mark is not Operation.ADD and len(strange) >= STRANGE and not known:
            self.warnings.append(
                _(
                    "Nothing in this paper is in the adopted text: check that it is on this draft, "
                    "and in the language of it."
                )
            )

    # --- Doubts -----------------------------------------------------------------------------

    def _settled(self, found: Comparison, mark: Operation) -> list[Event]:
        """The events with every doubt answered, or assumed."""
        events = list(found.events)
        for twin in found.twins:
            assert twin.gone.target is not None
            provision = self.base[twin.gone.target]
            if self.chosen(ask.twin(twin, provision, self.where(provision))) == "one":
                events = _united(events, twin.gone, twin.added, moved=twin.moved)
        settled = [e for event in events for e in self._one(event, mark)]
        for event in found.unknown:
            if self.chosen(ask.struck_unknown(event, self._near(settled, event))) == "add":
                settled.append(replace(event, fate=Fate.ADDED, new=event.old))
        for index, at in found.missing:
            provision = self.base[index]
            if self.chosen(ask.missing(at, provision, self.where(provision))) == "delete":
                settled.append(Event(Fate.GONE, at, target=index))
        return sorted(settled, key=lambda event: event.at)

    def _one(self, event: Event, mark: Operation) -> Iterator[Event]:
        if event.fate is Fate.ADDED and not event.tracked and mark is not Operation.ADD:
            if self.chosen(ask.not_in_base(event, "")) == "add":
                yield event
            return
        if event.fate in (Fate.SAME, Fate.CHANGED) and self._quotes_otherwise(event):
            assert event.target is not None
            provision = self.base[event.target]
            question = ask.other_base(event, provision, self.where(provision))
            if self.chosen(question) == "paper":
                event = replace(event, fate=Fate.CHANGED)
            else:
                event = replace(event, tracked=False)
        yield event
        for index in event.merged:
            provision = self.base[index]
            if self.chosen(ask.merged(event, provision, self.where(provision))) == "delete":
                yield Event(Fate.GONE, event.at, target=index)

    def _quotes_otherwise(self, event: Event) -> bool:
        if event.old is None or event.target is None:
            return False
        return not same_words(event.old.line.text, base_words(self.base[event.target]))

    def _near(self, events: Sequence[Event], event: Event) -> str:
        before = [e.target for e in events if e.at <= event.at and e.target is not None]
        return self.where(self.base[before[-1]]) if before else ""

    def where(self, provision: Provision) -> str:
        """The call above a provision and its label: recognizing d)."""
        index = self.base.index(provision)
        calls = [p for p in self.base[: index + 1] if p.kind is ProvisionKind.CALL]
        label = provision.base.label if provision.base else None
        return where(base_words(calls[-1]) if calls else "", label, provision.kind)

    # --- Changes ----------------------------------------------------------------------------

    def _changes(self, events: Sequence[Event], mark: Operation) -> Iterator[ProposedChange]:
        last: str | None = None
        unsure = True
        for number, event in enumerate(events):
            if event.fate is Fate.GAP:
                unsure = True
                continue
            target = self.base[event.target] if event.target is not None else None
            if target is not None:
                last, unsure = target.key, False
            if event.fate is Fate.ADDED:
                if unsure:
                    last = self._before_next(events[number:], last)
                elif number and events[number - 1].target is not None:
                    last = self._by_label(events[number - 1 :], last)
                change = self._added(event, last)
                last, unsure = change.key, False
                yield change
            elif target is not None:
                yield from self._changed(event, target, mark)

    def _before_next(self, events: Sequence[Event], last: str | None) -> str | None:
        """What stands in the base before the next provision shown: the place of an addition of
        which the paper does not show what precedes it."""
        for event in events:
            if event.fate is Fate.GAP:
                break
            if event.target is not None:
                return self.base[event.target - 1].key if event.target else None
        self.chosen(ask.place_of(events[0], ""))
        return last

    def _by_label(self, events: Sequence[Event], last: str | None) -> str | None:
        """Where the paper shows a call and nothing below it but the addition, the label tells
        what it follows."""
        shown, event, *others = events
        call = self.base[shown.target] if shown.target is not None else None
        label = parse_label(event.new.line.label or "") if event.new else None
        goes_on = others and others[0].target is not None and not others[0].starts_section
        if not call or call.kind is not ProvisionKind.CALL or not label or goes_on:
            return last
        before = self._last_below(self.base.index(call), label)
        if before is None:
            return last
        question = ask.place_by_label(event, before, self.where(before))
        return before.key if self.chosen(question) == "label" else last

    def _last_below(self, call: int, label: Label) -> Provision | None:
        """The last provision under a call that stands before an item of this label."""
        found = None
        for provision in self.base[call + 1 :]:
            if provision.kind is ProvisionKind.CALL:
                break
            own = parse_label(provision.base.label or "") if provision.base else None
            if own and own.kind is label.kind and own.value >= label.value:
                break
            found = provision
        return found

    def _added(self, event: Event, after: str | None) -> ProposedChange:
        part = event.new
        assert part is not None
        moved = None if event.moved_from is None else self.base[event.moved_from]
        if moved:
            part = respelled(part, event.old, base_words(moved))
        key = self._key()
        self.placed |= dict.fromkeys(event.sources, (Place.ADDED, key))
        text, notes = self._wording(part, event, moved, key)
        origin = moved.key if moved else None
        return ProposedChange(key, Operation.ADD, None, after, text, origin, notes=notes)

    def _changed(
        self, event: Event, target: Provision, mark: Operation
    ) -> Iterator[ProposedChange]:
        operation = self._operation(event, target, mark)
        if operation is None:
            return
        key = self._key()
        if operation in (Operation.SUP, Operation.NOC):
            yield ProposedChange(key, operation, target.key, None, None)
        else:
            text, notes = self._wording(self._part(event, target), event, target, key)
            yield ProposedChange(key, operation, target.key, None, text, notes=notes)

    def _wording(
        self, part: Part, event: Event, quoted: Provision | None, key: str
    ) -> tuple[Text, Notes]:
        """What the part says, with its footnotes; its brackets and they are named after `key`."""
        text, notes = self.footnotes.brought(text_of_part(part), event.old, quoted, key)
        return with_markers(text, key, before_label=part.line.brackets), notes

    def _operation(self, event: Event, target: Provision, mark: Operation) -> Operation | None:
        item = target.kind in (ProvisionKind.ITEM, ProvisionKind.CHAPEAU)
        if event.fate is Fate.GONE:
            return Operation.SUP
        if mark is Operation.NOC:
            return Operation.NOC if item else None
        if mark is Operation.SUP:
            return self._suppressed(event, target, item)
        return self._amended(event, target, mark)

    def _suppressed(self, event: Event, target: Provision, item: bool) -> Operation | None:
        if target.kind is ProvisionKind.NUMBER:
            chosen = self.chosen(ask.suppress_all(event.at, target))
            return Operation.SUP if chosen == "all" else None
        return Operation.SUP if item else None

    def _amended(self, event: Event, target: Provision, mark: Operation) -> Operation | None:
        if event.fate is Fate.SAME:
            return None
        part = self._part(event, target)
        words, before = part.line.text, base_words(target)
        label = target.base.label if target.base else None
        renoted = event.new is not None and self.footnotes.changed(event.old, event.new)
        same = same_words(words, before) and part.line.label == label and not renoted
        if same and not part.more:
            return None
        slight = same_words(words, before, terminal=False) and not renoted
        editorial = mark is Operation.EDITORIAL or slight
        return Operation.EDITORIAL if editorial else Operation.MOD

    def _part(self, event: Event, target: Provision) -> Part:
        """The proposed line; what was kept is spelled, and where no label shows labelled, as in
        the base."""
        assert event.new is not None
        part = respelled(event.new, event.old, base_words(target), rebase=not event.tracked)
        unseen = part.line.label is None and (event.old is None or event.old.line.label is None)
        label = target.base.label if target.base and unseen else part.line.label
        return replace(part, line=replace(part.line, label=label))

    def _key(self) -> str:
        self.count += 1
        return f"c{self.count}"

    def _place(self, event: Event) -> None:
        key = self.base[event.target].key if event.target is not None else None
        place = {
            Fate.SAME: Place.MATCHED,
            Fate.CHANGED: Place.CHANGED,
            Fate.GONE: Place.CHANGED,
            Fate.ADDED: Place.ADDED,
            Fate.GAP: Place.FURNITURE,
        }[event.fate]
        for source in event.sources:
            self.placed.setdefault(source, (place, key))


def _inside(seen: Sequence[Line], segment: Segment) -> list[Line]:
    return [line for line in seen if segment.first <= line.sources[0] < segment.end]


def _united(events: Sequence[Event], gone: Event, added: Event, *, moved: bool) -> list[Event]:
    """The two events as one: a move, or a rewording in place."""
    if moved:
        one = replace(added, old=gone.old, moved_from=gone.target)
    else:
        one = replace(added, fate=Fate.CHANGED, old=gone.old, target=gone.target)
    return [one if event is added else event for event in events if event is not gone]


def codes_of(reading: ContributionReading) -> tuple[str, ...]:
    """The codes of its proposals, in order."""
    return tuple(proposal.code for proposal in reading.proposals)
