"""A few provisions as the page shows them, without the rest of the paper.

Rules:

- A fragment is letter by letter what the page would have: the same paper, presenter and template.
- Fragments come in the order of the page, so that what a new one stands after is there before it.
- What a provision shows of the rest of the paper (what people call it, the numbers of brackets and
  footnotes, whether a bracket has its partner) is in `Signs`. It is no wording, and no authority.
- Typing changes none of them, so a fragment costs what its own provision costs. After an act, and
  where a provision's own markers or labels are not those that the signs were made from, the whole
  paper is composed once, and every provision whose signs changed is shown afresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import get_template

from drafting.domain import draft as values
from drafting.domain.brackets import pair
from drafting.domain.lifecycle import is_contested
from drafting.domain.paper import Paper
from drafting.models import Draft
from drafting.selectors.values import draft_value, some_value
from drafting.services.papers import paper_against, some_against
from drafting.views import addresses
from drafting.views.presenters import Signs, present_room, present_some, signs_of


@dataclass(frozen=True, slots=True)
class Fragment:
    """A provision's HTML, None where the page shows it no more; `after`: the one before it."""

    provision: str
    html: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a draft's paper when it was last composed as a whole."""

    signs: Signs
    marks: dict[str, Marks | None]
    outline: str


Marks = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """`seq`: the fragments are at least as late as this event. `whole`: all was composed.

    `outline`: what tells of the paper as a whole, None where it tells what it told.
    """

    seq: int
    fragments: list[Fragment]
    known: Known
    whole: bool
    outline: str | None = None


def fresh(
    pk: int, against: str, keys: Iterable[str], known: Known | None, *, acted: bool = False
) -> Fresh | None:
    """The provisions with these keys, and those whose signs changed; None for no such draft.

    `acted`: more than wordings changed, the order of the provisions perhaps. Raises ValueError
    where there is no such Revision to compare with.
    """
    draft = Draft.objects.select_related("group", "conference").filter(pk=pk).first()
    if draft is None:
        return None
    _refuse_unissued(draft, against)
    asked = list(dict.fromkeys(keys))
    if known is not None and not acted:
        some = some_value(draft, asked)
        if _marks(some, asked) == {key: known.marks.get(key) for key in asked}:
            paper = some_against(draft, some, against, asked)
            return Fresh(draft.seq, _fragments(draft, paper, asked, known.signs), known, False)
    return _whole(draft, against, asked, known)


def _refuse_unissued(draft: Draft, against: str) -> None:
    """Anybody may name a Revision: nothing is read for one that is not there."""
    name, _colon, number = against.partition(":")
    if name == "revision" and not draft.revisions.filter(number=int(number)).exists():
        raise ValueError(f"Revision {number} was not issued.")


def _whole(draft: Draft, against: str, asked: Sequence[str], before: Known | None) -> Fresh:
    text = draft_value(draft)
    issued = {row.number: row for row in draft.revisions.all()} if ":" in against else {}
    paper = paper_against(text, against, issued)
    outline = _outline(paper)
    now = Known(signs_of(paper), _marks(text, [p.key for p in text.provisions]), outline)
    changed = before.signs.differs(now.signs) if before else ()
    wanted = list(dict.fromkeys((*asked, *changed)))
    told = None if before and before.outline == outline else outline
    return Fresh(draft.seq, _fragments(draft, paper, wanted, now.signs), now, True, told)


def _outline(paper: Paper) -> str:
    template = get_template("drafting/parts/_outlined.html")
    return template.render({"room": present_room(paper)}).strip()


def _marks(text: values.Draft, keys: Iterable[str]) -> dict[str, Marks | None]:
    """What the signs of a paper depend on in each of these provisions; None where it is gone."""
    found = {provision.key: provision for provision in text.provisions}
    return {key: _marks_of(found[key]) if key in found else None for key in keys}


def _marks_of(provision: values.Provision) -> Marks:
    """Markers, labels, notes, options, status, whether it is contested; of a call its words too."""
    located = [(option.key, option.text) for option in provision.options]
    brackets = tuple((b.id, b.is_paired, b.number) for b in pair(located).brackets)
    labels = tuple((p.label, p.level) for o in provision.options for p in o.text.paragraphs)
    notes = tuple(note.id for note in provision.notes)
    spoken = provision.kind is values.ProvisionKind.CALL
    words = hash(tuple(o.text for o in provision.options)) if spoken else 0
    options = tuple((option.key, option.kind) for option in provision.options)
    standing = (provision.status, is_contested(provision), provision.moved_to)
    return (standing, options, brackets, labels, notes, words)


def _fragments(draft: Draft, paper: Paper, keys: Sequence[str], signs: Signs) -> list[Fragment]:
    template = get_template("drafting/parts/_shown.html")
    links = {"history": addresses.provision_history(draft, "p0").removesuffix("p0/history/")}
    views = {view.key: view for view in present_some(paper, keys, signs)}
    return [
        Fragment(
            key,
            template.render({"p": views[key], "links": links}).strip() if key in views else None,
            signs.before(key),
        )
        for key in signs.in_order(keys)
    ]
