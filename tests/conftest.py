"""Fixtures for all tests. The cast and the factories join as the tables do."""

import pytest

from tests.cast import cast

__all__ = ["cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres: str, valkey: str, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Starts both services as soon as a test asks for the database."""
