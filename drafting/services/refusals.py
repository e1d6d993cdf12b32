"""The one exception of the services: an act that was refused, with a sentence for the person."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was changed. The message says what is wrong and what to do."""
