"""Where the real papers are: test data beside the checkout that the project does not contain."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DRAFTING_SHARED", REPO.parent / "shared"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"The real papers are not at {SHARED} (set DRAFTING_SHARED)."
)


def shared(path: str) -> Path:
    """A file of the real papers, by its path below their folder."""
    return SHARED / path
