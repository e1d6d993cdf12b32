"""What `make` offers: prepares what a command needs, then hands over to it."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Sequence

from drafting.launch import frontend, venv
from drafting.launch.environment import REPOSITORY, data_dir, venv_python
from drafting.launch.report import Refusal, refuse, say

GENERATED = (
    ".venv",
    ".static",
    "static/node_modules",
    "static/dist",
    "tests/bench/live/hocuspocus/node_modules",
)
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")


def main(arguments: Sequence[str]) -> int:
    """Runs the command named first. Returns the exit code; 2 is a refusal."""
    command = COMMANDS.get(arguments[0] if arguments else "")
    if command is None:
        return refuse(Refusal(f"Say one of: {', '.join(COMMANDS)}."))
    try:
        return command(arguments[1:])
    except Refusal as refusal:
        return refuse(refusal)
    except KeyboardInterrupt:
        return 130


def run(arguments: Sequence[str]) -> int:
    """Prepares everything, then becomes the running stack."""
    require_writable_data_dir()
    # What a killed run has left on the port is ended first, by the stack.
    if not (data_dir() / "running.json").exists():
        require_free_port(port_asked())
    venv.prepare(venv.RUN)
    frontend.build()
    # The stack takes our place: one process fewer to pass signals through.
    os.execv(venv_python(), [str(venv_python()), "-m", "drafting.launch.stack"])


def test(arguments: Sequence[str]) -> int:
    """Every check, then every test. Arguments go to pytest."""
    venv.prepare(venv.TEST)
    frontend.check()
    frontend.build()
    return check_all([*LINTERS, *DJANGO_CHECKS, pytest_run(arguments)])


def pytest_run(arguments: Sequence[str]) -> Sequence[str]:
    """All tests, several at once; of what was asked for by its arguments, one after another."""
    # On one Valkey that is given (`REDIS_URL`) runs side by side would hear each other.
    if arguments or os.environ.get("REDIS_URL"):
        return ("python", "-m", "pytest", *arguments)
    # One more than cores: tests of servers and browsers wait for much of their time.
    at_once = min(os.cpu_count() or 1, CORES_MAX) + 1
    return ("python", "-m", "pytest", "-n", str(at_once), "--dist", "worksteal")


def lint(arguments: Sequence[str]) -> int:
    """Style, types and layers only."""
    venv.prepare(venv.TEST)
    return check_all(LINTERS)


def bench(arguments: Sequence[str]) -> int:
    """The measurements of `tests/bench`."""
    venv.prepare(venv.TEST)
    frontend.build()
    return in_venv("python", "-m", "tests.bench", *arguments)


def fuzz(arguments: Sequence[str]) -> int:
    """The trials of `tests/convergence`, for as long as `MINUTES` says."""
    venv.prepare(venv.TEST)
    frontend.install_packages(everything=True)
    return in_venv("python", "-m", "tests.convergence", *arguments)


def clean(arguments: Sequence[str]) -> int:
    """Removes what can be made again. The data folder is somebody's work, and stays."""
    for name in (*GENERATED, *CACHES):
        shutil.rmtree(REPOSITORY / name, ignore_errors=True)
    for folder in REPOSITORY.rglob("__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Clean. The data in {data_dir()} is kept; remove it by hand to start afresh.")
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "fuzz": fuzz,
    "lint": lint,
    "clean": clean,
}

CORES_MAX = 4  # each run has a PostgreSQL and a Valkey of its own

LINTERS: list[Sequence[str]] = [
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
]
DJANGO_CHECKS: list[Sequence[str]] = [
    ("python", "manage.py", "check", "--fail-level", "WARNING"),
    # No database runs yet, and Django warns that it could not look at its history.
    ("python", "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check"),
]


def check_all(checks: Sequence[Sequence[str]]) -> int:
    """Runs every check, also after one has failed: a person wants to see all. 0 if all pass."""
    failed = [" ".join(check) for check in checks if in_venv(*check) != 0]
    for name in failed:
        say(f"FAILED: {name}")
    return 1 if failed else 0


def in_venv(program: str, *arguments: str) -> int:
    """Runs a program of the virtual environment in the repository. Returns its exit code."""
    say(f"$ {' '.join([program, *arguments])}")
    command = [str(venv_python().parent / program), *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=venv.environment(), check=False).returncode


# --- Refusals -------------------------------------------------------------------------------


def port_asked() -> int:
    """`PORT`, by default 8000."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Refusal(f"PORT must be a number between 1 and 65535, not {given!r}.")
    return int(given)


def require_free_port(port: int) -> None:
    """Refuses a port that something else listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refusal(
                f"Port {port} is not yours to open: make run PORT={port + 8000}"
            ) from None
        except OSError:
            raise Refusal(
                f"Port {port} is taken: stop what uses it, or make run PORT={port + 1}"
            ) from None


def require_writable_data_dir() -> None:
    """Refuses a data folder that cannot be made or written to."""
    folder = data_dir()
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be written to ({error.strerror}): "
            "set DRAFTING_DATA_DIR to one that can."
        ) from None
