"""How far each attribution reaches.

Rules:

- Attributions pile up until wording follows; all of them stand behind it.
- The reach ends where the bracket closes that opened before the first words under it; at the next
  attribution or call; or at wording that is the base's own and not the first under it.
- "No text" and "delete" are whole options: nothing after them is meant as well.
- "Option n" divides the reach of the attribution above it.
- So does a base provision that those who keep the paper changed in place, below somebody else's
  tracked wording: layout, base and author agree.
- Items that a wording announces with a colon go with it. New wording behind the bracket whose
  label does not go on counting is nobody's.
- Nothing on paper marks the end. Where new wording follows that could be inside or outside, and
  no tracked author tells, the reach is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafting.domain.codes import AttributionLine, parse_code
from drafting.domain.numbering import LabelKind, readings
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.align import Targets, same_wording
from drafting.intake.consolidated.beside import Base
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.brackets import Bracket
from drafting.intake.consolidated.pieces import Fate
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where

BASE_AGAIN = 0.95  # at or above, wording under an attribution is the base's and ends its reach

_OPTION = (Role.NO_TEXT, Role.DELETE)


@dataclass
class Scope:
    """The blocks one pile of attribution lines stands behind. `heading` by block index."""

    lines: tuple[AttributionLine, ...]
    started_by: int  # index of the last attribution block
    blocks: list[int] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    closed_by: Bracket | None = None  # the bracket whose end ended it

    @property
    def codes(self) -> str:
        return ", ".join(str(line.code) for line in self.lines)


Scopes = dict[int, Scope]  # index of a block -> its scope


def find_scopes(
    blocks: Sequence[Block],
    targets: Targets,
    brackets: Sequence[Bracket],
    base: Base,
    desk: Desk,
) -> Scopes:
    """The scope of every block that has one."""
    scopes = _by_layout(blocks, targets, brackets, base)
    for scope in scopes:
        _ask_reach(scope, scopes, blocks, targets, desk)
    found = {index: scope for scope in scopes for index in scope.blocks}
    _ask_strangers(scopes, found, blocks, desk)
    return {index: scope for scope in scopes for index in scope.blocks}


def _by_layout(
    blocks: Sequence[Block], targets: Targets, brackets: Sequence[Bracket], base: Base
) -> list[Scope]:
    """The scopes that the rules of layout give."""
    out: list[Scope] = []
    lines: list[AttributionLine] = []
    now: Scope | None = None
    heading: str | None = None
    line_at = 0
    group = _typists(blocks)
    for index, block in enumerate(blocks):
        if block.role is Role.ATTRIBUTION:
            lines += block.attributions
            line_at = index
            now, heading = None, None
        elif block.role is Role.CALL:
            lines, now, heading = [], None, None
        elif block.role is Role.HEADING:
            heading = block.words.new.strip()
        elif block.role is Role.TEXT or block.role in _OPTION:
            if lines:
                now = Scope(tuple(lines), line_at)
                out.append(now)
                lines = []
            elif now and (
                _is_base_again(index, block, targets, base)
                or _is_group_hand(index, blocks[now.blocks[0]], blocks, targets, group)
            ):
                now, heading = None, None
            if now:
                now.blocks.append(index)
                if heading:
                    now.headings[index] = heading
                now.closed_by = _closing(now.blocks[0], index, brackets)
                now = None if now.closed_by or block.role in _OPTION else now
    return out


def _is_base_again(index: int, block: Block, targets: Targets, base: Base) -> bool:
    target = targets.get(index)
    if target is None or not block.words.new.strip():
        return False
    return same_wording(block, base.items[target], base) >= BASE_AGAIN


def _is_group_hand(
    index: int, first: Block, blocks: Sequence[Block], targets: Targets, group: frozenset[str]
) -> bool:
    """Whether this is a base provision changed in place by those who keep the paper, below a
    wording that another author inserted."""
    block = blocks[index]
    in_place = index in targets and Fate.PLAIN in block.words.fates
    authors = block.words.authors
    return in_place and bool(authors) and authors <= group and bool(first.words.authors - group)


def _closing(first: int, index: int, brackets: Sequence[Bracket]) -> Bracket | None:
    """The bracket around the whole scope that closes in this block, if there is one."""
    for bracket in brackets:
        if not bracket.at_start or bracket.opens is None or bracket.closes is None:
            continue
        if bracket.opens.block == first and bracket.closes.block == index:
            return bracket
    return None


# --- doubts -------------------------------------------------------------------------------------


def _ask_reach(
    scope: Scope, scopes: Sequence[Scope], blocks: Sequence[Block], targets: Targets, desk: Desk
) -> None:
    """Ask where nothing but the layout tells whether new wording still belongs to it."""
    if scope.closed_by:
        more = _after(scope, scopes, blocks, targets)
        told = more and _told_by_author(scope.blocks[0], more, blocks)
        if more and not told and _counts_on(scope, more[0], blocks):
            _ask_beyond_bracket(scope, more, blocks, desk)
        return
    cuts = _cuts(scope, blocks, targets)
    if not cuts or _told_by_author(scope.blocks[0], scope.blocks[min(cuts.values()) :], blocks):
        return
    held = desk.settle(
        Doubt.SCOPE,
        "scope",
        _where(scope, blocks),
        (
            Choice(
                "on",
                _("To the end of the changed wording"),
                filled(_("Paragraphs in all: {count}."), count=len(scope.blocks)),
            ),
            *(choice for choice in _SHORTER if choice.key in cuts),
        ),
        assumed="on",
        in_file="\n".join(blocks[i].words.text for i in scope.blocks[min(cuts.values()) :]),
        code=scope.codes,
    )
    if held in cuts:
        del scope.blocks[cuts[held] :]


_SHORTER = (
    Choice("first", _("The first provision only"), _("The others are text of the group.")),
    Choice(
        "base", _("Up to the next provision of the base"), _("From there it is text of the group.")
    ),
)


def _cuts(scope: Scope, blocks: Sequence[Block], targets: Targets) -> dict[str, int]:
    """Where in the scope it may end sooner, by the key of the answer that says so."""
    first = _first_advance(scope, blocks)
    own = targets.get(scope.blocks[0])
    places = range(1, len(scope.blocks))
    base = next((k for k in places if targets.get(scope.blocks[k]) not in (None, own)), None)
    found = {"first": first} if first is not None else {}
    return found | ({"base": base} if base is not None and base != first else {})


def _ask_beyond_bracket(
    scope: Scope, more: Sequence[int], blocks: Sequence[Block], desk: Desk
) -> None:
    held = desk.settle(
        Doubt.SCOPE,
        "scope",
        _where(scope, blocks),
        (
            Choice("bracket", _("The bracket only"), _("What follows the bracket is agreed text.")),
            Choice(
                "on",
                _("The new wording after the bracket too"),
                filled(_("Paragraphs more: {count}."), count=len(more)),
            ),
        ),
        assumed="bracket",
        in_file="\n".join(blocks[i].words.text for i in more),
        because=_("The bracket that opened below the attribution is closed."),
        code=scope.codes,
    )
    if held == "on":
        scope.blocks += more


def _where(scope: Scope, blocks: Sequence[Block]) -> Where:
    line = blocks[scope.started_by]
    paragraphs = (*line.paragraphs, *(p for i in scope.blocks for p in blocks[i].paragraphs))
    return Where(line.place, scope.codes, tuple(dict.fromkeys(paragraphs)))


def _after(
    scope: Scope, scopes: Sequence[Scope], blocks: Sequence[Block], targets: Targets
) -> list[int]:
    """The new wording that directly follows the scope and belongs to nobody else."""
    owned = {index for other in scopes for index in other.blocks}
    out: list[int] = []
    for index in range(scope.blocks[-1] + 1, len(blocks)):
        block = blocks[index]
        if block.role is Role.EMPTY:
            continue
        if block.role is not Role.TEXT or index in targets or index in owned:
            break
        out.append(index)
    return out


def _counts_on(scope: Scope, index: int, blocks: Sequence[Block]) -> bool:
    """Whether the block's label, if it has one, may follow on the labels in the scope."""
    ours = readings(blocks[index].label.new.strip())
    inside = [found for k in scope.blocks if (found := readings(blocks[k].label.new.strip()))]
    if not ours or not inside:
        return True
    pairs = ((one, other) for one in inside[-1] for other in ours)
    return any(one.kind is other.kind and one.value < other.value for one, other in pairs)


def _first_advance(scope: Scope, blocks: Sequence[Block]) -> int | None:
    """Where in the scope another provision begins, as its label tells; None if nowhere."""
    head = blocks[scope.blocks[0]]
    seen = {head.label.text}
    kinds = _kinds(head) if head.words.new.rstrip(" ]").endswith(":") else None
    for place, index in enumerate(scope.blocks):
        label = blocks[index].label.text
        announced = kinds is not None and not kinds & _kinds(blocks[index])
        if place and label and label not in seen and not announced:
            return place
        seen.add(label)
    return None


def _kinds(block: Block) -> frozenset[LabelKind]:
    """What the block's label may be: a letter, a roman, a number."""
    return frozenset(reading.kind for reading in readings(block.label.new.strip()))


def _told_by_author(first: int, others: Sequence[int], blocks: Sequence[Block]) -> bool:
    """Whether tracked authorship agrees with what the layout says about every one of these.

    Inside a reach the authors must be the same, beyond it they must differ; `others` are either.
    """
    group = _typists(blocks)
    ours = blocks[first].words.authors - group
    theirs = [blocks[index].words.authors for index in others]
    return bool(ours) and all(theirs) and len({bool(ours & their) for their in theirs}) == 1


def _ask_strangers(
    scopes: Sequence[Scope], found: Scopes, blocks: Sequence[Block], desk: Desk
) -> None:
    """Ask where a tracked author contradicts the layout."""
    by_author: dict[str, set[str]] = {}
    for scope in scopes:
        for author in blocks[scope.blocks[0]].words.authors:
            by_author.setdefault(author, set()).add(scope.codes)
    for scope in scopes:
        _ask_inside(scope, blocks, desk)
    typists = _typists(blocks)
    for index, block in enumerate(blocks):
        if block.role is Role.TEXT and index not in found and len(block.words.authors) == 1:
            (author,) = block.words.authors
            codes = by_author.get(author, set())
            if len(codes) == 1 and author not in typists and block.words.new.strip():
                _ask_outside(index, author, scopes, codes, blocks, desk)


def _typists(blocks: Sequence[Block]) -> frozenset[str]:
    """The authors who keep the paper for the group: they wrote attribution lines, or are no
    proposal codes in a paper whose proposers are."""
    lines = (b.words.authors for b in blocks if b.role in (Role.ATTRIBUTION, Role.HEADING))
    everybody = frozenset(a for b in blocks if b.role is Role.TEXT for a in b.words.authors)
    coded = {author for author in everybody if parse_code(author)}
    wrote = frozenset(author for authors in lines for author in authors)
    return (wrote - coded) | (everybody - coded if coded else frozenset())


def _ask_inside(scope: Scope, blocks: Sequence[Block], desk: Desk) -> None:
    ours = blocks[scope.blocks[0]].words.authors
    for index in scope.blocks[1:]:
        theirs = blocks[index].words.authors
        if not ours or not theirs or ours & theirs:
            continue
        held = desk.settle(
            Doubt.AUTHOR,
            "author.other",
            Where(blocks[index].place, scope.codes, blocks[index].paragraphs),
            (
                Choice("attributed", filled(_("It belongs to {code}"), code=scope.codes)),
                Choice("nobody", _("It belongs to nobody"), _("It is text of the group.")),
            ),
            assumed="attributed",
            in_file=blocks[index].words.text,
            code=scope.codes,
        )
        if held == "nobody":
            scope.blocks.remove(index)


def _ask_outside(
    index: int,
    author: str,
    scopes: Sequence[Scope],
    codes: set[str],
    blocks: Sequence[Block],
    desk: Desk,
) -> None:
    (code,) = codes
    held = desk.settle(
        Doubt.AUTHOR,
        "author",
        Where(blocks[index].place, code, blocks[index].paragraphs),
        (
            Choice("nobody", _("It belongs to nobody"), _("It is text of the group.")),
            Choice("attributed", filled(_("It belongs to {code}"), code=code)),
        ),
        assumed="nobody",
        in_file=blocks[index].words.text,
        author=author,
        code=code,
    )
    if held == "attributed":
        scope = next(s for s in scopes if s.codes == code)
        scope.blocks.append(index)
