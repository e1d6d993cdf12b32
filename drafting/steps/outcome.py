"""What the engine is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from drafting.domain.text import Text, from_json
from drafting.steps.schema import Json


@dataclass(frozen=True, slots=True)
class Item:
    """One step and the key its client made for it, unique in that client."""

    key: str
    step: Json


@dataclass(frozen=True)
class Applied:
    """`steps[i]` belongs to `keys[i]`; `dropped` are the keys of the steps that fell away.

    `before` and `after` are made when somebody asks: most batches are judged by nobody.
    """

    content: Json
    steps: tuple[Json, ...]
    keys: tuple[str, ...]
    dropped: tuple[str, ...]
    content_before: Json

    @cached_property
    def before(self) -> Text:
        return from_json(self.content_before)

    @cached_property
    def after(self) -> Text:
        return from_json(self.content)


@dataclass(frozen=True, slots=True)
class Invalid:
    """Why nothing was changed: an English sentence, the same for the same fault."""

    reason: str
