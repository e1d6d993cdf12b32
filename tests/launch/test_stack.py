"""The whole house, really started: it serves, stops clean, and recovers from being killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from drafting.launch.environment import REPOSITORY
from drafting.launch.probe import answers
from drafting.launch.processes import end_all
from drafting.launch.valkey import free_port

START_SECONDS = 120
SECOND_START_SECONDS = 10


class House:
    """A running stack, on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder.with_name("run.log")
        self.begun = time.monotonic()
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Starts it as `make run` does once everything is installed."""
        ours = ("DRAFTING_", "DATABASE_URL", "REDIS_URL", "DJANGO_")
        env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        env |= {"PORT": str(self.port), "DRAFTING_DATA_DIR": str(self.folder)}
        with self.log.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "drafting.launch.stack"],
                cwd=REPOSITORY,
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ready(self) -> float:
        """Waits until it says that it serves. Returns the seconds it took."""
        while "Ctrl-C stops everything" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
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


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever a failed test leaves running on it is ended."""
    place = tmp_path / "data"
    yield place
    left = [p for p in psutil.process_iter(["cmdline"]) if str(place) in str(p.info["cmdline"])]
    end_all(left)


def names(processes: list[psutil.Process]) -> set[str]:
    """What runs, by its command lines."""
    known = ("uvicorn", "celery", "postgres", "valkey")
    lines = [" ".join(p.cmdline()) for p in processes if p.is_running()]
    return {name for line in lines for name in known if name in line}


def test_the_house_starts_serves_stops_and_starts_again_in_time(folder: Path) -> None:
    house = House(folder)
    house.ready()
    assert answers(house.port)
    assert names(house.family()) == {"uvicorn", "celery", "postgres", "valkey"}
    family = house.family()
    assert house.end(signal.SIGINT) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == [], "something was left running"
    assert not (folder / "environment.json").exists()

    again = House(folder)
    try:
        assert again.ready() < SECOND_START_SECONDS, again.log.read_text()
    finally:
        assert again.end(signal.SIGTERM) == 0


def test_a_killed_house_leaves_nothing_and_starts_again(folder: Path) -> None:
    house = House(folder)
    house.ready()
    family = house.family()
    house.end(signal.SIGKILL)
    if sys.platform == "linux":
        _, alive = psutil.wait_procs(family, timeout=20)
        assert alive == [], "something outlived the killed parent"

    again = House(folder)
    again.ready()
    assert answers(again.port)
    assert again.end(signal.SIGINT) == 0


def test_a_second_house_on_the_same_data_is_refused(folder: Path) -> None:
    house = House(folder)
    house.ready()
    second = House(folder)
    assert second.process.wait(30) == 2
    assert "Already running on" in second.log.read_text()
    assert answers(house.port)
    assert house.end(signal.SIGINT) == 0


def test_commands_in_another_terminal_reach_the_running_database(folder: Path) -> None:
    house = House(folder)
    house.ready()
    kept = folder / "environment.json"
    assert kept.stat().st_mode & 0o077 == 0
    assert json.loads(kept.read_text())["DATABASE_URL"].startswith("postgresql://")
    ours = ("DRAFTING_", "DATABASE_URL", "REDIS_URL", "DJANGO_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--check"],
        cwd=REPOSITORY,
        env=env | {"DRAFTING_DATA_DIR": str(folder)},
        check=False,
    )
    assert done.returncode == 0
    assert house.end(signal.SIGINT) == 0
