"""The front end's bundle is built under servers that run and pages that load."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from drafting.launch.frontend import STATIC, node_folder, with_node

SOURCES = {
    "src/main.ts": 'void import("./late.ts").then(({ late }) => late());',
    "src/late.ts": 'export const late = (): void => console.log("late");',
    "src/theme.ts": 'console.log("theme");',
    "css/app.css": "a { color: red; }",
    "css/admin.css": "b { color: red; }",
}
ENTRIES = {"main.js", "theme.js", "app.css", "admin.css"}


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A small front end of its own, built."""
    shutil.copy(STATIC / "build.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(STATIC / "node_modules")
    for name, words in SOURCES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    assert building(tmp_path).wait() == 0
    return tmp_path


def building(static: Path) -> subprocess.Popen[bytes]:
    node = node_folder()
    return subprocess.Popen([node / "node", "build.mjs"], cwd=static, env=with_node(node))


def built(static: Path) -> set[str]:
    return {file.name for file in (static / "dist").iterdir()}


def test_while_it_is_built_anew_nothing_that_a_page_loads_is_missing(static: Path) -> None:
    lacked: set[str] = set()
    again = building(static)
    while again.poll() is None:
        lacked |= {name for name in ENTRIES if not (static / "dist" / name).exists()}
    assert again.returncode == 0
    assert lacked == set()


def test_what_was_built_of_other_sources_goes(static: Path) -> None:
    before = built(static)
    (static / "dist" / ".stamp").write_text("as it was")
    (static / "src" / "late.ts").write_text("export const late = (): void => undefined;")
    assert building(static).wait() == 0
    after = built(static)
    assert before & after >= ENTRIES
    assert {name for name in before - after if name.startswith("late")}
    assert ".stamp" not in after


def test_two_builds_at_once_do_not_mind_each_other(static: Path) -> None:
    both = [building(static), building(static)]
    assert [one.wait() for one in both] == [0, 0]
    assert built(static) >= ENTRIES
