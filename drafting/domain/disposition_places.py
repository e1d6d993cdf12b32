"""Where in a draft a proposal's change is to be looked for.

Rules:

- A change of adopted text is at its provision; where that was moved, at the place it moved to.
- An addition has no provision of its own until somebody gives it one. It is found by its words
  among the provisions without adopted text that know the proposal, then by its place, then in
  order; then by its words alone.
- No two changes of one proposal are in one place, unless both ask of the same provision.
- Two texts are the same when their words are, paragraph by paragraph, after folding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from drafting.domain.consolidation.likeness import words_alone
from drafting.domain.draft import Draft, Option, OptionKind, Provision
from drafting.domain.forks import unbracketed
from drafting.domain.text import Inline, Text, each_paragraph, inlines, plain, rejected

Ident = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one proposal asks of one provision. `key` is unique within the proposal.

    `target`: a provision's key (None of an addition); `after`: the provision that an addition
    follows, or `after_key` another change of the same `document`. `text` is None where the
    adopted words shall go; of "NOC" it is the adopted text itself.
    """

    code: str
    key: str
    operation: str
    target: str | None = None
    after: str | None = None
    after_key: str = ""
    moved_from: str | None = None
    text: Text | None = None
    document: str = ""
    delegations: tuple[str, ...] = ()

    @property
    def ident(self) -> Ident:
        return self.code, self.key


class Places:
    """The provision of each change. `decided`: by proposal and provision, as far as any was."""

    def __init__(
        self,
        draft: Draft,
        changes: Sequence[Change],
        decided: Mapping[tuple[str, str], object],
    ) -> None:
        self._provisions = {provision.key: provision for provision in draft.provisions}
        self._order = {key: n for n, key in enumerate(self._provisions)}
        self._knows = _names_in(draft.provisions)
        self._worded = _words_in(p for p in draft.provisions if p.base is None)
        self._decided: dict[str, list[str]] = {}
        for code, key in decided:
            if key:
                self._decided.setdefault(code, []).append(key)
        self._changes = {(c.document, c.key): c for c in changes}
        self._found: dict[Ident, str] = {}
        by_code: dict[str, list[Change]] = {}
        for change in changes:
            by_code.setdefault(change.code, []).append(change)
        for code, mine in by_code.items():
            self._place(code, mine)

    def of(self, change: Change) -> Provision | None:
        """The provision it is in, None where it is in none."""
        return self._provisions.get(self._found.get(change.ident, ""))

    def key_of(self, change: Change) -> str | None:
        """The key of the provision it is in, or beside which it was asked for."""
        found = self.of(change)
        return found.key if found else change.target or self.anchor(change)

    def decided_at(self, change: Change) -> tuple[str, ...]:
        """The keys under which decisions on it may stand."""
        keys = (self._found.get(change.ident), change.target, change.moved_from)
        return tuple(dict.fromkeys(key for key in keys if key))

    def anchor(self, change: Change) -> str | None:
        """The provision after which an addition was asked for."""
        seen: set[str] = set()
        while change.after is None and change.after_key and change.after_key not in seen:
            seen.add(change.after_key)
            before = self._changes.get((change.document, change.after_key))
            if before is None:
                return None
            found = self._found.get(before.ident)
            if found in self._provisions:
                return found
            change = before
        return change.after

    # --- finding ------------------------------------------------------------------------------

    def _place(self, code: str, mine: Sequence[Change]) -> None:
        for change in mine:
            if change.target is not None:
                self._found[change.ident] = self._home(code, change.target)
        additions = [change for change in mine if change.target is None]
        taken = {self._found[change.ident] for change in mine if change.target is not None}
        known = [key for key in self._knowing(code) if key not in taken]
        self._by_words(additions, known)
        self._by_place(additions, known)
        self._in_order(additions, known)
        self._by_words_alone(additions, taken)

    def _home(self, code: str, target: str) -> str:
        provision = self._provisions.get(target)
        moved = provision.moved_to if provision else None
        if moved in self._provisions and code not in self._knows.get(target, ()):
            return moved or target
        return target

    def _knowing(self, code: str) -> list[str]:
        """Where an addition of the proposal may be, in reading order; what is gone comes last."""
        named = {key for key, codes in self._knows.items() if code in codes}
        keys = named | set(self._decided.get(code, ()))
        may = [key for key in keys if self._is_for_additions(key)]
        return sorted(may, key=lambda key: (self._order.get(key, len(self._order)), _number(key)))

    def _is_for_additions(self, key: str) -> bool:
        provision = self._provisions.get(key)
        return provision is None or provision.base is None

    def _by_words_alone(self, additions: Iterable[Change], taken: Collection[str]) -> None:
        """Where nobody wrote the proposal's name."""
        gone = {*taken, *(self._found[c.ident] for c in additions if c.ident in self._found)}
        for change in additions:
            if change.ident in self._found or change.text is None:
                continue
            keys = self._worded.get(folded(change.text), ())
            key = next((key for key in keys if key not in gone), None)
            if key is not None:
                self._found[change.ident] = key
                gone.add(key)

    def _by_words(self, additions: Iterable[Change], keys: list[str]) -> None:
        for change in additions:
            for key in keys:
                provision = self._provisions.get(key)
                if change.ident in self._found or provision is None:
                    continue
                if any(is_there(option, change) for option in provision.options):
                    self._found[change.ident] = key
                    keys.remove(key)
                    break

    def _by_place(self, additions: Iterable[Change], keys: list[str]) -> None:
        """Where an addition asked to be: after its anchor, before the next adopted text."""
        for change in additions:
            if change.ident not in self._found:
                key = next((k for k in self._following(self.anchor(change)) if k in keys), None)
                if key is not None:
                    self._found[change.ident] = key
                    keys.remove(key)

    def _following(self, anchor: str | None) -> Iterator[str]:
        keys = list(self._provisions)
        start = self._order.get(anchor, -1) + 1 if anchor else 0
        for key in keys[start:]:
            if self._provisions[key].base is not None:
                return
            yield key

    def _in_order(self, additions: Iterable[Change], keys: Iterable[str]) -> None:
        left = [change for change in additions if change.ident not in self._found]
        for change, key in zip(left, list(keys), strict=False):
            self._found[change.ident] = key


def _number(key: str) -> int:
    return int(key[1:]) if key[1:].isdecimal() else 0


def _names_in(provisions: Iterable[Provision]) -> dict[str, Collection[str]]:
    """The proposals whose names stand in each provision."""
    return {p.key: {code for o in p.options for code in names_of(o)} for p in provisions}


def _words_in(provisions: Iterable[Provision]) -> dict[tuple[str, ...], list[str]]:
    """The provisions by the words of their options, as they are if nothing is taken up."""
    found: dict[tuple[str, ...], list[str]] = {}
    for provision in provisions:
        for option in provision.options:
            found.setdefault(folded(rejected(option.text)), []).append(provision.key)
    return found


def names_of(option: Option) -> Iterator[str]:
    """The proposals behind an option, its brackets and its pending words."""
    yield from (a.code for a in option.attributions if a.code)
    yield from (change.source for piece in inlines(option.text) for change in piece.changes)


# --- words ------------------------------------------------------------------------------------


def is_there(option: Option, change: Change) -> bool:
    """Whether the option says what the change asks for."""
    if option.kind is not OptionKind.TEXT:
        return change.text is None
    return change.text is not None and same(reading(option.text, change.code), change.text)


def reading(text: Text, code: str) -> Text:
    """The text with the pending changes of this proposal accepted and all others rejected."""

    def kept(piece: Inline) -> bool:
        kinds = {change.kind for change in piece.changes if change.source == code}
        others = {change.kind for change in piece.changes if change.source != code}
        return "deletion" not in kinds and ("insertion" in kinds or "insertion" not in others)

    return each_paragraph(
        text, lambda pieces: [replace(piece, changes=()) for piece in pieces if kept(piece)]
    )


def same(one: Text | None, other: Text | None) -> bool:
    """Whether two texts have the same words; None is no text at all."""
    if _is_text(one) and _is_text(other):
        return folded(one) == folded(other)
    return not _is_text(one) and not _is_text(other)


def _is_text(text: Text | None) -> TypeGuard[Text]:
    return text is not None and bool(plain(text).strip())


def folded(text: Text) -> tuple[str, ...]:
    """The words of each paragraph that has any, in one spelling."""
    return words_alone(unbracketed(text))
