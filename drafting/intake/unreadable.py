"""The one refusal of the room: a file that cannot be read, with a sentence for its sender."""

from __future__ import annotations


class Unreadable(Exception):
    """Nothing was changed. The message says what is wrong with the file and what to do."""
