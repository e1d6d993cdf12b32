"""What the tests of the line have in common."""

from collections.abc import Iterator

import pytest

from drafting.services.scribe import scribe


@pytest.fixture(autouse=True)
def connections_given_back() -> Iterator[None]:
    """The scribe's own connections outlive a test; the test database must not wait for them."""
    yield
    scribe().rest(0)
