"""What an act may ask for of proposals: that they come into the draft, or go out of it."""

from __future__ import annotations

from drafting.services.deeds.form import AnyDeed, Change, Key, Rationale, Who


class TakeUp(AnyDeed, tag="proposal.take_up", frozen=True):
    """What a proposal asks for is put into the draft: all of it, or in one provision, or one change
    by its key."""

    code: Who
    provision: Key | None = None
    change: Change | None = None
    rationale: Rationale = ""


class WithdrawProposal(AnyDeed, tag="proposal.withdraw", frozen=True):
    """What a proposal asks for is taken back by who asked: everywhere, or in one provision, or one
    change by its key."""

    code: Who
    provision: Key | None = None
    words: Rationale = ""
    change: Change | None = None


class RetainNot(AnyDeed, tag="proposal.retain_not", frozen=True):
    """What a proposal asks for is let go: all of it, or in one provision, or one change by its key;
    without a code, all that is asked for in a provision."""

    code: Who | None = None
    provision: Key | None = None
    rationale: Rationale = ""
    change: Change | None = None
