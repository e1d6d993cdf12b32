"""A draft for the chair's table: one provision with every kind of wording, some near agreement."""

from __future__ import annotations

from dataclasses import replace

from accounts.models import Delegation
from drafting.domain import text as texts
from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
)
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run, Text, text_of
from drafting.models import Contribution, PaperImport, Position, Proposal, ProposedChange
from drafting.models import Draft as DraftRow
from drafting.models import Option as OptionRow
from drafting.models.intake import ImportKind
from drafting.services import drafts
from drafting.services.imports import keep
from tests.cast import SETUP, Cast, call, item

TABLE = "/drafts/lorne/dl-3/table/"

BASE = (
    "to exchange observations from coastal gauges among administrations, on request, in a form"
    " agreed between them;"
)
FREE = (
    "to exchange observations from coastal gauges among all administrations, without delay and"
    " free of charge, in a form open to all;"
)
MEANS = FREE.replace("delay and free", "delay and, where means allow, free")
CONSENT = BASE.replace(
    "on request,",
    "on request, with the consent of the administration that keeps the gauge,",
)
SYMBOLS = ("NRT", "CPE", "ISL", "TES", "MER", "ORN")


def gauges() -> Draft:
    """Three sections; p4 has three options, p5 one word in dispute, p7 nested brackets."""
    provisions = (
        call("p1", "considering"),
        item("p2", "that gauges stand on every coast,", label="a)"),
        call("p3", "resolves"),
        _gauge(),
        _word(),
        call("p6", "instructs the Secretary-General"),
        _bracketed(),
        item("p8", "to report each year.", label="2"),
    )
    head = Header(series="DL", number="3", base_name="Resolution 64 (Castelmar, 2023)")
    return Draft(head, provisions)


def _option(key: str, words: str, label: str, *codes: str) -> Option:
    told = tuple(Attribution(code, literal=code) for code in codes)
    return Option(key=key, text=text_of(words, label=label), attributions=told)


def _gauge() -> Provision:
    options = (
        replace(_option("o4", BASE, "1"), stands=True),
        _option("o21", FREE, "1", "NRT/80A1/14", "CPE/73A1/16", "KES/75/4"),
        _option("o22", MEANS, "1", "ISL/79A2/13"),
        replace(_option("o23", "", "1", "TES/88/1"), kind=OptionKind.DELETE),
    )
    base = text_of(BASE, label="1")
    return Provision(key="p4", kind=ProvisionKind.ITEM, base=base, options=options)


def _word() -> Provision:
    base = text_of("that lamps should burn at night;", label="2")
    options = (
        replace(_option("o5", "that lamps should burn at night;", "2"), stands=True),
        _option("o24", "that lamps shall burn at night;", "2", "KES/75/4"),
    )
    return Provision(key="p5", kind=ProvisionKind.ITEM, base=base, options=options)


def _bracketed() -> Provision:
    pieces = (
        Run("to answer within "),
        BracketOpen("b1"),
        Run("six "),
        BracketOpen("b2"),
        Run("working"),
        BracketClose("b2"),
        Run(" hours"),
        BracketClose("b1"),
        Run(";"),
    )
    base = text_of("to answer within six hours;", label="1")
    option = Option(key="o7", text=Text((Paragraph(pieces, "1"),)), stands=True)
    return Provision(key="p7", kind=ProvisionKind.ITEM, base=base, options=(option,))


def lay(cast: Cast) -> DraftRow:
    """DL/3 in the group of the cast, with a proposal that nobody has taken up, and positions."""
    text = gauges()
    draft = drafts.make(cast.group, "DL/3", "Gauges", text.header, text.provisions, SETUP)
    for symbol in SYMBOLS:
        Delegation.objects.get_or_create(symbol=symbol, defaults={"name": f"Land of {symbol}"})
    propose(draft, "VAL/70/2", "MOD", 4, CONSENT)
    propose(draft, "VAL/70/3", "ADD", 4, "to mend gauges that stand silent;")
    for symbol, option, stance, words in (
        ("NRT", 21, "support", ""),
        ("CPE", 21, "support", ""),
        ("VAL", 21, "oppose", ""),
        ("ORN", 21, "reserve", ""),
        ("ISL", 22, "support", ""),
        ("KES", 22, "amend", "if the phrase is bracketed"),
        ("MER", 22, "waiting", ""),
    ):
        position(draft, symbol, option, stance, words)
    return draft


def position(draft: DraftRow, symbol: str, option: int, stance: str, words: str) -> None:
    row = OptionRow.objects.get(draft=draft, number=option)
    SETUP.create(
        Position(
            provision=row.provision,
            option=row,
            delegation=Delegation.objects.get(symbol=symbol),
            stance=stance,
            words=words,
            said_by="Sam",
            from_the_floor=True,
        )
    )


def propose(draft: DraftRow, code: str, operation: str, number: int, words: str) -> None:
    """A contribution with one proposal that asks for one change of a provision, or after it."""
    file = keep(f"{code}.txt", b"a", "text/plain")
    paper = PaperImport(kind=ImportKind.CONTRIBUTION, group=draft.group, draft=draft, file=file)
    paper.save()
    contribution = Contribution(draft=draft, document=f"Document {code}", paper=paper)
    SETUP.create(contribution)
    proposal = Proposal(draft=draft, contribution=contribution, code=code)
    SETUP.create(proposal)
    row = draft.provisions.get(number=number)
    change = ProposedChange(
        proposal=proposal,
        key="c1",
        operation=operation,
        target=None if operation == "ADD" else row,
        after=row if operation == "ADD" else None,
        content=texts.to_json(text_of(words, label="1")),
    )
    SETUP.create(change)
