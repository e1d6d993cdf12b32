"""People and delegations: what the tables keep true."""

import pytest
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import RequestFactory

from accounts.models import Delegation, User

pytestmark = pytest.mark.django_db


def test_an_address_names_one_person_whatever_its_case() -> None:
    User.objects.create_user("ana@example.org", full_name="Ana")
    with pytest.raises(IntegrityError, match="user_email"):
        User(email="Ana@Example.org", full_name="Another").save()


def test_a_person_is_found_by_an_address_in_any_case() -> None:
    ana = User.objects.create_user("Ana@Example.org", full_name="Ana")
    assert User.objects.get_by_natural_key("aNA@example.ORG") == ana


def test_signing_in_leaves_no_version_of_the_person() -> None:
    ana = User.objects.create_user("ana@example.org", full_name="Ana")
    user_logged_in.send(sender=User, request=RequestFactory().get("/"), user=ana)
    assert ana.last_login is not None
    assert ana.history.count() == 1


def test_a_new_name_leaves_a_version_without_the_password() -> None:
    ana = User.objects.create_user("ana@example.org", full_name="Ana")
    ana.full_name = "Ana Ruiz"
    ana.save()
    assert [version.full_name for version in ana.history.all()] == ["Ana Ruiz", "Ana"]
    assert not hasattr(ana.history.model, "last_login")
    assert "password" not in {field.name for field in ana.history.model._meta.fields}


@pytest.mark.parametrize("symbol", ["kes", "K S", "1AB", "", "-K", "KÉS"])
def test_a_symbol_that_no_proposal_code_could_carry_is_refused(symbol: str) -> None:
    with pytest.raises(ValidationError):
        Delegation(symbol=symbol, name="Kestrel Isles").full_clean()


@pytest.mark.parametrize("symbol", ["kes", "", "-K"])
def test_the_database_refuses_such_a_symbol_too(symbol: str) -> None:
    with pytest.raises(IntegrityError, match="delegation_symbol_well_formed"):
        Delegation(symbol=symbol, name="Kestrel Isles").save()


def test_two_delegations_cannot_share_a_symbol() -> None:
    Delegation.objects.create(symbol="KES", name="Kestrel Isles")
    with pytest.raises(IntegrityError):
        Delegation.objects.create(symbol="KES", name="Another")


def test_a_regional_group_knows_its_members_and_they_know_it() -> None:
    kestrel = Delegation.objects.create(symbol="KES", name="Kestrel Isles")
    north = Delegation.objects.create(
        symbol="NOR-G", name="Northern group", kind=Delegation.Kind.REGIONAL_GROUP
    )
    north.members.add(kestrel)
    assert list(kestrel.regional_groups.all()) == [north]
    assert list(kestrel.members.all()) == []
