"""The fixed cast of the tests, and a small draft for them to work on.

Chair presides, Sam is the secretary, Kes is the delegate of KES, Val of VAL, Olga observes,
Stella is of the conference's secretariat; Out sits in another group of the same conference, and
Far in none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from accounts.models import Delegation, User
from drafting.domain import draft as values
from drafting.domain.draft import Attribution, Header, Option, Provision, ProvisionKind
from drafting.domain.text import text_of
from drafting.models import AdHocGroup, Conference, Draft, Membership, SecretariatMember
from drafting.permissions import Actor
from drafting.services import drafts
from drafting.services.recording import Hand

SETUP = Hand(Actor.system("test"), "Secretariat", "set up")

PARTS: dict[str, tuple[str, str | None]] = {
    "chair": ("chair", None),
    "sam": ("secretary", None),
    "kes": ("delegate", "KES"),
    "val": ("delegate", "VAL"),
    "olga": ("observer", None),
}


@dataclass
class Cast:
    """Everybody by their first name, their group, and its draft DL/1."""

    conference: Conference
    group: AdHocGroup
    other: AdHocGroup
    draft: Draft
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        return Actor.person(self.users[name])


def item(
    key: str, words: str, *, label: str | None = None, base: bool = True, **about: object
) -> Provision:
    """An item whose one option stands."""
    text = text_of(words, label=label)
    number = key.removeprefix("p")
    option = Option(key=f"o{number}", text=text, stands=True)
    return Provision(
        key=key,
        kind=ProvisionKind.ITEM,
        options=(option,),
        base=text if base else None,
        **about,  # type: ignore[arg-type]
    )


def call(key: str, words: str) -> Provision:
    text = text_of(words, level=0)
    option = Option(key=f"o{key.removeprefix('p')}", text=text, stands=True)
    return Provision(key=key, kind=ProvisionKind.CALL, options=(option,), base=text, level=0)


def small_draft() -> values.Draft:
    """Two calls, four items, one of them with two competing options."""
    contested = Provision(
        key="p5",
        kind=ProvisionKind.ITEM,
        base=text_of("to mend the lamps at once;", label="2"),
        options=(
            Option(
                key="o5",
                text=text_of("to mend the lamps within a week;", label="2"),
                attributions=(Attribution("KES/75/4", "Kestria", literal="KES/75/4 Kestria"),),
            ),
            Option(
                key="o16",
                text=text_of("to mend the lamps when means allow;", label="2"),
                attributions=(Attribution("VAL/70/2", literal="VAL/70/2"),),
            ),
        ),
    )
    provisions = (
        call("p1", "considering"),
        item("p2", "that lamps go out,", label="a)"),
        call("p3", "resolves"),
        item("p4", "to count the lamps;", label="1"),
        contested,
        item("p6", "to report each year.", label="3"),
    )
    head = Header(series="DL", number="1", date=date(2027, 10, 12), base_name="Resolution 1")
    return values.Draft(head, provisions)


def make_cast() -> Cast:
    """Writes the cast into the database."""
    conference = Conference(slug="lorne", name="Plenary Conference")
    SETUP.create(conference)
    group = AdHocGroup(conference=conference, slug="lamps", name="Ad Hoc Group on Lamps")
    other = AdHocGroup(conference=conference, slug="fees", name="Ad Hoc Group on Fees")
    SETUP.create(group)
    SETUP.create(other)
    text = small_draft()
    draft = drafts.make(group, "DL/1", "Lamps", text.header, text.provisions, SETUP)
    cast = Cast(conference, group, other, draft)
    for symbol in ("KES", "VAL"):
        Delegation.objects.create(symbol=symbol, name=f"Land of {symbol}")
    for name in (*PARTS, "stella", "out", "far"):
        cast.users[name] = User.objects.create_user(
            f"{name}@seamarks.example", "a long password", full_name=name.capitalize()
        )
    for name, (role, speaks_for) in PARTS.items():
        delegation = Delegation.objects.filter(symbol=speaks_for or "").first()
        seat = Membership(group=group, user=cast.users[name], role=role, delegation=delegation)
        SETUP.create(seat)
    SETUP.create(Membership(group=other, user=cast.users["out"], role="chair"))
    SETUP.create(SecretariatMember(conference=conference, user=cast.users["stella"]))
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in a transaction that is rolled back."""
    return make_cast()
