"""One reading of a draft: what it says if these proposals are chosen and nothing else is.

Rules, provision by provision:

- The option that one of the proposals stands behind is chosen, else the standing one. Where none
  of either is, nothing stands: the provision falls out of the reading.
- Of the pending changes in the chosen wording those of the proposals are accepted, all others are
  rejected. Brackets go; the words in them stay.
- An option that asks for deletion, or for no text, takes the provision out. A provision that was
  deleted or left behind by a move is out of every reading; one that lapsed reads as its base.
- What is read is settled by the reading itself: one standing option a provision, no attributions,
  no status.
- Notes come along with the words they are on. Of those on no words, footnotes do not, nor what a
  proposal says of a provision that is not chosen.

Choosing nobody gives what stands if no wish is taken up; of a draft that was just consolidated that
is the base, word for word (`consolidation.law`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from drafting.domain.calls import Phase, parse_call
from drafting.domain.codes import parse_code
from drafting.domain.draft import (
    Draft,
    Mode,
    Note,
    NoteKind,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.renumbering import Slot, relabelled
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Inline,
    Run,
    Text,
    each_paragraph,
    inlines,
    plain,
    sources,
    with_label,
)

NOBODY: frozenset[str] = frozenset()


def chosen(draft: Draft, codes: Collection[str], *, deletions: bool = False) -> Draft:
    """The reading in which these proposals' options and alternatives are taken and no others.

    Empty: the base reading. `deletions`: adopted text that falls out stays as a standing deletion,
    so that a redline against the base can show it struck.
    """
    return replace(draft, provisions=tuple(_read(draft, frozenset(codes), deletions)))


def base_of(draft: Draft) -> Draft:
    """The adopted text alone: every base standing where it stood, whatever came of it since."""
    return replace(draft, provisions=tuple(_bases(draft)))


def _bases(draft: Draft) -> Iterator[Provision]:
    for provision in draft.provisions:
        if provision.base is not None:
            option = Option(provision.options[0].key, provision.base, stands=True)
            yield _settled(provision, option, NOBODY)


def renumbered(draft: Draft, codes: Collection[str], *, deletions: bool = False) -> Draft:
    """The reading `chosen`, with the labels that its places give it, as the draft's lists run.

    The labels of adopted text move on where the reading puts something between (`renumbering`).
    Additions keep the labels of their author, who numbered them, where only one is chosen.
    """
    read = chosen(draft, codes, deletions=deletions)
    before = [_slot(provision, fresh=False) for provision in base_of(draft).provisions]
    after = [_slot(p, fresh=p.base is None) for p in read.provisions]
    alone = {p.key for p in read.provisions if p.base is None and len(set(codes)) == 1}
    labels = {k: label for k, label in relabelled(before, after).items() if k not in alone}
    return replace(
        read,
        provisions=tuple(
            _labelled(p, labels[p.key]) if p.key in labels and _takes_label(p) else p
            for p in read.provisions
        ),
    )


def _slot(provision: Provision, *, fresh: bool) -> Slot:
    text = provision.options[0].text
    words = plain(text)
    call = parse_call(words) if provision.kind is ProvisionKind.CALL else None
    phase = call.phase if call else Phase.OPERATIVE
    return Slot(
        provision.key,
        text.level if provision.kind is ProvisionKind.ITEM else 0,
        text.label,
        words,
        phase if provision.kind is ProvisionKind.CALL else None,
        fresh=fresh and text.label is not None,
    )


def _takes_label(provision: Provision) -> bool:
    return provision.base is not None or provision.options[0].text.label is not None


def _labelled(provision: Provision, label: str | None) -> Provision:
    (option,) = provision.options
    return replace(provision, options=(replace(option, text=with_label(option.text, label)),))


def codes_in(draft: Draft) -> set[str]:
    """Everybody who stands behind a wording, or a change within one."""
    options = [option for provision in draft.provisions for option in provision.options]
    behind = {a.code or a.name or "" for o in options for a in o.attributions if a.bracket is None}
    return behind.union(*(sources(option.text) for option in options)) - {""}


def _read(draft: Draft, codes: frozenset[str], deletions: bool) -> Iterator[Provision]:
    for provision in draft.provisions:
        option = reading(provision, codes)
        if option is None and deletions and provision.base and not provision.moved_to:
            option = _struck(provision)
        if option is not None:
            yield _settled(provision, option, codes)


def _settled(provision: Provision, option: Option, codes: frozenset[str]) -> Provision:
    return replace(
        provision,
        options=(option,),
        notes=tuple(_noted(provision, option, codes)) if provision.notes else (),
        mode=Mode.EXCLUSIVE,
        status=Status.OPEN,
        status_reason="",
        moved_from=None,
        moved_to=None,
    )


def _noted(provision: Provision, option: Option, codes: frozenset[str]) -> Iterator[Note]:
    """The notes of a provision that are of this reading."""
    read = _pointed_to(option.text)
    others = frozenset[str]().union(*(_pointed_to(o.text) for o in provision.options)) - read
    for note in provision.notes:
        loose = note.id not in others and note.kind is not NoteKind.FOOTNOTE
        silent = parse_code(note.by or "") is not None and note.by not in codes
        if note.id in read or (loose and not silent):
            yield note


def _pointed_to(text: Text) -> frozenset[str]:
    found: set[str] = set()
    for piece in inlines(text):
        if isinstance(piece, FootnoteRef):
            found.add(piece.id)
        elif isinstance(piece, Run):
            found.update(piece.notes)
    return frozenset(found)


def _struck(provision: Provision) -> Option:
    gone = each_paragraph(provision.options[0].text, lambda _pieces: ())
    text = replace(gone, paragraphs=gone.paragraphs[:1])
    return Option(provision.options[0].key, text, OptionKind.DELETE, stands=True)


def reading(provision: Provision, codes: frozenset[str]) -> Option | None:
    """The wording of one provision in a reading, None where nothing stands."""
    if provision.moved_to is not None or provision.status is Status.DELETED:
        return None
    option = taken(provision, codes)
    if provision.status is Status.LAPSED and provision.base is not None:
        option = Option(provision.options[0].key, provision.base, stands=True)
    if option is None or option.kind is not OptionKind.TEXT:
        return None
    text = wording(option.text, codes)
    return replace(option, text=text, stands=True, heading=None, attributions=())


def taken(provision: Provision, codes: frozenset[str]) -> Option | None:
    """The option that a reading takes: the first that one of the proposals stands behind."""
    return next((o for o in provision.options if stands_behind(o, codes)), provision.standing)


def stands_behind(option: Option, codes: frozenset[str]) -> bool:
    """Whether one of these proposals (or names, where a line names no code) is behind it."""
    return any((a.code or a.name) in codes for a in option.attributions if a.bracket is None)


def wording(text: Text, codes: frozenset[str]) -> Text:
    """The words of a text with the changes of these proposals accepted and all others rejected."""
    return each_paragraph(
        text,
        lambda pieces: [replace(piece, changes=()) for piece in pieces if _is_read(piece, codes)],
    )


def _is_read(piece: Inline, codes: frozenset[str]) -> bool:
    if isinstance(piece, BracketOpen | BracketClose):
        return False
    inserted = [change.source for change in piece.changes if change.kind == "insertion"]
    deleted = [change.source for change in piece.changes if change.kind == "deletion"]
    asked_for = not inserted or not codes.isdisjoint(inserted)
    return asked_for and codes.isdisjoint(deleted)
