"""Signing in, and what keeps strangers out."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", PASSWORD, full_name="Ana")


def attempt(client: Client, password: str, *, address: str = "192.0.2.1", **more: Any) -> bool:
    """Tries to sign Ana in from an address. Returns whether she is."""
    data = {"login": "ana@example.org", "password": password, **more}
    client.post(reverse("account_login"), data, REMOTE_ADDR=address)
    return "_auth_user_id" in client.session


def test_a_person_signs_in_with_the_address_in_any_case(client: Client, ana: User) -> None:
    assert attempt(client, PASSWORD, login="ANA@Example.org")


def test_someone_made_inactive_is_signed_out_and_stays_out(client: Client, ana: User) -> None:
    assert attempt(client, PASSWORD)
    ana.is_active = False
    ana.save()
    assert client.get("/accounts/password/change/").status_code == 302
    assert not attempt(Client(), PASSWORD)


def test_guessing_from_one_address_is_stopped_there(client: Client, ana: User) -> None:
    assert not any(attempt(client, "wrong") for _ in range(5))
    assert not attempt(client, PASSWORD), "the sixth attempt must not even be tried"


def test_a_stranger_who_guesses_does_not_lock_the_person_out(client: Client, ana: User) -> None:
    assert not any(attempt(client, "wrong", address="192.0.2.66") for _ in range(8))
    assert attempt(Client(), PASSWORD, address="192.0.2.1")


def test_one_persons_mistakes_do_not_lock_out_a_room_behind_one_address(ana: User) -> None:
    User.objects.create_user("ben@example.org", PASSWORD, full_name="Ben")
    assert not any(attempt(Client(), "wrong") for _ in range(8))
    assert attempt(Client(), PASSWORD, login="ben@example.org")


def test_guessing_from_many_addresses_is_stopped_too(client: Client, ana: User) -> None:
    for number in range(200):
        attempt(client, "wrong", address=f"198.51.100.{number}")
    assert not attempt(client, PASSWORD, address="203.0.113.7")


def test_nobody_signs_up(client: Client) -> None:
    data = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), data)
    assert not User.objects.exists()


def test_a_forgotten_password_is_replaced_by_letter(client: Client, ana: User) -> None:
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert found
    page = client.get(found[1], follow=True)
    data = {"password1": "another long password", "password2": "another long password"}
    client.post(page.redirect_chain[-1][0], data)
    assert attempt(Client(), "another long password")
    assert not attempt(Client(), PASSWORD)


def test_no_letter_goes_to_strangers_and_the_answer_is_the_same(client: Client, ana: User) -> None:
    known = client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "eve@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


def test_an_address_that_was_replaced_opens_nothing(client: Client, ana: User) -> None:
    assert attempt(client, PASSWORD)
    ana.email = "ana.ruiz@example.org"
    ana.save()
    assert not attempt(Client(), PASSWORD)
    assert attempt(Client(), PASSWORD, login="ana.ruiz@example.org")
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    assert mail.outbox == []


def test_the_admin_signs_people_in_like_everything_else(client: Client) -> None:
    answer = client.get("/admin/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_every_sign_in_page_has_an_address_in_use() -> None:
    used = {str(name) for name in get_resolver().reverse_dict if str(name).startswith("account_")}
    assert "account_login" in used
    assert not {"account_email", "account_confirm_email", "account_signup_by_passkey"} & used


def test_a_session_that_was_known_before_signing_in_is_not_the_persons(
    client: Client, ana: User
) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = str(session.session_key)
    assert attempt(client, PASSWORD)
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert "_auth_user_id" not in stranger.session
