"""Word papers: rejecting all changes gives the base, accepting all gives the text."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, seed, settings
from lxml import etree

from drafting.domain.draft import Draft
from drafting.domain.paper import Against, Paper, compose
from drafting.render.docx import render_docx
from drafting.render.wordml import W
from tests.domain.strategies import drafts, later
from tests.render import builders as made
from tests.render.libreoffice import SOFFICE, settled
from tests.render.views import authors, view
from tests.tries import examples

NS = {"w": W}
BODIES = {"AHG 64", "Committee 5", "Secretariat", "Chair", "DL/1", "Kestria"}
CODE = re.compile(r"[A-Z]+(/[A-Z]+)*/\d+(A\d+)*/\d+")
SYMBOL = re.compile(r"[A-Z]{1,4}")


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml"))


# --- the law ----------------------------------------------------------------------------------


def test_rejecting_all_changes_gives_the_base() -> None:
    paper = made.full()
    assert view(render_docx(paper), "old") == made.base_of(paper)


def test_accepting_all_changes_gives_the_text() -> None:
    paper = made.full()
    assert view(render_docx(paper), "new") == made.text_of(paper)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_any_draft_gives_back_its_base_and_its_text(draft: Draft) -> None:
    paper = compose(draft, Against.BASE)
    data = render_docx(paper)
    assert view(data, "old") == made.base_of(paper)
    assert view(data, "new") == made.text_of(paper)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(drafts().flatmap(lambda draft: later(draft).map(lambda after: (draft, after))))
def test_accepting_all_changes_since_a_revision_gives_the_text(pair: tuple[Draft, Draft]) -> None:
    earlier, draft = pair
    paper = compose(draft, Against.REVISION, earlier)
    assert view(render_docx(paper), "new") == made.text_of(paper)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_a_clean_paper_tracks_nothing_but_what_is_pending(draft: Draft) -> None:
    paper = compose(draft, Against.CLEAN)
    data = render_docx(paper)
    assert view(data, "new") == made.text_of(paper)
    pending = {
        change.source
        for block in paper.blocks
        for paragraph in block.paragraphs
        for piece in paragraph.pieces
        for change in piece.changes
    }
    changes = part(data, "document").iterfind(".//{*}body//{*}ins")
    assert {change.get(f"{{{W}}}author") for change in changes} <= pending


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on the path.")
def test_libreoffice_agrees_on_accepting_and_rejecting(tmp_path: Path) -> None:
    papers = {"full": made.paper(*made.full().blocks)}

    @seed(64)
    @settings(max_examples=examples(20), database=None)
    @given(drafts())
    def collect(draft: Draft) -> None:
        papers[f"draft{len(papers)}"] = compose(draft, Against.BASE)

    collect()
    files = {name: render_docx(paper) for name, paper in papers.items()}
    for command, which in (("AcceptAllTrackedChanges", "new"), ("RejectAllTrackedChanges", "old")):
        for name, lines in settled(files, command, tmp_path).items():
            words = [line for line in "\n".join(view(files[name], which)).split("\n") if line]
            found = [line for line in lines[: lines.index("_" * 14)] if line]
            assert found[len(found) - len(words) :] == words, (name, command)


# --- who --------------------------------------------------------------------------------------


def test_every_author_is_a_code_a_symbol_or_a_body() -> None:
    for against in Against:
        for who in authors(render_docx(made.full(against))):
            assert who in BODIES or CODE.fullmatch(who) or SYMBOL.fullmatch(who), who


@settings(max_examples=examples(40))
@given(drafts())
def test_no_author_is_invented(draft: Draft) -> None:
    for who in authors(render_docx(compose(draft, Against.BASE))):
        assert who in BODIES or CODE.fullmatch(who), who


def test_nobody_strikes_what_he_inserts_himself() -> None:
    root = part(render_docx(made.full()), "document")
    for deletion in root.iterfind(".//{*}ins/{*}del"):
        parent = deletion.getparent()
        assert parent is not None
        assert parent.get(f"{{{W}}}author") != deletion.get(f"{{{W}}}author")


def test_those_who_ask_for_the_same_change_are_all_named() -> None:
    comments = part(render_docx(made.full()), "comments")
    words = str(comments.xpath("string()"))
    assert "ISL/79A2/13, CPE/73A1/16" in words


# --- the file ---------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_docx(made.full()) == render_docx(made.full())


def test_ids_are_one_sequence_and_neighbouring_changes_lie_minutes_apart() -> None:
    root = part(render_docx(made.full()), "document")
    changes = root.xpath("//w:ins | //w:del", namespaces=NS)
    assert isinstance(changes, list)
    ids = [int(change.get(f"{{{W}}}id")) for change in changes]  # type: ignore[union-attr, arg-type]
    assert len(set(ids)) == len(ids)
    dates = [change.get(f"{{{W}}}date") for change in changes]  # type: ignore[union-attr]
    moments = [datetime.fromisoformat(str(date)) for date in dates]
    assert all(abs((b - a).total_seconds()) >= 60 for a, b in pairwise(moments))


def test_deleted_words_stand_in_del_text_and_nowhere_else() -> None:
    root = part(render_docx(made.full()), "document")
    for text in root.iterfind(".//{*}delText"):
        assert any(etree.QName(above).localname == "del" for above in text.iterancestors())
    for text in root.iterfind(".//{*}t"):
        assert all(etree.QName(above).localname != "del" for above in text.iterancestors())


def test_another_reader_opens_the_paper() -> None:
    document = Document(io.BytesIO(render_docx(made.full())))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Res_No", "Res_title", "Call", "enumlev1", "enumlev2", "Attribution"} <= styles
    assert document.core_properties.title.startswith("DL/12(Rev.1)-E")
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.2)  # type: ignore[union-attr]


@pytest.mark.parametrize("style", ["Call", "Attribution", "Option_heading", "Drafting_note"])
def test_what_stands_before_a_wording_stays_on_its_page(style: str) -> None:
    document = Document(io.BytesIO(render_docx(made.full())))
    assert document.styles[style].paragraph_format.keep_with_next


def test_the_file_keeps_to_the_schema_of_the_format(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed.")
    for against in Against:
        path = tmp_path / f"{against.value}.docx"
        path.write_bytes(render_docx(made.full(against)))
        result = audit.OpenXmlValidator().validate(path)
        faults = [str(error.description) for error in result.errors]
        assert [fault for fault in faults if "theme" not in fault] == []


def test_control_characters_do_not_reach_the_file() -> None:
    wild = made.keep("a\x00b\x07c\ufffed\x1be")
    paper = made.paper(made.wording("p1", made.para(wild, label="a\x01)")))
    assert view(render_docx(paper), "new") == ["a)\tabcde"]


def test_arabic_runs_from_right_to_left() -> None:
    root = part(render_docx(made.full()), "document")
    paragraphs = [p for p in root.iterfind(".//{*}p") if "مراقبة" in str(p.xpath("string()"))]
    assert paragraphs
    assert paragraphs[0].find("{*}pPr/{*}bidi") is not None
    assert paragraphs[0].find(".//{*}rPr/{*}rtl") is not None


def test_a_paper_without_provisions_is_a_paper() -> None:
    empty: Paper = made.paper()
    assert view(render_docx(empty), "new") == []
