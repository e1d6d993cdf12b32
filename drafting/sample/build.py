"""Writes the sample's papers: `python -m drafting.sample.build [FOLDER]`.

From `base.txt` and the sources in `papers/` come the committed files in `docx/`. The same sources
give the same bytes, on any machine.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from drafting.sample.markup import Paper, read_base, read_paper
from drafting.sample.package import package
from drafting.sample.wordml import Writer

HERE = Path(__file__).parent
OUTPUT = HERE / "docx"
BASE_SEED = 64


def papers() -> Iterator[tuple[str, Paper]]:
    """Every paper of the sample with its file's name; the base first."""
    base = read_base(HERE / "base.txt")
    yield "base.docx", Paper(lines=tuple(base))
    for source in sorted((HERE / "papers").glob("*.txt")):
        paper = read_paper(source, base)
        yield f"{source.stem}.docx", paper


def docx_bytes(paper: Paper) -> bytes:
    """One paper as the bytes of a .docx. Its first change is dated 9 in the morning of its date."""
    head = paper.head
    starts = datetime.strptime(f"{head.get('date', '1 October 2023')} 09", "%d %B %Y %H")
    numbered = head.get("numbered") == "yes"
    writer = Writer(int(head.get("seed", BASE_SEED)), starts, numbered=numbered)
    blocks = [writer.block(line) for line in paper.lines]
    return package(paper, blocks, writer.numbering)


def build(folder: Path = OUTPUT) -> list[Path]:
    """Write all papers into a folder and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, paper in papers():
        path = folder / name
        path.write_bytes(docx_bytes(paper))
        written.append(path)
    return written


if __name__ == "__main__":
    for path in build(*map(Path, sys.argv[1:2])):
        sys.stdout.write(f"{path}\n")
