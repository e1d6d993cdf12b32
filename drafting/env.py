"""Reads settings from the environment. Standard library only; knows no setting by name.

A variable that is set and empty counts as not set: compose files pass empty ones on.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class BadEnvironment(Exception):
    """A variable is missing or cannot be read. The message names it and says what to do."""


def text(name: str, default: str) -> str:
    """The variable, or the default."""
    return os.environ.get(name, "") or default


def required(name: str) -> str:
    """The variable; `BadEnvironment` when it is missing or empty."""
    value = text(name, "")
    if not value:
        raise BadEnvironment(f"{name} is not set. The README has the table of variables.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off, in any case; `BadEnvironment` for anything else."""
    value = text(name, "").lower()
    if value and value not in TRUE | FALSE:
        raise BadEnvironment(f"{name} must be 1 or 0, not {value!r}.")
    return value in TRUE if value else default


def number(name: str, default: int) -> int:
    """A whole number, zero or more; `BadEnvironment` for anything else."""
    value = text(name, str(default))
    if not value.isdigit():
        raise BadEnvironment(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str) -> list[str]:
    """Values separated by commas or spaces; none when the variable is not set."""
    return text(name, "").replace(",", " ").split()


def path(name: str, default: Path) -> Path:
    """An absolute path; `~` is the home folder."""
    return Path(text(name, str(default))).expanduser().resolve()


def database(url: str, *, pool_max: int, timeouts: dict[str, int]) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`.

    The host may also be the folder of a Unix socket, as `?host=/folder`. `timeouts` are server
    settings in milliseconds. With `pool_max` 0 there is no pool.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadEnvironment("DATABASE_URL must begin with postgresql://: no other database.")
    query = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {
        "options": " ".join(f"-c {name}={value}" for name, value in timeouts.items()),
    }
    if pool_max:
        options["pool"] = {"min_size": 1, "max_size": pool_max, "timeout": 10}
    host = query.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # The pool keeps connections; Django must not keep them too.
        "CONN_MAX_AGE": 0,
        # A connection that died in the pool (PostgreSQL was restarted) is replaced, not handed out.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query | options,
    }
