"""Papers made to break a draft: foreign exports, names without end, acts that cross each other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from drafting.domain import draft as values
from drafting.domain.draft import Option, Provision, ProvisionKind, Status
from drafting.domain.text import text_of
from drafting.intake.snapshot import read_snapshot
from drafting.intake.unreadable import Unreadable
from drafting.models import Contribution, Draft, Event, PaperImport, StoredFile
from drafting.models import Provision as Row
from drafting.models.intake import ImportKind, ImportState
from drafting.selectors.values import draft_value
from drafting.services import drafts, imports, reports, revisions
from drafting.services.refusals import Refused
from drafting.views.revisions import download
from tests.cast import Cast, item


def read(
    cast: Cast, kind: ImportKind, data: bytes, *, by: str = "sam", symbol: str = ""
) -> PaperImport:
    """The paper after its reading."""
    paper = imports.bring_in(
        cast.actor(by),
        cast.group,
        kind,
        imports.Upload("paper.txt", data),
        draft=None if kind == ImportKind.BASE else cast.draft,
        symbol=symbol,
        knock=False,
    )
    imports.read(paper.pk)
    paper.refresh_from_db()
    return paper


def exported(draft: values.Draft) -> bytes:
    return json.dumps(values.to_json(draft)).encode()


def place_export(cast: Cast, draft: values.Draft, *, by: str = "sam") -> None:
    """Brings an exported draft in over the cast's draft and places it."""
    paper = read(cast, ImportKind.DRAFT, exported(draft), by=by)
    assert paper.state == ImportState.READY, paper.refusal
    imports.place(cast.actor(by), paper.pk)


def changed(draft: values.Draft, **provisions: Provision) -> values.Draft:
    kept = tuple(provisions.get(p.key, p) for p in draft.provisions)
    return replace(draft, provisions=kept)


def provision(draft: values.Draft, key: str) -> Provision:
    return next(p for p in draft.provisions if p.key == key)


# --- Exported drafts ----------------------------------------------------------------------------


def test_an_export_of_another_text_is_refused_and_rewrites_no_adopted_words(cast: Cast) -> None:
    now = draft_value(cast.draft)
    other = replace(provision(now, "p4"), base=text_of("to drown the lamps;", label="1"))
    paper = read(cast, ImportKind.DRAFT, exported(changed(now, p4=other)))
    assert paper.state == ImportState.REFUSED
    assert "another adopted text than DL/1" in paper.refusal
    assert draft_value(cast.draft) == now


def test_an_export_that_lacks_an_adopted_provision_is_refused(cast: Cast) -> None:
    now = draft_value(cast.draft)
    paper = read(cast, ImportKind.DRAFT, exported(replace(now, provisions=now.provisions[1:])))
    assert paper.state == ImportState.REFUSED


def test_new_provisions_of_an_export_never_take_a_key_that_is_held(cast: Cast) -> None:
    now = draft_value(cast.draft)
    fresh = item("p7", "to paint the lamps;", base=False)
    fresh = replace(fresh, options=(replace(fresh.options[0], key="o90"),))
    Draft.objects.filter(pk=cast.draft.pk).update(last_provision=3)
    place_export(cast, replace(now, provisions=(fresh, *now.provisions)))
    assert draft_value(cast.draft).provisions[0].key == "p7"


def test_a_file_agrees_nothing_that_nobody_agreed_in_the_group(cast: Cast) -> None:
    now = draft_value(cast.draft)
    claimed = tuple(replace(p, status=Status.AGREED) for p in now.provisions)
    place_export(cast, replace(now, provisions=claimed), by="stella")
    assert set(Row.objects.values_list("status", flat=True)) == {Status.OPEN}


def test_a_move_may_be_given_another_destination(cast: Cast) -> None:
    now = draft_value(cast.draft)
    origin = provision(now, "p2")
    for there in ("p6", "p4"):
        moved = replace(provision(now, there), moved_from="p2")
        place_export(cast, changed(now, p2=replace(origin, moved_to=there), **{there: moved}))
        assert provision(draft_value(cast.draft), there).moved_from == "p2"
    assert Row.objects.exclude(moved_from=None).count() == 1


def test_a_provision_that_moved_to_itself_is_refused(cast: Cast) -> None:
    now = draft_value(cast.draft)
    ring = replace(provision(now, "p2"), moved_from="p2", moved_to="p2")
    with pytest.raises(Unreadable, match="moved to itself"):
        read_snapshot(exported(changed(now, p2=ring)))


def test_an_export_with_endless_names_is_brought_back_with_names_cut(cast: Cast) -> None:
    text = text_of("t" * 500)
    title = Provision(
        key="p90",
        kind=ProvisionKind.TITLE,
        options=(Option(key="o90", text=text, stands=True),),
        base=text,
        level=0,
    )
    now = draft_value(cast.draft)
    header = replace(now.header, body="b" * 400, group="g" * 400)
    told = replace(now, header=header, provisions=(title, *now.provisions))
    made = drafts.bring_back(cast.actor("stella"), cast.other, "DL/77", told)
    assert (len(made.title), len(made.group.body), len(made.group.name)) == (400, 120, 200)


# --- Papers with endless names ------------------------------------------------------------------


def test_a_base_with_an_endless_title_makes_a_draft(cast: Cast) -> None:
    words = "RESOLUTION 12 (Tide, 2020)\n\n" + "Lamps and other lights " * 60
    body = "\n\nThe Conference,\n\nconsidering\n\na) that lamps burn,\n\nresolves\n\n1 to look;\n"
    paper = read(cast, ImportKind.BASE, (words + body).encode(), symbol="DL/5")
    placed = imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)
    assert len(placed.draft.title) == 400
    assert placed.draft.title.endswith("…")


def contribution(code: str, document: str = "Document 75-E") -> bytes:
    lines = [document, f"MOD {code}", "considering", "a) that lamps go out,", "resolves"]
    return "\n".join([*lines, "1 to count the lamps now;", "3 to report each year."]).encode()


def test_a_contribution_with_an_endless_document_number_is_placed(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4", f"Document {'9' * 300}-E"))
    imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)
    assert len(Contribution.objects.get().document) <= 120


def test_a_proposal_code_without_end_is_refused_with_a_sentence(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/" * 40 + "75/4"))
    with pytest.raises(Refused, match="too long"):
        imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)
    assert not Contribution.objects.exists()


def test_a_person_with_a_very_long_name_can_act(cast: Cast) -> None:
    cast.users["sam"].full_name = "N" * 150
    cast.users["sam"].save()
    revisions.issue(cast.actor("sam"), cast.draft.pk)
    assert Event.objects.order_by("-seq")[0].actor_name == "N" * 120


# --- Names of files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\nb.docx", "ab.docx"),
        ("report\u202excod.txt", "reportxcod.txt"),
        ("\udcff.txt", "txt"),
        ("nul\0.txt", "nul.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\Kestria.docx", "Kestria.docx"),
        ("..", "paper"),
        ("\u202e", "paper"),
        ("x" * 300, "x" * 255),
        ("Préambule 1.docx", "Préambule 1.docx"),
    ],
)
def test_a_file_is_kept_under_a_name_that_shows_what_it_is(db: None, given: str, kept: str) -> None:
    file = imports.keep(given, b"x", "text/plain")
    assert StoredFile.objects.get(pk=file.pk).name == kept
    assert "\n" not in download(file)["Content-Disposition"]


# --- Acts that cross ----------------------------------------------------------------------------


def test_a_paper_set_aside_while_it_is_read_stays_aside(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = reports.make

    def set_aside_meanwhile(paper: PaperImport) -> reports.Report:
        imports.discard(cast.actor("sam"), paper.pk)
        return make(paper)

    monkeypatch.setattr(reports, "make", set_aside_meanwhile)
    paper = read(cast, ImportKind.DRAFT, b"considering\na) that lamps go out,\n")
    assert paper.state == ImportState.DISCARDED
    with pytest.raises(Refused):
        imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)


def test_placing_twice_places_once(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4"))
    imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)
    with pytest.raises(Refused, match="no more answers"):
        imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)
    with pytest.raises(Refused, match="placed already"):
        imports.discard(cast.actor("sam"), paper.pk)


def test_an_answer_to_a_question_that_is_not_asked_is_refused(cast: Cast) -> None:
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/75/4"))
    asked = imports.open_questions(paper)[0]
    for question, alternative in (("gone", "x"), (asked.key, "unheard of"), (asked.key, "")):
        with pytest.raises(Refused, match="does not ask that"):
            imports.answer(cast.actor("sam"), paper.pk, question, alternative)
    assert not paper.answers.exists()


@pytest.mark.parametrize(
    "data", [b"[[[ word ]]\n" * 6_000, b"word " * 30_000], ids=["paragraphs", "one paragraph"]
)
def test_a_text_too_long_to_be_a_resolution_is_refused_before_it_is_compared(
    cast: Cast, data: bytes
) -> None:
    paper = read(cast, ImportKind.DRAFT, data)
    assert paper.state == ImportState.REFUSED
    assert "too large" in paper.refusal
