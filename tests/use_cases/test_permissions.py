"""Every role on every act; and that nobody learns from a refusal what they may not know."""

from __future__ import annotations

import pytest

from drafting.permissions import POLICIES, Action, Actor, Forbidden, may, require
from drafting.selectors.access import Absent, access_draft
from tests.cast import Cast

# One row an act; a column for each of the cast: c chair, s secretary, d delegate, o observer,
# S secretariat, m machine. Written out by hand, so that a change of the table is seen.
MATRIX = {
    Action.SEE_GROUP: "csdoS",
    Action.READ_DRAFT: "csdoS",
    Action.SEE_HISTORY: "csdoS",
    Action.EXPORT_DRAFT: "csdoSm",
    Action.READ_CONTRIBUTION: "csdoS",
    Action.BRING_IN_PAPER: "csSm",
    Action.SEE_IMPORT: "csS",
    Action.ANSWER_IMPORT: "csS",
    Action.PLACE_IMPORT: "csSm",
    Action.SEE_REVISIONS: "csdoS",
    Action.ISSUE_REVISION: "csSm",
    Action.DOWNLOAD_PAPER: "csdoS",
    Action.CONSOLIDATE: "csSm",
    Action.MOVE_STATUS: "cs",
    Action.REVISE_OPTION: "cs",
    Action.HEAR_DRAFT: "csdoS",
    Action.WRITE_TEXT: "cs",
    Action.PROPOSE_TEXT: "csd",
    Action.RESTRUCTURE: "cs",
    Action.ATTRIBUTE: "cs",
    Action.SET_BRACKET: "cs",
    Action.SETTLE_PENDING: "cs",
    Action.ADD_NOTE: "csd",
    Action.DECIDE: "cs",
    Action.TAKE_POSITION: "csd",
    Action.LEAD_FLOOR: "cs",
    Action.UNDO_ACT: "cs",
    Action.EDIT_EDITORIALLY: "cs",
}
CAST = {"c": "chair", "s": "sam", "d": "kes", "o": "olga", "S": "stella", "m": "", "x": "out"}


def actor_of(cast: Cast, letter: str) -> Actor:
    name = CAST[letter]
    return cast.actor(name) if name else Actor.system("nightly")


def test_the_matrix_names_every_act_there_is() -> None:
    assert set(MATRIX) == set(Action) == set(POLICIES)


@pytest.mark.parametrize("letter", CAST)
@pytest.mark.parametrize("action", Action, ids=lambda action: action.value)
def test_each_role_may_do_what_its_cell_says_and_nothing_else(
    cast: Cast, action: Action, letter: str
) -> None:
    allowed = letter in MATRIX[action]
    assert may(actor_of(cast, letter), action, cast.group) is allowed
    if not allowed:
        with pytest.raises(Forbidden):
            require(actor_of(cast, letter), action, cast.group)


def test_nobody_acts_without_signing_in() -> None:
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(ValueError, match="signed in"):
        Actor.person(AnonymousUser())


def test_an_inactive_member_may_do_nothing(cast: Cast) -> None:
    chair = cast.actor("chair")
    cast.users["chair"].is_active = False
    assert not any(may(chair, action, cast.group) for action in Action)


@pytest.mark.parametrize("name", ["out", "far"])
def test_to_an_outsider_forbidden_looks_like_absent(cast: Cast, name: str) -> None:
    for slug in (cast.draft.slug, "no-such-draft"):
        with pytest.raises(Absent):
            access_draft(cast.actor(name), "lorne", slug, Action.READ_DRAFT)


def test_a_member_without_the_right_is_told_so(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        access_draft(cast.actor("kes"), "lorne", cast.draft.slug, Action.ISSUE_REVISION)


def test_each_member_speaks_for_their_own(cast: Cast) -> None:
    told = {
        name: require(cast.actor(name), Action.READ_DRAFT, cast.group).acting_for
        for name in ("chair", "sam", "kes", "stella")
    }
    assert told == {"chair": "Chair", "sam": "Secretary", "kes": "KES", "stella": "Secretariat"}
