"""Where the wordings of a provision part, as the page shows it: words, and stacks of alternatives.

Rules:

- Words and their order are the domain's; here they are only set in marks, and no space is set that
  the wordings do not have.
- For who may decide, every alternative is a button: it names the deed, or says why there is none.
- Of an alternative with rows of its own these are the buttons.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from drafting.domain.partings import Alternative, Fork, Part, Shared
from drafting.domain.table import BASE, Table
from drafting.domain.table.deciding import (
    Answer,
    Answers,
    Beside,
    Choice,
    Why,
    choices,
    keys_of,
)


@dataclass(frozen=True, slots=True)
class LineView:
    """One family of wordings: whose, and where they part. `alone`: a wording by itself."""

    by: str
    html: SafeString
    alone: bool


def present_lines(table: Table, *, decides: bool = False) -> tuple[LineView, ...]:
    """The forks, family by family; the base is told last in every fork, as what there was."""
    numbers = {one.key: one.number for one in table.wordings}
    lines = []
    for parts in table.lines():
        keys = keys_of(parts) or _lone(table, parts)
        told = iter(choices(table, parts)) if decides and len(keys) > 1 else None
        html = mark_safe(_Line(numbers, told).parts(parts))
        lines.append(LineView(_by(keys, numbers), html, len(keys) < 2))
    return tuple(lines)


def _lone(table: Table, parts: Sequence[Part]) -> tuple[str, ...]:
    words = "".join(part.words for part in parts if isinstance(part, Shared))
    return tuple(one.key for one in table.wordings if one.text and one.words == words)[:1]


class _Line:
    """One family as it is written down. `told`: what can be decided, fork by fork, if anything."""

    def __init__(self, numbers: Mapping[str, int], told: Iterator[Answers] | None) -> None:
        self.numbers, self.told = numbers, told

    def parts(self, parts: Iterable[Part]) -> str:
        return "".join(
            words_html(part.words) if isinstance(part, Shared) else self._fork(part)
            for part in parts
        )

    def _fork(self, fork: Fork) -> str:
        answers: Sequence[Answer | None] = next(self.told) if self.told else ()
        answers = answers or [None for _row in fork.alternatives]
        rows = [
            (row, self._row(row, answer))
            for row, answer in zip(fork.alternatives, answers, strict=True)
        ]
        # What stands is read after what is asked.
        rows.sort(key=lambda item: BASE in item[0].keys)
        return f'<span class="fork" role="list">{"".join(html for _row, html in rows)}</span>'

    def _row(self, row: Alternative, answer: Answer | None) -> str:
        by = escape(_by(row.keys, self.numbers))
        words = _each(answer) if isinstance(answer, Beside) else self._words(row)
        inner = f'<span class="words">{words}</span> <span class="by">{by}</span>'
        if row.parts:
            return f'<span role="listitem" class="stem">{inner}</span>'
        if isinstance(answer, Choice | Why):
            inner = _button(inner, answer)
        return f'<span role="listitem">{inner}</span>'

    def _words(self, row: Alternative) -> str:
        if row.parts:
            return self.parts(row.parts)
        if not row.words.strip("[] "):  # a line feed is something
            return f'<em class="nil">{escape(_("nothing"))}</em>'
        return _ends_html(row.words)


def _ends_html(words: str) -> str:
    """Words of a fork without the space around them; where a paragraph begins or ends is told."""
    before = words[: len(words) - len(words.lstrip())]
    after = words[len(words.rstrip()) :] if words.strip() else ""
    ends = f'<em class="nil">{escape(_("new paragraph"))}</em>'
    told = (
        ends if "\n" in before else "",
        words_html(words.strip()),
        ends if "\n" in after else "",
    )
    return " ".join(filter(None, told))


def _each(answer: Beside) -> str:
    """Brackets side by side: each a button of its own."""
    return " ".join(_button(words_html(f"[{words}]"), one) for words, one in answer.each)


def _button(inner: str, answer: Choice | Why) -> str:
    match answer:
        case Choice(keep=keep):
            told = f'data-keep="{escape(json.dumps(keep))}"'
        case Why():
            told = f'data-why="fork{answer.value.capitalize()}"'
    return f'<button type="button" class="alt" aria-pressed="false" {told}>{inner}</button>'


def _by(keys: Iterable[str], numbers: Mapping[str, int]) -> str:
    """ "1, 2, base"."""
    own = sorted(numbers[key] for key in keys if key != BASE)
    base = [pgettext("behind a wording", "base")] if BASE in keys else []
    return ", ".join([*map(str, own), *base])


def words_html(words: str) -> SafeString:
    """Words with their brackets heavy, but for those that hold nothing; a paragraph is a line."""
    safe = escape(words.replace("[]", "")).replace("\n", "<br>")
    for sign in "[]":
        safe = safe.replace(sign, f'<b class="br">{sign}</b>')
    return mark_safe(safe)
