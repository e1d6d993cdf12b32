"""Final marks that are not what the place asks for (`domain.punctuation` has the rule).

Rules:

- An item ends with "," before the next call, with "." where the instrument ends, with ";"
  elsewhere. Where it is open what follows, because it may go, either of both marks is right.
- What ends otherwise ("notably:", "; and", "etc.") says something by it and is left alone.
- The mend is the mark that is right if everything stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting.domain.checks import live
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.draft import Draft, Option, OptionKind, Provision, ProvisionKind
from drafting.domain.editorial import final_mark
from drafting.domain.edits import Change, Span, read
from drafting.domain.punctuation import ended
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _

_WHY = {
    ",": _("Before the next call an item ends with a comma."),
    ";": _("An item that others follow ends with a semicolon."),
    ".": _("The last item of the instrument ends with a full stop."),
}


def check(draft: Draft) -> Iterator[Finding]:
    """Items whose final mark cannot be right, whatever is decided."""
    there = list(live.provisions(draft))
    for place, provision in enumerate(there):
        if provision.kind is not ProvisionKind.ITEM:
            continue
        marks = _marks(there[place + 1 :])
        for option in provision.options:
            if option.kind is OptionKind.TEXT:
                yield from _of(provision, option, marks)


def _marks(following: Sequence[Provision]) -> list[str]:
    """The marks that may be right; the first is, if all that follows stays."""
    marks: list[str] = []
    for provision in following:
        is_call = provision.kind is ProvisionKind.CALL
        if live.lead(provision).kind is not OptionKind.TEXT and not is_call:
            continue
        mark = "," if is_call else ";"
        marks += [mark] if mark not in marks else []
        if live.is_sure(provision):
            return marks
    return [*marks, "."]


def _of(provision: Provision, option: Option, marks: Sequence[str]) -> Iterator[Finding]:
    number = len(option.text.paragraphs) - 1
    paragraph = option.text.paragraphs[number]
    words = read(paragraph).words.rstrip()
    if not words or ended(words, marks[0]) == words or any(words.endswith(m) for m in marks):
        return
    final = final_mark(paragraph)
    if final is None:
        return
    span = Span(number, final.start, final.start + len(final.words))
    mend = Change(option.key, number, final.start, final.words, marks[0])
    at = Place(provision.key, option.key, span)
    yield Finding(
        Kind.PUNCTUATION,
        "final_mark",
        at,
        final.words,
        _sentence(final.words, marks),
        (mend,),
        True,
    )


def _sentence(held: str, marks: Sequence[str]) -> str:
    if not held:
        return filled(_("The final mark is missing. {why}"), why=filled(_WHY[marks[0]]))
    return filled(_("It ends with “{held}”. {why}"), held=held, why=filled(_WHY[marks[0]]))
