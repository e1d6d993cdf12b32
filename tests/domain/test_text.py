"""Texts: their JSON gives them back, and every constructor gives normal text."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain import draft as drafts
from drafting.domain.draft import Draft
from drafting.domain.text import (
    FORMATS,
    BracketClose,
    BracketKind,
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
    accepted,
    from_json,
    inlines,
    normal,
    plain,
    printed,
    rejected,
    sources,
    text_of,
    to_json,
    with_label,
)
from tests.domain import strategies

SCHEMA: dict[str, Any] = json.loads(
    (files("drafting.domain") / "schema.json").read_text(encoding="utf-8")
)


# --- laws -------------------------------------------------------------------------------------


@given(strategies.texts())
def test_the_json_of_a_text_gives_the_text_back(text: Text) -> None:
    assert from_json(json.loads(json.dumps(to_json(text)))) == text


@given(strategies.drafts())
def test_the_json_of_a_draft_gives_the_draft_back(draft: Draft) -> None:
    assert drafts.from_json(json.loads(json.dumps(drafts.to_json(draft)))) == draft


@given(strategies.texts())
def test_accepting_and_rejecting_settle_everything(text: Text) -> None:
    for settled in (accepted(text), rejected(text)):
        assert not any(piece.changes for piece in inlines(settled))
        assert accepted(settled) == rejected(settled) == settled
        assert len(settled.paragraphs) == len(text.paragraphs)


@given(strategies.texts())
def test_texts_made_by_functions_are_normal(text: Text) -> None:
    for made in (accepted(text), rejected(text), with_label(text, "9"), from_json(to_json(text))):
        for paragraph in made.paragraphs:
            assert normal(paragraph.inlines) == paragraph.inlines


@given(st.lists(strategies.pieces))
def test_normal_keeps_every_character_and_marker(pieces: list[Any]) -> None:
    made = normal(pieces)
    assert normal(made) == made
    assert plain(Text((Paragraph(made),))) == plain(Text((Paragraph(tuple(pieces)),)))
    assert [p for p in made if not isinstance(p, Run)] == [
        p for p in pieces if not isinstance(p, Run)
    ]


@given(strategies.texts(), strategies.labels)
def test_another_label_changes_nothing_else(text: Text, label: str | None) -> None:
    assert with_label(text, label).label == label
    assert with_label(with_label(text, label), text.label) == text


@given(st.text())
def test_plain_words_come_back_from_a_text(words: str) -> None:
    assert plain(text_of(words)) == words


# --- the schema shared with the browser -------------------------------------------------------


def allows(node: dict[str, Any], attributes: dict[str, Any]) -> None:
    """The attributes are those of the schema, and whatever has no default is there."""
    known = attributes.get("attrs", {})
    given = node.get("attrs", {})
    assert set(given) <= set(known)
    assert {name for name, rule in known.items() if "default" not in rule} <= set(given)


@given(strategies.texts())
def test_the_json_of_a_text_keeps_to_the_schema(text: Text) -> None:
    nodes, marks = SCHEMA["nodes"], SCHEMA["marks"]
    for paragraph in to_json(text)["content"]:
        allows(paragraph, nodes["paragraph"])
        for child in paragraph.get("content", ()):
            assert nodes[child["type"]]["group"] == "inline"
            allows(child, nodes[child["type"]])
            for mark in child.get("marks", ()):
                allows(mark, marks[mark["type"]])


def test_the_schema_knows_every_format_and_kind_of_change() -> None:
    assert set(SCHEMA["marks"]) == {*FORMATS, "insertion", "deletion", "note"}
    assert SCHEMA["nodes"]["bracket_open"]["attrs"]["kind"]["default"] in set(BracketKind)


def test_changes_and_notes_may_lie_on_one_another() -> None:
    for mark in ("insertion", "deletion", "note"):
        assert SCHEMA["marks"][mark]["excludes"] == ""


# --- examples ---------------------------------------------------------------------------------


def test_printed_words_have_their_brackets_and_labels() -> None:
    text = Text(
        (
            Paragraph(
                (BracketOpen("b1", before_label=True), Run("keep "), BracketOpen("b2")), "a)"
            ),
            Paragraph((Run("lights"), BracketClose("b2"), BracketClose("b1"))),
        )
    )
    assert printed(text) == "[a)\tkeep [\nlights]]"
    assert printed(text, with_label=False) == "[keep [\nlights]]"


def test_sources_are_named_once_in_order() -> None:
    one = PendingChange("insertion", "c1", "KES/75/4")
    two = PendingChange("deletion", "c2", "ISL/79A2/13")
    runs = (Run("a", changes=(one,)), Run("b", changes=(two, one)))
    assert sources(Text((Paragraph(runs),))) == ("KES/75/4", "ISL/79A2/13")


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"type": "doc", "content": []},
        {"type": "paragraph"},
        {"type": "doc", "content": [{"content": [{"type": "table"}]}]},
    ],
)
def test_what_is_no_text_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_json(document)


def test_what_is_no_draft_is_refused() -> None:
    with pytest.raises(ValueError, match=drafts.SCHEMA):
        drafts.from_json({"schema": "drafting/draft-0"})


def test_the_documented_example_is_a_draft() -> None:
    document = (Path(drafts.__file__).parent.parent / "docs" / "EXPORT.md").read_text("utf-8")
    example = json.loads(document.split("```json")[1].split("```")[0])
    assert drafts.to_json(drafts.from_json(example)) == example
    for field in field_names(example):
        assert f"`{field}`" in document, field


def test_a_draft_from_before_places_were_open_reads_as_placed() -> None:
    option = drafts.Option("o1", text_of("to count the lamps;"), stands=True)
    known = drafts.Provision("p1", drafts.ProvisionKind.ITEM, (option,))
    told = drafts.to_json(drafts.Draft(drafts.Header(), (known,)))
    assert "placed" not in told["provisions"][0]
    assert drafts.from_json(told).provisions == (known,)
    open_ = replace(known, placed=False)
    again = drafts.to_json(drafts.Draft(drafts.Header(), (open_,)))
    assert again["provisions"][0]["placed"] is False
    assert drafts.from_json(again).provisions == (open_,)


def field_names(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(field_names, value))
    if not isinstance(value, dict) or value.get("type") == "doc":
        return set()
    return set(value).union(*map(field_names, value.values()))
