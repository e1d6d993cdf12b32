"""A list of people takes its seats: all of it or nothing, and twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError

from accounts.models import Delegation, User
from drafting.models import Membership
from tests.cast import Cast
from tests.use_cases.test_commands import run

LIST = """\ufeffName;Email;Role;Delegation;Delegation_name
Ms Ana Ruiz;Ana@Islands.example;delegate;ISL;Islands
Mr Bo Lind;bo@islands.example;observer;ISL;
Kes;kes@seamarks.example;delegate;VAL;

Ms Eva Holm;eva@secretariat.example;secretary;;
"""


def seated(cast: Cast, folder: Path, words: str = LIST) -> dict[str, object]:
    path = folder / "people.csv"
    path.write_text(words, encoding="utf-8")
    return run("seat", path, "--group", cast.group.slug)


def test_a_list_makes_people_delegations_and_seats(cast: Cast, tmp_path: Path) -> None:
    told = seated(cast, tmp_path)
    assert told == {"group": "lamps", "people": 3, "delegations": 1, "seats": 4}
    ana = Membership.objects.get(group=cast.group, user__email="ana@islands.example")
    assert (ana.role, str(ana.delegation)) == ("delegate", "ISL · Islands")
    assert ana.user.full_name == "Ms Ana Ruiz"
    # No reset letter goes to who has an unusable password.
    assert ana.user.has_usable_password()
    kes = Membership.objects.get(group=cast.group, user=cast.users["kes"])
    assert kes.delegation == Delegation.objects.get(symbol="VAL")
    assert kes.user.full_name == "Kes"


def test_the_same_list_again_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    seated(cast, tmp_path)
    versions = Membership.history.count()
    assert seated(cast, tmp_path) == {"group": "lamps", "people": 0, "delegations": 0, "seats": 0}
    assert Membership.history.count() == versions


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Cy;cy@a.example;king;;", "Line 2: king is no role"),
        ("Cy;cy@a.example;delegate;;", "Line 2: A delegate acts for a delegation"),
        ("Cy;cy@a.example;delegate;XXX;", "Line 2: No delegation has the symbol XXX"),
        ("Cy;cy@a.example;delegate;x y;Land", "Line 2: "),
        ("Cy;nowhere;observer;;", "Line 2: "),
    ],
)
def test_one_wrong_line_keeps_the_whole_list_out(
    cast: Cast, tmp_path: Path, line: str, told: str
) -> None:
    head, _, rest = LIST.partition("\n")
    people = User.objects.count()
    with pytest.raises(CommandError, match=told):
        seated(cast, tmp_path, f"{head}\n{line}\n{rest}")
    assert User.objects.count() == people


def test_a_list_without_heads_is_told_what_it_lacks(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="name its columns: name, email, role"):
        seated(cast, tmp_path, "Ana,ana@a.example,delegate,ISL\n")


def test_another_encoding_is_told(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("name,email,role\nRené,r@a.example,observer\n".encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        run("seat", path, "--group", "lamps")


def test_a_group_that_is_not_there_is_told(cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is no group nowhere"):
        run("seat", Path(__file__), "--group", "nowhere")
