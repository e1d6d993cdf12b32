"""A batch of steps on an option's text: the one door through which text changes.

Rules:

- The gate first, on plain JSON; then the library; then everything new in the document is checked.
- All or nothing on the text the batch was made on; what comes late loses only what no longer
  fits.
- What a text costs grows with its pieces, not only its characters: one that has too many may become
  smaller, and does not grow.
- The steps in the answer are written as both languages write them, whatever came in.
"""

from __future__ import annotations

from collections.abc import Sequence

from prosemirror.model import Node

from drafting.steps import forms, gate
from drafting.steps.applying import FOREIGN, Keyed, Outcome, apply_all, read_step, rebase
from drafting.steps.outcome import Applied, Invalid, Item
from drafting.steps.schema import Json, dump, is_standard, load

DOES_NOT_FIT = Invalid("A step does not fit the text it was made on.")
NOT_A_TEXT = Invalid("What would come of it is not a text.")
TOO_LONG = Invalid("The text is too long.")
TOO_MANY_PIECES = Invalid("The text is in too many pieces.")
TOO_MANY_MARKS = Invalid("Too many changes lie on the same words.")


def submit(content: Json, missed: Sequence[Json], items: Sequence[Item]) -> Applied | Invalid:
    """The option's text after a batch.

    `content`: the document now. `missed`: the steps committed since the version the batch was
    made on, in order; where there are none the batch is applied as it is. Nothing that a client
    can send raises; ValueError, KeyError or TypeError come of a `content` that is no document.
    """
    fault = gate.examine(items)
    if fault:
        return fault
    steps = _read(items)
    if isinstance(steps, Invalid):
        return steps
    document = load(content)
    done = rebase(document, missed, steps) if missed else apply_all(document, steps)
    return _answer(content, document, done) if done else DOES_NOT_FIT


def perform(content: Json, steps: Sequence[Json]) -> Applied | Invalid:
    """The text after steps that the server made itself, which need no gate. Keys are numbers."""
    read = _read([Item(str(number), step) for number, step in enumerate(steps)])
    if isinstance(read, Invalid):
        return read
    document = load(content)
    done = apply_all(document, read)
    return _answer(content, document, done) if done else DOES_NOT_FIT


def _read(items: Sequence[Item]) -> list[Keyed] | Invalid:
    steps: list[Keyed] = []
    for item in items:
        step = read_step(item.step)
        if step is None:
            return gate.ODD_FORM
        inserted = getattr(step, "slice", None)
        if inserted and not is_standard(inserted.content):
            return gate.ODD_SLICE
        steps.append((item.key, step))
    return steps


def _answer(content: Json, document: Node, done: Outcome) -> Applied | Invalid:
    fault = _fault(done.document, known=_nodes(document))
    if fault:
        return fault
    if _pieces(done.document) > max(forms.MOST_PIECES, _pieces(document)):
        return TOO_MANY_PIECES
    return Applied(
        dump(done.document), tuple(done.steps), tuple(done.keys), tuple(done.dropped), content
    )


def _pieces(document: Node) -> int:
    return sum(1 + sum(1 + len(node.marks) for node in p.children) for p in document.children)


def _nodes(document: Node) -> set[int]:
    """The paragraphs, runs and markers that stood before, as objects: they stay what they were."""
    return {id(node) for p in document.children for node in (p, *p.children)}


def _fault(document: Node, known: set[int]) -> Invalid | None:
    """What is wrong with a document, or None. Only what is new in it is looked at."""
    new = [paragraph for paragraph in document.children if id(paragraph) not in known]
    try:
        document.type.check_content(document.content)
        for paragraph in new:
            _check(paragraph, known)
    except FOREIGN:
        return NOT_A_TEXT
    if not all(is_standard(paragraph.content) for paragraph in new):
        return NOT_A_TEXT
    if document.content.size > forms.MOST_CHARACTERS:
        return TOO_LONG
    if any(len(node.marks) > forms.MOST_MARKS for p in new for node in p.children):
        return TOO_MANY_MARKS
    return None


def _check(paragraph: Node, known: set[int]) -> None:
    """The library's own `check`, without the parts that are known. Raises as it does."""
    paragraph.type.check_content(paragraph.content)
    paragraph.type.check_attrs(paragraph.attrs)
    for node in paragraph.children:
        if id(node) not in known:
            node.check()
