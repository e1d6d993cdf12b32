"""The styles know start and end, not left and right, so that Arabic needs no second sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafting.launch.environment import REPOSITORY

SHEETS = sorted((REPOSITORY / "static" / "css").glob("*.css"))
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)
QUERY = re.compile(r"@(?:media|container|supports)[^{]*\{")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_has_logical_properties_only(sheet: Path) -> None:
    # Media queries ask for the width of the screen, which has no start and end.
    words = QUERY.sub("{", sheet.read_text("utf-8"))
    assert [match[0].strip() for match in PHYSICAL.finditer(words)] == []


def test_the_sheets_were_found() -> None:
    assert len(SHEETS) >= 5
    assert PHYSICAL.search("a { margin-left: 1px }")
    assert PHYSICAL.search("a{width:1px}")
    assert not PHYSICAL.search("a { margin-inline-start: 1px; inline-size: 2px }")
