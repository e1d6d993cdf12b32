"""References between provisions: where they lead, and whether they still do."""

from __future__ import annotations

from dataclasses import replace

from drafting.domain.checks import Kind
from drafting.domain.draft import OptionKind
from tests.domain.checks.drafts import call, draft, found, mends, proposed, provision, settled, told

REFERENCE = Kind.REFERENCE


def test_a_reference_to_what_is_there_is_no_finding() -> None:
    of = settled(
        [
            "considering",
            "a) that lamps go out;",
            "b) that oil is dear,",
            "resolves",
            "1 to act upon considering b) of this Resolution;",
            "2 to report on resolves 1 and on paragraph 1 above.",
        ]
    )
    assert told(of, REFERENCE) == []


def test_a_reference_to_a_label_that_no_provision_has_leads_nowhere() -> None:
    of = settled(["resolves", "1 to count the lamps;", "2 to report under resolves 4."])
    assert told(of, REFERENCE) == [("dangling", "o3", "resolves 4")]


def test_a_reference_to_a_struck_provision_leads_nowhere() -> None:
    of = draft(
        call(1, "bearing in mind"),
        provision(2, None, "the work of the Bureau,"),
        call(3, "resolves"),
        provision(4, *["to carry on the work named under bearing in mind above."] * 2),
    )
    (finding,) = found(of, REFERENCE)
    assert (finding.code, finding.words) == ("dangling", "bearing in mind above")
    assert finding.mend == ()


def test_adopted_words_follow_a_letter_that_moved() -> None:
    of = draft(
        call(1, "considering"),
        provision(2, "a) that oil is dear;"),
        provision(3, "b) that lamps go out,", "a) that lamps go out,"),
        call(4, "resolves"),
        provision(5, *["to act upon considering a) above."] * 2),
    )
    assert [(f.code, f.is_editorial) for f in found(of, REFERENCE)] == [("shifted", True)]
    assert mends(of, REFERENCE) == [("o5", "a)", "b)")]


def test_the_words_of_a_proposal_point_to_the_adopted_numbering() -> None:
    of = draft(
        call(1, "considering"),
        provision(2, "a) that oil is dear;"),
        provision(3, "b) that lamps go out,", "a) that lamps go out,"),
        call(4, "resolves"),
        proposed(5, "to act upon considering a) of this resolution."),
    )
    assert mends(of, REFERENCE) == [("o5", "a)", "b)")]


def test_words_of_the_group_point_to_what_is_called_so_now() -> None:
    of = draft(
        call(1, "considering"),
        provision(2, "a) that oil is dear;"),
        provision(3, "b) that lamps go out,", "a) that lamps go out,"),
        call(4, "resolves"),
        provision(5, "to act upon considering a) of this resolution."),
    )
    assert told(of, REFERENCE) == []


def test_a_reference_follows_a_provision_that_was_moved() -> None:
    gone = provision(2, None, "a) that lamps go out;")
    here = provision(6, "b) that lamps go out,")
    of = draft(
        call(1, "considering"),
        replace(gone, moved_to="p6"),
        provision(3, "a) that oil is dear;", "b) that oil is dear;"),
        replace(here, moved_from="p2"),
        call(4, "resolves"),
        provision(5, *["to act upon considering a) and b) above."] * 2),
    )
    assert mends(of, REFERENCE) == [("o5", "a)", "b)"), ("o5", "b)", "a)")]


def test_what_leads_out_of_the_paper_is_left_alone() -> None:
    of = settled(
        [
            "resolves",
            "1 pursuant to considering z) of Resolution 181 (Rev. Castelmar, 2023);",
            "2 to act as Resolution 12 (Rev. Castelmar, 2023), resolves 7, asks.",
        ]
    )
    assert told(of, REFERENCE) == []


def test_verbs_of_a_sentence_are_no_references() -> None:
    of = settled(["resolves", "that the Council, recalling 3 storms, invites 2 experts."])
    assert told(of, REFERENCE) == []


def test_a_name_that_two_provisions_have_is_told() -> None:
    of = draft(
        call(1, "resolves"),
        provision(2, "1 to count the lamps;"),
        provision(3, "1 to fill the lamps;"),
        provision(4, "2 to report on resolves 1."),
    )
    assert told(of, REFERENCE) == [("ambiguous", "o4", "resolves 1")]


def test_above_and_below_are_asked_too() -> None:
    of = settled(
        ["resolves", "1 to act upon noting above;", "2 to act upon resolves above.", "noting"]
    )
    of = draft(*of.provisions, provision(9, *["a) that lamps go out,"] * 2))
    assert told(of, REFERENCE) == [("wrong_side", "o2", "noting above")]


def test_a_shift_in_pending_words_has_no_mend() -> None:
    """They are somebody's: whoever asked for them changes them."""
    from drafting.domain.text import PendingChange, Run, each_paragraph

    asked = (PendingChange("insertion", "i1", "KES"),)
    item = provision(5, *["to act upon considering a) above."] * 2)
    pending = each_paragraph(
        item.options[0].text, lambda pieces: [replace(p, changes=asked) for p in pieces]
    )
    assert isinstance(pending.paragraphs[0].inlines[0], Run)
    item = replace(item, options=(replace(item.options[0], text=pending),))
    of = draft(
        call(1, "considering"),
        provision(2, "a) that oil is dear;"),
        provision(3, "b) that lamps go out,", "a) that lamps go out,"),
        call(4, "resolves"),
        item,
    )
    assert [(f.code, f.mend) for f in found(of, REFERENCE)] == [("shifted", ())]


def test_an_option_that_would_delete_the_target_leaves_the_reference_be() -> None:
    target = provision(2, *["1 to count the lamps;"] * 2)
    delete = replace(target.options[0], key="o9", kind=OptionKind.DELETE, stands=False)
    of = draft(
        call(1, "resolves"),
        replace(target, options=(target.options[0], delete)),
        provision(3, *["2 to report on resolves 1."] * 2),
    )
    assert told(of, REFERENCE) == []
