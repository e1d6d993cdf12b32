"""Acts of several people at one instant: each has one outcome, every refusal a sentence."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from drafting.models import Contribution, Draft, ImportAnswer, Revision
from drafting.models.intake import ImportKind, ImportState
from drafting.services import imports, revisions
from drafting.services.refusals import Refused
from tests.attack.test_hostile_papers import contribution, read
from tests.cast import Cast, make_cast
from tests.use_cases.test_revisions import together

pytestmark = pytest.mark.django_db(transaction=True)

BASE = b"RESOLUTION 12\n\nconsidering\n\na) that lamps burn,\n\nresolves\n\n1 to look;\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def outcome(act: Callable[[], object]) -> Callable[[], object]:
    """What came of the act: "done", or the sentence of its refusal."""

    def done() -> str:
        try:
            act()
        except Refused as refusal:
            return str(refusal)
        return "done"

    return done


def test_one_paper_placed_by_many_at_once_is_placed_once(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4"))
    place = outcome(lambda: imports.place(cast.actor("sam"), paper.pk, accept_defaults=True))
    assert together([place] * 5).count("done") == 1
    assert Contribution.objects.count() == 1


def test_the_same_contribution_in_two_files_is_placed_once(cast: Cast) -> None:
    first, second = (read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4")) for _ in "ab")
    acts = [
        outcome(lambda: imports.place(cast.actor("sam"), first.pk, accept_defaults=True)),
        outcome(lambda: imports.place(cast.actor("chair"), second.pk, accept_defaults=True)),
    ]
    told = together(acts)
    assert told.count("done") == 1
    assert any("stands in this draft already" in str(said) for said in told)


def test_two_bases_with_one_symbol_make_one_draft(cast: Cast) -> None:
    waiting = [read(cast, ImportKind.BASE, BASE, symbol="DL/7") for _ in range(4)]

    def placing(pk: int) -> Callable[[], object]:
        return outcome(lambda: imports.place(cast.actor("sam"), pk, accept_defaults=True))

    told = together([placing(paper.pk) for paper in waiting])
    assert told.count("done") == 1
    assert all("already" in str(said) for said in told if said != "done")
    assert Draft.objects.filter(symbol="DL/7").count() == 1


def test_a_paper_is_placed_or_set_aside_never_both(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4"))
    sam = cast.actor("sam")
    together(
        [
            outcome(lambda: imports.place(sam, paper.pk, accept_defaults=True)),
            outcome(lambda: imports.discard(sam, paper.pk)),
        ]
    )
    paper.refresh_from_db()
    placed = paper.state == ImportState.PLACED
    assert Contribution.objects.exists() is placed
    assert placed or paper.state == ImportState.DISCARDED


def test_answers_of_two_people_to_one_question_leave_one_answer(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4"))
    question = imports.open_questions(paper)[0]

    def answering(who: str, alternative: str) -> Callable[[], object]:
        return outcome(lambda: imports.answer(cast.actor(who), paper.pk, question.key, alternative))

    acts = [answering(who, a.key) for who in ("sam", "chair") for a in question.alternatives]
    together(acts)
    assert ImportAnswer.objects.filter(paper=paper, question=question.key).count() == 1


def test_a_revision_and_an_import_at_once_follow_one_another(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4"))
    chair, sam = cast.actor("chair"), cast.actor("sam")
    told = together(
        [
            outcome(lambda: revisions.issue(chair, cast.draft.pk)),
            outcome(lambda: imports.place(sam, paper.pk, accept_defaults=True)),
            outcome(lambda: revisions.issue(chair, cast.draft.pk)),
        ]
    )
    assert told == ["done"] * 3
    seqs = list(cast.draft.events.values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_chair_and_secretary_who_press_at_once_issue_one_revision(cast: Cast) -> None:
    def press(name: str) -> str:
        client = Client()
        client.force_login(cast.users[name])
        answer = client.post(
            "/drafts/lorne/dl-1/revisions/issue/", {"request": str(uuid4())}, follow=True
        )
        return answer.content.decode()

    told = together([lambda: press("chair"), lambda: press("sam")])
    assert list(Revision.objects.values_list("number", flat=True)) == [1]
    assert any("Nothing has changed since Revision 1" in str(page) for page in told)
