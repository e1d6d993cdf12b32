"""PostgreSQL and Valkey for one run of pytest: private, ephemeral, started when first needed.

A pytest plugin (`-p tests.services` in pyproject.toml), because the environment must be complete
before Django's settings are read. `DATABASE_URL` and `REDIS_URL`, where set, are used instead.
Several runs can go on side by side: each has its own folder, socket and port. So have the workers
of one run (`-n`, pytest-xdist): on one Valkey they would hear each other.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from drafting.launch.postgres import Postgres
from drafting.launch.valkey import Valkey

PREFIX = "drafting-test-"
OURS = "DRAFTING_TESTS_OURS"  # names of the variables that a run did not find, but set


def remove_leftovers() -> None:
    """Removes the folders of runs that were killed: each is named after its process."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def forget_what_the_parent_set() -> None:
    """In a worker: what its parent found is for all of them, what it set is for itself."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        for name in os.environ.pop(OURS, "").split():
            os.environ.pop(name, None)


def ours(name: str, value: str) -> None:
    os.environ[name] = value
    os.environ[OURS] = f"{os.environ.get(OURS, '')} {name}"


forget_what_the_parent_set()
remove_leftovers()
FOLDER = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
OWN_POSTGRES = None
OWN_VALKEY = None

if not os.environ.get("DATABASE_URL"):
    (FOLDER / "socket").mkdir(mode=0o700)
    OWN_POSTGRES = Postgres(FOLDER / "postgresql", throwaway=True, sockets=FOLDER / "socket")
    ours("DATABASE_URL", OWN_POSTGRES.url)

if not os.environ.get("REDIS_URL"):
    OWN_VALKEY = Valkey(FOLDER / "valkey")
    ours("REDIS_URL", OWN_VALKEY.url)

# Never filled: files are served as they lie. But the folder must exist.
(FOLDER / "static").mkdir()

# Set, not defaulted: a developer's own environment must not change what the tests see.
os.environ.update(
    {
        "DJANGO_SETTINGS_MODULE": "drafting.settings",
        "DRAFTING_SECRET_KEY": "only-for-tests",
        "DRAFTING_HTTPS": "0",
        "DRAFTING_DEBUG": "0",
        "DRAFTING_STATIC_MANIFEST": "0",
        "DRAFTING_STATIC_ROOT": str(FOLDER / "static"),
        "DRAFTING_ALLOWED_HOSTS": "localhost 127.0.0.1 testserver",
        "DRAFTING_DATA_DIR": str(FOLDER / "data"),
        # Argon2 is slow on purpose, and tests sign in a lot.
        "DRAFTING_PASSWORD_HASHER": "django.contrib.auth.hashers.MD5PasswordHasher",
    }
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a running PostgreSQL."""
    if OWN_POSTGRES is None:
        yield os.environ["DATABASE_URL"]
        return
    OWN_POSTGRES.start()
    yield OWN_POSTGRES.url
    OWN_POSTGRES.stop()


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The URL of a running Valkey."""
    if OWN_VALKEY is None:
        yield os.environ["REDIS_URL"]
        return
    address = OWN_VALKEY.url
    OWN_VALKEY.start()
    assert OWN_VALKEY.url == address, "the port was taken between finding and using it"
    yield address
    OWN_VALKEY.stop()


def pytest_unconfigure() -> None:
    """Leaves nothing behind, whether the services were started or not."""
    shutil.rmtree(FOLDER, ignore_errors=True)
