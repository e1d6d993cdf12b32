"""PDF papers: tagged, archivable, reproducible, and never stopped by a character."""

from __future__ import annotations

import io

from hypothesis import given, settings
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from drafting.domain.draft import Draft
from drafting.domain.paper import Against, BlockKind, compose
from drafting.render.fonts import REPLACEMENT, missing
from drafting.render.pdf import render_pdf
from tests.domain.strategies import drafts
from tests.render import builders as made
from tests.tries import examples


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader(data).pages)


def text_of_page(page: PageObject) -> str:
    return page.extract_text()


def roles(data: bytes) -> set[str]:
    """The roles of all elements of the structure tree."""
    found: set[str] = set()
    root = reader(data).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, ArrayObject):
            waiting += list(item)
        elif isinstance(item, DictionaryObject):
            found.add(str(item.get("/S", "")))
            waiting += [item.raw_get("/K")] if "/K" in item else []
    return found


def test_the_file_claims_pdf_ua_1_and_pdf_a_2a() -> None:
    metadata = reader(render_pdf(made.full()).data).xmp_metadata
    assert metadata is not None
    claims = metadata.stream.get_data().decode()
    for claim in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"):
        assert claim in claims


def test_the_file_says_its_title_and_language_and_is_tagged() -> None:
    file = reader(render_pdf(made.full()).data)
    root = file.trailer["/Root"]
    assert file.metadata is not None
    assert file.metadata.title == (
        "DL/12(Rev.1)-E: Keeping coastal warning networks open, trusted and in repair"
    )
    assert str(root["/Lang"]).startswith("en")  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


def test_calls_are_headings_that_a_reader_can_walk() -> None:
    assert {"/H1", "/H2", "/P"} <= roles(render_pdf(made.full()).data)


def test_every_face_is_embedded() -> None:
    for page in reader(render_pdf(made.full()).data).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_pdf(made.full()).data == render_pdf(made.full()).data


def test_a_character_without_a_glyph_is_replaced_and_reported() -> None:
    paper = made.paper(made.wording("p1", made.para(made.keep("a wave \U0001f30a here"))))
    made_pdf = render_pdf(paper)
    assert made_pdf.replaced == ("\U0001f30a",)
    assert f"a wave {REPLACEMENT} here" in words(made_pdf.data)


def test_latin_greek_cyrillic_arabic_and_chinese_have_glyphs() -> None:
    assert missing("aàæœßčłşğėΩжё«»“”–—…§№") == frozenset()
    assert missing("مراقبة السواحل") == frozenset()
    assert missing("沿海观测网络，、。") == frozenset()


def test_words_are_never_read_as_markup() -> None:
    hostile = '#panic("no") *a* _b_ $c$ <d> @e `f` \\ #{ // /* "quoted'
    paper = made.paper(made.wording("p1", made.para(made.keep(hostile))))
    assert '#panic("no")' in words(render_pdf(paper).data)


def test_the_spoken_paper_tells_its_changes_in_words() -> None:
    told = words(render_pdf(made.full(), spoken=True).data).replace("\n", " ")
    assert "[begin deletion] Castelmar, 2023 [end deletion]" in told
    assert "[begin insertion] Port Lorne, 2027 [end insertion]" in told


def test_a_clean_paper_has_no_legend() -> None:
    told = words(render_pdf(made.full(Against.CLEAN)).data)
    assert "Changes from" not in told
    told = words(render_pdf(made.full()).data)
    assert "Changes from Resolution 64 (Rev. Castelmar, 2023)" in told


def test_a_note_never_ends_a_page_that_its_provision_is_not_on() -> None:
    """Wherever the page happens to end: a line is added above it, time and again."""
    for above in range(22, 40):
        filling = (made.wording(f"f{n}", made.para(made.keep("a wick;"))) for n in range(above))
        note = made.line(BlockKind.NOTE, "p1", "to be settled")
        noted = made.wording("p1", made.para(made.keep("to mend the lamp;")))
        pages = reader(render_pdf(made.paper(*filling, note, noted)).data).pages
        both = [("to be settled" in text, "to mend" in text) for text in map(text_of_page, pages)]
        assert (True, True) in both


@settings(max_examples=examples(40))
@given(drafts())
def test_any_draft_can_be_set(draft: Draft) -> None:
    for against in (Against.CLEAN, Against.BASE):
        assert render_pdf(compose(draft, against)).data.startswith(b"%PDF")
