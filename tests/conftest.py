"""Fixtures for all tests. The cast and the factories join as the tables do."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.cast import cast
from tests.emptying import patient_emptying
from tests.tries import examples

__all__ = ["cast"]

# How long an example takes tells of the machine and what else it does, not of the law.
settings.register_profile(
    "patient",
    deadline=None,
    max_examples=examples(60),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")

# Long tests that are mostly spent waiting begin first, so that no core rests at the end.
FIRST = ("tests/convergence/", "tests/launch/", "tests/live/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres: str, valkey: str, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Starts both services as soon as a test asks for the database."""


@pytest.fixture(autouse=True)
def connections_given_back() -> Iterator[None]:
    """The scribe's own connections outlive a test; the test database must not wait for them."""
    yield
    # Imported late: services want Django's settings, which pytest-django reads after this file.
    if told := sys.modules.get("drafting.services.scribe"):
        told.scribe().rest(0)


@pytest.fixture(scope="session", autouse=True)
def emptying_is_patient() -> Iterator[None]:
    """No test fails for what another process still does when the tables are emptied."""
    with patient_emptying():
        yield
