"""Writing a draft's values and reading them back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting.domain import draft as values
from drafting.domain.draft import Note, Option, Status
from drafting.domain.text import text_of
from drafting.models import Note as NoteRow
from drafting.models import Option as OptionRow
from drafting.models import Provision as ProvisionRow
from drafting.selectors.values import base_value, draft_value
from drafting.services import store
from drafting.services.rekeying import rekeyed
from tests.cast import SETUP, Cast, item, small_draft


def rewrite(cast: Cast, provisions: tuple[values.Provision, ...]) -> values.Draft:
    store.write(cast.draft, provisions, SETUP)
    return draft_value(cast.draft)


def test_what_is_written_is_read_back_letter_by_letter(cast: Cast) -> None:
    assert draft_value(cast.draft).provisions == small_draft().provisions


def test_the_json_of_a_draft_gives_the_draft_back(cast: Cast) -> None:
    now = draft_value(cast.draft)
    assert values.from_json(values.to_json(now)) == now


def test_an_untouched_provision_gets_no_new_version(cast: Cast) -> None:
    before = ProvisionRow.history.count(), OptionRow.history.count()
    rewrite(cast, small_draft().provisions)
    assert (ProvisionRow.history.count(), OptionRow.history.count()) == before


def test_places_that_tell_the_order_already_are_left_alone(cast: Cast) -> None:
    """As an undoing leaves them: two alike, of which the number tells which is first."""
    provisions = small_draft().provisions
    option = provisions[3].options[0]
    two = (option, replace(option, key="o90", stands=False))
    now = (*provisions[:3], replace(provisions[3], options=two), *provisions[4:])
    rewrite(cast, now)
    OptionRow.objects.filter(draft=cast.draft, number=90).update(place=0)
    before = OptionRow.history.count()
    assert rewrite(cast, now).provisions == now
    assert OptionRow.history.count() == before
    turned = (*provisions[:3], replace(provisions[3], options=two[::-1]), *provisions[4:])
    assert rewrite(cast, turned).provisions == turned


def test_a_changed_option_gets_one_version_with_the_person_and_for_whom(cast: Cast) -> None:
    first = small_draft().provisions
    changed = replace(first[1].options[0], text=text_of("that lamps die,", label="a)"))
    rewrite(cast, (first[0], replace(first[1], options=(changed,)), *first[2:]))
    latest = OptionRow.history.filter(number=2).first()
    assert latest is not None
    assert (latest.history_type, latest.acting_for, latest.version) == ("~", "Secretariat", 1)


def test_inserting_moving_and_deleting_keeps_the_order_given(cast: Cast) -> None:
    p = small_draft().provisions
    new = item("p7", "to thank the keepers;", label="4", base=False)
    wanted = (p[0], p[1], p[2], new, p[5], p[3])
    assert [x.key for x in rewrite(cast, wanted).provisions] == [x.key for x in wanted]


def test_a_moved_provision_points_both_ways(cast: Cast) -> None:
    p = small_draft().provisions
    landed = replace(item("p7", "to count the lamps;", base=False), moved_from="p4")
    left = replace(p[3], moved_to="p7")
    now = rewrite(cast, (*p[:3], left, *p[4:], landed))
    assert (now.provisions[3].moved_to, now.provisions[-1].moved_from) == ("p7", "p4")


def test_the_standing_option_can_change_hands_at_once(cast: Cast) -> None:
    p = small_draft().provisions
    first = p[1].options[0]
    second = Option(key="o19", text=text_of("that lamps fail,", label="a)"))
    now = rewrite(cast, (p[0], replace(p[1], options=(first, second)), *p[2:]))
    swapped = (replace(first, stands=False), replace(second, stands=True))
    now = rewrite(cast, (p[0], replace(p[1], options=swapped), *p[2:]))
    assert now.provisions[1].standing == swapped[1]


def test_a_key_is_never_given_twice(cast: Cast) -> None:
    p = small_draft().provisions
    rewrite(cast, (*p, item("p7", "to thank;", base=False)))
    rewrite(cast, p)
    cast.draft.refresh_from_db()
    assert (cast.draft.last_provision, cast.draft.last_option) == (7, 16)


def test_notes_and_status_are_kept(cast: Cast) -> None:
    p = small_draft().provisions
    noted = replace(
        p[3],
        notes=(Note("n1", "to be checked", by="Chair"),),
        status=Status.REOPENED,
        status_reason="the count was wrong",
    )
    assert rewrite(cast, (*p[:3], noted, *p[4:])).provisions[3] == noted


def test_the_base_stands_alone_in_the_base_value(cast: Cast) -> None:
    base = base_value(cast.draft).provisions
    assert [x.key for x in base] == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert all(len(x.options) == 1 and x.options[0].text == x.base for x in base)


@pytest.mark.django_db
def test_reading_a_draft_takes_as_many_queries_for_many_provisions_as_for_few(
    cast: Cast, django_assert_num_queries: object
) -> None:
    many = [item(f"p{n}", f"to count to {n};", base=False) for n in range(7, 60)]
    store.write(cast.draft, (*small_draft().provisions, *many), SETUP)
    with django_assert_num_queries(4):  # type: ignore[operator]
        draft_value(cast.draft)


def test_agreed_text_that_a_paper_leaves_out_stays_and_is_reopened(cast: Cast) -> None:
    p = small_draft().provisions
    agreed = replace(
        item("p7", "to thank the keepers;", label="4", base=False), status=Status.AGREED
    )
    now = rewrite(cast, (*p[:4], agreed, *p[4:]))
    fitted = rekeyed(p, now, last_provision=7, last_option=16, reason="DL_1.docx placed")
    assert [x.key for x in fitted] == ["p1", "p2", "p3", "p4", "p7", "p5", "p6"]
    assert (fitted[4].status, fitted[4].options) == (Status.REOPENED, agreed.options)


def test_text_that_a_paper_strikes_and_nobody_adopted_has_lapsed(cast: Cast) -> None:
    p = small_draft().provisions
    proposed = item("p7", "to thank the keepers;", label="4", base=False)
    now = rewrite(cast, (*p, proposed))
    idle = (replace(proposed.options[0], stands=False),)
    struck = replace(proposed, options=idle, status=Status.LAPSED, status_reason="Struck.")
    fitted = rekeyed((*p, struck), now, last_provision=7, last_option=16, reason="DL_1.docx placed")
    assert (fitted[-1].status, fitted[-1].status_reason) == (Status.LAPSED, "Struck.")
    gone = replace(p[1], status=Status.LAPSED)  # an adopted text: a paper settles nothing of it
    fitted = rekeyed((p[0], gone, *p[2:]), now, last_provision=7, last_option=16, reason="")
    assert fitted[1].status is Status.OPEN


def test_a_note_that_is_as_it_was_keeps_its_row(cast: Cast) -> None:
    p = small_draft().provisions
    said = tuple(Note(f"n{n}", f"remark {n}") for n in range(1, 4))
    rewrite(cast, (*p[:3], replace(p[3], notes=said), *p[4:]))
    before = dict(NoteRow.objects.values_list("key", "pk"))
    other = replace(said[2], text="to be checked")
    now = rewrite(cast, (*p[:3], replace(p[3], notes=(*said[:2], other, Note("n4", "x"))), *p[4:]))
    assert now.provisions[3].notes == (*said[:2], other, Note("n4", "x"))
    after = dict(NoteRow.objects.values_list("key", "pk"))
    assert (after["n1"], after["n2"]) == (before["n1"], before["n2"])
    assert (
        rewrite(cast, (*p[:3], replace(p[3], notes=said[1:]), *p[4:])).provisions[3].notes
        == (said[1:])
    )
