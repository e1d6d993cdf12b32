"""The parts of an instrument, in the order they stand: number, title, formula, calls and items.

Rules:

- What stands before the number, and after the reasons begin, is furniture. Without a number every
  line counts, so that an excerpt may begin with a call or an item.
- A title or a formula broken over several lines is one part.
- A chapeau is an unlabelled line below a call that ends with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting.domain.calls import Call, parse_call
from drafting.domain.codes import parse_mark_line
from drafting.domain.draft import ProvisionKind
from drafting.domain.numbering import Line as NumberedLine
from drafting.domain.numbering import place
from drafting.domain.text import Paragraph, Text
from drafting.intake.shared_steps import Line, all_alike, inlines_of, joined


@dataclass(frozen=True, slots=True)
class Part:
    """A line with its place in the instrument. `kind` None: furniture. A title broken over several
    lines is one part, its `line` joined; `more` are further paragraphs of the same provision."""

    kind: ProvisionKind | None
    line: Line
    level: int = 0
    call: Call | None = None
    more: tuple[Line, ...] = ()

    @property
    def sources(self) -> tuple[int, ...]:
        return tuple(n for line in (self.line, *self.more) for n in line.sources)


_INSTRUMENT = (
    r"(?:draft\s+)?(?:(?:new|revised|revision\s+(?:of|to))\s+)*"
    r"(?:resolution|decision|recommendation|opinion|declaration)"
)
NUMBER = re.compile(
    rf"{_INSTRUMENT}\s+(?:No\.\s*)?\[?(?P<number>[\w./-]+)\]?(?:\s*\([^()]*\))?", re.I | re.S
)
_LONGEST_NUMBER = 160
_EDITION_LINE = re.compile(r"\((?:rev\.\s*)?[^()]+,\s*[\d\s/]+\)", re.I)
_FORMULA = re.compile(
    r"the\s.*\b(?:conference|assembly|council|congress|forum|summit|union)\b", re.I
)
_RULE = re.compile(r"[_\u2014\u2013*=-]{3,}")
_REASONS = re.compile(r"reasons?\s*:", re.I)
GAP = re.compile(r"[\[(]?\s*(?:\.{3,}|\u2026|(?:\. ){2,}\.)\s*[\])]?")


def is_gap(line: Line) -> bool:
    """Whether the line stands for text that is not shown."""
    return bool(GAP.fullmatch(line.text.strip()))


def is_reasons(line: Line) -> bool:
    return bool(_REASONS.match(line.text))


def number_of(words: str) -> str | None:
    """The 64 of "RESOLUTION 64 (Rev. Castelmar, 2023)"; None if the line numbers nothing."""
    match = NUMBER.fullmatch(words.strip())
    return match["number"] if match and len(words) <= _LONGEST_NUMBER else None


def parts(seen: Sequence[Line]) -> list[Part]:
    """Every line with its place. Furniture before the number is recognised only where there is a
    number, so that an excerpt may begin with a call or an item."""
    call = next((i for i, line in enumerate(seen) if parse_call(line.printed)), len(seen))
    numbered = [i for i, line in enumerate(seen[: max(call, 1)]) if number_of(line.text)]
    start = numbered[-1] if numbered else None
    body = start if start is not None else 0
    end = next((i for i in range(body, len(seen)) if _ends(seen[i])), len(seen))
    out = [Part(None, line) for line in seen[:body]]
    out += _instrument(seen[body:end], has_number=start is not None)
    return out + [Part(None, line) for line in seen[end:]]


def _ends(line: Line) -> bool:
    return is_reasons(line) or parse_mark_line(line.printed) is not None


def _instrument(seen: Sequence[Line], *, has_number: bool) -> list[Part]:
    call_at = next((i for i, line in enumerate(seen) if parse_call(line.printed)), len(seen))
    head = seen[:call_at] if has_number else []
    return [*_head(head), *_body(seen[len(head) :])]


def _head(seen: Sequence[Line]) -> Iterator[Part]:
    """Number, title and formula; each may be broken over lines."""
    if not seen:
        return
    rest = list(seen)
    number = [rest.pop(0)]
    while rest and _EDITION_LINE.fullmatch(rest[0].text) and "(" not in number[0].text:
        number.append(rest.pop(0))
    yield Part(ProvisionKind.NUMBER, joined(number))
    gaps = next((i for i, line in enumerate(rest) if is_gap(line)), len(rest))
    rest, after = rest[:gaps], rest[gaps:]
    formula = next((i for i, line in enumerate(rest) if _begins_formula(rest[i:], line)), len(rest))
    if rest[:formula]:
        yield Part(ProvisionKind.TITLE, joined(rest[:formula]))
    if rest[formula:]:
        yield Part(ProvisionKind.FORMULA, joined(rest[formula:]))
    yield from _body(after)


def _begins_formula(seen: Sequence[Line], line: Line) -> bool:
    """Whether `line` opens the formula: it names a conference and the whole ends in a comma."""
    return bool(_FORMULA.match(line.text)) and seen[-1].text.rstrip().endswith(",")


def _body(seen: Sequence[Line]) -> list[Part]:
    calls = [parse_call(line.printed) if line.label is None else None for line in seen]
    numbered = [
        NumberedLine(line.label, line.text, starts_section=call is not None)
        for line, call in zip(seen, calls, strict=True)
    ]
    placed = place(numbered)
    out: list[Part] = []
    for index, (line, call) in enumerate(zip(seen, calls, strict=True)):
        kind = _kind(line, call, out[-1] if out else None)
        level = placed[index].level if kind is ProvisionKind.ITEM else 0
        out.append(Part(kind, line, level, call))
    return out


def _kind(line: Line, call: Call | None, before: Part | None) -> ProvisionKind | None:
    if call:
        return ProvisionKind.CALL
    if is_gap(line) or _RULE.fullmatch(line.text.strip()):
        return None
    if line.label is None and before and before.call and line.text.rstrip(" ]").endswith(":"):
        return ProvisionKind.CHAPEAU
    return ProvisionKind.ITEM


def text_of_part(part: Part) -> Text:
    """The wording of a part, with its label and level."""
    bare = part.kind is not ProvisionKind.ITEM
    labels = [part.line.label, *[None] * len(part.more)]
    return Text(
        tuple(
            Paragraph(
                inlines_of(line.pieces, plain=bare or all_alike(line.pieces)), label, part.level
            )
            for label, line in zip(labels, (part.line, *part.more), strict=True)
        )
    )
