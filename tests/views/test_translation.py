"""What rooms without Django write for people: found by `makemessages`, translated where shown."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from drafting import sample
from drafting.domain.draft import Draft
from drafting.domain.sentences import Filled, filled, gettext_noop
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.contribution import read_contribution
from drafting.intake.docx import read_docx
from drafting.intake.reading import BaseReading, ContributionReading, DraftReading
from drafting.intake.sandbox import read_in_child
from drafting.intake.txt import read_txt
from drafting.intake.unreadable import Unreadable
from drafting.services.telling import told
from tests.intake.bad_files import REFUSED
from tests.shared import REPO, needs_shared, shared

ROOMS = [REPO / "drafting" / room for room in ("domain", "intake")]
FILES = sorted(file for room in ROOMS for file in room.rglob("*.py"))
MARKS = {"_", "gettext_noop"}
# They look like sentences, and are none for people: names in papers, words of papers.
NO_SENTENCES = {"editions.py", "calls.py"}
WORDS_OF_PAPERS = {"English only"}
FAULTS = {"ValueError", "TypeError", "error", "Header"}
SENTENCE = re.compile(r"[A-Z“].*[a-z].* .+|.*[a-z]{3} .*[a-z]{3}.*[.?:]", re.DOTALL)

Reading = BaseReading | ContributionReading | DraftReading


@cache
def catalogue() -> frozenset[str]:
    """The marked sentences, as a program finds them that never runs ours."""
    return frozenset(text for file in FILES for _line, text in marked(ast.parse(file.read_text())))


def marked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in MARKS:
            (said,) = node.args
            assert isinstance(said, ast.Constant), f"line {node.lineno}: mark the sentence itself"
            yield node.lineno, str(said.value)


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


# --- what is written ----------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPO / "drafting")))
def test_every_sentence_is_marked(file: Path) -> None:
    tree = ast.parse(file.read_text())
    apart = {id(node) for node in silent(tree)}
    bare = [
        f"line {node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in apart and is_sentence(node.value)
    ]
    assert file.name in NO_SENTENCES or not bare, f"Wrap it in gettext_noop: {bare}"


def is_sentence(value: object) -> bool:
    if not isinstance(value, str) or value in WORDS_OF_PAPERS or "\\" in value:
        return False
    return SENTENCE.fullmatch(value) is not None


def silent(tree: ast.AST) -> Iterator[ast.AST]:
    """Strings that are marked, explain the code, or tell a fault to a programmer."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        if isinstance(node, ast.JoinedStr):  # the next test's
            yield from node.values
        if isinstance(node, ast.Call) and name_of(node.func) in MARKS | FAULTS:
            yield from ast.walk(node)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPO / "drafting")))
def test_no_sentence_is_put_together_from_parts(file: Path) -> None:
    """An f-string is another sentence each time: no catalogue can hold it."""
    tree = ast.parse(file.read_text())
    apart = {id(node) for node in silent(tree)}
    built = [
        f"line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and id(node) not in apart and speaks(node)
    ]
    assert not built, f"Use filled(_(...), ...): {built}"


def speaks(built: ast.JoinedStr) -> bool:
    """Whether three words of its own stand in a row, or it ends as a sentence does."""
    parts = [p.value for p in built.values if isinstance(p, ast.Constant)]
    own = r"(?:[A-Za-z]{2,} ){2}[A-Za-z]{2,}| [a-z]{3,}[.?]$"
    return any(re.search(own, str(part)) and "\\" not in str(part) for part in parts)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext is not on the path.")
def test_xgettext_finds_the_same_sentences() -> None:
    """It is what `makemessages` calls; these are among the keywords that `makemessages` gives."""
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--output=-", "--no-wrap"]
    command += ["--keyword=gettext_noop", *map(str, FILES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {msgid(entry) for entry in done.stdout.split("\n\n")[1:]}
    assert found == catalogue()


def msgid(entry: str) -> str:
    said = entry.split("msgid ", 1)[1].split("msgstr", 1)[0]
    return "".join(ast.literal_eval(line) for line in said.splitlines() if line.startswith('"'))


# --- what is said -------------------------------------------------------------------------------


def said_by(reading: Reading) -> Iterator[str]:
    yield from reading.warnings
    for question in reading.questions:
        yield from (question.what, question.because)
        # A printed label or a wording of the paper may be a choice: nobody translates those.
        own = {"flattened", "flattened_phrase", "label", "wording"}
        for choice in question.alternatives:
            yield from (choice.label, choice.means) if question.kind not in own else ()


def unknown(sentences: Iterator[str]) -> set[str]:
    """What was said that no catalogue holds."""
    templates = {s.template if isinstance(s, Filled) else s for s in sentences if s}
    return templates - catalogue()


def test_what_the_sample_is_asked_is_in_the_catalogue() -> None:
    papers = sample.load()
    base = read_base(read_docx(papers.base_docx.read_bytes()), {})
    beside = Draft(base.header, base.provisions)
    readings: list[Reading] = [
        base,
        read_consolidated(read_docx(papers.consolidated.read_bytes()), beside, {}),
    ]
    for paper in papers.contributions:
        readings.append(read_contribution(read_docx(paper.path.read_bytes()), beside, {}))
    assert sum(len(reading.questions) for reading in readings) > 5
    assert not unknown(s for reading in readings for s in said_by(reading))


@needs_shared
def test_what_the_real_papers_are_asked_is_in_the_catalogue() -> None:
    base = read_base(read_docx(shared("res130/base_2010.docx").read_bytes()), {})
    beside = Draft(base.header, base.provisions)
    flattened = sorted(shared("seeds").glob("000*"))[0].read_bytes()
    printed = sorted(shared("seeds").glob("001*"))[0].read_bytes()
    readings: list[Reading] = [
        read_base(read_txt(flattened), {}),
        read_consolidated(read_txt(printed), beside, {}),
        read_consolidated(read_docx(shared("res130/dl10_rev2.docx").read_bytes()), beside, {}),
    ]
    assert sum(len(reading.questions) for reading in readings) > 30
    assert not unknown(s for reading in readings for s in said_by(reading))


def test_what_bad_files_are_told_is_in_the_catalogue(tmp_path: Path) -> None:
    said = set()
    for name, (data, _why) in REFUSED.items():
        (tmp_path / "paper").write_bytes(data)
        with pytest.raises(Unreadable) as refused:
            read_in_child(tmp_path / "paper")
        said.add(refused.value.sentence)
        assert not unknown(iter([refused.value.sentence])), name
    assert len(said) > 20


# --- where it is shown --------------------------------------------------------------------------


def test_a_filled_sentence_is_translated_before_it_is_filled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    french = {
        "{key} is moved to nowhere": "{key} ne va nulle part",
        "Damaged ({why}) at {place}.": "Abîmé en {place} ({why}).",
        "here": "ici",
    }
    monkeypatch.setattr(
        "django.utils.translation._trans.gettext", lambda words: french.get(words, words)
    )
    why = filled(gettext_noop("{key} is moved to nowhere"), key="p3")
    whole = filled(gettext_noop("Damaged ({why}) at {place}."), why=why, place="here")
    assert told(whole) == "Abîmé en here (p3 ne va nulle part)."
    assert told("here") == "ici"
    assert told("") == ""
