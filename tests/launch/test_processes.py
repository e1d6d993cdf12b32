"""Children never outlive us, and a record of them is enough to end what did."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from drafting.launch import leash, processes
from drafting.launch.environment import REPOSITORY

# Says its process id, then lives until it is ended.
LIVE = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
DEAF = "import signal; [signal.signal(s, signal.SIG_IGN) for s in (2, 15)];" + LIVE
# Starts a child of its own and lives on.
PARENT = (
    "import subprocess, sys, signal;"
    f"subprocess.Popen([sys.executable, '-c', {LIVE!r}], start_new_session=True);"
    "signal.pause()"
)
# Starts a child through our own means, and lives until killed.
KEEPER = (
    "import sys, signal; from drafting.launch import leash, processes;"
    f"processes.start('child', [sys.executable, '-c', {LIVE!r}]); signal.pause()"
)


def first_number(log: Path, process: subprocess.Popen[bytes]) -> int:
    """The process id that a child has written to its log; waits for it."""
    while not log.exists() or not log.read_text().strip():
        assert not ended_within(process, 0.02), "the child ended before it said its process id"
    return int(log.read_text().split()[0])


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Waits so long at most; whether the process has ended."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def gone(pid: int) -> bool:
    """Whether the process ends within some seconds."""
    try:
        psutil.Process(pid).wait(10)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


@pytest.mark.parametrize("program", [LIVE, DEAF])
def test_a_child_is_stopped_even_if_it_does_not_listen(tmp_path: Path, program: str) -> None:
    log = tmp_path / "log"
    child = processes.start("child", [sys.executable, "-c", program], log=log, patience=0.2)
    pid = first_number(log, child.process)
    child.stop()
    assert gone(pid)


def test_what_a_child_has_started_is_stopped_with_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = processes.start("parent", [sys.executable, "-c", PARENT], log=log)
    grandchild = first_number(log, child.process)
    child.stop()
    assert gone(grandchild)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-c", KEEPER], stdout=output, cwd=REPOSITORY, start_new_session=True
        )
    child = first_number(log, keeper)
    keeper.send_signal(signal.SIGKILL)
    keeper.wait()
    assert gone(child)


def test_leftovers_are_ended_by_their_record(tmp_path: Path) -> None:
    log, kept = tmp_path / "log", tmp_path / "running.json"
    child = processes.start("child", [sys.executable, "-c", LIVE], log=log)
    first_number(log, child.process)
    processes.record(kept, [child])
    assert processes.end_leftovers(kept) == 1
    assert child.process.wait(10) is not None
    assert not kept.exists()


def test_a_process_that_only_got_the_same_id_is_left_alone(tmp_path: Path) -> None:
    log, kept = tmp_path / "log", tmp_path / "running.json"
    child = processes.start("child", [sys.executable, "-c", LIVE], log=log)
    pid = first_number(log, child.process)
    begun = psutil.Process(pid).create_time()
    kept.write_text(f"[[{pid}, {begun - 100}]]")
    assert processes.end_leftovers(kept) == 0
    assert processes.alive(child)
    child.stop()


@pytest.mark.parametrize("text", ["", "not json", "[[1]]", "{}"])
def test_an_unreadable_record_is_no_obstacle(tmp_path: Path, text: str) -> None:
    kept = tmp_path / "running.json"
    kept.write_text(text)
    assert processes.end_leftovers(kept) == 0


def test_the_leash_ends_what_a_killed_run_left_even_if_it_is_deaf(tmp_path: Path) -> None:
    log, kept = tmp_path / "log", tmp_path / "running.json"
    child = processes.start("child", [sys.executable, "-c", DEAF], log=log)
    first_number(log, child.process)
    processes.record(kept, [child])
    held = leash.hold(kept)
    assert held.stdin
    assert not ended_within(held, 0.5), "the leash must wait for the end of its holder"
    held.stdin.close()
    assert held.wait(30) == 0
    assert child.process.wait(5) == -signal.SIGKILL


def test_the_leash_leaves_alone_what_an_orderly_stop_has_taken_off_the_record(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    child = processes.start("child", [sys.executable, "-c", LIVE], log=log)
    first_number(log, child.process)
    held = leash.hold(tmp_path / "running.json")
    assert held.stdin
    held.stdin.close()
    assert held.wait(30) == 0
    assert processes.alive(child)
    child.stop()
