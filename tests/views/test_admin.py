"""The admin: the secretariat of one conference sees, and sets up, nothing of another's."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import SECRETARIAT
from drafting.admin_rights import OfServed
from drafting.models import AdHocGroup, Conference, Membership, Role, SecretariatMember
from tests.cast import Cast

DESKS = [
    model for model, desk in admin.site._registry.items() if model._meta.app_label == "drafting"
]
OTHER = "Council of Buoys"


@pytest.fixture
def council(cast: Cast) -> AdHocGroup:
    """A group of another conference."""
    day = date(2027, 1, 1)
    conference = Conference.objects.create(
        name=OTHER, slug="council", place="Tarn", starts_on=day, ends_on=day
    )
    return AdHocGroup.objects.create(conference=conference, name="Buoys", slug="buoys")


@pytest.fixture
def stella(cast: Cast, client: Client) -> User:
    """Of the secretariat of the cast's conference, signed in at the admin."""
    user = cast.users["stella"]
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=SECRETARIAT))
    client.force_login(user)
    return user


def test_every_desk_of_ours_is_scoped_to_conferences() -> None:
    assert len(DESKS) >= 9
    assert all(isinstance(admin.site._registry[model], OfServed) for model in DESKS)


@pytest.mark.parametrize("model", DESKS, ids=lambda model: str(model._meta.model_name))
def test_each_list_opens_and_tells_nothing_of_another_conference(
    client: Client, stella: User, council: AdHocGroup, model: type
) -> None:
    Membership.objects.create(group=council, user=stella, role=Role.OBSERVER)
    answer = client.get(reverse(f"admin:drafting_{model._meta.model_name}_changelist"))  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert OTHER not in answer.content.decode()
    assert "Buoys" not in answer.content.decode()


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_row_of_another_conference_is_absent(
    client: Client, stella: User, council: AdHocGroup, page: str
) -> None:
    for row in (council, council.conference):
        address = reverse(f"admin:drafting_{row._meta.model_name}_{page}", args=[row.pk])
        answer = client.get(address, follow=True)
        assert OTHER not in answer.content.decode()
        assert "Buoys" not in answer.content.decode()


def test_nobody_is_seated_in_another_conference(
    client: Client, stella: User, council: AdHocGroup
) -> None:
    seat = {"user": stella.pk, "group": council.pk, "role": Role.CHAIR.value}
    client.post(reverse("admin:drafting_membership_add"), seat)
    assert not Membership.objects.filter(group=council).exists()
    group = {"conference": council.conference.pk, "name": "New", "slug": "new"}
    client.post(reverse("admin:drafting_adhocgroup_add"), group)
    assert not AdHocGroup.objects.filter(slug="new").exists()


def test_whoever_sets_a_conference_up_serves_it(client: Client, stella: User) -> None:
    data = {"name": OTHER, "slug": "council", "place": "Tarn"}
    data |= {"starts_on": "2027-01-01", "ends_on": "2027-01-09"}
    for formset in ("secretariatmember_set", "groups"):
        data |= {f"{formset}-TOTAL_FORMS": "0", f"{formset}-INITIAL_FORMS": "0"}
    answer = client.post(reverse("admin:drafting_conference_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert SecretariatMember.objects.filter(conference__slug="council", user=stella).exists()
    assert OTHER in client.get(reverse("admin:drafting_conference_changelist")).content.decode()


def test_a_superuser_sees_every_conference(admin_client: Client, council: AdHocGroup) -> None:
    page = admin_client.get(reverse("admin:drafting_conference_changelist"))
    assert OTHER in page.content.decode()


def test_a_name_comes_before_the_short_name_that_is_made_of_it(
    client: Client, stella: User, cast: Cast
) -> None:
    for address in (
        reverse("admin:drafting_conference_add"),
        reverse("admin:drafting_adhocgroup_change", args=[cast.group.pk]),
    ):
        page = client.get(address).content.decode()
        assert page.index('name="name"') < page.index('name="slug"')


def test_no_cross_beside_a_field_deletes_what_it_names(
    client: Client, stella: User, cast: Cast
) -> None:
    address = reverse("admin:drafting_adhocgroup_change", args=[cast.group.pk])
    assert 'id="delete_id_conference"' not in client.get(address).content.decode()
