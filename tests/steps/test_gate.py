"""Everything the gate refuses, one line a thing; and what it must let through."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.steps import Applied, Invalid, Item, Json, gate, submit
from tests.steps.words import (
    ISL,
    doc,
    insertion,
    items,
    marked,
    opening,
    paragraph,
    put,
    run,
    split,
    struck,
    typed,
)

TEXT = doc("the beacon\nof Orsk")
EM = {"type": "em"}


def with_mark(mark: Any) -> Json:
    return put(1, {"type": "text", "text": "x", "marks": [mark]})


def sliced(content: Any, **more: Any) -> Json:
    return {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": content, **more}}


def label(value: Any, **more: Any) -> Json:
    return {"stepType": "attr", "pos": 0, "attr": "label", "value": value, **more}


ODD_FORMS: dict[str, Any] = {
    "a step that is no object": [],
    "no type of step": {"from": 1, "to": 1},
    "trap 1: the step type markSet": {"stepType": "markSet", "from": 1, "to": 2, "marks": []},
    "a wrapping step": {**struck(1, 2), "stepType": "replaceAround"},
    "a mark on a node": {"stepType": "addNodeMark", "pos": 0, "mark": EM},
    "an attribute of the document": {"stepType": "docAttr", "attr": "label", "value": "1"},
    "trap 3: a field nobody knows": {**struck(1, 2), "note": 1},
    "no end": {"stepType": "replace", "from": 1},
    "a position that is a boolean": {**struck(1, 2), "from": True},
    "a position that is a fraction": {**struck(1, 2), "from": 1.5},
    "a position that is a whole fraction": {**struck(1, 2), "from": 1.0},
    "a position that is not a number": {**struck(1, 2), "from": float("nan")},
    "a position written in letters": {**struck(1, 2), "from": "1"},
    "a position before the beginning": struck(-1, 2),
    "a position beyond every text": struck(1, 10**9),
    "structure that is not true": {**struck(1, 2), "structure": 1},
    "trap 3: text that is not a string": put(1, {"type": "text", "text": 5}),
    "text that is empty": typed(1, ""),
    "a node nobody knows": put(1, {"type": "image"}),
    "a document in a document": put(0, {"type": "doc", "content": [paragraph()]}),
    "trap 5: a paragraph that wraps a paragraph": put(0, paragraph(paragraph())),
    "a slice without content": sliced([]),
    "a slice that is a list": {**typed(1, "x"), "slice": [run("x")]},
    "a slice that is deeper open than a text is": sliced([paragraph()], openStart=2),
    "a slice with a negative depth": sliced([paragraph()], openStart=-1),
    "a slice with a boolean depth": sliced([paragraph()], openStart=True),
    "a mark nobody knows": with_mark({"type": "link", "attrs": {"href": "javascript:"}}),
    "a mark without its source": with_mark({"type": "insertion", "attrs": {"id": "c1"}}),
    "a mark with more than its attributes": with_mark({"type": "em", "attrs": {"id": "c1"}}),
    "a list of no marks": put(1, {"type": "text", "text": "x", "marks": []}),
    "too many marks": put(1, run("x", *(insertion(f"c{n}", ISL) for n in range(41)))),
    "an id with a space": with_mark(insertion("c 1", ISL)),
    "an id with a line feed at its end": with_mark(insertion("c1\n", ISL)),
    "an id that is empty": with_mark(insertion("", ISL)),
    "an id that is too long": with_mark(insertion("c" * 41, ISL)),
    "an id that is a number": put(1, opening(1)),  # type: ignore[arg-type]
    "a source that is empty": with_mark(insertion("c1", "")),
    "a source that is too long": with_mark(insertion("c1", "I" * 81)),
    "trap 3: a marker with an attribute too many": put(1, opening("b1", style="")),
    "a marker of a kind nobody knows": put(1, opening("b1", kind="doubt")),
    "a marker without its kind": put(1, {"type": "bracket_open", "attrs": {"id": "b1"}}),
    "a marker with a number for a truth": put(1, opening("b1", before_label=0)),
    "a paragraph without its attributes": put(0, {"type": "paragraph"}),
    "a paragraph with marks": put(0, {**paragraph(), "marks": [EM]}),
    "a level that is too deep": put(0, paragraph(level=5)),
    "a level that is a boolean": put(0, paragraph(level=True)),
    "a label that is too long": label("1" * 21),
    "a label that is empty": label(""),
    "a label that is a list": label(["a)"]),
    "another attribute": label("x", attr="style"),
    "a mark step without its mark": {"stepType": "addMark", "from": 1, "to": 2},
}

OTHERS: dict[str, tuple[Invalid, Any]] = {
    "trap 3: a step that ends before it begins": (gate.BACKWARDS, struck(3, 2)),
    "a mark that ends before it begins": (gate.BACKWARDS, marked(3, 2, EM)),
    "a level without a value": (gate.ODD_VALUE, label(None, attr="level")),
    "a level in letters": (gate.ODD_VALUE, label("1", attr="level")),
    "a label that is a number": (gate.ODD_VALUE, label(1)),
    "words beside a paragraph": (gate.ODD_SLICE, sliced([run("x"), paragraph()])),
    "words that are open": (gate.ODD_SLICE, sliced([run("x")], openStart=1)),
    "neighbours that are alike": (gate.ODD_SLICE, put(1, run("a"), run("b"))),
    "neighbours that are alike in a paragraph": (
        gate.ODD_SLICE,
        put(0, paragraph(run("a"), run("b"))),
    ),
    "one mark twice": (gate.ODD_SLICE, put(1, run("x", EM, EM))),
    "marks that exclude each other": (
        gate.ODD_SLICE,
        put(1, run("x", {"type": "sup"}, {"type": "sub"})),
    ),
    "a label with a line feed": (gate.ODD_WORDS, label("1\n")),
    "a label that turns the words around it": (gate.ODD_WORDS, put(0, paragraph(label="\u202e1"))),
    "a source that hides something": (gate.ODD_WORDS, with_mark(insertion("c1", "ISL\u2066"))),
    "a source of a mark step that hides something": (
        gate.ODD_WORDS,
        marked(1, 2, insertion("c1", "ISL\u2066")),
    ),
    "text that is not composed": (gate.NOT_NFC, typed(1, "e\u0301")),
    "a label that is not composed": (gate.NOT_NFC, label("e\u0301")),
    "too much at once": (gate.TOO_LARGE, typed(1, "x" * 70_000)),
}

UNWANTED = (
    "\x00", "\x07", "\n", "\r", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202a", "\u202e",
    "\u2066", "\u2069", "\ufeff", "\ufffc", "\uffff", "\ud83c", "\udf0a", "\U000e0041",
)  # fmt: skip
WANTED = (
    "\t",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u00a0",
    "\u00ad",
    "\u2011",
    "🌊",
    "é",
    "م",
)


def answer(*steps: Any) -> Applied | Invalid:
    return submit(TEXT, [], items(*steps))


@pytest.mark.parametrize("step", ODD_FORMS.values(), ids=ODD_FORMS)
def test_a_form_that_is_not_known_is_refused(step: Any) -> None:
    assert answer(step) == gate.ODD_FORM


@pytest.mark.parametrize(("reason", "step"), OTHERS.values(), ids=OTHERS)
def test_it_is_refused_with_its_reason(reason: Invalid, step: Any) -> None:
    assert answer(step) == reason


@pytest.mark.parametrize("character", UNWANTED, ids=ascii)
def test_trap_3_characters_that_no_text_needs_are_refused(character: str) -> None:
    assert answer(typed(1, f"x{character}y")) == gate.ODD_WORDS


@pytest.mark.parametrize("character", WANTED, ids=ascii)
def test_characters_that_languages_need_are_let_in(character: str) -> None:
    assert isinstance(answer(typed(1, f"x{character}y")), Applied)


def test_an_empty_batch_is_refused() -> None:
    assert answer() == gate.NO_STEPS


def test_a_batch_of_too_many_steps_is_refused() -> None:
    assert isinstance(answer(*[typed(1, "x")] * 200), Applied)
    assert answer(*[typed(1, "x")] * 201) == gate.TOO_MANY_STEPS


def test_many_small_steps_are_too_large_together() -> None:
    assert answer(*[typed(1, "x" * 700)] * 100) == gate.TOO_LARGE


@pytest.mark.parametrize("keys", [("k", "k"), ("", "k"), ("k 1", "k"), ("k" * 41, "k"), (1, "k")])
def test_each_step_needs_a_key_of_its_own(keys: tuple[Any, ...]) -> None:
    batch = [Item(key, typed(1, "x")) for key in keys]
    assert submit(TEXT, [], batch) == gate.ODD_KEYS


def test_one_odd_step_spoils_the_batch() -> None:
    assert answer(typed(1, "x"), label(1)) == gate.ODD_VALUE


def test_what_nests_without_end_is_refused_at_once() -> None:
    deep: Any = run("x")
    for _ in range(100_000):
        deep = [deep]
    assert answer(sliced(deep)) == gate.ODD_FORM
    assert answer({**struck(1, 2), "note": deep}) == gate.ODD_FORM


@pytest.mark.parametrize("step", [split(4), label("a)"), label(None), label(0, attr="level")])
def test_what_an_editor_makes_is_let_in(step: Json) -> None:
    assert isinstance(answer(step), Applied)
