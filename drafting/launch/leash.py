"""Ends what a killed run leaves behind. `python -m drafting.launch.leash RECORD`.

The run holds the other end of our standard input, so that it closes however the run ends, even
by SIGKILL. After an orderly stop there is no record any more, and nothing to do. The kernel's
own signal to orphans (see `processes`) comes first, but a worker that has lost its broker does
not heed it.
"""

import signal
import subprocess
import sys
from pathlib import Path

from drafting.launch.processes import end_leftovers


def hold(record: Path) -> subprocess.Popen[bytes]:
    """Starts a leash for the calling process; it ends by itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "drafting.launch.leash", str(record)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def main() -> None:
    """Waits for the end of input, then ends whatever is on record."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.buffer.read()
    end_leftovers(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
