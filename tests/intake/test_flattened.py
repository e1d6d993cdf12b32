"""Redlines whose marks were lost, taken apart."""

from __future__ import annotations

import json
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.redline import Op
from drafting.intake.flattened import Segments, interleaved, unflatten, words_of
from tests.shared import needs_shared, shared


def marked(segments: Segments) -> str:
    dress = {Op.KEEP: "{}", Op.DEL: "[-{}-]", Op.INS: "[+{}+]"}
    return "".join(dress[op].format(words) for op, words in segments)


@needs_shared
def test_every_line_of_a_real_paper_comes_apart_as_by_hand() -> None:
    lines = shared("seeds/000_05781ee83e4d6dab.txt").read_text("utf-8").split("\n")
    golden = json.loads(shared("cases/seeds-000-segments.json").read_text("utf-8"))
    vocabulary = words_of(lines)
    found = {str(n): unflatten(line, vocabulary=vocabulary) for n, line in enumerate(lines, 1)}
    wrong = [
        number
        for number, segments in golden.items()
        if [[op.value, words] for op, words in found[number].segments] != segments
    ]
    asked = [number for number, line in found.items() if line.doubts]
    print(f"{len(golden) - len(wrong)} of {len(golden)} lines right, asked about {asked}")
    assert wrong == []
    assert asked == ["51"]


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        (
            "RESOLUTION 64 (Rev. CastelmarPort Lorne, 20237)",
            "RESOLUTION 64 (Rev. [-Castelmar-][+Port Lorne+], 202[-3-][+7+])",
        ),
        (
            "(Rev. Port LorneCastelmar, 20273)",
            "(Rev. [+Port Lorne+][-Castelmar-], 202[+7+][-3-])",
        ),
        ("(TarnHallam, 20222026)", "([-Tarn-][+Hallam+], [-2022-][+2026+])"),
        ("(TarnHallam, 202226)", "([-Tarn-][+Hallam+], 20[-22-][+26+])"),
        ("(Tarn, 2022Hallam, 2026)", "([-Tarn, 2022-][+Hallam, 2026+])"),
        ("at DA-2226 it", "at DA-[-22-][+26+] it"),
        ("at DA-22 26 it", "at DA-[-22 -][+26 +]it"),
        ("at DA-262 it", "at DA-2[+6+][-2-] it"),
        ("the Tarn Hallam Plan", "the [-Tarn -][+Hallam +]Plan"),
        ("Castelmar, 2023", "Castelmar, 2023"),
        ("at DA-22 it", "at DA-22 it"),
        ("(Castelmar, 2023) and (Port Lorne, 2027)", "(Castelmar, 2023) and (Port Lorne, 2027)"),
    ],
)
def test_editions_run_together_come_apart(line: str, apart: str) -> None:
    assert marked(unflatten(line).segments) == apart


PAPER = [
    "to send a mender to each harbour with the spares it asked for",
    "to keep a list of parts",
    "consistent with Resolution 12 (CastelmarPort Lorne, 20237) to send a mender with the "
    "spareskeep a list of parts, on shore, for all harbours;",
]


def test_a_joined_word_betrays_a_phrase_put_in_the_place_of_another_and_asks() -> None:
    found = unflatten(PAPER[2], vocabulary=words_of(PAPER))
    assert "[+send a mender with the spares+][-keep a list of parts" in marked(found.segments)
    assert found.new.endswith("to send a mender with the spares;")
    assert found.doubts
    assert all("".join(words for _, words in other) == PAPER[2] for other in found.doubts)


def test_a_word_of_the_base_is_no_joint() -> None:
    words = words_of(["gauge keeper gauge keeper"])
    base = "the gaugekeeper"
    assert not unflatten("the gaugekeeper", vocabulary=words, base=base).changed


@given(st.text(alphabet="abcd1 ", max_size=8), st.text(alphabet="abcd1 ", max_size=8), st.data())
def test_two_texts_run_together_are_both_read_back(old: str, new: str, data: st.DataObject) -> None:
    order = data.draw(st.permutations([0] * len(old) + [1] * len(new)))
    sources = [iter(old), iter(new)]
    merged = "".join(next(sources[side]) for side in order)
    found = interleaved(merged, old, new)
    if found is None:
        assert len(merged) <= max(len(old), len(new))
        return
    assert "".join(words for op, words in found if op is not Op.INS) == old
    assert "".join(words for op, words in found if op is not Op.DEL) == new
    assert "".join(words for _, words in found) == merged


def _readings(merged: str, old: str, new: str) -> list[list[Op]]:
    """Every way to read `merged` as both texts, by brute force."""
    if not merged:
        return [[]] if not old and not new else []
    out: list[list[Op]] = []
    char, rest = merged[0], merged[1:]
    if old[:1] == new[:1] == char:
        out += [[Op.KEEP, *more] for more in _readings(rest, old[1:], new[1:])]
    if old[:1] == char:
        out += [[Op.DEL, *more] for more in _readings(rest, old[1:], new)]
    if new[:1] == char:
        out += [[Op.INS, *more] for more in _readings(rest, old, new[1:])]
    return out


fates = st.lists(st.tuples(st.sampled_from(list(Op)), st.sampled_from("ab")), max_size=9)


@given(fates)
def test_of_several_readings_one_with_the_fewest_pieces_holds(made: list[tuple[Op, str]]) -> None:
    merged = "".join(char for _, char in made)
    old = "".join(char for op, char in made if op is not Op.INS)
    new = "".join(char for op, char in made if op is not Op.DEL)
    found = interleaved(merged, old, new)
    if found is None:
        assert len(merged) <= max(len(old), len(new))
        return
    fewest = min(len(list(groupby(reading))) for reading in _readings(merged, old, new))
    assert len(found) == fewest


@given(st.text(alphabet="TarnHlm, 2026-DA()", max_size=40))
def test_taking_apart_loses_no_character(line: str) -> None:
    found = unflatten(line, vocabulary=words_of([line]))
    assert "".join(words for _, words in found.segments) == line
