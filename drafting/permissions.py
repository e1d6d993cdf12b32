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
from drafting.models import AdHocGroup, Membership, SecretariatMember


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
    MOVE_STATUS = "provision.move_status"
    REVISE_OPTION = "option.revise"
    HEAR_DRAFT = "draft.hear"  # the WebSocket


_MEMBERS: Final = frozenset(Part) - {Part.MACHINE}
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
    Action.MOVE_STATUS: frozenset({Part.CHAIR, Part.SECRETARY}),
    Action.REVISE_OPTION: frozenset({Part.CHAIR, Part.SECRETARY}),
    Action.HEAR_DRAFT: _MEMBERS,
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
    if member:
        return Standing(Part(member.role), actor.acting_for or _speaks_for(member))
    serves = SecretariatMember.objects.filter(
        conference_id=group.conference_id, user=actor.user
    ).exists()
    return Standing(Part.SECRETARIAT, actor.acting_for or _("Secretariat")) if serves else None


def _speaks_for(member: Membership) -> str:
    if member.role == Part.DELEGATE and member.delegation:
        return member.delegation.symbol
    return str(member.get_role_display()).capitalize()


def may(actor: Actor, action: Action, group: AdHocGroup) -> bool:
    """Whether the actor's part in the group includes the act."""
    standing = standing_in(actor, group)
    return standing is not None and standing.part in POLICIES.get(action, frozenset())


def require(actor: Actor, action: Action, group: AdHocGroup) -> Standing:
    """The actor's standing, if they may. Raises Forbidden otherwise."""
    standing = standing_in(actor, group)
    if standing is None or standing.part not in POLICIES.get(action, frozenset()):
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
