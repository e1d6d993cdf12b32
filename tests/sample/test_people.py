"""Who is in the sample, and whether its story can be told with them."""

from __future__ import annotations

import re
import tomllib

import drafting.sample as sample

SAMPLE = sample.load()
SYMBOLS = {delegation.symbol for delegation in SAMPLE.delegations}


def test_twelve_members_and_three_regional_groups() -> None:
    regional = [delegation for delegation in SAMPLE.delegations if delegation.is_regional]
    assert (len(SAMPLE.delegations), len(regional)) == (15, 3)
    assert {member for group in regional for member in group.members} <= SYMBOLS
    assert all(re.fullmatch("[A-Z]{3}", symbol) for symbol in SYMBOLS)


def test_the_cast_has_every_role_and_delegates_speak_for_different_delegations() -> None:
    roles = [person.role for person in SAMPLE.people]
    assert [roles.count(role) for role in ("chair", "secretary", "observer", "secretariat")] == [
        *(1, 1, 1, 1)
    ]
    spoken = [person.delegation for person in SAMPLE.people if person.role == "delegate"]
    assert len(spoken) == len(set(spoken)) == 5
    assert set(spoken) <= SYMBOLS


def test_addresses_lie_under_the_reserved_domain() -> None:
    assert all(person.email.endswith("@seamarks.example") for person in SAMPLE.people)
    assert SAMPLE.person(SAMPLE.group.chair).role == "chair"


def test_all_files_exist() -> None:
    files = [SAMPLE.base_text, SAMPLE.base_docx, SAMPLE.consolidated, SAMPLE.consolidated_truth]
    assert all(path.is_file() for path in files + [p.path for p in SAMPLE.contributions])


def test_each_act_names_a_person_and_a_provision_that_exist() -> None:
    truth = tomllib.loads(SAMPLE.consolidated_truth.read_text(encoding="utf-8"))
    base = SAMPLE.base_text.read_text(encoding="utf-8").splitlines()
    calls = {4, 8, 12, 24, 26, 31, 37, 45, 47, 50}
    places: list[tuple[str, str]] = []
    call = ""
    for provision in truth["provision"]:
        if provision.get("base") in calls:
            call = base[provision["base"] - 1].strip()
        elif not ("moved_to" in provision or provision.get("deleted")):
            places.append((call, provision.get("label", "")))
    for act in SAMPLE.story:
        assert SAMPLE.person(act.by)
        if act.kind != "issue":
            assert places.count(act.provision) >= act.occurrence, act
    assert [act.kind for act in SAMPLE.story].count("issue") == 1
