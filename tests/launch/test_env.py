"""How settings are read from the environment."""

import pytest

from drafting import env


@pytest.mark.parametrize(
    ("given", "meant"), [("1", True), ("YES", True), ("0", False), ("off", False)]
)
def test_a_flag_is_read_in_any_case(
    monkeypatch: pytest.MonkeyPatch, given: str, meant: bool
) -> None:
    monkeypatch.setenv("FLAG", given)
    assert env.flag("FLAG", default=not meant) is meant


def test_a_mistyped_flag_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAG", "flase")
    with pytest.raises(env.BadEnvironment, match="FLAG must be 1 or 0, not 'flase'"):
        env.flag("FLAG", default=False)


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "")
    assert env.text("KEY", "default") == "default"
    with pytest.raises(env.BadEnvironment, match="KEY is not set"):
        env.required("KEY")


def test_a_database_url_gives_every_part() -> None:
    url = "postgresql://a%40b:p%2Fw@db.example.org:5433/name?sslmode=require"
    settings = env.database(url, pool_max=7, timeouts={"lock_timeout": 5})
    assert settings["NAME"] == "name"
    assert (settings["USER"], settings["PASSWORD"]) == ("a@b", "p/w")
    assert (settings["HOST"], settings["PORT"]) == ("db.example.org", "5433")
    assert settings["CONN_MAX_AGE"] == 0
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["options"] == "-c lock_timeout=5"
    assert settings["OPTIONS"]["pool"]["max_size"] == 7


def test_a_socket_folder_may_be_the_host() -> None:
    settings = env.database("postgresql://me@/name?host=/run/a%20b", pool_max=0, timeouts={})
    assert settings["HOST"] == "/run/a b"
    assert "pool" not in settings["OPTIONS"]


def test_another_database_is_refused() -> None:
    with pytest.raises(env.BadEnvironment, match="no other database"):
        env.database("sqlite:///file", pool_max=0, timeouts={})
