"""Databases that the environment names instead of ours: asked before anything builds on them.

What is wrong is told in one line with the name of the variable; a password is never printed.
"""

import os

import psycopg
import redis

from drafting.launch.report import Refusal

PATIENCE_S = 5


def require_given() -> None:
    """`Refusal` when a database that is named does not answer."""
    if url := os.environ.get("DATABASE_URL"):
        _require_postgres(url)
    if url := os.environ.get("REDIS_URL"):
        _require_valkey(url)


def _require_postgres(url: str) -> None:
    if not url.startswith(("postgresql://", "postgres://")):
        raise Refusal("DATABASE_URL must begin with postgresql://: no other database.")
    try:
        psycopg.connect(url, connect_timeout=PATIENCE_S).close()
    except psycopg.Error as error:
        raise Refusal(f"DATABASE_URL names a database that is not there: {_line(error)}") from None


def _require_valkey(url: str) -> None:
    try:
        redis.Redis.from_url(url, socket_connect_timeout=PATIENCE_S).ping()
    except ValueError:
        raise Refusal("REDIS_URL must begin with redis:// or rediss://.") from None
    except redis.RedisError as error:
        raise Refusal(f"REDIS_URL names a Valkey that is not there: {_line(error)}") from None


def _line(error: Exception) -> str:
    """What the driver says, on one line."""
    return " ".join(str(error).split())
