"""A batch on the text it was made on: applied whole, or refused with nothing changed."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prosemirror.model import Node, resolvedpos
from prosemirror.transform import Step

from drafting.domain.text import from_json, to_json
from drafting.launch import frontend
from drafting.launch.environment import REPOSITORY
from drafting.launch.frontend import STATIC
from drafting.steps import Applied, Invalid, canonical, checksum, perform, standard, submit
from drafting.steps.applying import after
from drafting.steps.schema import FILE, dump, load, schema
from drafting.steps.submit import DOES_NOT_FIT, TOO_LONG, TOO_MANY_MARKS
from tests.domain import strategies
from tests.steps.dice import Dice, as_json
from tests.steps.words import (
    ISL,
    applied,
    closing,
    doc,
    document,
    insertion,
    items,
    marked,
    opening,
    paragraph,
    put,
    reads,
    run,
    split,
    struck,
    typed,
    unmarked,
    value,
)

EM = {"type": "em"}
seeds = st.integers(0, 2**32)


def test_typing_is_applied() -> None:
    done = applied(doc("the beacon"), typed(5, "old "), typed(9, "lit "))
    assert reads(done.content) == "the old lit beacon"
    assert (done.keys, done.dropped) == (("k0", "k1"), ())
    assert from_json(done.content) == done.after
    assert reads(to_json(done.before)) == "the beacon"


def test_a_paragraph_is_split_and_joined_again() -> None:
    halves = applied(doc("the beacon"), split(5)).content
    assert reads(halves) == "the \nbeacon"
    assert reads(applied(halves, {**struck(5, 7), "structure": True}).content) == "the beacon"


def test_a_label_and_a_level_are_set_as_a_step() -> None:
    label = {"stepType": "attr", "pos": 0, "attr": "label", "value": "2bis"}
    level = {"stepType": "attr", "pos": 0, "attr": "level", "value": 3}
    text = value(doc("x"), label, level)
    assert (text.label, text.level) == ("2bis", 3)


@pytest.mark.parametrize(
    "step",
    [
        typed(99, "x"),
        typed(0, "x"),
        struck(0, 1),
        struck(0, 5),
        marked(1, 99, EM),
        put(1, paragraph()),
        {"stepType": "attr", "pos": 1, "attr": "label", "value": "1"},
        {"stepType": "attr", "pos": 99, "attr": "label", "value": "1"},
        {**struck(1, 3), "structure": True},
    ],
    ids=str,
)
def test_a_step_that_does_not_fit_refuses_the_batch(step: Any) -> None:
    content = doc("one")
    assert isinstance(submit(content, [], items(typed(1, "x"), step)), Invalid)
    assert content == doc("one")


def test_an_attribute_of_a_marker_is_not_a_paragraphs() -> None:
    content = document(paragraph(opening("b1")))
    step = {"stepType": "attr", "pos": 1, "attr": "label", "value": "1"}
    assert submit(content, [], items(step)) == DOES_NOT_FIT


def test_a_text_keeps_a_paragraph() -> None:
    assert isinstance(submit(doc("one"), [], items(struck(0, 5))), Invalid)


@pytest.mark.parametrize(
    "step", [typed(2, "x"), struck(1, 2), marked(2, 3, EM), unmarked(1, 2, EM)]
)
def test_trap_4_a_position_inside_a_character_is_refused(step: Any) -> None:
    assert submit(doc("🌊"), [], items(step)) == DOES_NOT_FIT
    assert isinstance(submit(doc("🌊"), [], items(typed(3, "x"))), Applied)


def test_trap_3_nothing_that_the_library_raises_comes_out() -> None:
    steps = [typed(at, "x") for at in range(40)] + [struck(at, at + 7) for at in range(40)]
    for step in steps:
        assert isinstance(submit(doc("🌊a\n\nb"), [], items(step)), Applied | Invalid)


def test_trap_1_the_browser_has_the_version_whose_steps_are_known_here() -> None:
    manifest = json.loads((STATIC / "package.json").read_text())
    assert manifest["overrides"] == {"prosemirror-transform": "1.12.2"}
    locked = json.loads((STATIC / "package-lock.json").read_text())["packages"]
    found = [
        one["version"] for name, one in locked.items() if name.endswith("prosemirror-transform")
    ]
    assert found == ["1.12.2"]


def test_trap_5_no_node_wraps_another_but_the_document_its_paragraphs() -> None:
    content = {name: node.spec.get("content", "") for name, node in schema().nodes.items()}
    assert {name: what for name, what in content.items() if what} == {
        "doc": "paragraph+",
        "paragraph": "inline*",
    }


def test_trap_9_the_schema_is_the_one_file_that_the_browser_loads() -> None:
    assert [*schema().nodes] == [
        "doc", "paragraph", "text", "bracket_open", "bracket_close", "footnote_ref",
    ]  # fmt: skip
    assert schema().marks["sup"].excludes(schema().marks["sub"])
    assert FILE in frontend.sources()
    dockerfile = (REPOSITORY / "drafting" / "deploy" / "Dockerfile").read_text()
    assert f"COPY {FILE.relative_to(REPOSITORY)} ../" in dockerfile


def test_a_text_cannot_grow_beyond_bounds() -> None:
    content = document(*[paragraph(run("x" * 10_000))] * 10)
    assert submit(content, [], items(typed(1, "x"))) == TOO_LONG


def test_marks_cannot_be_heaped_up() -> None:
    content = doc("x")
    for first in range(0, 40, 20):
        heap = [marked(1, 2, insertion(f"c{n}", ISL)) for n in range(first, first + 20)]
        content = applied(content, *heap).content
    assert submit(content, [], items(marked(1, 2, insertion("c41", ISL)))) == TOO_MANY_MARKS


def test_what_is_flawed_elsewhere_does_not_stop_an_edit() -> None:
    flawed = {"type": "text", "text": "x", "marks": [EM, EM]}
    done = applied(document(paragraph(flawed), paragraph()), typed(4, "y"))
    assert done.content == document(paragraph(run("x", EM)), paragraph(run("y")))


def test_stored_text_is_read_as_the_browser_writes_it() -> None:
    asked = insertion("c1", ISL)
    struck_out = {**asked, "type": "deletion"}
    kept = document(paragraph(run("a", struck_out, asked), run("b", asked, struck_out)))
    assert standard(kept) == document(paragraph(run("ab", asked, struck_out)))


def test_the_sum_is_of_the_canonical_json() -> None:
    content = document(paragraph(run('"é"\\\t🌊\u2028', EM), opening("b1"), closing("b1")))
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(content) == text.encode()
    assert checksum(content) == crc32(text.encode())


@given(strategies.texts())
def test_any_text_is_read_and_written_without_loss(text: Any) -> None:
    content = standard(to_json(text))
    assert standard(content) == content
    assert to_json(from_json(content)) == content
    load(content).check()


@given(seeds)
def test_steps_are_applied_undone_and_written_as_laws_have_it(seed: int) -> None:
    dice = Dice(seed)
    start = dice.document()
    content, steps = dump(start), dice.steps(start, 5)
    kept = deepcopy(content)
    done = perform(content, as_json(steps))
    assert isinstance(done, Applied)
    assert content == kept
    assert done.steps == tuple(as_json(steps))
    assert standard(done.content) == done.content
    assert dump(through(start, steps)) == done.content


def through(current: Node, steps: list[Step]) -> Node:
    """The document after steps that went through JSON; each can be undone."""
    for step in steps:
        again = Step.from_json(schema(), dict(step.to_json()))
        changed = after(current, again)
        assert changed is not None
        if not hasattr(
            step, "mark"
        ):  # a mark over words that have it already is not undone exactly
            back = after(changed, again.invert(current))
            assert back is not None
            assert back.eq(current)
        current = changed
    return current


def test_no_text_is_remembered() -> None:
    applied(doc("the beacon"), typed(5, "old "))
    assert resolvedpos._resolve_cache == {}, "the library would keep every text for ever"
