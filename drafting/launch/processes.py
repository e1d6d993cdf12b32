"""Child processes that never outlive us.

- Each child leads a session of its own: Ctrl-C reaches us alone, and we stop them in order.
- On Linux the kernel ends a child when its parent dies; elsewhere, and for what slips through,
  the process ids are recorded and the next run ends what it finds.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from drafting.launch.environment import write_private

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """The system account a child runs under, where it must not be ours."""

    uid: int
    gid: int


@dataclass
class Child:
    """A running child: its name for people, and how it is asked to end."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    patience: float
    log: Path

    def stop(self) -> None:
        """Asks it to end; after its patience, ends it and all it started."""
        # Noted first: what its end leaves orphaned can no longer be found through it.
        family = descendants(self.process.pid)
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        end_all(family)


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    account: Account | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    patience: float = 10.0,
) -> Child:
    """Starts a child. Its output goes to `log`, or to ours where there is none."""
    output = log.open("ab") if log else None
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(env) if env is not None else None,
            cwd="/" if account else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=die_with_parent(stop_signal),
        )
    finally:
        if output:
            output.close()
    return Child(name, process, stop_signal, patience, log or Path(os.devnull))


def die_with_parent(how: signal.Signals) -> Callable[[], None] | None:
    """For the child, before it becomes the program: be sent `how` when the parent dies."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(how))

    return ask_kernel


def descendants(pid: int) -> list[psutil.Process]:
    """All that a process has started, directly or not, and that still runs."""
    try:
        return list(psutil.Process(pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def end_all(processes: Sequence[psutil.Process], patience: float = 3.0) -> None:
    """Ends processes, by force where asking does not help."""
    for process in processes:
        signal_if_there(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(processes, timeout=patience)
    for process in stubborn:
        signal_if_there(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=patience)


def signal_if_there(process: psutil.Process, how: signal.Signals) -> None:
    """Sends a signal, unless the process has ended in the meantime."""
    try:
        process.send_signal(how)
    except psutil.NoSuchProcess:
        return


# --- The record of what runs ----------------------------------------------------------------


def record(path: Path, children: Sequence[Child]) -> None:
    """Writes who runs: process ids with their start times, since ids are used again."""
    family = [psutil.Process(child.process.pid) for child in children if alive(child)]
    write_private(path, json.dumps([[p.pid, p.create_time()] for p in family]))


def alive(child: Child) -> bool:
    """Whether the child still runs."""
    return child.process.poll() is None


def end_leftovers(path: Path) -> int:
    """Ends what a killed run recorded and left behind. Returns how many there were."""
    found = [process for pid, begun in read_record(path) for process in same_process(pid, begun)]
    family = [child for process in found for child in descendants(process.pid)]
    end_all([*found, *family], patience=5.0)
    path.unlink(missing_ok=True)
    return len(found)


def read_record(path: Path) -> list[tuple[int, float]]:
    """The recorded (process id, start time) pairs; none where there is no readable record."""
    try:
        return [(int(pid), float(begun)) for pid, begun in json.loads(path.read_text())]
    except (FileNotFoundError, ValueError):
        return []


def same_process(pid: int, begun: float) -> list[psutil.Process]:
    """The process, if the id still means the one that was recorded, and is not ours."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - begun) < 1.0 and pid != os.getpid()
    except psutil.NoSuchProcess:
        return []
    return [process] if same else []
