"""The secretariat's lists of people and delegations."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Delegation, User
from accounts.roles import SECRETARIAT

pytestmark = pytest.mark.django_db
PERSON = {"email": "ben@example.org", "full_name": "Ben", "language": "en", "is_active": "on"}


@pytest.fixture
def secretary(client: Client) -> User:
    """Someone of the secretariat, signed in: staff, but no superuser."""
    user = User.objects.create_user("sec@example.org", "x", full_name="Sec", is_staff=True)
    user.groups.add(Group.objects.get(name=SECRETARIAT))
    client.force_login(user)
    return user


def test_the_secretariat_adds_a_person_who_then_chooses_a_password(
    client: Client, secretary: User
) -> None:
    answer = client.post(reverse("admin:accounts_user_add"), PERSON)
    assert answer.status_code == 302
    ben = User.objects.get(email="ben@example.org")
    assert ben.has_usable_password()
    assert ben.history.get().history_user == secretary
    Client().post(reverse("account_reset_password"), {"email": "ben@example.org"})
    assert [letter.to for letter in mail.outbox] == [["ben@example.org"]]


def test_the_secretariat_cannot_raise_anyone_in_the_admin(client: Client, secretary: User) -> None:
    ben = User.objects.create_user("ben@example.org", full_name="Ben")
    page = reverse("admin:accounts_user_change", args=[ben.pk])
    client.post(page, PERSON | {"is_staff": "on", "is_superuser": "on"})
    ben.refresh_from_db()
    assert not ben.is_staff
    assert not ben.is_superuser


@pytest.mark.parametrize("page", ["admin:accounts_user_change", "admin:auth_user_password_change"])
def test_the_secretariat_cannot_become_a_superuser(
    client: Client, secretary: User, page: str
) -> None:
    root = User.objects.create_superuser("root@example.org", "old", full_name="Root")
    data = PERSON | {"password1": "a long enough password", "password2": "a long enough password"}
    client.post(reverse(page, args=[root.pk]), data)
    root.refresh_from_db()
    assert root.email == "root@example.org"
    assert root.check_password("old")


def test_nobody_is_deleted_in_the_admin(admin_client: Client) -> None:
    kestrel = Delegation.objects.create(symbol="KES", name="Kestrel Isles")
    for kind, key in (("delegation", kestrel.pk), ("user", User.objects.get().pk)):
        page = reverse(f"admin:accounts_{kind}_delete", args=[key])
        assert admin_client.post(page, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("page", ["user", "delegation"])
def test_lists_are_searched_filtered_and_shown_with_history(
    client: Client, secretary: User, page: str
) -> None:
    Delegation.objects.create(symbol="KES", name="Kestrel Isles")
    row = secretary.pk if page == "user" else Delegation.objects.get().pk
    assert client.get(reverse(f"admin:accounts_{page}_changelist"), {"q": "e"}).status_code == 200
    assert client.get(reverse(f"admin:accounts_{page}_history", args=[row])).status_code == 200
    assert client.get(reverse(f"admin:accounts_{page}_change", args=[row])).status_code == 200


def test_only_a_regional_group_has_members(client: Client, secretary: User) -> None:
    kestrel = Delegation.objects.create(symbol="KES", name="Kestrel Isles")
    data = {"symbol": "TRN", "name": "Tern", "kind": "member_state", "members": [kestrel.pk]}
    answer = client.post(reverse("admin:accounts_delegation_add"), data)
    assert "Only a regional group has members." in answer.content.decode()
    client.post(reverse("admin:accounts_delegation_add"), data | {"kind": "regional_group"})
    assert list(Delegation.objects.get(symbol="TRN").members.all()) == [kestrel]


def test_a_person_without_the_admin_is_kept_out(client: Client) -> None:
    client.force_login(User.objects.create_user("ben@example.org", full_name="Ben"))
    assert client.get(reverse("admin:index")).status_code in (302, 403)
