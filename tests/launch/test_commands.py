"""Refusals of the run command: one line that says what to do."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafting.launch.commands import pytest_run
from drafting.launch.environment import REPOSITORY, local_environment, secret_key


def launch(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as `make` does."""
    command = [sys.executable, "-m", "drafting.launch", *arguments]
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_in_one_line(taken_port: int, tmp_path: Path) -> None:
    done = launch("run", PORT=str(taken_port), DRAFTING_DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == (
        f"drafting: Port {taken_port} is taken: stop what uses it, "
        f"or make run PORT={taken_port + 1}\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused_in_one_line(port: str, tmp_path: Path) -> None:
    done = launch("run", PORT=port, DRAFTING_DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("drafting: PORT must be a number")
    assert done.stderr.count("\n") == 1


def test_a_data_folder_that_cannot_be_written_to_is_refused_in_one_line(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    done = launch("run", DRAFTING_DATA_DIR=str(in_the_way / "data"))
    assert done.returncode == 2
    assert "cannot be written to" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_old_python_is_refused_in_one_line() -> None:
    program = (
        "import sys, runpy; sys.version_info = (3, 9, 2);"
        "runpy.run_module('drafting.launch', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("drafting: Python 3.11 or later is needed, this is 3.9.2.")
    assert done.stderr.count("\n") == 1


def test_the_refusing_file_is_readable_by_old_pythons() -> None:
    import ast

    source = (REPOSITORY / "drafting" / "launch" / "__main__.py").read_text()
    ast.parse(source, feature_version=(3, 7))
    assert "from __future__" not in source


def test_the_bootstrap_needs_no_installed_package() -> None:
    program = (
        "import sys; sys.path = [p for p in sys.path if 'site-packages' not in p];"
        "import drafting.launch.commands; assert 'psutil' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, check=True)


def test_the_secret_key_is_kept_and_private(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) >= 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_trial_is_reached_by_local_names_only(tmp_path: Path) -> None:
    given = local_environment(tmp_path)
    assert given["DRAFTING_ALLOWED_HOSTS"].split() == ["localhost", "127.0.0.1", "[::1]"]
    assert "DRAFTING_DEBUG" not in given


def test_a_check_that_fails_fails_the_whole_and_the_others_still_run() -> None:
    program = (
        "from drafting.launch.commands import check_all;"
        "good = ('python', '-c', 'print(1)'); bad = ('python', '-c', 'raise SystemExit(3)');"
        "raise SystemExit(check_all([good, bad, good]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.count("\n1\n") == 2
    assert done.stdout.endswith("FAILED: python -c raise SystemExit(3)\n")


def test_import_linter_really_looks_at_the_layers() -> None:
    from drafting.launch.commands import LINTERS
    from drafting.launch.environment import venv_python

    program = [str(venv_python().parent / LINTERS[-1][0]), *LINTERS[-1][1:], "--no-cache"]
    done = subprocess.run(program, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert "Imports go down only KEPT" in done.stdout, done.stdout


def test_what_is_asked_for_is_run_as_it_was_asked_for() -> None:
    assert pytest_run(["-k", "lamps"]) == ("python", "-m", "pytest", "-k", "lamps")


def test_nothing_runs_side_by_side_on_a_valkey_that_was_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert "-n" in pytest_run([])
    monkeypatch.setenv("REDIS_URL", "redis://localhost:6379/0")
    assert "-n" not in pytest_run([])
