"""Loads the sample conference through the same use cases that people go through."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import Delegation, User
from accounts.roles import SECRETARIAT
from drafting import sample as invented
from drafting.domain import text as texts
from drafting.domain.draft import ProvisionKind, Status
from drafting.domain.typed import from_typed
from drafting.models import (
    AdHocGroup,
    Conference,
    Draft,
    Membership,
    Option,
    Provision,
    SecretariatMember,
)
from drafting.models.intake import ImportKind
from drafting.permissions import Actor
from drafting.selectors.values import provisions_of
from drafting.services import imports, provisions, revisions
from drafting.services.recording import Hand
from drafting.services.refusals import Refused

SETUP = Hand(Actor.system("sample"), "Secretariat", "Sample conference")
STATUS_OF = {
    "agree": Status.AGREED,
    "agree_ad_ref": Status.AGREED_AD_REF,
    "reopen": Status.REOPENED,
}


def load() -> Draft:
    """Makes the sample conference. Raises Refused if it is there already."""
    sample = invented.load()
    if Conference.objects.filter(slug=sample.conference.slug).exists():
        raise Refused("The sample conference is loaded already.")
    with transaction.atomic():
        people = _people(sample)
        group = _group(sample, people)
        secretary = _actor(sample, people, "secretary")
        draft = _papers(sample, group, secretary)
        for act in sample.story:
            _act(draft, Actor.person(people[act.by]), act)
    return draft


def _people(sample: invented.Sample) -> dict[str, User]:
    for delegation in sample.delegations:
        kind = Delegation.Kind.REGIONAL_GROUP if delegation.is_regional else None
        Delegation.objects.create(
            symbol=delegation.symbol,
            name=delegation.name,
            kind=kind or Delegation.Kind.MEMBER_STATE,
        )
    for delegation in sample.delegations:
        row = Delegation.objects.get(symbol=delegation.symbol)
        row.members.set(Delegation.objects.filter(symbol__in=delegation.members))
    return {person.email: _person(sample, person) for person in sample.people}


def _person(sample: invented.Sample, person: invented.Person) -> User:
    user = User.objects.create_user(
        person.email,
        sample.password,
        full_name=person.name,
        is_staff=person.role == "secretariat",
    )
    if person.role == "secretariat":
        user.groups.set(Group.objects.filter(name=SECRETARIAT))
    return user


def _group(sample: invented.Sample, people: dict[str, User]) -> AdHocGroup:
    about = sample.conference
    conference = Conference(
        slug=about.slug,
        name=f"{about.name.partition(',')[0]} of the {about.union}",
        place=f"{about.city}, {about.opens.year}",
        starts_on=about.opens,
        ends_on=about.closes,
    )
    SETUP.create(conference)
    group = AdHocGroup(
        conference=conference,
        slug=sample.group.slug,
        name=sample.group.name,
        body=sample.group.parent,
        mandate=sample.group.mandate,
    )
    SETUP.create(group)
    for person in sample.people:
        _seat(group, person, people[person.email])
    return group


def _seat(group: AdHocGroup, person: invented.Person, user: User) -> None:
    if person.role == "secretariat":
        SETUP.create(SecretariatMember(conference=group.conference, user=user))
        return
    delegation = Delegation.objects.filter(symbol=person.delegation or "").first()
    SETUP.create(Membership(group=group, user=user, role=person.role, delegation=delegation))


def _actor(sample: invented.Sample, people: dict[str, User], role: str) -> Actor:
    return Actor.person(next(people[p.email] for p in sample.people if p.role == role))


def _papers(sample: invented.Sample, group: AdHocGroup, secretary: Actor) -> Draft:
    """The base, the contributions and the consolidated draft, in the order they came."""

    def bring_in(kind: ImportKind, path: Path, draft: Draft | None) -> Draft:
        upload = imports.Upload(path.name, path.read_bytes())
        about = {} if draft else {"symbol": sample.draft_symbol, "title": sample.draft_title}
        paper = imports.bring_in(secretary, group, kind, upload, draft=draft, knock=False, **about)
        imports.read(paper.pk)
        return imports.place(secretary, paper.pk, accept_defaults=True).draft

    draft = bring_in(ImportKind.BASE, sample.base_docx, None)
    for contribution in sample.contributions:
        if not contribution.waiting:
            bring_in(ImportKind.CONTRIBUTION, contribution.path, draft)
    return bring_in(ImportKind.DRAFT, sample.consolidated, draft)


def _act(draft: Draft, actor: Actor, act: invented.Act) -> None:
    if act.kind == "issue":
        revisions.issue(actor, draft.pk)
        return
    row = _find(draft, act)
    if act.kind != "revise":
        provisions.move_status(actor, draft.pk, row.number, STATUS_OF[act.kind], act.reason)
        return
    option = list(row.options.all())[act.option - 1]
    provisions.revise_option(actor, draft.pk, option.number, _retyped(option, act.text), act.reason)


def _retyped(option: Option, words: str) -> texts.Text:
    return from_typed(words, texts.from_json(option.content))


def _find(draft: Draft, act: invented.Act) -> Provision:
    """The provision that people call by its call and printed label."""
    call, label = act.provision
    here, seen = "", 0
    for row in provisions_of(draft):
        option = row.options.all()[0]
        text = texts.from_json(option.content)
        if row.kind == ProvisionKind.CALL:
            here = texts.plain(text)
        elif here == call and (text.label or "") == label and row.kind == ProvisionKind.ITEM:
            seen += 1
            if seen == act.occurrence:
                return row
    raise LookupError(f"The sample has no {call} {label}, occurrence {act.occurrence}.")
