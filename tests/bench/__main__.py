"""`python -m tests.bench`: import, redline, papers and the reading room, on a 200-page draft.

Beside each figure stands its floor: the least that any program would do for it in the same run
(the same words diffed without tidying, the same paragraphs written without changes, the same bytes
sent from a file). The machine's own figures go into `drafting/docs/PERFORMANCE.md`.
"""

from __future__ import annotations

import difflib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests import services
from tests.bench import long_draft
from tests.bench.measure import HEADER, measure


@contextmanager
def stack() -> Iterator[None]:
    """PostgreSQL and Valkey of this run alone, with the tables made."""
    if services.OWN_POSTGRES:
        services.OWN_POSTGRES.start()
    if services.OWN_VALKEY:
        services.OWN_VALKEY.start()
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield
    finally:
        if services.OWN_VALKEY:
            services.OWN_VALKEY.stop()
        if services.OWN_POSTGRES:
            services.OWN_POSTGRES.stop()
        services.pytest_unconfigure()


def papers(folder: Path) -> dict[str, Path]:
    """The long draft as Word files: its base, and consolidated against it."""
    from drafting.domain.paper import Against, compose
    from drafting.render import Form, render

    adopted = long_draft.base()
    consolidated = long_draft.negotiated(adopted)
    files = {
        "base": render(compose(adopted, Against.CLEAN), Form.DOCX),
        "draft": render(compose(consolidated, Against.BASE), Form.DOCX),
    }
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    return {name: folder / f"{name}.docx" for name in files}


def body(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml")


def bench(folder: Path) -> None:
    """Everything that needs no browser."""
    from lxml import etree

    from drafting.domain import text as texts
    from drafting.domain.paper import Against, compose
    from drafting.domain.redline import redline
    from drafting.intake.base import read_base
    from drafting.intake.consolidated import read_consolidated
    from drafting.intake.docx import read_docx
    from drafting.intake.sandbox import read_in_child
    from drafting.render import Form, render

    files = papers(folder)
    adopted = long_draft.base()
    consolidated = long_draft.negotiated(adopted)
    parsed_base, parsed_draft = (read_docx(files[n].read_bytes()) for n in ("base", "draft"))
    base_paper = compose(consolidated, Against.BASE)
    pairs = [
        (provision.base, option.text)
        for provision in consolidated.provisions
        for option in provision.options
    ]
    plain = [(texts.plain(old), texts.plain(new)) for old, new in pairs if old]

    def parse_xml(name: str) -> Any:
        return lambda: etree.fromstring(body(files[name]))

    measure(
        "read docx in a child (base)", lambda: read_in_child(files["base"]), floor=parse_xml("base")
    )
    measure(
        "read docx in a child (draft)",
        lambda: read_in_child(files["draft"]),
        floor=parse_xml("draft"),
    )
    measure("reading: base", lambda: read_base(parsed_base, {}))
    measure("reading: consolidated draft", lambda: read_consolidated(parsed_draft, adopted, {}))
    measure(
        "redline of all options",
        lambda: [redline(old, new) for old, new in pairs],
        floor=lambda: [_word_diff(*pair) for pair in plain],
        remark=f"{len(pairs)} pairs",
    )
    measure("compose", lambda: compose(consolidated, Against.BASE))
    measure(
        "docx",
        lambda: render(base_paper, Form.DOCX),
        floor=lambda: _plain_docx(adopted),
        remark="aim: under 1 s",
    )
    measure("pdf", lambda: render(base_paper, Form.PDF), remark="aim: under 2 s")
    for form in (Form.HTML, Form.AKN, Form.TXT):
        measure(form.value, partial(render, base_paper, form))


def _word_diff(old: str, new: str) -> object:
    return difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False).get_opcodes()


def _plain_docx(adopted: Any) -> bytes:
    """The same paragraphs by python-docx, without any change."""
    from docx import Document

    from drafting.domain import text as texts

    document = Document()
    for provision in adopted.provisions:
        document.add_paragraph(texts.plain(provision.options[0].text))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> int:
    print(HEADER)
    with stack(), tempfile.TemporaryDirectory() as folder:
        from tests.bench.pages import bench_pages

        bench(Path(folder))
        bench_pages(Path(folder))
    parts = ("consolidation", "acts", "table", "engine", "live.growth", "live")
    for part in (f"tests.bench.{name}" for name in parts):
        # Each on fresh tables: what one leaves behind must not weigh on the next.
        if subprocess.run([sys.executable, "-m", part], check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
