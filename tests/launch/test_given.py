"""A database that is named and not there is told in one line, without its password."""

import pytest

from drafting.launch.given import require_given
from drafting.launch.report import Refusal
from drafting.launch.valkey import free_port


@pytest.mark.parametrize(
    ("name", "scheme"), [("DATABASE_URL", "postgresql"), ("REDIS_URL", "redis")]
)
def test_a_database_that_does_not_answer_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, f"{scheme}://u:hidden@127.0.0.1:{free_port()}/0")
    with pytest.raises(Refusal, match=f"^{name} names .*127.0.0.1") as told:
        require_given()
    assert "\n" not in str(told.value)
    assert "hidden" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "url"), [("DATABASE_URL", "mysql://a"), ("REDIS_URL", "http://a")]
)
def test_another_kind_of_database_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv(name, url)
    with pytest.raises(Refusal, match=f"^{name} must begin with"):
        require_given()


def test_nothing_named_is_nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    require_given()
