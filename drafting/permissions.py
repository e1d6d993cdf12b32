"""May this person do this? One registry for pages, frames, downloads, jobs and commands.

Rules:

- Closed by default: an act that is not in `POLICIES` is nobody's, and a route or message without
  a policy fails `manage.py check`.
- A right comes from a role in the group, the secretariat's from the conference, the machine's
  from its name. No flag skips the question.
- Each rule exists once, in an asking form (`may`) and a raising form (`require`).
- Whether anybody may do it *now*, in this state, is not asked here but in `domain.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from drafting.models import AdHocGroup, Membership, Role, SecretariatMember


class Part(StrEnum):
    """What an actor is in a group."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    DELEGATE = "delegate"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"
    MACHINE = "machine"


class Action(StrEnum):
    """Every act that anybody may ask for, by the noun it touches."""

    SEE_GROUP = "group.see"
    READ_DRAFT = "draft.read"
    SEE_HISTORY = "provision.history"
    EXPORT_DRAFT = "draft.export"
    READ_CONTRIBUTION = "contribution.read"
    BRING_IN_PAPER = "import.bring_in"
    SEE_IMPORT = "import.see"
    ANSWER_IMPORT = "import.answer"
    PLACE_IMPORT = "import.place"
    SEE_REVISIONS = "revision.see"
    ISSUE_REVISION = "revision.issue"
    DOWNLOAD_PAPER = "paper.download"
    CONSOLIDATE = "draft.consolidate"
    MOVE_STATUS = "provision.move_status"
    REVISE_OPTION = "option.revise"
    HEAR_DRAFT = "draft.hear"  # the WebSocket, and being seen on it
    WRITE_TEXT = "option.write"
    PROPOSE_TEXT = "option.propose"  # as pending changes, or directly where the group is set so
    RESTRUCTURE = "draft.restructure"  # provisions and options come, go and move
    ATTRIBUTE = "option.attribute"
    SET_BRACKET = "bracket.set"
    SETTLE_PENDING = "pending.settle"
    ADD_NOTE = "note.add"
    DECIDE = "proposal.decide"  # what becomes of the members' wordings
    TAKE_POSITION = "position.take"
    LEAD_FLOOR = "floor.lead"
    UNDO_ACT = "act.undo"
    EDIT_EDITORIALLY = "draft.edit_editorially"  # numbering, marks and editions, in closed text too


_MEMBERS: Final = frozenset(Part) - {Part.MACHINE}
_CHAIRS: Final = frozenset({Part.CHAIR, Part.SECRETARY})
_DESK: Final = frozenset({Part.CHAIR, Part.SECRETARY, Part.SECRETARIAT})

POLICIES: Final[dict[Action, frozenset[Part]]] = {
    Action.SEE_GROUP: _MEMBERS,
    Action.READ_DRAFT: _MEMBERS,
    Action.SEE_HISTORY: _MEMBERS,
    Action.EXPORT_DRAFT: _MEMBERS | {Part.MACHINE},
    Action.READ_CONTRIBUTION: _MEMBERS,
    Action.BRING_IN_PAPER: _DESK | {Part.MACHINE},
    Action.SEE_IMPORT: _DESK,
    Action.ANSWER_IMPORT: _DESK,
    Action.PLACE_IMPORT: _DESK | {Part.MACHINE},
    Action.SEE_REVISIONS: _MEMBERS,
    Action.ISSUE_REVISION: _DESK | {Part.MACHINE},
    Action.DOWNLOAD_PAPER: _MEMBERS,
    Action.CONSOLIDATE: _DESK | {Part.MACHINE},
    Action.MOVE_STATUS: frozenset({Part.CHAIR, Part.SECRETARY}),
    Action.REVISE_OPTION: frozenset({Part.CHAIR, Part.SECRETARY}),
    Action.HEAR_DRAFT: _MEMBERS,
    Action.WRITE_TEXT: _CHAIRS,
    Action.PROPOSE_TEXT: _CHAIRS | {Part.DELEGATE},
    Action.RESTRUCTURE: _CHAIRS,
    Action.ATTRIBUTE: _CHAIRS,
    Action.SET_BRACKET: _CHAIRS,
    Action.SETTLE_PENDING: _CHAIRS,
    Action.ADD_NOTE: _CHAIRS | {Part.DELEGATE},
    Action.DECIDE: _CHAIRS,
    Action.TAKE_POSITION: _CHAIRS | {Part.DELEGATE},
    Action.LEAD_FLOOR: _CHAIRS,
    Action.UNDO_ACT: _CHAIRS,
    Action.EDIT_EDITORIALLY: _CHAIRS,
}


class Forbidden(Exception):
    """A member asked for what their role does not allow. The message is for them to read."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, or the machine under a name. `acting_for` overrides their role's."""

    user: User | None = None
    machine: str = ""
    acting_for: str = ""

    @classmethod
    def person(cls, user: User | AnonymousUser, acting_for: str = "") -> Actor:
        """Raises ValueError for somebody who has not signed in."""
        if not isinstance(user, User) or not user.is_active:
            raise ValueError("Only a person who has signed in can act.")
        return cls(user=user, acting_for=acting_for)

    @classmethod
    def system(cls, name: str) -> Actor:
        """The machine; `name` says which of its tasks ("secretariat's command line")."""
        return cls(machine=name)

    @property
    def name(self) -> str:
        return self.user.get_full_name() if self.user else self.machine


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor is in one group, and for whom they speak there by default."""

    part: Part
    acting_for: str


def standing_in(actor: Actor, group: AdHocGroup) -> Standing | None:
    """The actor's part in the group, None for an outsider. Read from the database each time."""
    if actor.user is None:
        return Standing(Part.MACHINE, actor.machine) if actor.machine else None
    if not actor.user.is_active:
        return None
    member = (
        Membership.objects.select_related("delegation").filter(group=group, user=actor.user).first()
    )
    serves = SecretariatMember.objects.filter(
        conference_id=group.conference_id, user=actor.user
    ).exists()
    symbol = member.delegation.symbol if member and member.delegation else None
    standing = standing_from(member.role if member else None, symbol, serves=serves)
    if standing and actor.acting_for:
        return Standing(standing.part, actor.acting_for)
    return standing


def standing_from(role: str | None, symbol: str | None, *, serves: bool) -> Standing | None:
    """What a membership's role and delegation, or service in the secretariat, make of a person."""
    if role is None:
        return Standing(Part.SECRETARIAT, _("Secretariat")) if serves else None
    speaks_for = symbol if role == Part.DELEGATE and symbol else str(Role(role).label).capitalize()
    return Standing(Part(role), speaks_for)


def allows(standing: Standing | None, action: Action) -> bool:
    """Whether a standing includes the act: for who has asked the database already."""
    return standing is not None and standing.part in POLICIES.get(action, frozenset())


class Writing(StrEnum):
    """How somebody may change the text of an option."""

    DIRECT = "direct"
    PENDING = "pending"
    NOTHING = "nothing"


def writing_of(standing: Standing | None, delegates_write: str) -> Writing:
    """How a standing writes in a group that is set so (`WritingMode`)."""
    if allows(standing, Action.WRITE_TEXT):
        return Writing.DIRECT
    if allows(standing, Action.PROPOSE_TEXT):
        return Writing(delegates_write)
    return Writing.NOTHING


def may(actor: Actor, action: Action, group: AdHocGroup) -> bool:
    """Whether the actor's part in the group includes the act."""
    return allows(standing_in(actor, group), action)


def require(actor: Actor, action: Action, group: AdHocGroup) -> Standing:
    """The actor's standing, if they may. Raises Forbidden otherwise."""
    standing = standing_in(actor, group)
    if standing is None or not allows(standing, action):
        raise Forbidden(_("Your role in this group does not include that."))
    return standing


# --- Routes and messages ------------------------------------------------------------------------

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed in"

View = Callable[..., Any]


def policy(rule: Action | str) -> Callable[[View], View]:
    """Marks a view or a consumer with the act it serves: an Action, PUBLIC or SIGNED_IN.

    The mark opens nothing: the view still asks through `selectors.access_*`. It is what the
    system check reads, so that no route is forgotten.
    """

    def mark(view: View) -> View:
        view.policy = rule  # type: ignore[attr-defined]
        return view

    return mark
