"""Editions against their bodies, the table of sessions, each other, and the paper's own."""

from __future__ import annotations

from drafting.domain.bodies import parse
from drafting.domain.checks import Kind, check
from drafting.domain.draft import ProvisionKind
from tests.domain.checks.drafts import (
    FORMULA,
    NUMBER,
    call,
    draft,
    mends,
    proposed,
    provision,
    settled,
    told,
)

EDITION = Kind.EDITION


def test_editions_that_match_are_no_finding() -> None:
    of = draft(
        provision(1, NUMBER, NUMBER, kind=ProvisionKind.NUMBER),
        provision(2, FORMULA, FORMULA, kind=ProvisionKind.FORMULA),
        call(3, "recalling"),
        provision(4, "a) Resolution 12 (Rev. Castelmar, 2023) of this conference;"),
        provision(5, "b) Resolutions 31 (Rev. Tarn, 2022) and 32 (Hallam, 2026),"),
    )
    assert told(of, EDITION) == []


def test_an_edition_of_another_body_is_told_and_mended_as_the_draft_cites_it() -> None:
    of = draft(
        call(1, "recalling"),
        provision(2, "a) Resolution 45 (Rev. Dubai, 2014) of the WTDC;"),
        provision(
            3,
            "b) consistent with Resolution 45 (Rev. Dubai, 2012),",
            "b) consistent with Resolution 45 (Rev. Hyderabad, 2010),",
        ),
    )
    assert told(of, EDITION) == [("wrong_body", "o3", "Rev. Dubai, 2012")]
    assert mends(of, EDITION) == [("o3", "Rev. Dubai, 2012", "Rev. Dubai, 2014")]


def test_two_that_contradict_each_other_are_no_finding() -> None:
    """Nobody knows which of them is wrong; it may be two texts with one number."""
    of = settled(
        [
            "recalling",
            "a) Resolution 45 (Rev. Dubai, 2012);",
            "b) Resolution 45 (Rev. Hyderabad, 2010);",
            "c) Resolution 46 (Rev. Dubai, 2012) and Resolution 46 (Rev. Busan, 2014),",
        ]
    )
    assert told(of, EDITION) == []


def test_this_conference_is_the_body_of_the_formula() -> None:
    of = draft(
        provision(2, FORMULA, FORMULA, kind=ProvisionKind.FORMULA),
        call(3, "recalling"),
        provision(4, "Resolution 12 (Rev. Tarn, 2022) of this conference,"),
    )
    assert told(of, EDITION) == [("wrong_body", "o4", "Rev. Tarn, 2022")]


def test_a_city_in_a_year_without_a_session_is_told() -> None:
    of = settled(["recalling", "Resolution 12 (Rev. Castelmar, 2022),"])
    assert told(of, EDITION) == [("no_session", "o2", "Rev. Castelmar, 2022")]
    assert mends(of, EDITION) == [("o2", "Rev. Castelmar, 2022", "Rev. Castelmar, 2023")]


def test_an_unknown_city_is_never_wrong() -> None:
    assert told(settled(["recalling", "Resolution 12 (Rev. Fernwick, 2022),"]), EDITION) == []


def test_the_earlier_of_two_editions_is_stale() -> None:
    of = settled(
        [
            "recalling",
            "a) Resolution 12 (Castelmar, 2023);",
            "b) Resolution 12 (Rev. Port Lorne, 2027),",
        ]
    )
    assert mends(of, EDITION) == [("o2", "Castelmar, 2023", "Rev. Port Lorne, 2027")]


def test_a_later_edition_that_is_only_proposed_makes_nothing_stale() -> None:
    of = draft(
        call(1, "recalling"),
        provision(2, *["a) Resolution 12 (Castelmar, 2023);"] * 2),
        proposed(3, "b) Resolution 12 (Rev. Port Lorne, 2027),"),
    )
    assert told(of, EDITION) == []


def test_an_edition_after_an_adopted_one_is_a_revision() -> None:
    of = draft(
        call(1, "recalling"),
        provision(2, "Resolution 12 (Port Lorne, 2027),", "Resolution 12 (Rev. Castelmar, 2023),"),
    )
    assert mends(of, EDITION) == [("o2", "Port Lorne, 2027", "Rev. Port Lorne, 2027")]


def test_the_number_and_the_formula_say_the_same() -> None:
    new = NUMBER.replace("Castelmar, 2023", "Port Lorne, 2027")
    of = draft(
        provision(1, new, NUMBER, kind=ProvisionKind.NUMBER),
        provision(2, FORMULA, FORMULA, kind=ProvisionKind.FORMULA),
    )
    assert told(of, EDITION) == [("own_edition", "o1", "Rev. Port Lorne, 2027")]


def test_a_session_that_gave_way_elsewhere_is_stale() -> None:
    of = draft(
        call(1, "recalling"),
        provision(2, "a) the outcome of WTDC-14;", "a) the outcome of WTDC-10;"),
        provision(3, *["b) the wish of WTDC-10, and the Hyderabad Action Plan,"] * 2),
    )
    assert told(of, EDITION) == [
        ("stale_session", "o3", "WTDC-10"),
        ("stale_session", "o3", "Hyderabad Action Plan"),
    ]


def test_a_comma_that_is_missing_is_put_there() -> None:
    of = settled(["recalling", "Resolution 12 (Castelmar 2023),"])
    assert mends(of, EDITION) == [("o2", "Castelmar 2023", "Castelmar, 2023")]


def test_the_table_of_bodies_is_data() -> None:
    bodies = parse('[[body]]\nname = "Lamp Moot"\nshort = "LM"\nsessions = [["Fernwick", 2020]]')
    of = settled(["recalling", "Resolution 12 (Rev. Fernwick, 2022)."])
    assert [f.code for f in check(of, bodies)] == ["no_session"]
