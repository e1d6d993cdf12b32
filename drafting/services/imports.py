"""Papers in: bringing a file in, having it read, answering what it asks, placing it.

A file goes one way: brought in -> read in a child process -> report with questions -> placed, or
refused, or set aside. Until it is placed nothing of it is in any draft.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from drafting import events, wake
from drafting.domain import draft as values
from drafting.domain.codes import parse_code
from drafting.domain.sentences import pack, unpack
from drafting.intake import inspection, sandbox
from drafting.intake import parsed as papers
from drafting.intake.inspection import Unreadable
from drafting.intake.reading import Question
from drafting.models import AdHocGroup, Draft, ImportAnswer, JobState, PaperImport, StoredFile
from drafting.models.intake import ImportKind, ImportState
from drafting.permissions import Action, Actor, require
from drafting.services import leases, placing, reports
from drafting.services.drafts import one_writer, refuse_taken
from drafting.services.recording import Hand
from drafting.services.refusals import Refused
from drafting.services.telling import told

WHOLE = gettext_noop("This is an exported draft: bring it in as a consolidated draft.")
PARAGRAPHS_MAX = 5_000  # of a paper; as many as an exported draft may have provisions
PARAGRAPH_MAX = 100_000  # characters


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name and bytes."""

    name: str
    data: bytes


# --- Bringing in --------------------------------------------------------------------------------


def bring_in(
    actor: Actor,
    group: AdHocGroup,
    kind: ImportKind,
    upload: Upload,
    *,
    draft: Draft | None = None,
    symbol: str = "",
    title: str = "",
    code: str = "",
    knock: bool = True,
) -> PaperImport:
    """Keeps the file and asks a worker to read it. Raises Refused for what cannot be a paper.

    `code` names the proposal of a contribution that prints none. Without `knock` no worker is
    woken: the caller reads the paper itself.
    """
    standing = require(actor, Action.BRING_IN_PAPER, group)
    if kind == ImportKind.BASE and draft is None:
        refuse_taken(group, symbol)
    if code and parse_code(code) is None:
        raise Refused(_("%(code)s is not a proposal code, such as KES/75/4.") % {"code": code})
    media_type = _inspect(upload)
    with transaction.atomic():
        paper = PaperImport.objects.create(
            kind=kind,
            group=group,
            draft=draft,
            symbol=symbol or (draft.symbol if draft else ""),
            title=title,
            code=code,
            file=keep(upload.name, upload.data, media_type),
            uploaded_by=actor.user,
            uploaded_for=standing.acting_for,
        )
        if knock:
            wake.wake(wake.READ_PAPER, paper.pk)
    return paper


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of several files: the papers kept, and a sentence on each that is none."""

    papers: tuple[PaperImport, ...]
    refused: tuple[str, ...]


def bring_in_all(
    actor: Actor, draft: Draft, kind: ImportKind, uploads: Sequence[Upload], *, code: str = ""
) -> Brought:
    """Each file as if it came alone: one that cannot be read keeps none of the others out."""
    papers: list[PaperImport] = []
    refused: list[str] = []
    for upload in uploads:
        try:
            papers.append(bring_in(actor, draft.group, kind, upload, draft=draft, code=code))
        except Refused as refusal:
            named = f"{_shown(upload.name)}: {refusal}"
            refused.append(named if len(uploads) > 1 else str(refusal))
    return Brought(tuple(papers), tuple(refused))


def _inspect(upload: Upload) -> str:
    try:
        return inspection.inspect(upload.name, upload.data).media_type
    except Unreadable as refusal:
        raise Refused(told(refusal.sentence)) from refusal


def keep(name: str, data: bytes, media_type: str) -> StoredFile:
    """Stores bytes under a name: without folders, and without what a name cannot show."""
    return StoredFile.objects.create(
        name=_shown(Path(name.replace("\\", "/")).name)[:255] or "paper",
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        data=data,
    )


def _shown(name: str) -> str:
    """The name without control characters, halves of characters and turns of direction."""
    return "".join(character for character in name if character.isprintable()).strip(". ")


# --- Reading ------------------------------------------------------------------------------------


def read(pk: int) -> None:
    """Reads a paper that waits, if nobody else is at it. The worker's whole task."""
    token = leases.claim(PaperImport, pk)
    if token is not None:
        with leases.guarded(PaperImport, pk, token):
            _read(pk, token)
    # What failed for good is told to its sender, not left "being read".
    failed = PaperImport.objects.filter(pk=pk, job_state=JobState.FAILED)
    failed.filter(state=ImportState.READING).update(state=ImportState.REFUSED, refusal=F("error"))


def _read(pk: int, token: int) -> None:
    paper = PaperImport.objects.select_related("file", "draft", "group__conference").get(pk=pk)
    try:
        _tell(paper, token, 10)
        paper.parsed = _open(paper)
        _tell(paper, token, 60)
        report = reports.make(paper)
    except Unreadable as refusal:
        sentence = refusal.sentence
        _end(pk, token, lambda row: _refuse(row, sentence))
    else:
        parsed = paper.parsed
        _end(pk, token, lambda row: _report(row, parsed, report))


def _open(paper: PaperImport) -> dict[str, Any]:
    """What the file holds, as JSON, read by a child process with limits."""
    exported = paper.file.media_type == inspection.Form.JSON.media_type
    if exported and paper.kind != ImportKind.DRAFT:
        raise Unreadable(WHOLE)
    with kept_apart(paper.file.name, bytes(paper.file.data)) as path:
        if exported:
            return values.to_json(sandbox.draft_in_child(path))
        return papers.to_json(_bounded(sandbox.read_in_child(path)))


@contextmanager
def kept_apart(name: str, data: bytes) -> Iterator[Path]:
    """A file for a child process to read, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        path = Path(folder) / f"paper{Path(name).suffix[:10]}"
        path.write_bytes(data)
        yield path


def _bounded(paper: papers.ParsedPaper) -> papers.ParsedPaper:
    """The paper, if it can be one: it is read again, by us, with each answer. Raises Unreadable."""
    longest = max((_length(paragraph) for paragraph in paper.paragraphs), default=0)
    if len(paper.paragraphs) > PARAGRAPHS_MAX or longest > PARAGRAPH_MAX:
        raise Unreadable(sandbox.TOO_MUCH)
    return paper


def _length(paragraph: papers.ParsedParagraph) -> int:
    return sum(len(run.text) for run in paragraph.runs)


def _tell(paper: PaperImport, token: int, progress: int) -> None:
    if not leases.extend(PaperImport, paper.pk, token, progress):
        raise Unreadable(gettext_noop("Another worker has taken this paper over."))
    _hint(paper, progress)


def _end(pk: int, token: int, change: Callable[[PaperImport], None]) -> None:
    with transaction.atomic():
        row = leases.held(PaperImport, pk, token)
        if row is None:
            return
        if row.state == ImportState.READING:  # a person may have set it aside meanwhile
            change(row)
        leases.end(row)
        row.save()
        _hint(row, 100)


def _refuse(row: PaperImport, sentence: str) -> None:
    row.state = ImportState.REFUSED
    row.refusal = sentence
    row.report = {"refusal": pack(sentence)}


def _report(row: PaperImport, parsed: object, report: reports.Report) -> None:
    row.parsed = parsed
    row.report = report
    row.state = ImportState.QUESTIONS if report["questions"] else ImportState.READY


def _hint(paper: PaperImport, progress: int) -> None:
    if paper.draft_id:
        events.hint(
            paper.draft_id,
            {"kind": "import", "id": paper.pk, "state": paper.state, "progress": progress},
        )


def refusal_of(paper: PaperImport) -> str:
    """Why a paper could not be read, in the reader's language; "" where it could."""
    return told(unpack(paper.report.get("refusal", paper.refusal))) or paper.error


# --- Answering ----------------------------------------------------------------------------------


def answer(actor: Actor, pk: int, question: str, alternative: str) -> PaperImport:
    """Records an answer and makes the report again. Raises Refused if there is no such choice."""
    with transaction.atomic():
        paper = _locked(pk)
        standing = require(actor, Action.ANSWER_IMPORT, paper.group)
        _refuse_unless_open(paper)
        asked = next((q for q in reports.questions(paper) if q.key == question), None)
        if asked is None or alternative not in {a.key for a in asked.alternatives}:
            raise Refused(_("This paper does not ask that (any more): load the page again."))
        ImportAnswer.objects.update_or_create(
            paper=paper,
            question=question,
            defaults={
                "alternative": alternative,
                "answered_by": actor.user,
                "answered_for": standing.acting_for,
                "answered_at": Now(),
            },
        )
        _remake(paper)
    return paper


def take_as_assumed(actor: Actor, pk: int) -> PaperImport:
    """Answers every open question as the reader assumed."""
    with transaction.atomic():
        paper = _locked(pk)
        standing = require(actor, Action.ANSWER_IMPORT, paper.group)
        _refuse_unless_open(paper)
        ImportAnswer.objects.bulk_create(
            ImportAnswer(
                paper=paper,
                question=question.key,
                alternative=question.assumed,
                answered_by=actor.user,
                answered_for=standing.acting_for,
            )
            for question in open_questions(paper)
        )
        _remake(paper)
    return paper


def open_questions(paper: PaperImport) -> list[Question]:
    """The questions of the report that nobody has answered, in the order of the file."""
    answered = set(paper.answers.values_list("question", flat=True))
    return [q for q in reports.questions(paper) if q.key not in answered]


def _remake(paper: PaperImport) -> None:
    paper.report = reports.make(paper)
    paper.state = ImportState.QUESTIONS if open_questions(paper) else ImportState.READY
    paper.save(update_fields=["report", "state"])


def _locked(pk: int) -> PaperImport:
    with one_writer():
        return (
            PaperImport.objects.select_for_update(of=("self",))
            .select_related("group__conference", "draft", "file")
            .defer("file__data")
            .get(pk=pk)
        )


def _refuse_unless_open(paper: PaperImport) -> None:
    if paper.state not in (ImportState.QUESTIONS, ImportState.READY):
        raise Refused(
            _("This paper is %(state)s: it takes no more answers.")
            % {"state": paper.get_state_display()}
        )


# --- Placing ------------------------------------------------------------------------------------


def place(
    actor: Actor, pk: int, *, accept_defaults: bool = False, anew: bool = False
) -> placing.Placed:
    """Puts what was read into the draft (a base makes the draft).

    Raises Refused while a question is open, unless `accept_defaults` takes them as assumed; and
    for proposals that the draft has, unless they are to be read `anew` and nothing came of them.
    """
    with transaction.atomic():
        paper = _locked(pk)
        standing = require(actor, Action.PLACE_IMPORT, paper.group)
        _refuse_unless_open(paper)
        left = len(open_questions(paper))
        if left and not accept_defaults:
            raise Refused(
                _("%(left)d questions of this paper are open: answer them first.") % {"left": left}
            )
        hand = Hand(actor, standing.acting_for, _("%(name)s placed") % {"name": paper.file.name})
        placed = placing.place(paper, hand, anew=anew)
        paper.state = ImportState.PLACED
        paper.placed_at = Now()
        paper.save(update_fields=["state", "placed_at", "draft"])
    return placed


def discard(actor: Actor, pk: int) -> PaperImport:
    """Sets a paper aside: it stays on record and enters no draft."""
    with transaction.atomic():
        paper = _locked(pk)
        require(actor, Action.PLACE_IMPORT, paper.group)
        if paper.state == ImportState.PLACED:
            raise Refused(_("This paper is placed already; it cannot be set aside."))
        paper.state = ImportState.DISCARDED
        paper.save(update_fields=["state"])
    return paper
