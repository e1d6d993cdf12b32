"""The child process: reads one file and prints what it holds as JSON.

`python -m drafting.intake.child PATH MEMORY SECONDS`. Exit 0: on stdout the ParsedPaper, or the
draft where the file is an exported one. Exit 3: a
sentence on stdout. Exit 4: more memory was needed than is allowed. Any other is a failure.
It sets its own limits before it opens the file, and imports nothing that it does not need.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.domain.sentences import pack
from drafting.intake.unreadable import Unreadable

if TYPE_CHECKING:
    from types import TracebackType

REFUSED, TOO_LARGE = 3, 4
SAID_MAX = 32 * 1024 * 1024  # bytes of JSON: about 5,000 pages


def main(path: str, memory: int, seconds: int) -> int:
    limit(memory, seconds)
    sys.excepthook = tell_place
    try:
        paper = read(Path(path).read_bytes())
    except Unreadable as refusal:
        sys.stdout.write(json.dumps(pack(refusal.sentence)))
        return REFUSED
    except MemoryError:
        return TOO_LARGE
    if len(paper) > SAID_MAX:
        return TOO_LARGE
    sys.stdout.write(paper)
    return 0


def limit(memory: int, seconds: int) -> None:
    """Allows so many bytes and seconds of processor time, no file written, no process started.

    Where the system has no such limits the parent's limit of time still holds.
    """
    if sys.platform == "win32":
        return
    import resource

    allowed = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for kind, wanted in allowed.items():
        _soft, hard = resource.getrlimit(kind)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # A second more to the hard limit of time: the soft one says why the child died.
        last = most + 1 if kind == resource.RLIMIT_CPU and hard != most else most
        resource.setrlimit(kind, (most, last))


def tell_place(kind: type[BaseException], _fault: BaseException, at: TracebackType | None) -> None:
    """A fault of ours by its kind and place alone: its message may quote the file."""
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_qualname}, line {at.tb_lineno}" if at else "nowhere"
    sys.stderr.write(f"{kind.__name__} in {place}")


def read(data: bytes) -> str:
    """The paper or exported draft in the bytes, as JSON. Raises Unreadable."""
    from drafting.intake import parsed
    from drafting.intake.inspection import Form, inspect

    inspected = inspect("", data)
    match inspected.form:
        case Form.DOCX:
            from drafting.intake.docx import read_docx as reader
        case Form.AKN:
            from drafting.intake.akn import read_akn as reader
        case Form.TXT:
            from drafting.intake.txt import read_txt as reader
        case Form.JSON:
            return exported(data)
    paper = parsed.to_json(reader(data))
    paper["warnings"] = [*pack(inspected.warnings), *paper["warnings"]]
    return json.dumps(paper)


def exported(data: bytes) -> str:
    from drafting.domain.draft import to_json
    from drafting.intake.snapshot import read_snapshot

    return json.dumps(to_json(read_snapshot(data)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
