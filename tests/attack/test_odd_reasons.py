"""Reasons are kept for ever, printed, and read by everybody: they take no more than a text does."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from drafting.domain.draft import Header
from drafting.models import Decision
from drafting.render.disposition_words import TablePaper
from drafting.render.disposition_xlsx import render_xlsx
from drafting.selectors.dispositions import table_of
from drafting.services import deeds
from tests.attack.test_words_of_others import folded_into_what_stands
from tests.cast import Cast
from tests.use_cases.acts.negotiation import KES, VAL
from tests.use_cases.acts.table import Table

# What no workbook holds, what no database takes, what turns a line around, what nobody sees.
ODD = ("\x07", "\x00", "\x1b[31m", "\u202e", "\u2066", "\ufffe", "\U000e0041", "e" + "\u0301" * 60)
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1")


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast)


def reasoned(why: str) -> list[deeds.Deed]:
    """Every deed that gives a reason, as the chair does it on the small draft."""
    editorial = deeds.Edit("o4", 0, len("to count the lamps"), ";", ",")
    return [
        deeds.ChooseOption("o5", rationale=why),
        deeds.FoldOptions("p5", ["o5"], "free", words="to mend them;", instead=True, rationale=why),
        deeds.LetStand("p5", ["o5", "o16"], rationale=why),
        deeds.WithdrawProposal("KES/75/4", words=why),
        deeds.RetainNot("KES/75/4", "p5", rationale=why),
        deeds.RetainNot(None, "p5", rationale=why),
        deeds.Together([deeds.RetainNot(None, "p5")], why),
        deeds.Together([deeds.RetainNot(None, "p5", rationale=why)]),
        deeds.Editorial([editorial], why),
        deeds.Mend([editorial], why),
        deeds.MoveStatus("p5", "agreed_ad_ref", why),
    ]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_a_reason_holds_nothing_that_no_text_needs(table: Table, odd: str) -> None:
    for deed in reasoned(f"for {odd} peace"):
        answer = table.may_not("chair", deed)
        assert answer.reason == "The text holds characters that no text needs.", deed


def test_a_delegate_who_withdraws_gives_no_odd_reason_either(table: Table) -> None:
    answer = table.may_not("kes", deeds.WithdrawProposal("KES/75/4", "p5", words="\u202eoops"))
    assert answer.code == "invalid"


@pytest.mark.parametrize("words", FORMULAS)
def test_a_reason_that_looks_like_a_formula_is_words_in_the_workbook(
    cast: Cast, words: str
) -> None:
    folded_into_what_stands(cast)
    Table(cast).does("chair", deeds.RetainNot(VAL, "p6", rationale=words))
    assert Decision.objects.get(code=VAL, provision=6).rationale == words.strip()
    data = render_xlsx(TablePaper(Header(), "Lamps", table_of(cast.draft)))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == words.strip()] == ["s"]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [name for name in book.namelist() if "worksheets/" in name]
        assert not [name for name in sheets if re.search(rb"<f[ >]", book.read(name))]


def test_withdrawn_words_of_a_proposal_keep_who_gave_which_reason(cast: Cast) -> None:
    folded_into_what_stands(cast)
    Table(cast).does(
        "kes", deeds.WithdrawProposal(KES, "p6", words="  in a spirit of compromise  ")
    )
    assert Decision.objects.get(code=KES).rationale == "in a spirit of compromise"
