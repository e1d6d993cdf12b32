"""Conventions of templates and style sheets that a reader of the code relies on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from drafting.domain.sentences import filled
from drafting.intake.reading import Alternative, Question

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
SHEETS = sorted((REPOSITORY / "static" / "css").glob("*.css"))
LONGEST = 120
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right|top|bottom)"
    r"|left|right|top|bottom|float:\s*(?:left|right)|text-align:\s*(?:left|right))\s*:",
    re.MULTILINE,
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_template_compiles_and_holds_no_inline_script_or_style(page: Path) -> None:
    get_template(str(page.relative_to(TEMPLATES)))
    words = page.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", words)
    assert not re.search(r"<script(?![^>]*\ssrc=)", words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_takes_words_for_markup(page: Path) -> None:
    """What people and papers write is escaped; markup of our own is made in Python."""
    assert not re.search(r"\|\s*safe(seq)?\b|autoescape\s+off", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_template_is_read_without_scrolling_sideways(page: Path) -> None:
    lines = page.read_text().splitlines()
    long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST]
    assert not long, f"One element or tag a line, {LONGEST} characters at most: {long}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_knows_no_left_and_right(sheet: Path) -> None:
    found = PHYSICAL.findall(re.sub(r"url\(.*?\)", "", sheet.read_text()))
    assert not found, f"Say inline-start, block-end and the like: {found}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_words_for_people_are_translatable(page: Path) -> None:
    words = re.sub(
        r"\{#.*?#\}|\{%\s*blocktranslate.*?endblocktranslate\s*%\}",
        "",
        page.read_text(),
        flags=re.DOTALL,
    )
    words = re.sub(r"\{[%{].*?[%}]\}", "", words)
    words = re.sub(
        r"<kbd>.*?</kbd>|<aside class=\"specimen\".*?</aside>", "", words, flags=re.DOTALL
    )
    bare = re.findall(r">\s*([^<>{}]*[A-Za-z]{3,}[^<>{}]*)<", words)
    assert not bare, bare


def test_the_words_of_a_file_are_words_on_its_report() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    question = Question(
        key=hostile,
        kind="missing",
        paragraphs=(0,),
        where=hostile,
        what=filled("Is {words} meant?", words=hostile),
        in_file=hostile,
        in_base=hostile,
        assumed="one",
        because=hostile,
        alternatives=(Alternative("one", hostile, hostile),),
    )
    item = {"number": 1, "question": question, "answer": None}
    page = render_to_string(
        "drafting/parts/_question.html", {"item": item, "q": question, "total": 1, "acts": {}}
    )
    assert "<img" not in page
    assert page.count("&lt;img") >= 7


def test_what_the_readers_say_goes_through_gettext(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms without Django write plain sentences; the page translates them where it shows them."""
    catalogue = {"What became of it?": "Qu’est-il devenu ?", "It was deleted": "Supprimé"}
    monkeypatch.setattr(
        "django.utils.translation._trans.gettext", lambda words: catalogue.get(words, words)
    )
    question = Question(
        key="missing:p1",
        kind="missing",
        paragraphs=(0,),
        where="recalling a)",
        what="What became of it?",
        in_file="",
        in_base="that lamps go out;",
        assumed="deleted",
        because="100% of the others stand.",
        alternatives=(Alternative("deleted", "It was deleted"),),
    )
    page = render_to_string(
        "drafting/parts/_question.html",
        {"item": {"number": 1, "question": question, "answer": None}, "q": question, "acts": {}},
    )
    assert "Qu’est-il devenu ?" in page
    assert "Supprimé" in page
    assert "100% of the others stand." in page
