"""What "(MOD)" proposals ask for, carried to the text as it is now."""

from __future__ import annotations

from drafting.domain.checks import Asked, Finding, Kind, check
from drafting.domain.draft import Draft
from drafting.domain.text import text_of
from tests.domain.checks.drafts import call, draft, provision

OLD = "consistent with Resolution 45 (Rev. Hyderabad, 2010), to report each year;"
NEW = OLD.replace("Hyderabad, 2010", "Dubai, 2014")


def asked(of: Draft, *mods: Asked) -> list[Finding]:
    return [finding for finding in check(of, None, mods) if finding.kind is Kind.ASKED]


def mod(words: str, code: str = "KES/75/4", label: str = "2") -> Asked:
    return Asked(code, "p3", text_of(words, label=label))


def of(now: str, base: str = OLD) -> Draft:
    return draft(
        call(1, "resolves"),
        provision(2, *["1 to keep it;"] * 2),
        provision(3, f"2 {now}", f"2 {base}"),
    )


def test_an_edition_that_is_asked_for_is_a_mend() -> None:
    (finding,) = asked(of(OLD), mod(NEW), mod(NEW, "VAL/70/2"))
    assert [(c.old, c.new) for c in finding.mend] == [("Rev. Hyderabad, 2010", "Rev. Dubai, 2014")]
    assert finding.is_editorial
    assert "KES/75/4, VAL/70/2" in finding.sentence


def test_it_is_carried_to_words_that_were_written_on() -> None:
    now = OLD.replace("each year", "every second year, in spring")
    (finding,) = asked(of(now), mod(NEW))
    assert [(c.option, c.old) for c in finding.mend] == [("o3", "Rev. Hyderabad, 2010")]


def test_what_was_made_meanwhile_is_not_asked_for_again() -> None:
    assert asked(of(NEW), mod(NEW)) == []
    assert asked(of(NEW.replace("each", "every")), mod(NEW)) == []


def test_a_mod_that_asks_for_more_is_told() -> None:
    (finding,) = asked(of(OLD), mod(NEW.replace("report", "shout")))
    assert (finding.code, finding.words, finding.mend) == ("more", "KES/75/4", ())


def test_a_label_that_another_item_has_is_not_asked_for() -> None:
    assert asked(of(OLD), mod(OLD, label="1")) == []
    (finding,) = asked(of(OLD), mod(OLD, label="3"))
    assert [(c.start, c.old, c.new) for c in finding.mend] == [(None, "2", "3")]
