"""What comes in from outside: refused with one sentence, or read right; never anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.sentences import unpack
from drafting.intake import child
from drafting.intake.inspection import Form, inspect
from drafting.intake.unreadable import Unreadable
from tests.effort import within
from tests.intake.bad_files import GOOD, MIB, REFUSED, of_type, spoilt
from tests.intake.builders import ins, members, p, r, row, table, zipped
from tests.intake.odd_files import READ
from tests.tries import examples

YARDS = 500


def read(data: bytes) -> dict[str, Any]:
    """What the reading child would say, without the child."""
    told: dict[str, Any] = json.loads(child.read(data))
    return told


def refusal_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    return str(refusal.value)


def words(paper: dict[str, Any]) -> str:
    return "".join(run["text"] for run in paper["paragraphs"][0]["runs"])


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_a_sentence_that_says_why(name: str) -> None:
    data, why = REFUSED[name]
    sentence = within(YARDS, lambda: refusal_of(data))
    assert why in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 120


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_still_read_right(name: str) -> None:
    data, first = READ[name]
    assert words(within(YARDS, lambda: read(data))) == first


def test_there_are_more_than_sixty_bad_files() -> None:
    assert len(REFUSED) > 60


@pytest.mark.parametrize(
    ("name", "warning"),
    [
        ("a macro", "macros; they were not run"),
        ("an embedded object", "embedded objects"),
        ("a picture from outside", "from outside; they were not fetched"),
        ("a field that never ends", "field"),
        ("a text with control characters", "Control characters were left out: 2."),
        ("a symbol that is no number", "signs of a picture font"),
        ("a prompt of a form", "nobody filled in"),
        ("a picture", "pictures, charts or diagrams"),
        ("a list that counts in Hebrew", "counts in a way not known"),
    ],
)
def test_what_was_left_out_is_told(name: str, warning: str) -> None:
    assert any(warning in told for told in unpack(read(READ[name][0])["warnings"]))


def test_a_good_file_has_no_warnings() -> None:
    assert read(zipped(GOOD))["warnings"] == []


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (zipped(GOOD), Form.DOCX),
        (of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), Form.DOCX),
        (b"RESOLUTION 7", Form.TXT),
        (b"\xef\xbb\xbfRESOLUTION 7", Form.TXT),
        (b"[a) to light the buoys;]", Form.TXT),
        (b"<akomaNtoso/>", Form.AKN),
        ("<akomaNtoso/>".encode("utf-16"), Form.AKN),
        (b'{"schema": "drafting/draft-1"}', Form.JSON),
        (b'{"schema": "drafting/draft-1", ', Form.JSON),  # to take it apart is the child's work
    ],
)
def test_the_bytes_decide_what_a_file_is_and_never_its_name(data: bytes, form: Form) -> None:
    assert {inspect(name, data).form for name in ("a.docx", "a.pdf", "a", "")} == {form}


def test_limits_hold_to_the_byte() -> None:
    inspect("", b"a" * (25 * MIB))
    most = 2_000 - len(GOOD)
    inspect("", zipped({**GOOD, **{f"a/{n}": b"" for n in range(most)}}))
    with pytest.raises(Unreadable, match="2,000"):
        inspect("", zipped({**GOOD, **{f"a/{n}": b"" for n in range(most + 1)}}))


def test_a_large_part_that_packs_as_text_packs_is_no_bomb() -> None:
    page = " ".join(f"buoy {n * 7919 % 100_003}" for n in range(400_000))
    assert inspect("", spoilt(word__long_xml=page)).form is Form.DOCX


def test_a_document_type_cut_by_the_reading_of_chunks_is_found() -> None:
    for offset in (1, 5, 9):
        part = " " * (64 * 1024 - offset) + "<!DOCTYPE w><w/>"
        with pytest.raises(Unreadable, match="entities"):
            inspect("", spoilt(word__part_xml=part))


PROBE = members(
    p(r("that "), ins(r("lit ")), r("buoys"), number=(1, 0), mark="ins"),
    table(row(p(r("cell")), tracked="del")),
    numbering="", styles="", comments="", footnotes="",
)  # fmt: skip


@settings(max_examples=examples(150))
@given(
    st.sampled_from(sorted(PROBE)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_bytes_changed_in_any_part_give_a_paper_or_a_sentence(
    name: str, changes: list[tuple[float, int]]
) -> None:
    try_to_read(zipped({**PROBE, name: changed(PROBE[name], changes)}))


@settings(max_examples=examples(150))
@given(
    st.sampled_from([0, 8]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_bytes_changed_in_the_zip_give_a_paper_or_a_sentence(
    method: int, changes: list[tuple[float, int]]
) -> None:
    try_to_read(changed(zipped(PROBE, method), changes))


@settings(max_examples=examples(100))
@given(
    st.binary(max_size=300)
    | st.text(alphabet="*~#[]() <>/\\-bsu\n\t“é", max_size=300).map(str.encode)
)
def test_any_bytes_give_a_paper_or_a_sentence(data: bytes) -> None:
    try_to_read(data)


def changed(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    """The bytes with some replaced, each at a share of the length."""
    out = bytearray(data)
    for share, byte in changes:
        out[min(int(share * len(out)), len(out) - 1)] = byte
    return bytes(out)


def try_to_read(data: bytes) -> None:
    try:
        read(data)
    except Unreadable as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - a reading without refusal is right, too
