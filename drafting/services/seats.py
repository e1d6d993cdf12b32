"""Seats many people in a group at once, from a list as a secretariat keeps it.

All of it or nothing. A person is known by the address, a delegation by its symbol; what is there
already stays as it is, but a seat takes the role and the delegation that the list gives.
"""

from __future__ import annotations

import csv
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Delegation, User
from drafting.models import AdHocGroup, Membership, Role
from drafting.services.recording import Hand
from drafting.services.refusals import Refused

NEEDED = ("name", "email", "role")
COLUMNS = (*NEEDED, "delegation", "delegation_name")
LINES_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Seat:
    """One line of the list. `line`: its number in the file."""

    line: int
    name: str
    email: str
    role: str
    delegation: str = ""
    delegation_name: str = ""


def read_list(data: bytes) -> list[Seat]:
    """The lines of a table as a spreadsheet saves it (CSV, with its heads). Raises Refused."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The list is not in UTF-8: save it as “CSV UTF-8”.")) from None
    first = words.partition("\n")[0]
    divider = max(",;\t", key=first.count)
    table = csv.DictReader(words.splitlines(), delimiter=divider, skipinitialspace=True)
    heads = [(head or "").strip().lower() for head in table.fieldnames or ()]
    missing = [head for head in NEEDED if head not in heads]
    if missing:
        needed = ", ".join(COLUMNS)
        raise Refused(_("The first line of the list must name its columns: %s.") % needed)
    table.fieldnames = heads
    return list(_lines(table))


def _lines(table: csv.DictReader[str]) -> Iterator[Seat]:
    for row in table:
        given = {head: (row.get(head) or "").strip() for head in COLUMNS}
        if not any(given.values()):
            continue
        if table.line_num > LINES_MAX:
            raise Refused(_("The list has more than %d lines: divide it.") % LINES_MAX)
        yield Seat(line=table.line_num, **given)


def seat(group: AdHocGroup, seats: list[Seat], hand: Hand) -> Counter[str]:
    """Makes what is missing; counts new people, delegations and seats. Raises Refused."""
    done: Counter[str] = Counter(people=0, delegations=0, seats=0)
    with transaction.atomic():
        for one in seats:
            try:
                done.update(_seat(group, one, hand))
            except ValidationError as error:
                told = "; ".join(error.messages)
                raise Refused(_("Line %(n)d: %(told)s") % {"n": one.line, "told": told}) from error
    return done


def _seat(group: AdHocGroup, one: Seat, hand: Hand) -> Iterator[str]:
    """What was made, by name."""
    if one.role.lower() not in Role.values:
        roles = ", ".join(Role.values)
        raise ValidationError(
            _("%(role)s is no role: %(roles)s.") % {"role": one.role or "–", "roles": roles}
        )
    delegation, made = _delegation(one, hand)
    yield from ["delegations"] * made
    user, made = _person(one, hand)
    yield from ["people"] * made
    known = Membership.objects.filter(group=group, user=user).first()
    seat = known or Membership(group=group, user=user)
    if known and (known.role, known.delegation) == (one.role.lower(), delegation):
        return
    seat.role, seat.delegation = one.role.lower(), delegation
    seat.full_clean()
    hand.save(seat, ["role", "delegation"]) if known else hand.create(seat)
    yield "seats"


def _delegation(one: Seat, hand: Hand) -> tuple[Delegation | None, bool]:
    if not one.delegation:
        return None, False
    found = Delegation.objects.filter(symbol=one.delegation).first()
    if found:
        return found, False
    if not one.delegation_name:
        raise ValidationError(
            _("No delegation has the symbol %s: give its name in the column delegation_name.")
            % one.delegation
        )
    made = Delegation(symbol=one.delegation, name=one.delegation_name)
    made.full_clean()
    hand.create(made)
    return made, True


def _person(one: Seat, hand: Hand) -> tuple[User, bool]:
    email = one.email.lower()
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found, False
    made = User(email=email, full_name=one.name)
    # A random password, not an unusable one: they choose theirs by "Forgotten your password?".
    made.set_password(secrets.token_urlsafe(32))
    made.full_clean()
    hand.create(made)
    return made, True
