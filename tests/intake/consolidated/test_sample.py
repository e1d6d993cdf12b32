"""The sample conference's consolidated draft, beside the truth written by hand."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from drafting.domain.draft import Draft, Option, OptionKind, Provision
from drafting.domain.paper import Against, compose
from drafting.domain.text import BracketOpen, accepted, inlines, plain, printed, sources
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.docx import read_docx
from drafting.intake.parsed import ParsedPaper
from drafting.intake.reading import DraftReading
from drafting.render.docx import render_docx
from tests.intake.consolidated.papers import every_answer_works, is_sound
from tests.shared import REPO

SAMPLE = REPO / "drafting/sample"


@cache
def base() -> Draft:
    reading = read_base(read_docx((SAMPLE / "docx/base.docx").read_bytes()), {})
    return Draft(reading.header, reading.provisions)


@cache
def parsed() -> ParsedPaper:
    return read_docx((SAMPLE / "docx/DL_12.docx").read_bytes())


@cache
def reading() -> DraftReading:
    return read_consolidated(parsed(), base(), {})


@cache
def truth() -> list[dict[str, Any]]:
    states = tomllib.loads((SAMPLE / "consolidated.toml").read_text("utf-8"))["provision"]
    return list(states)


def test_the_sample_has_the_provisions_that_were_written_down_in_their_order() -> None:
    is_sound(reading(), base())
    ours = [p.key if p.base else None for p in reading().provisions]
    assert ours == [f"p{s['base']}" if "base" in s else None for s in truth()]


def test_every_option_of_the_sample_is_as_written_down() -> None:
    for state, provision in zip(truth(), reading().provisions, strict=True):
        _is_as_written(state, provision)


def _is_as_written(state: dict[str, Any], provision: Provision) -> None:
    options = list(provision.options)
    if state.get("deleted") or "moved_to" in state:
        assert [(o.kind, o.stands) for o in options] == [(OptionKind.DELETE, True)], state["id"]
        return
    if "option" not in state:
        (option,) = options
        assert option.stands, state["id"]
        assert provision.base is not None
        assert plain(option.text) == plain(provision.base), state["id"]
        assert option.text.label == state.get("label"), state["id"]
        return
    assert len(options) == len(state["option"]), state["id"]
    assert provision.mode.value == state.get("mode", "exclusive"), state["id"]
    for expected, option in zip(state["option"], options, strict=True):
        _is_option(expected, option, state)


def _is_option(expected: dict[str, Any], option: Option, state: dict[str, Any]) -> None:
    place = state["id"]
    kinds = {"DELETE": OptionKind.DELETE, "NO_TEXT": OptionKind.NO_TEXT}
    assert option.kind is kinds.get(expected["op"], OptionKind.TEXT), place
    by = [a.code for a in option.attributions]
    assert by == expected.get("by", []), place
    if option.kind is not OptionKind.TEXT:
        return
    words = accepted(option.text)
    assert option.text.label == expected.get("label", state.get("label")), place
    leads = sum(isinstance(m, BracketOpen) and m.before_label for m in inlines(words))
    assert "[" * leads == expected.get("opens", ""), place
    assert printed(words, with_label=False)[leads:] == expected["text"], place
    fragments = [fragment["by"] for fragment in _listed(expected.get("fragment"))]
    assert [code for by in fragments for code in by] == list(sources(option.text)), place


def _listed(found: Any) -> list[dict[str, Any]]:
    return found if isinstance(found, list) else [found] if found else []


def test_the_sample_s_moves_and_notes_are_found() -> None:
    pairs = dict(zip((s["id"] for s in truth()), reading().provisions, strict=True))
    for state in truth():
        if "moved_from" in state:
            assert pairs[state["id"]].moved_from == pairs[state["moved_from"]].key
        if "note" in state:
            assert [note.text for note in pairs[state["id"]].notes] == [state["note"]]


def test_what_the_sample_leaves_open_is_asked() -> None:
    assert [q.kind for q in reading().questions] == ["bracket", "grouping", "grouping"]
    assert every_answer_works(parsed(), base()) >= 6


def test_the_sample_written_out_by_us_is_read_back_option_by_option() -> None:
    draft = Draft(reading().header, reading().provisions)
    file = read_docx(render_docx(compose(draft, Against.BASE)))
    again = read_consolidated(file, base(), {})
    assert [_seen(p) for p in again.provisions] == [_seen(p) for p in draft.provisions]


def _seen(provision: Provision) -> tuple[object, ...]:
    """What a reader sees of a provision, notes apart."""
    options = [
        (o.kind, o.stands, [a.code for a in o.attributions], printed(o.text), sources(o.text))
        for o in provision.options
    ]
    moved = bool(provision.moved_from), bool(provision.moved_to)
    return provision.kind, provision.level, provision.status, moved, options
