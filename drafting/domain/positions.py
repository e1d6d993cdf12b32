"""What a delegation thinks of a wording, a bracket or a provision, and how the room stands.

Rules:

- A delegation has one stance on one thing at a time; the latest holds.
- A stance binds nobody: it settles nothing, and is not a vote. It is counted so that a chair sees
  where agreement is near.
"""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """What a delegation says of an option, a bracket or a provision."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    RESERVE = "reserve"
    DELETE = "delete"
    AMEND = "amend"
    WAITING = "waiting"  # for instructions
