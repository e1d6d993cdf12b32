"""Drafts: making one from an adopted text, and finding the symbol's place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from drafting import events
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.draft import ProvisionKind
from drafting.models import AdHocGroup, Draft
from drafting.permissions import Action, Actor, require
from drafting.services import said, store
from drafting.services.fitting import fit
from drafting.services.recording import Hand
from drafting.services.refusals import Refused

SYMBOL_MAX, SLUG_MAX = 40, 50


def slug_of(symbol: str) -> str:
    """The symbol in an address: "DL/12" is "dl-12"."""
    return slugify(symbol.replace("/", "-"))


def well_formed(symbol: str) -> str:
    """The symbol's slug. Raises Refused for what cannot be printed as a symbol."""
    slug = slug_of(symbol)
    if not slug or not symbol.isprintable():
        raise Refused(_("A draft needs a symbol, such as DL/12."))
    if len(symbol) > SYMBOL_MAX or len(slug) > SLUG_MAX:
        raise Refused(_("This symbol is too long: take one such as DL/12."))
    return slug


def refuse_taken(group: AdHocGroup, symbol: str) -> None:
    """Raises Refused if the conference has a draft with this symbol, or the symbol is no symbol."""
    slug = well_formed(symbol)
    if Draft.objects.filter(conference=group.conference, slug=slug).exists():
        raise Refused(
            _("There is a draft %(symbol)s in this conference already: choose another symbol.")
            % {"symbol": symbol}
        )


def make(
    group: AdHocGroup,
    symbol: str,
    title: str,
    header: values.Header,
    provisions: tuple[values.Provision, ...],
    hand: Hand,
) -> Draft:
    """Makes a draft with its provisions. Runs in the caller's transaction."""
    refuse_taken(group, symbol)
    draft = Draft(
        conference=group.conference,
        group=group,
        slug=slug_of(symbol),
        symbol=symbol,
        title=fit(Draft, "title", title or title_in(provisions) or symbol),
        language=header.language,
        language_note=fit(Draft, "language_note", header.language_note),
        base_name=fit(Draft, "base_name", header.base_name),
        date=header.date,
    )
    with transaction.atomic():
        _create(draft, hand)
        store.write(draft, provisions, hand)
    events.record(draft, "draft.made", hand.actor, hand.acting_for, symbol=symbol)
    return draft


def _create(draft: Draft, hand: Hand) -> None:
    """Inserts the row. Raises Refused if somebody has taken the symbol meanwhile."""
    try:
        with transaction.atomic():
            hand.create(draft)
    except IntegrityError:
        refuse_taken(draft.group, draft.symbol)
        raise


def title_in(provisions: tuple[values.Provision, ...]) -> str:
    """The words of the title provision, "" where the paper has none."""
    for provision in provisions:
        if provision.kind is ProvisionKind.TITLE:
            return texts.plain(provision.options[0].text).replace("\n", " ")
    return ""


def lock(pk: int) -> Draft:
    """The draft's row, locked against every other writer, for the running transaction.

    Raises Refused where another writer keeps it longer than the database lets anyone wait.
    """
    with one_writer():
        return (
            Draft.objects.select_for_update(of=("self",), no_key=True)
            .select_related("group__conference", "conference")
            .get(pk=pk)
        )


@contextmanager
def one_writer() -> Iterator[None]:
    """Around the locking of a row: a wait that is given up is Refused with a sentence."""
    try:
        yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Refused(
            _("Somebody else is writing here just now: try again in a moment.")
        ) from error


def bring_back(actor: Actor, group: AdHocGroup, symbol: str, text: values.Draft) -> Draft:
    """Makes a draft again from its exported JSON, with its keys, its header and what was said.

    Raises Refused where a delegation that speaks in it is unknown here.
    """
    standing = require(actor, Action.PLACE_IMPORT, group)
    hand = Hand(actor, standing.acting_for, _("Brought back from an export"))
    with transaction.atomic():
        if not group.drafts.exists():
            group.body = fit(AdHocGroup, "body", text.header.body)
            group.name = fit(AdHocGroup, "name", text.header.group or group.name)
            hand.save(group, ["body", "name"])
        draft = make(group, symbol, "", text.header, text.provisions, hand)
        said.keep(draft, text, hand)
        return draft
