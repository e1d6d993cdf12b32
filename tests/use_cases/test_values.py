"""A draft's rows as values: read whole or provision by provision, they say the same."""

from __future__ import annotations

import pytest

from drafting.domain import draft as values
from drafting.models import Draft
from drafting.selectors.values import draft_value, header_value, provision_value, provisions_of
from drafting.services import samples

pytestmark = pytest.mark.django_db


def test_a_draft_read_whole_is_what_its_provisions_are_one_by_one() -> None:
    samples.load()
    for draft in Draft.objects.all():
        rows = tuple(provision_value(row) for row in provisions_of(draft))
        assert draft_value(draft) == values.Draft(header_value(draft), rows)
        assert any(p.notes for p in rows)
        assert any(o.attributions for p in rows for o in p.options)
