"""The child process: reads one file and prints the ParsedPaper as JSON.

`python -m drafting.intake.child PATH MEMORY SECONDS`. Exit 0: the paper on stdout. Exit 3: a
sentence on stdout. Exit 4: more memory was needed than is allowed. Any other is a failure.
It sets its own limits before it opens the file, and imports nothing that it does not need.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from drafting.intake.unreadable import Unreadable

try:
    import resource
except ImportError:  # not on this system; the parent's time limit still holds
    resource = None  # type: ignore[assignment]

REFUSED, TOO_LARGE = 3, 4


def main(path: str, memory: int, seconds: int) -> int:
    limit(memory, seconds)
    try:
        paper = read(Path(path).read_bytes())
    except Unreadable as refusal:
        sys.stdout.write(json.dumps(str(refusal)))
        return REFUSED
    except MemoryError:
        return TOO_LARGE
    sys.stdout.write(paper)
    return 0


def limit(memory: int, seconds: int) -> None:
    """No more than `memory` bytes and `seconds` of processor time, and no file written."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes) -> str:
    """The paper in the bytes, as JSON. Raises Unreadable."""
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
            raise Unreadable("An exported draft is brought in whole: use import_draft.")
    paper = parsed.to_json(reader(data))
    paper["warnings"] = [*inspected.warnings, *paper["warnings"]]
    return json.dumps(paper)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
