"""What delegations said of a draft and which provisions are tied, brought back from an export.

Rules:

- A position belongs to a delegation that is known here, or nothing of the file is taken.
- Who said it and when is kept; its history here begins with who brought it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import ngettext

from accounts.models import Delegation
from drafting.domain import draft as values
from drafting.models import Draft, Option, Package, Position, Provision
from drafting.services.recording import Hand
from drafting.services.refusals import Refused


def keep(draft: Draft, text: values.Draft, hand: Hand) -> None:
    """Writes the positions and packages of `text`, which `draft` was made of, in a transaction.

    Raises Refused, with the symbols of those who are unknown.
    """
    if not text.positions and not text.packages:
        return
    rows = {row.key: row for row in draft.provisions.prefetch_related("options")}
    _keep_positions(text, rows, hand)
    _tie(draft, text, rows)


def _keep_positions(text: values.Draft, rows: Mapping[str, Provision], hand: Hand) -> None:
    delegations = _known({said.delegation for said in text.positions})
    options = {option.key: option for row in rows.values() for option in row.options.all()}
    hand.create_many(
        [
            Position(
                provision=rows[said.provision],
                option=_option(options, said.option),
                bracket=said.bracket or "",
                delegation=delegations[said.delegation],
                stance=said.stance.value,
                words=said.words,
                said_by=said.said_by,
                from_the_floor=said.from_the_floor,
                at=said.at,
            )
            for said in text.positions
        ],
        Position,
    )


def _option(options: Mapping[str, Option], key: str | None) -> Option | None:
    return options[key] if key else None


def _known(symbols: set[str]) -> dict[str, Delegation]:
    found = {row.symbol: row for row in Delegation.objects.filter(symbol__in=symbols)}
    unknown = sorted(symbols - found.keys())
    if unknown:
        refusal = ngettext(
            "This draft has a position of %(symbols)s, which is no delegation here: "
            "set it up first.",
            "This draft has positions of %(symbols)s, which are no delegations here: "
            "set them up first.",
            len(unknown),
        )
        raise Refused(refusal % {"symbols": ", ".join(unknown)})
    return found


def _tie(draft: Draft, text: values.Draft, rows: Mapping[str, Provision]) -> None:
    for tied in text.packages:
        package = Package.objects.create(draft=draft, number=tied.number, name=tied.name)
        package.provisions.set([rows[key] for key in tied.provisions])
    draft.last_package = max([draft.last_package, *(tied.number for tied in text.packages)])
    Draft.objects.filter(pk=draft.pk).update(last_package=draft.last_package)
