"""Which words of a printed paragraph stand, judged by the print and by the base together.

Rules:

- In the base and struck: deleted. In the base and plain: kept. Not in the base and plain: inserted.
- Not in the base and struck: a conflict. Beside struck base words it is taken for the insertion
  that replaced them.
- Base words run together with words of the same kind that the base lacks were replaced by them.
- A strike that begins with the paragraph and leaves a torn sentence reaches too far: it is cut
  down to the words that have the shape of what follows it.
- A lone hyphen that the base lacks is a struck space; a punctuation mark is a slip of the copy.

Whatever goes beyond the first rule is a reason to ask, unless something else settles it (which
it does not in a paper that tracks its changes: there, what is not tracked is odd in itself):

- An edition in the place of an earlier one of the same body is a change, wherever its marks are.
- A lone sign among words of the base is the copy's, and the sign at the end belongs to the place
  in the list.
- New words between two signs, or from a sign to the end, replace nothing: they were inserted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drafting.intake.consolidated.judged import Judged, Reason, literal, struck_spans
from drafting.intake.consolidated.pieces import Fate, Words
from drafting.intake.consolidated.printed_editions import edition, says_rev
from drafting.intake.consolidated.succession import succeeds
from drafting.intake.consolidated.tokens import (
    Token,
    Verdict,
    base_tokens,
    beside_base,
    print_tokens,
)

_SIGNS = (",", ";", ":", "\u2013", "\u2014")


def judge(words: Words, base: str) -> Judged:
    """Every printed token judged beside the base's words."""
    theirs = base_tokens(base)
    tokens = beside_base(print_tokens(words), [word for _, word in theirs])
    return _Judge(tokens, theirs).judged()


class _Judge:
    def __init__(self, tokens: Sequence[Token], base: Sequence[tuple[str, str]]) -> None:
        self.tokens = tuple(tokens)
        self.base = tuple(base)
        self.verdicts = [literal(token) for token in tokens]
        self.reasons: dict[int, Reason] = {}  # by the token that raised it
        self.settled: set[Reason] = set()
        self.untold = {  # plain words that the base lacks and nothing has explained yet
            k
            for k, token in enumerate(tokens)
            if token.text and token.base is None and not token.struck and not token.fresh
        }

    def judged(self) -> Judged:
        for start, end in struck_spans(self.tokens):
            self._judge_strike(start, end)
        self._slips(self._is_misread)
        self._replaced_pairs()
        self._replaced_editions()
        self._slips(self._is_loose_sign)
        self._last_sign()
        self._explain_by_strikes()
        self._explain_by_signs()
        self.reasons |= dict.fromkeys(sorted(self.untold), Reason.UNMARKED)
        changes = self._changes()
        told = [change for change in changes if self._is_edition(change)]
        for place in [k for change in told for k in change if k in self.reasons]:
            self.settled.add(self.reasons.pop(place))
        reasons = frozenset(self.reasons.values()) | ({Reason.ABSENT} if self._absent() else set())
        verdicts = tuple(self.verdicts)
        return Judged(
            self.tokens,
            verdicts,
            self.base,
            reasons,
            frozenset(self.settled),
            repaired=verdicts != tuple(literal(token) for token in self.tokens),
            certain=any(self._is_certain(change) for change in changes),
            editions=not reasons and len(told) == len(changes),
        )

    def _changes(self) -> list[range]:
        """Runs of tokens that were not kept; a comma between two belongs to both."""
        out: list[range] = []
        for k, verdict in enumerate(self.verdicts):
            if verdict in (Verdict.KEPT, Verdict.SLIP) or not self.tokens[k].text:
                continue
            if out and all(self._holds_together(m) for m in range(out[-1].stop, k)):
                out[-1] = range(out[-1].start, k + 1)
            else:
                out.append(range(k, k + 1))
        return out

    def _holds_together(self, place: int) -> bool:
        return self.verdicts[place] is Verdict.SLIP or self.tokens[place].text in ("", ",")

    def _is_certain(self, change: range) -> bool:
        doubted = self.reasons.keys() & set(change)
        return not doubted and any(self.tokens[k].is_word for k in change)

    def _is_edition(self, change: range) -> bool:
        """Whether an edition of the base gave way to a later one of the same body."""
        kept = (Verdict.KEPT, Verdict.SLIP)
        before = [t.text for t in self.tokens[max(0, change.start - 2) : change.start]]
        return succeeds(
            self._said(change, *kept, Verdict.DELETED),
            self._said(change, *kept, Verdict.INSERTED),
            before,
        )

    def _said(self, places: range, *verdicts: Verdict) -> list[str]:
        return [
            self.tokens[k].text
            for k in places
            if self.verdicts[k] in verdicts and self.verdicts[k] is not Verdict.SLIP
        ]

    # --- strikes -----------------------------------------------------------------------------

    def _judge_strike(self, start: int, end: int) -> None:
        span = range(start, end)
        new = [k for k in span if self.tokens[k].base is None and self.tokens[k].text]
        if new and all(self.tokens[k].piece.fate is Fate.DELETED for k in new):
            self.reasons[new[0]] = Reason.UNMARKED
            return
        if any(self.tokens[k].is_word for k in new):
            self.reasons[new[0]] = Reason.STRIKE
            for k in span:
                if k in new:
                    self.verdicts[k] = Verdict.INSERTED
                elif k > new[-1] and not self.tokens[k].is_word:
                    self.verdicts[k] = Verdict.KEPT
            return
        for k in new:
            self.verdicts[k] = Verdict.SLIP
        if self._reaches_too_far(start, end):
            meant = self._meant_from(start, end)
            self.reasons[min(meant, end - 1)] = Reason.STRIKE
            for k in range(start, meant):
                self.verdicts[k] = Verdict.KEPT

    def _reaches_too_far(self, start: int, end: int) -> bool:
        """Whether the strike begins with the words and tears a parenthesis."""
        if any(token.is_word for token in self.tokens[:start]) or end >= len(self.tokens):
            return False
        gone = "".join(self.tokens[k].text for k in range(start, end))
        return gone.count("(") > gone.count(")")

    def _meant_from(self, start: int, end: int) -> int:
        """The first token that the strike was meant for."""
        opening = max(k for k in range(start, end) if self.tokens[k].text == "(")
        following = edition(self.tokens, end)
        for k in range(opening + 1, end):
            old = edition(self.tokens, k)
            alike = says_rev(self.tokens[k]) == says_rev(self.tokens[end])
            if old == end and following and alike:
                return k
        return opening + 1

    # --- what was replaced without a mark ------------------------------------------------------

    def _replaced_pairs(self) -> None:
        """Base words directly run together with words of their kind that the base lacks."""
        for k, token in enumerate(self.tokens):
            if token.base is not None or k not in self.untold or not token.is_word:
                continue
            for other, glue in ((k - 1, ()), (k - 2, (k - 1,)), (k + 1, ())):
                if self._is_replaced(other, k, glue):
                    self.verdicts[other] = Verdict.DELETED
                    for sign in glue:
                        self.verdicts[sign] = Verdict.SLIP
                        self.untold.discard(sign)
                    self.reasons.setdefault(k, Reason.UNMARKED)
                    self.untold.discard(k)
                    break

    def _is_replaced(self, old: int, new: int, glue: Sequence[int]) -> bool:
        if not 0 <= old < len(self.tokens):
            return False
        one, other = self.tokens[old], self.tokens[new]
        if one.base is None or self.verdicts[old] is not Verdict.KEPT:
            return False
        between = [*glue, max(old, new)]
        if any(self.tokens[k].space for k in between):
            return False
        if any(self.tokens[k].text != "-" or self.tokens[k].base is not None for k in glue):
            return False
        return one.is_word and other.is_word and one.is_number == other.is_number

    def _replaced_editions(self) -> None:
        """Delete the base's edition before another one: "(Oldtown, 2019 Newport, 2023)"."""
        for k, token in enumerate(self.tokens):
            if token.base is None or self.verdicts[k] is not Verdict.KEPT:
                continue
            end = edition(self.tokens, k)
            after = edition(self.tokens, end) if end else None
            if end and after and self._is_succession(k, end, after):
                for m in range(k, end):
                    self.verdicts[m] = Verdict.DELETED
                for m in range(end, after):
                    self.verdicts[m] = Verdict.INSERTED
                self.untold -= set(range(end, after))
                self.reasons.setdefault(k, Reason.UNMARKED)

    def _is_succession(self, start: int, middle: int, end: int) -> bool:
        """Whether the base's edition stands before one that the base has not."""
        if not start or self.tokens[start - 1].text not in ("(", "."):
            return False
        if says_rev(self.tokens[start]) and not says_rev(self.tokens[middle]):
            return False
        old, new = self.tokens[start:middle], self.tokens[middle:end]
        in_base = all(token.base is not None for token in old)
        return in_base and any(token.base is None and token.is_word for token in new)

    # --- slips of the copy ---------------------------------------------------------------------

    def _slips(self, is_slip: Callable[[int], bool]) -> None:
        for k in sorted(self.untold):
            if is_slip(k):
                self.verdicts[k] = Verdict.SLIP
                self.untold.discard(k)
                self.settled.add(Reason.UNMARKED)

    def _is_misread(self, place: int) -> bool:
        """A struck mark that a machine took for a small lowered or raised letter."""
        token = self.tokens[place]
        return len(token.text) == 1 and bool(token.piece.formats & {"sub", "sup"})

    def _is_loose_sign(self, place: int) -> bool:
        """A lone hyphen or full stop, or a doubled comma."""
        token = self.tokens[place]
        if token.is_word or place + 1 >= len(self.tokens):
            return False
        if place and token.text in ",;" and self.tokens[place - 1].text == token.text:
            return True
        alone = place - 1 not in self.untold and place + 1 not in self.untold
        return alone and token.text in "-."

    def _last_sign(self) -> None:
        """Another punctuation at the end is a change of place in the list, and plain to see."""
        last = self._end()
        if last in self.untold and not self.tokens[last].is_word:
            self.untold.discard(last)
            self.settled.add(Reason.ABSENT)

    def _end(self) -> int:
        """The place of the last token that has characters."""
        return max((k for k, token in enumerate(self.tokens) if token.text), default=-1)

    def _explain_by_strikes(self) -> None:
        """Plain new words beside deleted ones are what replaced them."""
        runs = _runs(sorted(self.untold))
        for run in runs:
            if self._is_deleted(run[0] - 1) or self._is_deleted(run[-1] + 1):
                self.untold -= set(run)

    def _explain_by_signs(self) -> None:
        """Plain new words that signs set off from the base's on both sides."""
        for run in _runs(sorted(self.untold)):
            if self._is_set_off(run[0], run[-1]):
                self.untold -= set(run)
                self.settled.add(Reason.UNMARKED)

    def _is_set_off(self, first: int, last: int) -> bool:
        before = self.tokens[first - 1] if first else None
        if before is None or before.base is None or before.text not in _SIGNS:
            return False
        own_sign = self.tokens[last].text in _SIGNS
        after = self.tokens[last + 1].base if last + 1 < len(self.tokens) else None
        at_end = last + (0 if own_sign else 1) >= self._end()
        return at_end or (own_sign and after == before.base + 1)

    def _is_deleted(self, place: int) -> bool:
        while 0 <= place < len(self.tokens) and not self.tokens[place].text:
            place -= 1
        return 0 <= place < len(self.tokens) and (
            self.verdicts[place] is Verdict.DELETED and self.tokens[place].struck
        )

    def _absent(self) -> list[int]:
        """Base tokens that the print has nowhere; another sign at the end stands for the base's."""
        seen = {token.base for token in self.tokens if token.base is not None}
        end, last = self._end(), len(self.base) - 1
        if self.base and end >= 0 and not self.tokens[end].is_word:
            seen |= set() if self.base[last][1][:1].isalnum() else {last}
        return [k for k in range(len(self.base)) if k not in seen]


def _runs(places: Sequence[int]) -> list[list[int]]:
    out: list[list[int]] = []
    for place in places:
        if out and out[-1][-1] == place - 1:
            out[-1].append(place)
        else:
            out.append([place])
    return out
