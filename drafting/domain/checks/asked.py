"""What proposals marked "(MOD)" ask for: the editorial changes, and those that are more than that.

Rules:

- A proposal was written against the adopted text. Where the text has changed since, each of its
  changes is carried to the same citation, mark or label, if that still says what it said; what was
  made meanwhile is not asked for again.
- A label is only asked for where no other item of the list has it: the group numbers its list.
- "(MOD)" is a claim. What asks for more than editing is told, and taken up like any other proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from drafting.domain.bodies import Bodies, known
from drafting.domain.checks import labels, live
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.citations import Citation, citations
from drafting.domain.draft import Draft, Option, OptionKind, Provision
from drafting.domain.editorial import difference, final_mark
from drafting.domain.edits import Change, Span, characters, is_free
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Paragraph, Text


@dataclass(frozen=True, slots=True)
class Asked:
    """One "(MOD)": what a proposal wants a provision to say."""

    code: str
    provision: str
    text: Text


def check(draft: Draft, asked: Iterable[Asked], bodies: Bodies | None = None) -> Iterator[Finding]:
    """Every editorial change that is asked for, with all who ask for it; and what is more."""
    table = bodies or known()
    there = {provision.key: provision for provision in live.provisions(draft)}
    lists = _Lists(draft)
    wanted: dict[tuple[str, Change], list[str]] = {}
    for item in asked:
        provision = there.get(item.provision)
        option = live.lead(provision) if provision else None
        if provision is None or option is None or option.kind is not OptionKind.TEXT:
            continue
        changes = changes_asked(provision, option, item.text, table)
        if changes is None:
            yield _more(provision, option, item.code)
            continue
        for change in changes:
            if not (change.is_label and lists.has(provision.key, change.new)):
                wanted.setdefault((provision.key, change), []).append(item.code)
    for (key, change), codes in wanted.items():
        yield _finding(key, change, codes)


class _Lists:
    """The labels that the lists of a draft have given; looked up once somebody asks."""

    def __init__(self, draft: Draft) -> None:
        self._lists = {i.provision.key: items for items in labels.lists(draft) for i in items}

    def has(self, provision: str, label: str) -> bool:
        """Whether another item of the provision's list has this label."""
        items = self._lists.get(provision, ())
        return any(i.printed == label and i.provision.key != provision for i in items)


def changes_asked(
    provision: Provision, option: Option, text: Text, bodies: Bodies
) -> tuple[Change, ...] | None:
    """The changes of an option that a "(MOD)" asks for; None where it asks for more."""
    direct = difference(option.text, text, option=option.key, bodies=bodies)
    if direct is not None or provision.base is None:
        return direct
    changes = difference(provision.base, text, option=option.key, bodies=bodies)
    if changes is None:
        return None
    carried = (_carried(change, provision.base, option.text, bodies) for change in changes)
    return tuple(change for change in carried if change)


def _carried(change: Change, base: Text, text: Text, bodies: Bodies) -> Change | None:
    """The same change in a text that has been written on; None where it does not fit any more."""
    if change.paragraph >= len(text.paragraphs):
        return None
    old, here = base.paragraphs[change.paragraph], text.paragraphs[change.paragraph]
    if change.start is None:
        return change if (here.label or "") == change.old else None
    final = final_mark(old)
    if final and change.start == final.start:
        mark = final_mark(here)
        same = mark is not None and mark.words == change.old
        return _moved(change, mark.start) if mark and same else None
    return _of_citation(change, old, here, bodies)


def _of_citation(change: Change, old: Paragraph, here: Paragraph, bodies: Bodies) -> Change | None:
    cited = next((c for c in _cited(old, bodies) if c.start == change.start), None)
    if cited is None:
        return None
    words = "".join(char for char, _run in characters(here))
    like = [
        c
        for c in _cited(here, bodies)
        if (c.kind, c.numbers) == (cited.kind, cited.numbers)
        and words[c.start : c.end] == change.old
        and is_free(here, c.start, c.end)
    ]
    return _moved(change, like[0].start) if len(like) == 1 else None


def _cited(paragraph: Paragraph, bodies: Bodies) -> Sequence[Citation]:
    return citations("".join(char for char, _run in characters(paragraph)), bodies)


def _moved(change: Change, start: int) -> Change:
    return Change(change.option, change.paragraph, start, change.old, change.new)


def _finding(provision: str, change: Change, codes: Sequence[str]) -> Finding:
    who = ", ".join(dict.fromkeys(codes))
    span = None if change.start is None else Span(change.paragraph, change.start, change.end)
    sentence = filled(_("{who} asks for this as an editorial change."), who=who)
    at = Place(provision, change.option, span)
    return Finding(Kind.ASKED, "asked", at, change.old, sentence, (change,), True)


def _more(provision: Provision, option: Option, code: str) -> Finding:
    sentence = filled(
        _("{who} is marked (MOD), but asks for more than an editorial change."), who=code
    )
    return Finding(Kind.ASKED, "more", Place(provision.key, option.key), code, sentence)
