"""What the proposals of a draft ask for, as the domain's values, and what was decided on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from drafting.domain import text as texts
from drafting.domain.consolidation import Asked
from drafting.domain.consolidation.noted import with_names
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Note, NoteKind
from drafting.models import Decision, Draft, Option, ProposedChange, Provision

OUT = (Deciding.WITHDRAWN, Deciding.NOT_RETAINED)


def asked_in(draft: Draft) -> list[Asked]:
    """Every change that the proposals on a draft ask for, in the order of their papers."""
    rows = (
        ProposedChange.objects.filter(proposal__draft=draft)
        .select_related("proposal", "target", "after", "moved_from")
        .order_by("proposal__contribution", "pk")
    )
    return [_asked(row, order) for order, row in enumerate(rows)]


def _asked(row: ProposedChange, order: int) -> Asked:
    paper = str(row.proposal.contribution_id)
    after = f"{paper}/{row.after_key}" if row.after_key else None
    notes = notes_of(row)
    return Asked(
        code=row.proposal.code,
        key=f"{paper}/{row.key}",
        operation=row.operation,
        target=row.target.key if row.target else None,
        after=row.after.key if row.after else after,
        moved_from=row.moved_from.key if row.moved_from else None,
        text=None if row.content is None else _pointing(texts.from_json(row.content), notes),
        order=order,
        paper=paper,
        notes=notes,
    )


def _pointing(text: texts.Text, notes: tuple[Note, ...]) -> texts.Text:
    """The text without references to what it does not have: once, proposals kept no footnotes."""
    return with_names(text, {note.id: note.id for note in notes})


def notes_of(row: ProposedChange) -> tuple[Note, ...]:
    """The footnotes that its words point to, under the ids of its contribution."""
    return footnotes(row.notes)


def footnotes(told: Iterable[dict[str, str]]) -> tuple[Note, ...]:
    """The column as values."""
    return tuple(Note(said["id"], said["text"], NoteKind.FOOTNOTE) for said in told)


def decided_on(draft: Draft) -> dict[str, dict[int, bool]]:
    """For each proposal the provisions in which something was decided on it, 0 for all of it, and
    whether it went out by what was decided last."""
    out: dict[str, dict[int, bool]] = defaultdict(dict)
    rows = Decision.objects.filter(draft=draft, undone=False, change="").order_by("seq", "pk")
    for code, provision, what in rows.values_list("code", "provision", "what"):
        out[code][provision] = what in OUT
    return out


def dropped(draft: Draft) -> set[tuple[str, str]]:
    """The additions that went out alone before they stood anywhere: by proposal and key."""
    rows = Decision.objects.filter(draft=draft, undone=False, what__in=OUT).exclude(change="")
    return set(rows.values_list("code", "change"))


def added_wordings(draft: Draft, numbers: Iterable[int]) -> dict[int, list[texts.Text]]:
    """Every wording that these provisions ever had, of those without a base; they may be gone."""
    were = Provision.history.filter(draft_id=draft.pk, number__in=set(numbers), base__isnull=True)
    numbered = dict(were.values_list("id", "number"))
    rows = Option.history.filter(draft_id=draft.pk, provision_id__in=numbered)
    out: dict[int, list[texts.Text]] = defaultdict(list)
    for provision, content in rows.values_list("provision_id", "content"):
        out[numbered[provision]].append(texts.from_json(content))
    return out
