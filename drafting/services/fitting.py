"""Names as long as their column: a paper's header may say more than a name can be."""

from __future__ import annotations

from django.db import models


def fit(model: type[models.Model], field: str, words: str) -> str:
    """`words`, cut to the field's length with an ellipsis. For names only, never for a text."""
    most: int | None = getattr(model._meta.get_field(field), "max_length", None)
    return words if most is None or len(words) <= most else f"{words[: most - 1]}…"
