"""An exported draft comes back as it was; anything else is refused with one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drafting.sample as sample
from drafting.domain.draft import Draft, Provision, to_json
from drafting.domain.positions import Package, Position, Stance
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.docx import read_docx
from drafting.intake.snapshot import read_snapshot
from drafting.intake.unreadable import Unreadable
from tests.domain.strategies import drafts
from tests.tries import examples


@cache
def draft() -> Draft:
    """The sample's consolidated draft, with options, brackets, notes, moves."""
    papers = sample.load()
    base = read_base(read_docx(papers.base_docx.read_bytes()), {})
    beside = Draft(base.header, base.provisions)
    reading = read_consolidated(read_docx(papers.consolidated.read_bytes()), beside, {})
    return Draft(reading.header, reading.provisions)


def bytes_of(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def test_an_exported_draft_comes_back_as_it_was() -> None:
    assert read_snapshot(bytes_of(to_json(draft()))) == draft()
    assert any(len(provision.options) > 1 for provision in draft().provisions)


def storable(value: Draft) -> Draft:
    """The draft as a database would hold it: with reasons, and somebody in each attribution."""
    return replace(value, provisions=tuple(map(_storable, value.provisions)))


def _storable(provision: Provision) -> Provision:
    named = (
        replace(o, attributions=tuple(who for who in o.attributions if who.code or who.name))
        for o in provision.options
    )
    return replace(provision, status_reason="why", options=tuple(named))


@st.composite
def spoken_of(draw: st.DrawFn) -> Draft:
    """A draft of which delegations say something, and in which texts are tied."""
    value = storable(draw(drafts()))
    keys = [p.key for p in value.provisions]
    things = [(p.key, option) for p in value.provisions for option in (None, *p.options)]
    said = draw(
        st.lists(st.sampled_from(things), max_size=4, unique=True) if things else st.just([])
    )
    names = st.text("Lamps éß ", min_size=1, max_size=9)
    positions = tuple(
        Position(
            *(key, option.key if option else None, None, draw(st.sampled_from(("KES", "VAL")))),
            *(draw(st.sampled_from(Stance)), draw(st.text("so be it", max_size=9)), draw(names)),
            *(draw(st.booleans()), draw(st.datetimes(timezones=st.just(UTC)))),
        )
        for key, option in said
    )
    tied = draw(
        st.lists(st.lists(st.sampled_from(keys), unique=True), max_size=2) if keys else st.just([])
    )
    packages = tuple(Package(n, draw(names), tuple(held)) for n, held in enumerate(tied, 1))
    return replace(value, positions=positions, packages=packages)


@settings(max_examples=examples(40))
@given(spoken_of())
def test_any_draft_comes_back_as_it_was(value: Draft) -> None:
    assert read_snapshot(bytes_of(to_json(value))) == value


Change = Callable[[dict[str, Any]], object]


def first(told: dict[str, Any]) -> dict[str, Any]:
    """The first provision that has words."""
    found: dict[str, Any] = told["provisions"][0]
    return found


def words(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = first(told)["options"][0]["content"]["content"][0]["content"][0]
    return found


def doubled(told: dict[str, Any]) -> None:
    told["provisions"].append(first(told))


def said(**about: Any) -> Change:
    """A position that is none: of the draft's own, with something else about it."""

    def change(told: dict[str, Any]) -> None:
        key, option = first(told)["key"], first(told)["options"][0]["key"]
        right = {
            "provision": key, "option": option, "bracket": None, "delegation": "KES",
            "stance": "support", "words": "", "said_by": "Ada", "from_the_floor": False,
            "at": "2027-10-11T09:12:45+00:00",
        }  # fmt: skip
        told["positions"] = [{**right, **about}]

    return change


def said_twice(told: dict[str, Any]) -> None:
    said()(told)
    told["positions"] *= 2


def tied(*packages: dict[str, Any]) -> Change:
    def change(told: dict[str, Any]) -> None:
        key = first(told)["key"]
        right = {"number": 1, "name": "Lamps", "provisions": [key]}
        told["packages"] = [{**right, **package} for package in packages]

    return change


def standing(told: dict[str, Any]) -> None:
    many = next(p for p in told["provisions"] if len(p["options"]) > 1)
    for option in many["options"]:
        option["stands"] = True


FAULTS: dict[str, Change] = {
    "another schema": lambda d: d.update(schema="drafting/draft-2"),
    "an unknown field": lambda d: d.update(more=1),
    "an unknown field of an option": lambda d: first(d)["options"][0].update(more=1),
    "no header": lambda d: d.pop("header"),
    "a header without its number": lambda d: d["header"].pop("number"),
    "a language of its own": lambda d: d["header"].update(language="X"),
    "a date that is none": lambda d: d["header"].update(date="yesterday"),
    "a date that is a number": lambda d: d["header"].update(date=20271012),
    "a huge revision": lambda d: d["header"].update(revision=10**30),
    "a revision that is true": lambda d: d["header"].update(revision=True),
    "provisions that are an object": lambda d: d.update(provisions={}),
    "a key of another form": lambda d: first(d).update(key="x1"),
    "a key with a line feed": lambda d: first(d).update(key="p1\n"),
    "a key beyond all numbers": lambda d: first(d).update(key="p" + "9" * 30),
    "a provision twice": doubled,
    "an option twice": lambda d: d["provisions"][1].update(options=first(d)["options"]),
    "no options": lambda d: first(d).update(options=[]),
    "two standing options": standing,
    "a kind that is none": lambda d: first(d).update(kind="poem"),
    "a level below nothing": lambda d: first(d).update(level=-1),
    "a level that is a word": lambda d: first(d).update(level="1"),
    "a status that is none": lambda d: first(d).update(status="perhaps"),
    "reopened without a reason": lambda d: first(d).update(status="reopened", status_reason=""),
    "moved to nowhere": lambda d: first(d).update(moved_to="p999999"),
    "moved from nowhere": lambda d: first(d).update(moved_from="p999999"),
    "moved to itself": lambda d: first(d).update(moved_to=first(d)["key"]),
    "attributed to nobody": lambda d: first(d)["options"][0].update(attributions=[
        {"code": None, "name": None, "option": None, "note": None, "literal": "", "bracket": None}
    ]),
    "a note twice": lambda d: first(d).update(notes=[
        {"id": "n1", "text": "x", "kind": "comment", "by": None}] * 2),
    "words that are another's": lambda d: first(d)["options"][0].update(text="other words"),
    "a label that is another's": lambda d: first(d)["options"][0].update(label="z)"),
    "an unknown node": lambda d: words(d).update(type="image"),
    "an unknown mark": lambda d: words(d).update(marks=[{"type": "link"}]),
    "a mark twice": lambda d: words(d).update(marks=[{"type": "em"}, {"type": "em"}]),
    "marks in another order": lambda d: words(d).update(marks=[{"type": "strong"}, {"type": "em"}]),
    "empty words": lambda d: words(d).update(text=""),
    "words without end": lambda d: words(d).update(text="x" * 100_001),
    "NUL": lambda d: words(d).update(text="a\x00b"),
    "an escape": lambda d: words(d).update(text="a\x1bb"),
    "an override of direction": lambda d: words(d).update(text="a\u202eb"),
    "half a character": lambda d: words(d).update(text="a\ud800b"),
    "a text without paragraphs": lambda d: first(d)["options"][0]["content"].update(content=[]),
    "positions there are none of": lambda told: told.update(positions=[]),
    "a position on what is not there": said(provision="p99999", option=None),
    "a position on another's option": said(option="o99999"),
    "a stance nobody knows": said(stance="perhaps"),
    "a position of nobody": said(delegation=""),
    "a position at no time": said(at="2027-10-11T09:12:45"),
    "a position at another hour": said(at="2027-10-11T11:12:45+02:00Z"),
    "a position said twice": said_twice,
    "a package of what is not there": tied({"provisions": ["p99999"]}),
    "a package with two of one": tied({"provisions": ["p1", "p1"]}),
    "two packages with one number": tied({}, {}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_draft_with_a_fault_is_refused_with_a_sentence(fault: str) -> None:
    told = json.loads(bytes_of(to_json(draft())))
    FAULTS[fault](told)
    with pytest.raises(Unreadable, match=r"^This [^\x00-\x1f]*: export it again\.$"):
        read_snapshot(bytes_of(told))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"{}",
        b"\xff\xfe\x00",
        b'{"schema": NaN}',
        b'{"schema": 1' + b"0" * 5_000 + b"}",
        b'{"schema": "drafting/draft-1", "schema": "drafting/draft-1"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"schema": "drafting/draft-1", "header": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b" " * (25 * 1024 * 1024 + 1),
    ],
    ids=lambda data: f"{data[:24]!r}...",
)
def test_what_is_no_draft_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^This [^\x00-\x1f]*\.$"):
        read_snapshot(data)


def test_a_name_that_stands_twice_is_refused() -> None:
    data = bytes_of(to_json(draft()))
    assert data.startswith(b'{"schema"')
    with pytest.raises(Unreadable):
        read_snapshot(b'{"schema": "drafting/draft-1", ' + data[1:])
