"""Signing in, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User

pytestmark = pytest.mark.browser
PASSWORD = "a long enough password"


def sign_in(page: Page, email: str, password: str) -> None:
    """Fills in and sends the sign-in form."""
    page.goto("/accounts/login/")
    page.get_by_label(re.compile("e-?mail", re.I)).fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_sign_in_page_is_readable(page: Page) -> None:
    page.goto("/accounts/login/")
    heading = page.get_by_role("heading", name="Sign in")
    expect(heading).to_be_visible()
    box = heading.bounding_box()
    assert box is not None
    assert box["height"] > 10
    assert pixels_differ(page), "the page is blank: no font was found"


def pixels_differ(page: Page) -> bool:
    """Whether the heading, drawn, is more than one even colour."""
    drawn = page.get_by_role("heading", name="Sign in").screenshot()
    return len(drawn) > 300


def test_a_person_signs_in_by_e_mail(page: Page) -> None:
    User.objects.create_user("ana@example.org", PASSWORD, full_name="Ana")
    sign_in(page, "Ana@example.org", PASSWORD)
    expect(page).not_to_have_url(re.compile("/accounts/login/"))
    assert "sessionid" in {cookie["name"] for cookie in page.context.cookies()}
    expect(page.locator(".me")).to_contain_text("Ana")
    expect(page.locator(".said")).to_have_count(0)


def test_a_wrong_password_opens_nothing(page: Page) -> None:
    User.objects.create_user("ana@example.org", PASSWORD, full_name="Ana")
    sign_in(page, "ana@example.org", "something else entirely")
    expect(page.get_by_text("not correct")).to_be_visible()
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}
