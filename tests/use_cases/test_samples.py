"""The invented conference as `make run` loads it: by the same use cases that people go through."""

from __future__ import annotations

import pytest

from drafting import sample as invented
from drafting.domain.draft import ProvisionKind
from drafting.models import Draft, Event, Membership, Option, Proposal, Provision, Revision
from drafting.selectors.histories import versions_of
from drafting.services import samples
from drafting.services.refusals import Refused


@pytest.fixture
def draft(db: None) -> Draft:
    return samples.load()


def test_the_sample_holds_what_its_papers_say(draft: Draft) -> None:
    sample = invented.load()
    placed = [c for c in sample.contributions if not c.waiting]
    codes = {code for contribution in placed for code in contribution.codes}
    assert set(Proposal.objects.values_list("code", flat=True)) == codes
    assert Membership.objects.count() == len([p for p in sample.people if p.role != "secretariat"])
    assert Provision.objects.filter(kind=ProvisionKind.CALL).count() >= 9
    assert Option.objects.filter(kind="delete").exists()
    assert Option.objects.filter(kind="no_text").exists()


def test_its_story_leaves_a_revision_and_a_history_with_names(draft: Draft) -> None:
    revision = Revision.objects.get()
    assert (revision.number, revision.issued_for) == (1, "Chair")
    told = {version.acting_for for row in Provision.objects.all() for version in versions_of(row)}
    assert {"Chair", "Secretary"} <= told


def test_its_events_are_numbered_without_a_gap(draft: Draft) -> None:
    numbers = list(Event.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    draft.refresh_from_db()
    assert draft.seq == len(numbers)


def test_it_is_loaded_once(draft: Draft) -> None:
    with pytest.raises(Refused, match="already"):
        samples.load()
    assert Draft.objects.count() == 1
