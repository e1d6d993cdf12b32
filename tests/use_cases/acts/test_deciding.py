"""Brackets are decided, set around whole wordings, and shrink to what is not decided."""

from __future__ import annotations

import pytest

from drafting.domain import text as texts
from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Decision, Option, Position
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import ISL, KES, VAL, negotiation
from tests.use_cases.acts.table import Table

ASKED = (
    Asked(KES, "c1", "MOD", "p6", text=text_of("to mend the lamps within a week;"), order=1),
    Asked(VAL, "c2", "MOD", "p6", text=text_of("to mend the lamps in time;"), order=2),
    Asked(ISL, "c3", "MOD", "p6", text=text_of("to mend the lamps within a week;"), order=3),
    Asked(
        KES, "c4", "MOD", "p7", text=text_of("to report to the assembly what was done."), order=4
    ),
)


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(negotiation(cast, ASKED, inline=True).cast)


def brackets(table: Table, key: str) -> list[str]:
    pieces = texts.inlines(table.text(key))
    return [piece.id for piece in pieces if isinstance(piece, texts.BracketOpen)]


def decisions(table: Table) -> dict[str, str]:
    found = Decision.objects.filter(draft=table.cast.draft).order_by("pk")
    return {row.code: row.what for row in found}


def printed(table: Table, key: str) -> str:
    return texts.printed(table.text(key), with_label=False)


@pytest.mark.parametrize(
    ("keep", "words", "told"),
    [
        (KES, "within a week", {KES: "chosen", ISL: "chosen", VAL: "not_retained"}),
        (VAL, "in time", {VAL: "chosen", KES: "not_retained", ISL: "not_retained"}),
        ("base", "at once", dict.fromkeys((KES, ISL, VAL), "not_retained")),
    ],
)
def test_one_of_the_wordings_in_a_bracket_stays(
    table: Table, keep: str, words: str, told: dict[str, str]
) -> None:
    laws = Laws(table.cast.draft)
    (bracket,) = brackets(table, "o6")
    answer = table.does("chair", deeds.DecideBracket(bracket, keep, "by consensus"))
    laws.hold()
    assert printed(table, "o6") == f"to mend the lamps {words};"
    assert texts.sources(table.text("o6")) == ()
    assert decisions(table) == told
    assert Decision.objects.filter(seq=answer.seq, rationale="by consensus").count() == 3


def test_of_several_wordings_a_person_says_whose_stays(table: Table) -> None:
    (bracket,) = brackets(table, "o6")
    assert table.may_not("chair", deeds.DecideBracket(bracket, True)).code == "invalid"
    assert table.may_not("chair", deeds.DecideBracket(bracket, "UTO/1/1")).code == "invalid"


def test_words_that_only_go_are_kept_or_not(table: Table) -> None:
    (bracket,) = brackets(table, "o7")
    kept = table.does("chair", deeds.DecideBracket(bracket, True))
    assert printed(table, "o7") == "to report to the next assembly what was done."
    assert decisions(table) == {KES: "not_retained"}
    table.does("chair", deeds.Undo(kept.seq))
    table.does("chair", deeds.DecideBracket(bracket, False))
    assert printed(table, "o7") == "to report to the assembly what was done."
    assert decisions(table) == {KES: "chosen"}


def test_plain_words_in_a_bracket_stay_or_go(table: Table) -> None:
    for keep, left in ((True, "to count the lamps of"), (False, "to count of each")):
        version = table.version("o5")
        opens, closes = (deeds.Spot("o5", version, at) for at in (9, 19))
        pair = table.does("chair", deeds.PairBracket(opens, closes))
        done = table.does("chair", deeds.DecideBracket(pair.made[0], keep))
        assert printed(table, "o5").startswith(left)
        assert brackets(table, "o5") == []
        table.does("chair", deeds.Undo(done.seq))
        table.does("chair", deeds.Undo(pair.seq))
    assert printed(table, "o5") == "to count the lamps of each tower once a year;"


def test_a_bracket_is_set_around_whole_wordings(table: Table) -> None:
    laws = Laws(table.cast.draft)
    (key,) = table.does("chair", deeds.BracketAround("o2", "o3")).made
    laws.hold()
    assert texts.printed(table.text("o2")).startswith("[a)")
    assert printed(table, "o3").endswith("]")
    assert table.may_not("chair", deeds.BracketAround("o3", "o2")).code == "invalid"
    table.does("chair", deeds.DecideBracket(key, False))
    laws.hold()
    assert [table.words(key) for key in ("o2", "o3")] == ["", ""]


def test_what_lies_whole_in_a_bracket_goes_with_it(table: Table) -> None:
    (key,) = table.does("chair", deeds.BracketAround("o5", "o7")).made
    table.does("chair", deeds.DecideBracket(key, False))
    assert table.provision("p6").options.get().kind == "delete"
    assert set(decisions(table)) == {KES, VAL, ISL}


def test_a_bracket_shrinks_to_what_is_not_decided(table: Table) -> None:
    laws = Laws(table.cast.draft)
    (key,) = table.does("chair", deeds.BracketAround("o5", "o7")).made
    table.does("chair", deeds.ChooseOption("o5"))
    laws.hold()
    assert key in brackets(table, "o6")
    assert "[" not in printed(table, "o5")
    table.does("chair", deeds.ChooseOption("o7", "base"))
    laws.hold()
    assert printed(table, "o6").startswith("[")
    assert printed(table, "o6").endswith("]")


def test_a_bracket_with_one_end_is_lifted_and_takes_no_words(table: Table) -> None:
    content = table.option("o5").content
    bracket = {"type": "bracket_open", "attrs": {"id": "b9", "kind": "contested"}}
    content["content"][0]["content"].append(bracket)
    Option.objects.filter(draft=table.cast.draft, number=5).update(content=content)
    assert table.may_not("chair", deeds.DecideBracket("b9", False)).code == "invalid"
    table.does("chair", deeds.DecideBracket("b9", True))
    assert brackets(table, "o5") == []


def test_closed_text_keeps_its_brackets(table: Table) -> None:
    (bracket,) = brackets(table, "o6")
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    assert table.may_not("chair", deeds.DecideBracket(bracket, KES)).code == "locked"


def test_what_delegations_think_of_a_bracket_goes_with_it(table: Table) -> None:
    (key,) = table.does("chair", deeds.BracketAround("o5", "o7")).made
    table.does("kes", deeds.TakePosition("p5", "o5", key, stance="oppose"))
    table.does("chair", deeds.ChooseOption("o5"))
    held = Position.objects.get(bracket=key)
    assert (held.provision.key, held.option and held.option.key) == ("p6", "o6")
    table.does("chair", deeds.DecideBracket(key, "base"))
    assert not Position.objects.filter(bracket=key).exists()


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (KES, "to count all the lamps of each tower once a year;"),
        (True, "to count all the lamps of each tower once a year;"),
        ("base", "to count the lamps of each tower once a year;"),
        (False, "to count the lamps of each tower once a year;"),
    ],
)
def test_the_space_beside_a_bracket_goes_the_way_of_its_words(
    cast: Cast, keep: bool | str, words: str
) -> None:
    text = text_of("to count all the lamps of each tower once a year;")
    table = Table(negotiation(cast, [Asked(KES, "c1", "MOD", "p5", text=text)], inline=True).cast)
    (bracket,) = brackets(table, "o5")
    table.does("chair", deeds.DecideBracket(bracket, keep))
    assert printed(table, "o5") == words
    assert texts.sources(table.text("o5")) == ()
