"""How often laws are tried on made-up acts: `TRIES` times as often where that is set."""

import os


def seeds(few: int) -> range:
    """The seeds of one law."""
    return range(few * int(os.environ.get("TRIES", "1")))
