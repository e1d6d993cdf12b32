"""The virtual environment: made once, refreshed when a list of requirements changes."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from drafting.launch.environment import REPOSITORY, VENV, venv_python
from drafting.launch.report import Refusal, step

RUN = ("requirements.txt", "drafting/launch/requirements.txt")
TEST = (*RUN, "tests/requirements.txt")


def prepare(lists: Sequence[str]) -> None:
    """Makes sure that everything on these lists is installed. Does nothing if it is."""
    stamps = {name: VENV / f"stamp-{name.replace('/', '-')}" for name in lists}
    if not works():
        make()
    stale = [name for name, stamp in stamps.items() if read(stamp) != fingerprint(name)]
    if stale:
        with step(f"Installing {' and '.join(stale)}"):
            install(lists)
        for name in stale:
            stamps[name].write_text(fingerprint(name))


def works() -> bool:
    """Whether there is an environment whose interpreter starts and has pip."""
    if not venv_python().exists():
        return False
    try:
        probe = [str(venv_python()), "-c", "import pip"]
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make() -> None:
    """Makes the environment afresh, with the Python we run under."""
    with step(f"Making a virtual environment with Python {sys.version.split()[0]}"):
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refusal(
            "This Python cannot make virtual environments. On Debian and Ubuntu: "
            f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv"
        )


def install(lists: Sequence[str]) -> None:
    """Installs the lists together, so that pip sees whether they agree."""
    command = [str(venv_python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += [part for name in lists for part in ("-r", str(REPOSITORY / name))]
    done = subprocess.run(command, check=False, env=environment())
    if done.returncode != 0:
        raise Refusal("pip could not install the requirements; its message is above.")


def environment() -> dict[str, str]:
    """Ours, with the environment's programs first."""
    path = os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)}


def fingerprint(name: str) -> str:
    """Changes when the list does."""
    return hashlib.sha256((REPOSITORY / name).read_bytes()).hexdigest()


def read(path: Path) -> str:
    """The file's text; empty where there is no file."""
    return path.read_text() if path.exists() else ""
