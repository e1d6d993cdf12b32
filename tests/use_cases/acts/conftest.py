"""The table at which the cast sits."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.use_cases.acts.table import Table


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast)
