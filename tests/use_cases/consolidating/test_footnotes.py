"""The footnotes of members' papers, from the Word file to the issued paper: none is lost."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from drafting.domain import draft as values
from drafting.domain import projection
from drafting.domain import text as texts
from drafting.domain.consolidation import Style
from drafting.domain.draft import NoteKind, Option, Provision
from drafting.domain.table import laid
from drafting.domain.text import FootnoteRef, Run
from drafting.intake.docx import read_docx
from drafting.models import Draft, ProposedChange
from drafting.models.intake import ImportKind
from drafting.selectors.dispositions import table_of
from drafting.selectors.table import wishes_of
from drafting.selectors.values import draft_value
from drafting.services import consolidating, deeds, exporting, imports
from tests.cast import Cast
from tests.intake.builders import dele, docx, footnote, footnotes_of, ins, p, r
from tests.use_cases.acts.table import Table

HEAD = ["RESOLUTION 7 (Tarn, 2022)", "Lamps", "The Plenary Conference (Tarn, 2022),", "resolves"]
ADOPTED, LOST, OIL, OLD = "Small harbours included.", "Lost ones too.", "Or gas.", "Since 1901."
FIRST = p(r("1\tto count the lamps"), footnote(1), r(" each year;"))
SECOND = "2\tto mend them at once."
KES, VAL, ISL = "KES/75/4", "VAL/70/2", "ISL/79/1"

# Each counts its footnotes from 1. KES and VAL ask the same of 1, but for a footnote of VAL's.
PAPERS = {
    KES: (
        p(r("1\tto count "), ins(r("all ")), r("the lamps"), footnote(1), r(" each year;")),
        p(r(SECOND[:-1]), ins(footnote(2)), r(".")),
        [ADOPTED, LOST],
    ),
    VAL: (
        p(
            *(r("1\tto count "), ins(r("all "), footnote(2)), r("the lamps"), footnote(1)),
            r(" each year;"),
        ),
        p(r(SECOND)) + p(ins(r("3\tto buy oil"), footnote(3), r(".")), mark="ins"),
        ["Small harbors included", OLD, OIL],
    ),
    ISL: (
        p(r("1\tto count the lamps"), dele(footnote(1)), r(" each year;")),
        p(r(SECOND)),
        [ADOPTED],
    ),
}


def brought(cast: Cast, kind: ImportKind, data: bytes, **about: object) -> Draft:
    """A Word file, read by the child process and placed as assumed."""
    chair = cast.actor("chair")
    upload = imports.Upload("paper.docx", data)
    paper = imports.bring_in(chair, cast.group, kind, upload, knock=False, **about)  # type: ignore[arg-type]
    imports.read(paper.pk)
    return imports.place(chair, paper.pk, accept_defaults=True).draft


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """A base with one footnote, and three papers beside it."""
    lines = "".join(p(r(line)) for line in HEAD)
    base = docx(lines + FIRST + p(r(SECOND)), footnotes=footnotes_of(ADOPTED))
    cast.draft = brought(cast, ImportKind.BASE, base, symbol="DL/7")
    for code, (first, second, notes) in PAPERS.items():
        head = p(r("Document 70-E")) + p(r(f"MOD\t{code}")) + lines
        data = docx(head + first + second, footnotes=footnotes_of(*notes))
        brought(cast, ImportKind.CONTRIBUTION, data, draft=cast.draft)
    return cast


def now(cast: Cast) -> values.Draft:
    return draft_value(Draft.objects.get(pk=cast.draft.pk))


def shown(provision: Provision, option: Option) -> str:
    """The words of an option, each footnote in braces where it stands."""
    said = {note.id: note.text for note in provision.notes if note.kind is NoteKind.FOOTNOTE}
    pieces = (piece for piece in texts.inlines(option.text))
    return "".join(
        piece.text if isinstance(piece, Run) else "{" + said[piece.id] + "}"
        for piece in pieces
        if isinstance(piece, Run | FootnoteRef)
    )


def wordings(cast: Cast) -> dict[str, list[str]]:
    """The wordings of the items, by the places that they have in the draft."""
    items = [p for p in now(cast).provisions if p.options[0].text.level]
    return {str(n): [shown(p, o) for o in p.options] for n, p in enumerate(items, 1)}


WHOLE = {
    "1": [
        "to count the lamps{Small harbours included.} each year;",
        "to count all the lamps{Small harbours included.} each year;",
        "to count all {Since 1901.}the lamps{Small harbours included.} each year;",
        "to count the lamps each year;",
    ],
    "2": ["to mend them at once.", "to mend them at once{Lost ones too.}."],
    "3": ["to buy oil{Or gas.}."],
}
READINGS = {
    KES: [WHOLE["1"][1], WHOLE["2"][1]],
    VAL: [WHOLE["1"][2], WHOLE["2"][0], WHOLE["3"][0]],
    ISL: [WHOLE["1"][3], WHOLE["2"][0]],
    "base": [WHOLE["1"][0], WHOLE["2"][0]],
}
STYLES = [Style(), Style(inline=True, most_words=8)]


def put(cast: Cast, style: Style) -> None:
    found = consolidating.put(cast.actor("chair"), cast.draft.pk, style=style)
    assert (found.law_holds, found.outcome.left) == (True, ())


def test_wordings_that_differ_in_a_footnote_alone_are_two(asked: Cast) -> None:
    put(asked, STYLES[0])
    assert wordings(asked) == WHOLE


def test_a_footnote_is_an_alternative_within_the_text_where_the_group_folds(asked: Cast) -> None:
    put(asked, STYLES[1])
    first, second, _third = [p for p in now(asked).provisions if p.options[0].text.level]
    assert (len(first.options), len(second.options)) == (1, 1)
    assert texts.printed(second.options[0].text) == "2\tto mend them at once[]."


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("code", READINGS)
def test_a_reading_has_the_footnotes_of_what_is_read_and_no_others(
    asked: Cast, style: Style, code: str
) -> None:
    put(asked, style)
    chair = asked.actor("chair")
    data = exporting.export(chair, asked.draft, form="docx", against="clean", choose=[code])
    paper = read_docx(data)
    lines = [_in_braces(p.runs, paper.footnotes) for p in paper.paragraphs]
    found = [line for line in lines if re.match(r"\d\t", line)]
    assert [line.split("\t", 1)[1] for line in found] == READINGS[code]
    said = re.findall(r"{(.*?)}", "".join(READINGS[code]))
    assert sorted(paper.footnotes.values()) == sorted(said)


def _in_braces(runs: object, notes: dict[str, str]) -> str:
    return "".join(
        "{" + notes[run.footnote] + "}" if run.footnote else run.text
        for run in runs  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("against", ["base", "clean"])
def test_every_footnote_is_in_the_papers_that_are_issued(
    asked: Cast, style: Style, against: str
) -> None:
    put(asked, style)
    chair = asked.actor("chair")
    data = {
        form: exporting.export(chair, asked.draft, form=form, against=against)
        for form in ("docx", "pdf", "html", "txt", "akn")
    }
    pages = PdfReader(io.BytesIO(data["pdf"])).pages
    words = {form: data[form].decode() for form in ("html", "txt", "akn")}
    words["pdf"] = " ".join(page.extract_text() for page in pages)
    words["docx"] = " ".join(read_docx(data["docx"]).footnotes.values())
    for form, said in words.items():
        for note in (ADOPTED, LOST, OIL, OLD):
            assert note in " ".join(said.split()), form


def test_what_is_taken_up_by_hand_is_what_the_machine_builds(asked: Cast) -> None:
    table = Table(asked)
    for code in PAPERS:
        table.does("chair", deeds.TakeUp(code))
    assert wordings(asked) == WHOLE
    ids = [note.id for p in now(asked).provisions for note in p.notes]
    assert len(ids) == len(set(ids)) == 4


def test_a_footnote_goes_with_the_proposal_that_is_not_retained(asked: Cast) -> None:
    put(asked, STYLES[0])
    table = Table(asked)
    before = now(asked)
    answer = table.does("chair", deeds.RetainNot(VAL))
    data = exporting.export(asked.actor("chair"), asked.draft, form="docx")
    assert set(read_docx(data).footnotes.values()) == {ADOPTED, LOST}
    table.does("chair", deeds.Undo(answer.seq))
    assert now(asked).provisions == before.provisions


def test_a_second_run_finds_everything_in_its_place(asked: Cast) -> None:
    put(asked, STYLES[0])
    before = now(asked)
    put(asked, STYLES[0])
    assert now(asked).provisions == before.provisions


def test_the_paper_of_the_draft_read_back_has_the_footnotes_of_every_wording(asked: Cast) -> None:
    put(asked, STYLES[0])
    data = exporting.export(asked.actor("chair"), asked.draft, form="docx")
    brought(asked, ImportKind.DRAFT, data, draft=asked.draft)
    assert wordings(asked) == WHOLE
    adopted = [n for p in now(asked).provisions for n in p.notes if n.text == ADOPTED]
    assert len(adopted) == 1


def outcomes(cast: Cast) -> dict[str, list[str]]:
    """What came of the changes of each proposal, in the order of its paper."""
    found: dict[str, list[str]] = {}
    for line in table_of(Draft.objects.get(pk=cast.draft.pk)).lines:
        found.setdefault(line.code, []).append(line.outcome.value)
    return found


def test_a_footnote_alone_is_accounted_for_like_words(asked: Cast) -> None:
    assert outcomes(asked) == {KES: ["waiting"] * 2, VAL: ["waiting"] * 2, ISL: ["waiting"]}
    put(asked, STYLES[0])
    assert outcomes(asked) == {KES: ["option"] * 2, VAL: ["option"] * 2, ISL: ["option"]}
    second = [p for p in now(asked).provisions if p.options[0].text.level][1]
    table = Table(asked)
    table.does("chair", deeds.ChooseOption(second.options[1].key))
    table.does("chair", deeds.MoveStatus(second.key, "agreed"))
    assert outcomes(asked)[KES] == ["option", "agreed"]


def test_words_that_are_agreed_without_the_footnote_are_not_what_was_asked_for(asked: Cast) -> None:
    second = [p for p in now(asked).provisions if p.options[0].text.level][1]
    Table(asked).does("chair", deeds.MoveStatus(second.key, "agreed"))
    assert outcomes(asked)[KES] == ["waiting", "not_retained"]


def test_who_asks_for_a_footnote_lies_apart_at_the_table_from_who_does_not(asked: Cast) -> None:
    first, second, *_ = [p for p in now(asked).provisions if p.options[0].text.level]
    for _before_and_after in range(2):
        draft = Draft.objects.get(pk=asked.draft.pk)
        held = {p.key: p for p in now(asked).provisions}
        wishes = wishes_of(draft, [p for p in held.values() if p.base is None])
        for key, whose in ((first.key, [[], [ISL], [KES], [VAL]]), (second.key, [[], [KES]])):
            lying = laid(held[key], wishes.of(key)).wordings
            assert sorted([one.code for one in row.behind] for row in lying) == whose
        put(asked, STYLES[0])


def test_the_chair_folds_and_unfolds_wordings_with_their_footnotes(asked: Cast) -> None:
    put(asked, STYLES[0])
    table = Table(asked)
    first = next(p for p in now(asked).provisions if p.options[0].text.level)
    _base, kes, val, isl = (option.key for option in first.options)
    stacked = deeds.FoldOptions(first.key, [kes, val], "stack")
    assert table.may_not("chair", stacked).code == "invalid"  # they differ in a footnote
    table.does("chair", deeds.FoldOptions(first.key, [kes, val, isl], "common"))
    chosen = {code: projection.chosen(now(asked), [code]).provisions for code in (KES, VAL, ISL)}
    for code, provisions in chosen.items():
        read = next(p for p in provisions if p.key == first.key)
        assert shown(read, read.options[0]) == READINGS[code][0]
    held = next(p for p in now(asked).provisions if p.key == first.key)
    folded = [o.key for o in held.options if texts.sources(o.text)]
    table.does("chair", deeds.UnfoldOption(folded[0]))
    assert set(wordings(asked)["1"]) == set(WHOLE["1"])


def test_a_paper_that_came_in_before_proposals_kept_footnotes_is_read_without_them(
    asked: Cast,
) -> None:
    ProposedChange.objects.update(notes=[])
    put(asked, STYLES[0])
    assert wordings(asked)["3"] == ["to buy oil."]
    assert LOST not in {note.text for p in now(asked).provisions for note in p.notes}
