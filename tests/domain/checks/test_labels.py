"""Labels in their lists, and the mend that numbers a list anew."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.checks import Kind, check
from drafting.domain.draft import Draft, Option, Status
from drafting.domain.edits import Change, applied
from drafting.domain.text import text_of
from drafting.services import telling
from tests.domain.checks.drafts import call, draft, found, mends, provision, settled, told

LABEL = Kind.LABEL


def numbered(*labels: str) -> Draft:
    """Adopted items under one call with these labels ("" for none)."""
    lines = [f"{label} to mend;".strip() for label in labels]
    return draft(call(1, "resolves"), *(provision(n, x, x) for n, x in enumerate(lines, 2)))


def sentence(*labels: str) -> str:
    return " / ".join(finding.sentence for finding in found(numbered(*labels), LABEL))


def test_a_list_in_order_is_no_finding() -> None:
    assert sentence("1", "2", "2bis", "3") == ""
    assert sentence("a)", "b)", "c)") == ""


def test_an_item_alone_needs_no_label() -> None:
    assert sentence("") == ""


def test_doubles_gaps_and_disorder_are_told() -> None:
    assert sentence("1", "2", "2", "3") == "Under resolves: 2 stands twice."
    assert sentence("1", "2", "2", "2") == "Under resolves: 2 stands 3 times."
    assert sentence("a)", "c)") == "Under resolves: b) is missing."
    assert sentence("a)", "e)") == "Under resolves: b) to d) are missing."
    assert sentence("1", "4", "2", "3") == "Under resolves: 4 is out of order."


def test_an_item_without_a_label_fills_its_gap() -> None:
    assert sentence("1", "", "3") == "Under resolves: an item has no label."
    assert mends(numbered("1", "", "3"), LABEL) == [("o3", "", "2")]


def test_the_mend_numbers_the_list_from_its_start() -> None:
    assert mends(numbered("1", "2", "2", "3"), LABEL) == [("o4", "2", "3"), ("o5", "3", "4")]


def test_each_call_counts_anew() -> None:
    of = settled(["resolves", "1 to mend;", "2 to sail,", "instructs the Council", "1 to act."])
    assert told(of, LABEL) == []


def test_what_lapsed_is_not_counted() -> None:
    of = numbered("1", "2", "2")
    gone = replace(of.provisions[2], status=Status.LAPSED)
    assert told(draft(*of.provisions[:2], gone, of.provisions[3]), LABEL) == []


def test_every_wording_of_a_provision_gets_its_label() -> None:
    of = numbered("1", "1")
    second = of.provisions[2]
    beside = (
        Option("o7", text_of("to sail;", label="1")),
        Option("o8", text_of("to row;")),
    )
    of = draft(*of.provisions[:2], replace(second, options=(*second.options, *beside)))
    assert mends(of, LABEL) == [("o3", "1", "2"), ("o7", "1", "2"), ("o8", "", "2")]


def test_what_refers_to_the_list_goes_with_it() -> None:
    of = draft(
        call(1, "resolves"),
        provision(2, "1 to mend;"),
        provision(3, "1 to sail;"),
        provision(4, "2 to row;"),
        call(5, "instructs the Council"),
        provision(6, "to report on resolves 2."),
    )
    assert mends(of, LABEL) == [("o3", "1", "2"), ("o4", "2", "3"), ("o6", "2", "3")]


def test_of_a_long_list_that_is_all_wrong_some_is_told_and_all_is_mended() -> None:
    labels = [str(2 * number) for number in range(1, 500)]
    (finding,) = found(numbered(*labels), LABEL)
    assert telling.told(finding.sentence).endswith("; and 486 more.")
    assert len(finding.mend) == 499


LABELS = st.lists(st.sampled_from(["", "1", "2", "3", "4", "2bis", "7"]), min_size=1, max_size=6)


@settings(deadline=None)
@given(LABELS)
def test_a_mended_list_is_in_order(labels: list[str]) -> None:
    """A mend leaves nothing to find."""
    of = numbered(*labels)
    changes = [change for finding in found(of, LABEL) for change in finding.mend]
    mended = tuple(
        replace(p, options=tuple(_mended(option, changes) for option in p.options))
        for p in of.provisions
    )
    assert [f for f in check(Draft(of.header, mended)) if f.kind is LABEL] == []


def _mended(option: Option, changes: list[Change]) -> Option:
    return replace(
        option, text=applied(option.text, [c for c in changes if c.option == option.key])
    )
