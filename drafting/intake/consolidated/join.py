"""Paragraphs that are parts of one provision, put together again.

Rules:

- A page break cuts a paragraph in two: the first part ends without punctuation, the second has no
  label. A lower-case beginning, or the base, tells that they are one; so does an article at the
  end of the first.
- An attribution may cut a provision in three: beginning, proposed words, rest. The proposed words
  then hang in the provision as a pending insertion whose sources are the codes of the attribution.
- Punctuation around the proposed words that the base lacks belongs to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafting.domain.draft import Note
from drafting.domain.folding import fold
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.align import MATCH, Targets, same_wording
from drafting.intake.consolidated.beside import Base, claimed
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.pieces import Piece, Words, words_of
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where

_UNFINISHED = re.compile(r"[^;.:!?]\s*$")
_COMMA = re.compile(r",\s*$")
_LOWER = re.compile(r"[\s\u2013\u2014,(\"\u201c'\u2018-]*[a-z\u00df-\u00ff]")
_CONNECTS = re.compile(
    r"\b(?:the|a|an|and|or|of|to|in|on|for|with|by|from|as|at|its|their|that|which|this)\s*$"
)
_ARTICLE = re.compile(r"\b(?:the|a|an|its|their)\s*$")
_LOOSE_END = re.compile(r"[\s,\u2013\u2014-]+$")


@dataclass(frozen=True, slots=True)
class Joined:
    """The blocks after joining, and the notes that hang on inserted words, by note id."""

    blocks: list[Block]
    notes: dict[str, Note]


def join(blocks: Sequence[Block], targets: Targets, base: Base, desk: Desk) -> Joined:
    """The blocks with cut provisions whole again. `targets` are from a first alignment."""
    return _Joining(list(blocks), targets, base, desk).run()


class _Joining:
    def __init__(self, blocks: list[Block], targets: Targets, base: Base, desk: Desk) -> None:
        self.blocks = blocks
        self.targets = targets
        self.base = base
        self.desk = desk
        self.notes: dict[str, Note] = {}
        self.begun = False

    def run(self) -> Joined:
        out: list[Block] = []
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            self.begun = self.begun or block.role is Role.CALL
            at += 1
            while self.begun and block.role is Role.TEXT:
                more = self._continued(block, at) or self._interrupted(block, at)
                if not more:
                    break
                block, at = more
            out.append(block)
        return Joined(out, self.notes)

    # --- page breaks -------------------------------------------------------------------------

    def _continued(self, block: Block, at: int) -> tuple[Block, int] | None:
        """The block with what a page break cut off, and where reading goes on."""
        place = self._next_place(at)
        if place is None or self.blocks[place].role is not Role.TEXT:
            return None
        other = self.blocks[place]
        if other.label or other.words.text.startswith("["):
            return None
        if not _UNFINISHED.search(block.words.text) or self._stands_alone(block, place):
            return None
        if _COMMA.search(block.words.text):
            sure = self._goes_on_in_base(block, other)
            return (_together(block, other), place + 1) if sure else None
        if (
            _LOWER.match(other.words.text)
            or _ARTICLE.search(block.words.text)
            or self._goes_on_in_base(block, other)
        ):
            return _together(block, other), place + 1
        return (_together(block, other), place + 1) if self._is_one(block, other) else None

    def _stands_alone(self, block: Block, place: int) -> bool:
        """Whether either part is, as it stands, a provision of the base."""
        for index, part in ((None, block), (place, self.blocks[place])):
            target = self.targets.get(index) if index is not None else None
            if target is not None and same_wording(part, self.base.items[target], self.base) > 0.95:
                return True
        return False

    def _goes_on_in_base(self, block: Block, other: Block) -> bool:
        """Whether some base provision has the seam of the two parts inside it."""
        ours = [*claimed(block)[-3:], *claimed(other)[:3]]
        return any(_holds(item.tokens, ours) for item in self.base.items)

    def _is_one(self, block: Block, other: Block) -> bool:
        choices = (
            Choice("one", _("One paragraph"), _("The two parts are joined.")),
            Choice("two", _("Two paragraphs"), _("The second is a provision of its own.")),
        )
        assumed = "one" if _CONNECTS.search(block.words.text) else "two"
        because = "" if assumed == "one" else _("The second begins with a capital letter.")
        where = Where(other.place, _opening(other), (block.paragraphs[-1], other.first))
        seam = f"{block.words.text[-40:]} | {other.words.text[:40]}"
        held = self.desk.settle(
            Doubt.JOIN, "join", where, choices, assumed=assumed, in_file=seam, because=because
        )
        return held == "one"

    def _next_place(self, at: int) -> int | None:
        """The next block that is more than an empty line."""
        return next(
            (k for k in range(at, len(self.blocks)) if self.blocks[k].role is not Role.EMPTY), None
        )

    # --- words set in under an attribution -----------------------------------------------------

    def _interrupted(self, block: Block, at: int) -> tuple[Block, int] | None:
        """The block with the words an attribution set into it, and where reading goes on."""
        lines, place = self._attributions(at)
        if not lines or place is None:
            return None
        inner = self.blocks[place]
        if not self._may_be_inner(block, inner):
            return None
        rest_at = self._next_place(place + 1)
        rest = self.blocks[rest_at] if rest_at is not None else None
        if rest is None or rest.role is not Role.TEXT or rest.label or not self._fits(block, rest):
            rest = None
        if not self._is_inner(block, inner, rest, lines):
            return None
        whole = self._set_in(block, inner, rest, lines)
        return whole, (rest_at + 1 if rest is not None and rest_at is not None else place + 1)

    def _attributions(self, at: int) -> tuple[list[Block], int | None]:
        lines: list[Block] = []
        place = self._next_place(at)
        while place is not None and self.blocks[place].role is Role.ATTRIBUTION:
            lines.append(self.blocks[place])
            place = self._next_place(place + 1)
        return lines, place

    def _may_be_inner(self, block: Block, inner: Block) -> bool:
        return (
            inner.role is Role.TEXT
            and not inner.label
            and not inner.lead
            and bool(_LOWER.match(inner.words.text))
            and bool(_UNFINISHED.search(block.words.text))
        )

    def _fits(self, block: Block, rest: Block) -> bool:
        """Whether beginning and rest make one provision, of the base or by their grammar."""
        if self._goes_on_in_base(_without_loose_end(block), rest):
            return True
        ours = [*claimed(block), *claimed(rest)]
        best = max((self.base.likeness(ours, item) for item in self.base.items), default=0.0)
        alone = max(
            (self.base.likeness(claimed(block), item) for item in self.base.items), default=0.0
        )
        if best > max(alone, MATCH):
            return True
        return bool(_LOWER.match(rest.words.text)) and not _COMMA.search(block.words.text)

    def _is_inner(
        self, block: Block, inner: Block, rest: Block | None, lines: Sequence[Block]
    ) -> bool:
        if rest is not None and self._goes_on_in_base(_without_loose_end(block), rest):
            return True
        if rest is None and _COMMA.search(block.words.text):
            return False
        choices = (
            Choice(
                "set_in", _("A proposed insertion"), _("The words hang in the provision before.")
            ),
            Choice("apart", _("A provision of its own"), _("The words stand by themselves.")),
        )
        where = Where(inner.place, _opening(inner), (block.paragraphs[-1], *inner.paragraphs))
        held = self.desk.settle(
            Doubt.FRAGMENT,
            "fragment",
            where,
            choices,
            assumed="set_in",
            in_file=inner.words.text,
            because="" if rest else _("The paragraph before is unfinished."),
        )
        return held == "set_in"

    def _set_in(
        self, block: Block, inner: Block, rest: Block | None, lines: Sequence[Block]
    ) -> Block:
        codes = tuple(str(line.code) for part in lines for line in part.attributions)
        held = self._notes(lines)
        begin, loose = self._loose_end(block)
        asked = (loose + _spaced(loose, inner.words)).each(
            lambda piece: replace(piece, sources=codes, notes=(*piece.notes, *held))
        )
        words = begin + _blank(begin, asked) + asked
        if rest is not None:
            words = words + _blank(words, rest.words) + rest.words
        parts = [block, *lines, inner, *([rest] if rest else [])]
        return replace(
            block, words=words, paragraphs=tuple(p for part in parts for p in part.paragraphs)
        )

    def _loose_end(self, block: Block) -> tuple[Words, Words]:
        """The words of the beginning, and punctuation at its end that the base has not."""
        text = block.words.text
        found = _LOOSE_END.search(text)
        if not found or not found[0].strip():
            return block.words.strip(), Words()
        tail = fold(text[max(0, found.start() - 25) :]).rstrip()
        if any(tail in fold(item.words) for item in self.base.items):
            return block.words.strip(), Words()
        return block.words.cut(0, found.start()), block.words.cut(found.start()).strip()

    def _notes(self, lines: Sequence[Block]) -> tuple[str, ...]:
        """The ids of notes made of what the attribution lines say beside their codes."""
        ids = []
        for part in lines:
            for line in part.attributions:
                said = line.note or (line.literal if line.name or line.option else None)
                if said:
                    key = f"n{part.first}"
                    self.notes[key] = Note(key, said, by=None if line.note else str(line.code))
                    ids.append(key)
        return tuple(dict.fromkeys(ids))


def _together(block: Block, other: Block) -> Block:
    return replace(
        block,
        words=block.words.strip() + _blank(block.words, other.words) + other.words,
        paragraphs=(*block.paragraphs, *other.paragraphs),
    )


def _without_loose_end(block: Block) -> Block:
    found = _LOOSE_END.search(block.words.text)
    return replace(block, words=block.words.cut(0, found.start())) if found else block


def _blank(left: Words, right: Words) -> Words:
    """One space between two parts, with the fate they share."""
    if not left or not right or right.text[0] in " ,;.:)" or left.text[-1] == " ":
        return Words()
    one, other = left.pieces[-1], right.pieces[0]
    like = one if (one.fate, one.sources) == (other.fate, other.sources) else Piece("")
    return words_of([replace(like, text=" ", formats=frozenset(), notes=(), footnote=None)])


def _spaced(left: Words, right: Words) -> Words:
    if not left or not right or right.text[0].isspace():
        return right
    return words_of([replace(right.pieces[0], text=" ", footnote=None)]) + right


def _holds(theirs: Sequence[str], ours: Sequence[str]) -> bool:
    """Whether `ours` stands in `theirs` as it is."""
    size = len(ours)
    if size < 4 or not set(ours) <= set(theirs):
        return False
    return any(list(theirs[k : k + size]) == list(ours) for k in range(len(theirs) - size + 1))


def _opening(block: Block) -> str:
    words = block.words.text.strip()
    return words if len(words) <= 60 else f"{words[:57]}..."
