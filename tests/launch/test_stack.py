"""The whole house, really started: it serves, stops clean, and recovers from being killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psutil
import pytest

from drafting.launch.environment import REPOSITORY
from drafting.launch.probe import answers
from drafting.launch.processes import end_all
from drafting.launch.valkey import free_port
from tests.launch.test_processes import ended_within

START_SECONDS = 120


def bare_environment() -> dict[str, str]:
    """The environment of a person who has set nothing."""
    ours = ("DRAFTING_", "DATABASE_URL", "REDIS_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class House:
    """A running stack, on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder.with_name(f"run-{self.port}.log")
        self.begun = time.monotonic()
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Starts it as `make run` does once everything is installed."""
        own = {"PORT": str(self.port), "DRAFTING_DATA_DIR": str(self.folder)}
        with self.log.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "drafting.launch.stack"],
                cwd=REPOSITORY,
                env=bare_environment() | own,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ready(self) -> float:
        """Waits until it says that it serves. Returns the seconds it took."""
        while "Ctrl-C stops everything" not in self.log.read_text():
            assert not ended_within(self.process, 0.05), self.log.read_text()
            assert time.monotonic() - self.begun < START_SECONDS, self.log.read_text()
        return time.monotonic() - self.begun

    def family(self) -> list[psutil.Process]:
        """It and all it has started."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def end(self, how: signal.Signals) -> int:
        """Sends it a signal and waits. Returns the exit code."""
        self.process.send_signal(how)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a house that was started for the first time, and stopped."""
    place = tmp_path_factory.mktemp("house") / "data"
    house = House(place)
    house.ready()
    assert house.end(signal.SIGINT) == 0, house.log.read_text()
    yield place
    # Only what a failed test leaves running is still there.
    left = [p for p in psutil.process_iter(["cmdline"]) if str(place) in str(p.info["cmdline"])]
    end_all(left)


def names(processes: list[psutil.Process]) -> set[str]:
    """What runs, by its command lines."""
    known = ("uvicorn", "celery", "postgres", "valkey")
    lines = [" ".join(p.cmdline()) for p in processes if p.is_running()]
    return {name for line in lines for name in known if name in line}


def test_a_stopped_house_leaves_nothing_and_prepares_nothing_twice(folder: Path) -> None:
    house = House(folder)
    seconds = house.ready()
    family = house.family()
    assert names(family) == {"uvicorn", "celery", "postgres", "valkey"}
    for once in ("Preparing the tables", "Collecting static files", "sample conference"):
        assert once not in house.log.read_text()
    print(f"second start: {seconds:.1f} s")
    assert house.end(signal.SIGTERM) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == [], "something was left running"
    assert not (folder / "environment.json").exists()


def test_a_killed_house_leaves_nothing_and_starts_again(folder: Path) -> None:
    house = House(folder)
    house.ready()
    family = house.family()
    house.end(signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=60)
    assert alive == [], "something outlived the killed parent"

    again = House(folder)
    again.ready()
    assert answers(again.port)
    assert again.end(signal.SIGINT) == 0


@pytest.fixture(scope="class")
def running(folder: Path) -> Iterator[House]:
    """A house that runs for several tests."""
    house = House(folder)
    house.ready()
    yield house
    assert house.end(signal.SIGINT) == 0


class TestWhileItRuns:
    """What holds of a running house; these tests only look."""

    def test_a_second_house_on_the_same_data_is_refused(self, running: House) -> None:
        second = House(running.folder)
        assert second.process.wait(30) == 2
        assert "Already running on" in second.log.read_text()
        assert answers(running.port)

    def test_commands_in_another_terminal_reach_the_running_database(self, running: House) -> None:
        kept = running.folder / "environment.json"
        assert kept.stat().st_mode & 0o077 == 0
        assert json.loads(kept.read_text())["DATABASE_URL"].startswith("postgresql://")
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--check"],
            cwd=REPOSITORY,
            env=bare_environment() | {"DRAFTING_DATA_DIR": str(running.folder)},
            check=False,
        )
        assert done.returncode == 0

    def test_the_demo_log_ins_it_prints_open_the_door(self, running: House) -> None:
        log_in = json.loads((running.folder / "demo-log-ins.json").read_text())["logins"][0]
        assert log_in["email"] in running.log.read_text()
        assert log_in["password"] in running.log.read_text()
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        page = f"http://localhost:{running.port}/accounts/login/"
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.open(page).read().decode())
        assert token
        data = {"login": log_in["email"], "password": log_in["password"]}
        form = urlencode({"csrfmiddlewaretoken": token[1], **data}).encode()
        answer = browser.open(page, form)
        assert answer.status == 200
        assert answer.url == f"http://localhost:{running.port}/"

    def test_no_service_listens_where_others_could_reach_it(self, running: House) -> None:
        listening = [
            connection.laddr.ip
            for process in running.family()
            for connection in connections_of(process)
            if connection.status == psutil.CONN_LISTEN
        ]
        assert listening
        assert set(listening) == {"127.0.0.1"}


def connections_of(process: psutil.Process) -> list[Any]:
    """Its connections; none for one that has just ended, as PostgreSQL's servants do."""
    try:
        return list(process.net_connections("tcp"))
    except psutil.NoSuchProcess:
        return []
