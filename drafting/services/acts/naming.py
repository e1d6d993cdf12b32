"""Who asks for what: the proposals and delegations named in a provision's options.

Rules:

- One is named by an attribution (its proposal code, else its name) of an option or of a bracket in
  it, or as the source of a pending change.
- What a name reads in an option in which it is named is the wording with its own changes taken and
  no others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q, prefetch_related_objects

from drafting.domain import text as texts
from drafting.domain.consolidation import equal
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind
from drafting.domain.projection import wording
from drafting.domain.text import Text
from drafting.models import Attribution, Option, Provision
from drafting.services.acts.pending import ASKED
from drafting.services.acts.work import Work

Reads = Text | None
"""A wording without its brackets; None: no text."""


def name_of(row: Attribution) -> str:
    return row.code or row.name


def behind(option: Option, bracket: str = "") -> list[str]:
    """The names behind an option, or behind one bracket in it, in order."""
    rows = (row for row in placed(option) if row.bracket == bracket)
    return list(dict.fromkeys(map(name_of, rows)))


def placed(option: Option) -> list[Attribution]:
    """Everybody who stands behind an option or a bracket in it, in order."""
    return sorted(option.attributions.all(), key=lambda row: row.place)


def text_of(option: Option) -> Text:
    return texts.from_json(option.content)


def names_in(options: Sequence[Option]) -> list[list[str]]:
    """Everybody who is named in each of these options, in any way; in one query at most."""
    prefetch_related_objects(unknown := [o for o in options if not _knows(o)], "attributions")
    found = [list(map(name_of, placed(option))) for option in options]
    for option in unknown:
        vars(option)["_prefetched_objects_cache"] = {}
    return [
        list(dict.fromkeys([*names, *texts.sources(text_of(option))]))
        for option, names in zip(options, found, strict=True)
    ]


def _knows(option: Option) -> bool:
    """Whether who stands behind it is known, and need not be asked for."""
    return "attributions" in vars(option).get("_prefetched_objects_cache", ())


def named(options: Sequence[Option]) -> list[str]:
    """Everybody who is named in these options."""
    return list(dict.fromkeys(name for names in names_in(options) for name in names))


def reads_as(option: Option, sources: Collection[str]) -> Reads:
    """What an option reads once these are taken and no others."""
    if option.kind != OptionKind.TEXT:
        return None
    return wording(text_of(option), frozenset(sources))


def agrees(one: Reads, other: Reads) -> bool:
    """Whether two readings say the same words, or both none."""
    if one is None or other is None:
        return one is other
    return equal(one, other)


def settle_names(work: Work, row: Provision, stay: Sequence[Reads], rationale: str = "") -> None:
    """Writes down what becomes of everybody's words in a provision where these wordings stay."""
    options = work.options(row)
    each = list(zip(options, names_in(options), strict=True))
    for name in dict.fromkeys(name for _, names in each for name in names):
        asked = [reads_as(option, [name]) for option, names in each if name in names]
        same = any(agrees(one, other) for one in asked for other in stay)
        what = Deciding.CHOSEN if same else Deciding.NOT_RETAINED
        work.decide(row.key, [name], what, rationale)


def rows_naming(work: Work, name: str) -> list[Provision]:
    """The provisions of the draft in which a name is named, in reading order."""
    rows = Attribution.objects.filter(option__draft=work.draft)
    said = rows.filter(Q(code=name) | Q(code="", name=name))
    numbers = set(said.values_list("option__provision__number", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [work.draft.pk, [], [name]])
        numbers |= {row[0] for row in cursor.fetchall()}
    return work.take(work.draft.provisions.filter(number__in=numbers))
