"""Calls by lexicon: all of the field's, and nothing that only begins like one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.calls import Call, Phase, is_call, parse_call, split_addressees
from tests.shared import REPO, needs_shared, shared


@needs_shared
def test_every_entry_of_the_lexicon_is_a_call_with_every_addressee() -> None:
    lexicon = json.loads(shared("cases/call-lexicon.json").read_text("utf-8"))
    for line in lexicon["preambular"]:
        call = parse_call(line)
        assert call is not None, line
        assert call.phase is Phase.PREAMBULAR
    named = [name for entry in lexicon["addressees"] for name in entry.split("|")]
    named = [name.replace("...", "on Naming") for name in named]
    for head in lexicon["operative_head"]:
        for name in named if "ADDRESSEES" in head else [""]:
            line = head.replace("ADDRESSEES", name)
            call = parse_call(line)
            assert call is not None, line
            assert call.phase is Phase.OPERATIVE
            assert call.addressees == ((name,) if name else ())


@needs_shared
def test_the_calls_of_a_real_base_are_found_and_nothing_else() -> None:
    lines = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    calls = [line for line in lines if is_call(line)]
    assert calls == [line for line in lines if _looks_alone(line)]


def _looks_alone(line: str) -> bool:
    return len(line) < 150 and line[0].islower() and line[-1].isalpha() and "\t" not in line


@needs_shared
def test_a_quotation_that_begins_like_a_call_is_none() -> None:
    lines = shared("seeds/001_e24b8fc3b0803247.txt").read_text("utf-8").split("\n")
    quoted = lines[104].partition('"')[2].replace("*", "")
    assert quoted.startswith("Recognizing")
    assert not is_call(quoted)


def test_the_calls_of_the_sample_are_found_and_nothing_else() -> None:
    lines = (REPO / "drafting/sample/base.txt").read_text("utf-8").splitlines()
    calls = [line.strip() for line in lines if is_call(line.strip())]
    assert len(calls) == 10
    assert calls[0] == "recalling"
    assert calls[-1] == "invites Member States and Associates"


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("recalling", Call(Phase.PREAMBULAR, "recalling")),
        ("Recognizing further,", Call(Phase.PREAMBULAR, "recognizing", "further")),
        ("noting with concern ", Call(Phase.PREAMBULAR, "noting", mood="with concern")),
        (
            "FURTHER INSTRUCTS THE SECRETARY-GENERAL",
            Call(Phase.OPERATIVE, "instructs", "further", ("THE SECRETARY-GENERAL",)),
        ),
        (
            "resolves to instruct the Council",
            Call(Phase.OPERATIVE, "resolves to instruct", None, ("the Council",)),
        ),
        (
            "resolves further to invite Member States",
            Call(Phase.OPERATIVE, "resolves to invite", "further", ("Member States",)),
        ),
        (
            "[Decides][Requests] the Observation Bureau",
            Call(Phase.OPERATIVE, "decides", None, ("the Observation Bureau",), ("requests",)),
        ),
        (
            "[instructs the Director of the Observation Bureau]",
            Call(Phase.OPERATIVE, "instructs", None, ("the Director of the Observation Bureau",)),
        ),
        (
            "instructs the Secretary-General, in consultation with the Council and Member States,",
            Call(
                Phase.OPERATIVE,
                "instructs",
                None,
                ("the Secretary-General",),
                beside=("the Council", "Member States"),
            ),
        ),
    ],
)
def test_calls_are_taken_apart(line: str, call: Call) -> None:
    assert parse_call(line) == call


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Member States and Associates", ("Member States", "Associates")),
        ("Member States, Sector Members and Associates", None),
        ("the Director of the Chart Bureau and the Director of the Gauge Bureau", None),
        ("the Rules and Forms Bureau", ("the Rules and Forms Bureau",)),
        ("the Council and Member States", ("the Council", "Member States")),
        ("the Secretary-General and the Directors of the Bureaux", None),
    ],
)
def test_addressees_are_split_at_their_own_conjunctions(
    words: str, names: tuple[str, ...] | None
) -> None:
    expected = names or tuple(words.replace(" and ", ", ").split(", "))
    assert split_addressees(words) == expected


@pytest.mark.parametrize(
    "line",
    [
        "recalling Resolution 12 of this conference",
        "noting with concern that lights go out",
        "invites Member States to lend skilled hands",
        "requests for repair, however made",
        "resolves the matter",
        "to invite Member States",
        "a)\trecalling",
        "the Council",
        "",
    ],
)
def test_sentences_and_items_are_no_calls(line: str) -> None:
    assert not is_call(line)


@given(
    st.sampled_from(["instructs", "further instructs", "invites", "resolves to instruct"]),
    st.lists(
        st.sampled_from(
            ["the Council", "Member States", "Associates", "the Director of the Chart Bureau"]
        ),
        min_size=1,
        max_size=4,
        unique=True,
    ),
)
def test_any_list_of_addressees_is_read_back(verb: str, names: list[str]) -> None:
    *first, last = names
    listed = f"{', '.join(first)} and {last}" if first else last
    call = parse_call(f"{verb} {listed} ")
    assert call is not None
    assert call.addressees == tuple(names)


@given(st.text(max_size=60))
def test_no_line_makes_the_parser_fail(line: str) -> None:
    parse_call(line)
