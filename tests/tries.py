"""How often laws are tried on what is made up: `TRIES` times as often where that is set."""

import os

TRIES = int(os.environ.get("TRIES", "1"))


def seeds(few: int) -> range:
    """The seeds of one law."""
    return range(few * TRIES)


def examples(few: int) -> int:
    """How many made-up examples a law is tried on."""
    return few * TRIES
