"""What holds of every form: nothing stops it, and it names its files as secretariats do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.draft import Draft, Option, Provision, ProvisionKind, Status
from drafting.domain.paper import Against, compose
from drafting.domain.redline import Op
from drafting.domain.text import text_of
from drafting.render import MEDIA_TYPES, Form, filename, render
from tests.domain.strategies import any_words, drafts
from tests.render import builders as made
from tests.tries import examples

WILD = st.sampled_from(
    ("\x00\x07\x1b", "\U0001f30a\u200d\U0001f469\ufe0f", "المنارة", "沿海观测网络",
     "\ue000\ufdd0\uffff",
     "w" * 400, "\u202e\u2066\ufeff", "a\r\nb\tc", "<&\"'>", "#panic() *x*", "\u0301" * 9)
)  # fmt: skip


@settings(max_examples=examples(30))
@given(drafts(), st.sampled_from(Against), st.booleans())
def test_any_draft_comes_out_in_every_form(draft: Draft, against: Against, spoken: bool) -> None:
    paper = compose(draft, against, draft)
    for form in Form:
        assert render(paper, form, spoken=spoken)


@settings(max_examples=examples(40))
@given(any_words | WILD, WILD, st.sampled_from("ACEFRSX"))
def test_no_word_stops_a_form(words: str, more: str, language: str) -> None:
    header = replace(made.HEADER, conference=words, group=more, body=more, language=language)
    header = replace(header, base_name=words, language_note=more)
    blocks = (
        made.wording("p1", made.para(made.keep(words), made.ins(more), label=more[:9] or None)),
        made.attribution("p2", more, "ISL/79A2/13"),
        made.wording("p2", made.para(made.ins(words), op=Op.INS)),
    )
    paper = made.paper(*blocks, header=header, title=words, against_name=more)
    for form in Form:
        assert render(paper, form) == render(paper, form)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("against", Against)
def test_a_paper_without_provisions_comes_out(form: Form, against: Against) -> None:
    assert render(made.paper(against=against), form)


def test_every_form_has_a_media_type() -> None:
    assert set(MEDIA_TYPES) == set(Form)


def test_files_are_named_as_secretariats_name_theirs() -> None:
    assert filename(made.full(), Form.DOCX) == "DL-12-E_Rev1_against-base.docx"
    assert filename(made.full(Against.CLEAN), Form.AKN) == "DL-12-E_Rev1_clean.akn.xml"
    since = replace(made.full(Against.REVISION), against_name="Revision 1")
    assert filename(since, Form.PDF) == "DL-12-E_Rev1_against-Rev1.pdf"
    wild = replace(made.HEADER, series="../etc", number='1"\n', revision=None)
    assert filename(made.paper(header=wild), Form.TXT) == "etc-1-E_against-base.txt"


def unplaced() -> Draft:
    """An agreed item of which nobody knows yet where it will stand."""
    text = text_of("that the lamps be counted;", label="2")
    option = Option("o1", text, stands=True)
    item = Provision("p1", ProvisionKind.ITEM, (option,), text, placed=False)
    return Draft(made.HEADER, (replace(item, status=Status.AGREED),))


@pytest.mark.parametrize("against", Against)
@pytest.mark.parametrize("form", [Form.TXT, Form.HTML, Form.AKN])
def test_a_paper_says_once_that_a_place_is_to_be_decided(form: Form, against: Against) -> None:
    draft = unplaced()
    said = render(compose(draft, against, draft), form).decode()
    assert said.count("placement to be decided") == 1
    known = Draft(draft.header, (replace(draft.provisions[0], placed=True),))
    assert "placement" not in render(compose(known, against, draft), form).decode()
