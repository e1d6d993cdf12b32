"""Which wording of a draft is set beside which: the plan that a paper is composed from.

Rules:

- A draft prints every option that is still open. An option that asks for deletion shows the words
  that would go; one that only records that nothing stands here shows nothing on a clean paper.
- A provision that was left behind by a move prints nothing of its own; one that lapsed prints its
  base again, one that was deleted nothing. The wordings they had are shown struck in a redline.
- The words of the base are told once. The wording that tells them is the one that stands, else the
  first that can; all others are copies, set beside the same base.
- What was moved is told where it was left, as a deletion, and set beside its old words where it
  stands now, as a copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain

from drafting.domain.draft import Draft, Option, OptionKind, Provision, Status
from drafting.domain.lifecycle import settled_text
from drafting.domain.text import (
    BracketOpen,
    Marker,
    PendingChange,
    Run,
    Text,
    accepted,
    each_paragraph,
)

WITHDRAWN = (Status.LAPSED, Status.DELETED)


@dataclass(frozen=True, slots=True)
class Setting:
    """One wording to set: `after` beside `before`; both None where an option says: no text.

    `told`: whether the lines about the option (attributions, heading, notes) stand before it;
    `fresh`: whether they are new against what the paper is compared with.
    """

    provision: Provision
    option: Option | None
    before: Text | None
    after: Text | None
    copy: bool = False
    moved_from: str | None = None
    moved_to: str | None = None
    told: bool = True
    fresh: bool = False

    @property
    def wordless(self) -> bool:
        """It sets the words an option would delete, not words of the option's own."""
        option, status = self.option, self.provision.status
        return bool(option and option.kind is OptionKind.DELETE and status not in WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Printed:
    """What an option prints: its words, or None where it asks for none."""

    option: Option
    text: Text | None

    @property
    def key(self) -> str:
        return self.option.key


def printed(provision: Provision) -> tuple[Printed, ...]:
    """The wordings that are open, in order."""
    if provision.status in WITHDRAWN:
        settled = settled_text(provision)
        option = provision.standing or provision.options[0]
        return () if settled is None else (Printed(option, settled),)
    return tuple(
        Printed(option, option.text if option.kind is OptionKind.TEXT else None)
        for option in provision.options
        if not (provision.moved_to and option.stands and _is_silent(option))
    )


def _is_silent(option: Option) -> bool:
    """Nobody asks anything by it."""
    return not option.attributions and all(
        isinstance(piece, Run) and not piece.changes
        for paragraph in option.text.paragraphs
        for piece in paragraph.inlines
    )


# --- clean ------------------------------------------------------------------------------------


def clean(draft: Draft, body: str) -> Iterator[Setting]:
    """The draft by itself. `body`: who asks where nobody is named."""
    words = _Words(draft, body)
    for provision in draft.provisions:
        for place, item in enumerate(printed(provision)):
            if item.text is not None:
                yield Setting(provision, item.option, item.text, item.text, copy=place > 0)
            elif len(provision.options) > 1 or not _is_silent(item.option):
                struck = words.struck(provision, item.option)
                yield Setting(provision, item.option, struck, struck, copy=True)


class _Words:
    """The words that the options of a draft would delete."""

    def __init__(self, draft: Draft, body: str) -> None:
        self._bases = {provision.key: provision.base for provision in draft.provisions}
        self._body = body

    def base(self, provision: Provision) -> Text | None:
        """Its base, or that of the provision it was before it was moved."""
        if provision.base is not None or provision.moved_from is None:
            return provision.base
        return self._bases.get(provision.moved_from)

    def struck(self, provision: Provision, option: Option) -> Text | None:
        """The words as pending deletion by those who ask for it; None where there are none."""
        standing = provision.standing
        gone = self.base(provision)
        if gone is None and standing and standing.kind is OptionKind.TEXT:
            gone = accepted(standing.text)
        if gone is None or option.kind is not OptionKind.DELETE:
            return None
        asked = _asked(option, self._body)
        return each_paragraph(
            accepted(gone),
            lambda pieces: [
                replace(piece, changes=asked) for piece in pieces if isinstance(piece, Run)
            ],
        )


def _asked(option: Option, body: str) -> tuple[PendingChange, ...]:
    who = [a.code or a.name or body for a in option.attributions if a.bracket is None]
    return tuple(
        PendingChange("deletion", option.key, source) for source in dict.fromkeys(who or [body])
    )


def markers(option: Option) -> tuple[tuple[Marker, ...], tuple[Marker, ...]]:
    """The markers of an option without words: those that open, and all others."""
    found = [
        piece
        for paragraph in option.text.paragraphs
        for piece in paragraph.inlines
        if isinstance(piece, Marker)
    ]
    return (
        tuple(piece for piece in found if isinstance(piece, BracketOpen)),
        tuple(piece for piece in found if not isinstance(piece, BracketOpen)),
    )


# --- against the base -------------------------------------------------------------------------


def against_base(draft: Draft, body: str) -> Iterator[Setting]:
    """Every wording beside the adopted text of its provision."""
    words = _Words(draft, body)
    for provision in draft.provisions:
        items = printed(provision)
        teller = _teller(provision, items)
        if provision.base is not None and teller is None:
            yield Setting(provision, None, provision.base, None, moved_to=provision.moved_to)
        for item in items:
            yield _beside_base(words, provision, item, copy=item is not teller)
        yield from _withdrawn(provision, items)


def _teller(provision: Provision, items: Sequence[Printed]) -> Printed | None:
    """The wording whose redline tells the base, or is the first where there is none to tell."""
    if provision.base is None:
        return items[0] if items and provision.moved_from is None else None
    if provision.moved_to is not None:
        return None
    able = [item for item in items if item.option.kind is not OptionKind.NO_TEXT]
    able.sort(key=lambda item: (not item.option.stands, item.text is None))
    return able[0] if able else None


def _beside_base(words: _Words, provision: Provision, item: Printed, *, copy: bool) -> Setting:
    before = words.base(provision)
    if item.text is None and before is None:
        struck = words.struck(provision, item.option)
        return Setting(provision, item.option, None, struck, copy=True, fresh=True)
    if item.text is None and item.option.kind is OptionKind.NO_TEXT:
        return Setting(provision, item.option, None, None, copy=True, fresh=True)
    moved_from = provision.moved_from if provision.base is None else None
    return Setting(provision, item.option, before, item.text, copy, moved_from, fresh=True)


def _withdrawn(provision: Provision, items: Sequence[Printed]) -> Iterator[Setting]:
    """The wordings of a provision that lapsed or was deleted, struck."""
    if provision.status not in WITHDRAWN:
        return
    for option in provision.options:
        same = any(item.text == accepted(option.text) for item in items)
        if option.kind is OptionKind.TEXT and not same and option.text != provision.base:
            yield Setting(provision, option, option.text, None, copy=True, fresh=True)


# --- against a Revision -----------------------------------------------------------------------


def against_revision(draft: Draft, earlier: Draft, body: str) -> Iterator[Setting]:
    """Every wording beside the one that the same option had in an earlier draft."""
    then = {provision.key: provision for provision in earlier.provisions}
    now = {provision.key: provision for provision in draft.provisions}
    words = _Words(draft, body)
    for old, new in _merged(list(then), list(now)):
        if old is not None and new is not None:
            yield from _since(words, then[old], now[new])
        elif old is not None:
            yield from _gone(then[old], printed(then[old]), old if old in now else None)
        elif new is not None:
            origin = new if new in then else now[new].moved_from
            yield from _come(words, now[new], then.get(origin or ""))


def _merged(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Both orders in one: like keys together as far as their order allows, the old one first."""
    at_old = at_new = 0
    for i, j, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        yield from ((key, None) for key in old[at_old:i])
        yield from ((None, key) for key in new[at_new:j])
        yield from zip(old[i : i + size], new[j : j + size], strict=True)
        at_old, at_new = i + size, j + size


def _since(words: _Words, then: Provision, now: Provision) -> Iterator[Setting]:
    """A provision that stands where it stood, option by option."""
    old: Mapping[str, Printed] = {item.key: item for item in printed(then)}
    new: Mapping[str, Printed] = {item.key: item for item in printed(now)}
    for before, after in _merged(list(old), list(new)):
        if after is None and before is not None:
            yield from _gone(now, (old[before],), now.moved_to)
        elif after is not None:
            known = old.get(after)
            yield from _beside_earlier(
                words, now, new[after], known, copy=before is None and known is not None
            )


def _beside_earlier(
    words: _Words, provision: Provision, item: Printed, known: Printed | None, *, copy: bool
) -> Iterator[Setting]:
    option, before = item.option, known.text if known else None
    fresh = known is None
    if before is None and item.text is None:
        struck = words.struck(provision, option)
        yield Setting(provision, option, struck, struck, copy=True, fresh=fresh)
        return
    yield Setting(provision, option, before, item.text, copy, fresh=fresh)
    if item.text is None and option.kind is OptionKind.NO_TEXT:
        # What it said is struck; that it now says nothing, and its brackets, stand below.
        yield Setting(provision, option, None, None, copy=True, told=False, fresh=True)


def _gone(
    provision: Provision, items: Sequence[Printed], moved_to: str | None
) -> Iterator[Setting]:
    for item in items:
        if item.text is not None:
            yield Setting(provision, item.option, item.text, None, moved_to=moved_to, told=False)


def _come(words: _Words, now: Provision, origin: Provision | None) -> Iterator[Setting]:
    """A provision that is new in its place, beside the words of the one it was before, if any."""
    known = {item.key: item for item in printed(origin)} if origin else {}
    stood = next(chain((i for i in known.values() if i.option.stands), known.values()), None)
    for item in printed(now):
        # No words are compared with no others; new ones with those that stood.
        held = known.get(item.key, None if item.option.kind is OptionKind.NO_TEXT else stood)
        for setting in _beside_earlier(words, now, item, held, copy=held is not None):
            yield replace(setting, moved_from=origin.key) if held and origin else setting
