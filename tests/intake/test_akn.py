"""Akoma Ntoso in: our own papers come back as they went out, others' are read with patience."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.paper import Against
from drafting.intake.akn import read_akn
from drafting.intake.docx import read_docx
from drafting.intake.parsed import ChangeKind, ParsedPaper, ParsedRun
from drafting.intake.shared_steps import View, lines
from drafting.intake.unreadable import Unreadable
from drafting.render.akn import render_akn
from drafting.render.docx import render_docx
from tests.render.builders import full
from tests.shared import needs_shared, shared
from tests.tries import examples

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
RULE = "_" * 14


def akn(body: str, meta: str = "", contains: str = "multipleVersions") -> bytes:
    return (
        f'<akomaNtoso xmlns="{AKN}"><statement name="resolutionDraft" contains="{contains}">'
        f"<meta>{meta}</meta><mainBody>{body}</mainBody></statement></akomaNtoso>"
    ).encode()


def printed(paper: ParsedPaper, view: View = View.NEW) -> list[str]:
    return ["[" * line.brackets + line.printed for line in lines(paper, view)]


def body_runs(paper: ParsedPaper) -> list[ParsedRun]:
    return [run for paragraph in paper.paragraphs for run in paragraph.runs]


# --- Ours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("against", [Against.CLEAN, Against.BASE])
def test_our_own_export_reads_back_as_its_word_file_does(against: Against, view: View) -> None:
    paper = full(against)
    word = printed(read_docx(render_docx(paper)), view)
    assert word.pop() == RULE
    assert printed(read_akn(render_akn(paper)), view) == word


def test_an_export_beside_a_revision_reads_back_as_the_new_text() -> None:
    paper = full(Against.REVISION)
    assert printed(read_akn(render_akn(paper))) == printed(read_docx(render_docx(paper)))[:-1]


def test_our_own_export_gives_notes_and_footnotes_back() -> None:
    paper = read_akn(render_akn(full()))
    assert set(paper.comments.values()) == {
        ("Chair", "To be settled together with instructs 3."),
        ("VAL", "Valmora awaits its capital."),
    }
    assert list(paper.footnotes.values()) == ["The coasts of archipelagos count as one coast."]
    noted = next(run for run in body_runs(paper) if run.comments)
    assert noted.text.endswith("nobody")
    assert sum(run.footnote in paper.footnotes for run in body_runs(paper)) == 1


def test_our_own_export_gives_the_proposers_back_as_authors() -> None:
    paper = read_akn(render_akn(full()))
    authors = {c.author for run in body_runs(paper) for c in run.changes}
    assert {"ISL/79A2/13", "NRT/80A1/14", "VAL/70/2", "TES/88/1", "AHG 64"} <= authors
    assert "" not in authors


# --- The golden file ----------------------------------------------------------------------------

OLD = """\
RESOLUTION 130 (REV. GUADALAJARA, 2010)
Strengthening the role
The Plenipotentiary Conference
considering
b)\tthat ... new threats
h)\tthe relevant outcomes, notably:
i)\tResolution 50;
ii)\tResolution 52,
instructs the Secretary-General and the Directors of the Bureaux
1\tto continue to review:
i)\tthe work done so far ...;
2\tconsistent with Resolution 45 to work towards ...;"""
NEW = """\
RESOLUTION 130 (REV. BUSAN, 2014)
Strengthening the role
The Plenipotentiary Conference
considering
B/75/4 - option 1
c)\tthat the ITU coordinated
B/75/4 - option 2
c)\tthat the ITU coordinated
b)\tthat ... new threats
[h)\tthe relevant outcomes, notably:
i)\tResolution 50;
ii)\tResolution 52],
instructs the Secretary-General and the Directors of the Bureaux
1\tto continue to review:
i)\tthe work done so far ...;
EUR/80A1/14
RCC/73A1/16
B/75/4
2\tconsistent with Resolution 45 to report on memoranda of understanding ...;
ARB/79A2/13
2\tconsistent with Resolution 45 to report on MoUs ...;"""


@needs_shared
@pytest.mark.parametrize(("view", "wanted"), [(View.OLD, OLD), (View.NEW, NEW)])
def test_the_golden_draft_reads_right(view: View, wanted: str) -> None:
    paper = read_akn(shared("cases/akn-minimal-dl10.xml").read_bytes())
    found = printed(paper, view)
    beginnings = wanted.splitlines()
    assert len(found) == len(beginnings)
    assert [line[: len(start)] for line, start in zip(found, beginnings, strict=True)] == beginnings


@needs_shared
def test_the_golden_draft_names_who_changes_what() -> None:
    paper = read_akn(shared("cases/akn-minimal-dl10.xml").read_bytes())
    made = {run.text: run.changes for run in body_runs(paper) if run.changes}
    phishing = made["such as phishing, botnets, ..."]
    assert [(c.kind, c.author) for c in phishing] == [(ChangeKind.INS, "CUB/70/2")]
    assert [c.author for c in made["work towards ..."]] == ["EUR/80A1/14"]
    ((_, note),) = paper.comments.values()
    assert note.endswith("CUB/70/2")


# --- Others' ------------------------------------------------------------------------------------


def test_a_bracket_inside_a_number_stands_before_the_label() -> None:
    marks = '<marker name="bracketOpen"/>a)</num><p>tides<marker class="bracket-close"/>;</p>'
    paper = read_akn(akn(f"<recital><num>{marks}</recital>"))
    assert printed(paper, View.NEW) == ["[a)\ttides];"]
    assert printed(paper, View.OLD) == ["a)\ttides;"]


def test_brackets_of_a_clean_text_are_in_both_views() -> None:
    words = '<p><marker name="bracketOpen"/>tides<marker name="bracketClose"/></p>'
    paper = read_akn(akn(words, contains="singleVersion"))
    assert printed(paper, View.OLD) == printed(paper, View.NEW) == ["[tides]"]


def test_layout_of_the_xml_is_no_text() -> None:
    paper = read_akn(akn("<p>\n   that a <i>late\n  warning</i>\n   helps nobody\n </p>\n\n"))
    assert printed(paper) == ["that a late warning helps nobody"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<section><num>1</num><heading>Tides</heading><p>do;</p></section>", ["1\tTides", "do;"]),
        ("<li>first<ul><li>second</li></ul></li>", ["first", "second"]),
        ("<point><num>1</num><list><point><num>a)</num><p>x</p></point></list></point>",
         ["a)\tx"]),
        ("<p>one<eol/>two</p>", ["one two"]),
        ("<p>sea<authorialNote><p>any sea</p></authorialNote>marks</p>", ["seamarks"]),
        ("<quotedStructure><p>quoted</p></quotedStructure>", ["quoted"]),
        ("<unheardOf><p>words</p><another>more</another></unheardOf>", ["words", "more"]),
        ("<table><tr><th>a</th><td><p>b</p></td></tr></table>", ["a", "b"]),
        ("<table><tr>loose<td>a</td>words</tr></table>", ["loose", "a", "words"]),
        ("<ins><p>new</p></ins><del><p>old</p></del>", ["new"]),
        ("<p>a<!-- not -->b<?nor this?>c</p>", ["abc"]),
    ],
)  # fmt: skip
def test_what_others_write_is_read(body: str, wanted: list[str]) -> None:
    assert printed(read_akn(akn(body))) == wanted


def test_a_table_tells_its_cells() -> None:
    paper = read_akn(akn("<table><tr><th>a</th><td><p>b</p></td></tr></table>"))
    assert [paragraph.cell for paragraph in paper.paragraphs] == [(0, 0, 0), (0, 0, 1)]


def test_other_namespaces_and_encodings_are_read() -> None:
    for space in ("http://www.akomantoso.org/2.0", f"{AKN}/CSD13", ""):
        words = akn("<p>tides</p>").decode().replace(AKN, space)
        declared = f'<?xml version="1.0" encoding="utf-16"?>{words}'
        assert printed(read_akn(declared.encode("utf-16"))) == ["tides"]


def test_what_the_file_only_points_to_is_told() -> None:
    paper = read_akn(akn("<p>tides</p><componentRef src='x'/><p><img src='y'/></p>"))
    assert len(paper.warnings) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a/>",
        b"<akomaNtoso/>",
        akn(""),
        akn("<p>")[:-30],
        b"<!DOCTYPE a [<!ENTITY x 'y'>]>" + akn("<p>&x;</p>"),
        akn("<p>&undefined;</p>"),
        akn("<p>" * 100_000 + "</p>" * 100_000),
        akn("<p>x</p>").replace(b"x", b"\xff"),
        akn("<p>x</p>").replace(b"x", b"\x00"),
    ],
    ids=["empty", "other", "hollow", "no words", "cut", "dtd", "entity", "deep", "utf-8", "nul"],
)
def test_what_is_no_akn_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^This .*\.$"):
        read_akn(data)


@cache
def ours() -> bytes:
    return render_akn(full())


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_changed_bytes_of_our_own_export_give_a_paper_or_a_sentence(
    changes: list[tuple[float, bytes]],
) -> None:
    data = bytearray(ours())
    for share, others in changes:
        at = int(share * (len(data) - 1))
        data[at : at + len(others) + 1] = others
    with suppress(Unreadable):
        read_akn(bytes(data))


TAGS = st.sampled_from(
    [
        *("p", "num", "heading", "recital", "item", "paragraph", "list", "blockList", "intro"),
        *("content", "ins", "del", "i", "span", "table", "tr", "td", "authorialNote"),
    ]
)
TREES = st.recursive(
    st.text(alphabet="z)[] \n", max_size=6),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda tree: f"<{tree[0]}>{''.join(tree[1])}</{tree[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=examples(100))
@given(TREES)
def test_any_order_of_elements_gives_its_words_or_a_sentence(tree: str) -> None:
    """Nothing is lost: every letter (z is in no name) comes back once, in the text or a note."""
    with suppress(Unreadable):
        paper = read_akn(akn(f"<p>z</p>{tree}"))
        told = "".join(run.text for run in body_runs(paper)) + "".join(paper.footnotes.values())
        assert told.count("z") == 1 + tree.count("z")
