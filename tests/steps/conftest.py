"""The original for the tests that compare."""

from collections.abc import Iterator

import pytest

from tests.steps.original import Original, started


@pytest.fixture(scope="session")
def original() -> Iterator[Original]:
    yield from started()
