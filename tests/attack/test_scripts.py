"""The secretariat's commands with wrong paths, wrong names and a machine that does not answer."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from drafting.management.commands import export
from drafting.models import AdHocGroup, Conference, Draft
from drafting.services.refusals import Refused
from tests.cast import Cast

REPO = Path(__file__).resolve().parents[2]
BASE = REPO / "drafting" / "sample" / "docx" / "base.docx"


def run(*arguments: object) -> str:
    """What the command prints on stdout."""
    kept, sys.stdout = sys.stdout, io.StringIO()
    try:
        call_command(*map(str, arguments), stderr=io.StringIO())
        return sys.stdout.getvalue()
    finally:
        sys.stdout = kept


@pytest.mark.parametrize(
    ("file", "symbol"),
    [
        ("/nowhere/base.docx", "DL/9"),
        ("/", "DL/9"),
        ("/dev/null", "DL/9"),
        (BASE, "///"),
        (BASE, "X" * 80),
        (BASE, "㎑" * 30),
        (BASE, "DL/\x1b9"),
        (BASE, ""),
    ],
)
def test_a_base_that_cannot_be_brought_in_leaves_no_group_and_no_conference(
    db: None, file: object, symbol: str
) -> None:
    with pytest.raises(CommandError):
        run("import_base", file, "--symbol", symbol)
    assert not Conference.objects.exists()
    assert not AdHocGroup.objects.exists()


def test_a_symbol_that_two_conferences_have_must_be_told_apart(cast: Cast) -> None:
    other = Conference.objects.create(slug="other", name="Other")
    group = AdHocGroup.objects.create(conference=other, slug="lamps", name="Lamps")
    Draft.objects.create(conference=other, group=group, slug="dl-1", symbol="DL/1", title="Other")
    with pytest.raises(CommandError, match="say --conference, one of: lorne, other"):
        run("issue_revision", "--draft", "DL/1")
    with pytest.raises(CommandError, match="say --conference"):
        run("import_base", BASE, "--symbol", "DL/3")
    assert json.loads(run("issue_revision", "--draft", "DL/1", "--conference", "lorne"))


def export_to(out: object) -> str:
    return run("export", "--draft", "DL/1", "--format", "txt", "--out", out)


def test_an_export_over_a_folder_a_pipe_or_a_link_is_refused_and_leaves_them(
    cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "there")
    before = sorted(tmp_path.rglob("*"))
    for name in ("folder", "pipe", "link", "nowhere/paper.txt"):
        with pytest.raises(CommandError):
            export_to(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_export_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Refused, match="No space left"):
        export.write(tmp_path / "paper.txt", b"words")
    assert list(tmp_path.iterdir()) == []


def test_a_warning_of_django_does_not_stand_before_the_json(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'accounts' AND name <> '0001_initial'"
        )
    said = run("issue_revision", "--draft", "DL/1")
    assert json.loads(said)["revision"] == 1


def alone(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a script runs it."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPO,
        env=os.environ | environment,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_a_database_that_is_away_is_one_sentence_and_exit_1(tmp_path: Path) -> None:
    ended = alone(
        *("export", "--draft", "DL/1", "--format", "txt", "--out", str(tmp_path / "x")),
        DATABASE_URL=f"postgresql:///drafting?host={tmp_path}",
        DRAFTING_DB_POOL_MAX="0",
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"CommandError: The database does not answer")
    assert b"Traceback" not in ended.stderr


def test_what_was_done_is_told_on_a_terminal_of_any_encoding(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow: Any = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    out = tmp_path / "préambule.txt"
    call_command("export", "--draft", "DL/1", "--format", "txt", "--out", str(out))
    narrow.flush()
    assert json.loads(narrow.buffer.getvalue())["out"] == str(out)
