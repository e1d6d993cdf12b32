"""A negotiation from a seed: a base, papers that ask for changes, and the draft made of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation import Asked, Style, consolidated
from drafting.domain.consolidation.likeness import essence
from drafting.domain.draft import Header, Provision
from drafting.domain.projection import reading
from drafting.domain.text import text_of
from drafting.models import (
    Contribution,
    Draft,
    PaperImport,
    Proposal,
    ProposedChange,
)
from drafting.models.intake import ImportKind
from drafting.selectors.values import draft_value
from drafting.services import drafts
from drafting.services.imports import keep
from tests.cast import SETUP, Cast, call, item

KES, VAL, JOINT, ISL = "KES/75/4", "VAL/70/2", "KES/VAL/80/1", "ISL/79A2/13"
CODES = (KES, VAL, JOINT, ISL)
BASE = (
    call("p1", "considering"),
    item("p2", "that lamps go out in the night and ships are lost,", label="a)"),
    item("p3", "that oil is dear in every harbour of the coast,", label="b)"),
    call("p4", "resolves"),
    item("p5", "to count the lamps of each tower once a year;", label="1"),
    item("p6", "to mend the lamps at once;", label="2"),
    item("p7", "to report to the next assembly what was done.", label="3"),
)
OTHER_WORDS = ("lanterns", "each month", "without delay", "the council", "twice", "soon")
ADDED = ("to paint the towers white;", "to train the keepers of the lamps;", "to buy better oil;")


@dataclass
class Negotiation:
    """What is asked, and the draft of the cast in which it stands."""

    cast: Cast
    asked: list[Asked] = field(default_factory=list)

    @property
    def draft(self) -> values.Draft:
        return draft_value(Draft.objects.get(pk=self.cast.draft.pk))


def negotiation(
    cast: Cast,
    asked: Sequence[Asked],
    *,
    inline: bool = False,
    taken: Iterable[str] = CODES,
    base: Sequence[Provision] = BASE,
) -> Negotiation:
    """The cast's draft, consolidated from these; those of `taken` are built into it."""
    header = Header(series="DL", number="9")
    plain = values.Draft(header, tuple(base))
    built = [one for one in asked if one.code in set(taken)]
    made = consolidated(plain, built, Style(inline=inline))
    cast.draft = drafts.make(cast.group, "DL/9", "Lamps", header, made.provisions, SETUP)
    for code in dict.fromkeys(one.code for one in asked):
        tabled(cast.draft, code, [one for one in asked if one.code == code])
    return Negotiation(cast, list(asked))


def tabled(draft: Draft, code: str, asked: Sequence[Asked]) -> None:
    """A paper of this proposal, as it was placed beside the draft."""
    paper = PaperImport.objects.create(
        kind=ImportKind.CONTRIBUTION,
        group=draft.group,
        draft=draft,
        file=keep("a.txt", b"...", "text/plain"),
    )
    contribution = Contribution.objects.create(draft=draft, paper=paper, document="Document 7-E")
    proposal = Proposal.objects.create(draft=draft, contribution=contribution, code=code)
    rows = {row.key: row for row in draft.provisions.all()}
    for one in asked:
        ProposedChange.objects.create(
            proposal=proposal,
            key=one.key,
            operation=one.operation,
            target=rows.get(one.target or ""),
            after=rows.get(one.after or ""),
            after_key="" if one.after in rows else one.after or "",
            moved_from=rows.get(one.moved_from or ""),
            content=None if one.text is None else texts.to_json(one.text),
        )


# --- from a seed -------------------------------------------------------------------------------


def any_asked(dice: random.Random) -> list[Asked]:
    """What four papers ask, so that they often meet."""
    out: list[Asked] = []
    for code in CODES:
        for provision in BASE:
            if provision.kind is values.ProvisionKind.ITEM:
                out += _of_one(dice, code, provision, len(out))
    return out


def _of_one(dice: random.Random, code: str, provision: Provision, order: int) -> list[Asked]:
    key, place = f"c{order}", provision.key
    match dice.choice(("MOD", "MOD", "MOD", "SUP", "NOC", "ADD", "-", "-")):
        case "MOD":
            return [Asked(code, key, "MOD", place, text=_amended(dice, provision), order=order)]
        case "SUP" | "NOC" as operation:
            return [Asked(code, key, operation, place, order=order)]
        case "ADD":
            text = text_of(dice.choice(ADDED), label=dice.choice((None, "2", "c)")))
            return [Asked(code, key, "ADD", after=place, text=text, order=order)]
    return []


def _amended(dice: random.Random, provision: Provision) -> texts.Text:
    assert provision.base is not None
    words = texts.plain(provision.base).split(" ")
    for _ in range(dice.randrange(1, 3)):
        at = dice.randrange(1, len(words) - 1)
        words[at : at + dice.randrange(1, 3)] = dice.choice(([], *([w] for w in OTHER_WORDS)))
    return text_of(" ".join(words), label=provision.base.label)


# --- who reads what ----------------------------------------------------------------------------

Reading = dict[str, object]


def reads(draft: values.Draft, code: str | None) -> Reading:
    """What a proposal reads, provision by provision; None: what stands if nobody is heard."""
    codes = frozenset([code]) if code else frozenset()
    out: Reading = {}
    for provision in draft.provisions:
        option = reading(provision, codes)
        out[provision.key] = None if option is None else essence(option.text)
    return out


def named_in(provision: Provision) -> set[str]:
    """Everybody who is named in a provision."""
    behind = {a.code or a.name or "" for o in provision.options for a in o.attributions}
    return behind.union(*(texts.sources(o.text) for o in provision.options))


def wishes(draft: values.Draft) -> dict[tuple[str, str], set[object]]:
    """By provision and name: every wording that is asked for there."""
    out: dict[tuple[str, str], set[object]] = {}
    for provision in draft.provisions:
        for name in named_in(provision):
            out[provision.key, name] = set(_wishes(provision, name))
    return out


def _wishes(provision: Provision, name: str) -> Iterable[object]:
    for option in provision.options:
        if not any(_is(a, name) for a in option.attributions) and name not in texts.sources(
            option.text
        ):
            continue
        alone = replace(provision, options=(replace(option, stands=True),))
        found = reading(alone, frozenset([name]))
        yield None if found is None else essence(found.text)


def asks_within(draft: values.Draft) -> dict[tuple[str, str], set[object]]:
    """By provision and name: every change that is asked for within a text, with its words."""
    out: dict[tuple[str, str], set[object]] = {}
    for provision in draft.provisions:
        for option in provision.options:
            for piece in texts.inlines(option.text):
                for change in piece.changes:
                    words = (change.kind, getattr(piece, "text", "").strip())
                    out.setdefault((provision.key, change.source), set()).add(words)
    return out


def _is(attribution: values.Attribution, name: str) -> bool:
    return attribution.bracket is None and (attribution.code or attribution.name) == name
