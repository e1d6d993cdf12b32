"""Brackets are set around words, also over several provisions, and lifted; the words stay.

Rules:

- The two ends are markers with one id; nothing is changed between them, so closed provisions may
  lie inside. The provisions that get a marker must be open.
- The opening end stands before the closing one in reading order, both in one option, or in two
  provisions.
"""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.text import BracketClose, BracketOpen
from drafting.models import Attribution, Event, Option
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.work import Work, gone, invalid
from drafting.steps import Json

_HOLDING = """
    SELECT p.number FROM drafting_option o JOIN drafting_provision p ON p.id = o.provision_id
    WHERE o.draft_id = %s AND jsonb_path_query_array(
        o.content, '$.content[*].content[*] ? (@.type starts with "bracket_").attrs.id'
    ) ? %s::text
"""


def pair(work: Work, deed: deeds.PairBracket) -> Event:
    """Sets both ends of a bracket."""
    opens = work.option(deed.opens.option, deed.opens.version)
    closes = work.option(deed.closes.option, deed.closes.version)
    key = rows.new_id("b")
    opening: Json = {
        "type": "bracket_open",
        "attrs": {"id": key, "kind": deed.kind, "before_label": False},
    }
    closing: Json = {"type": "bracket_close", "attrs": {"id": key}}
    _refuse_backwards(opens, closes, deed)
    if opens is closes:
        taken = steps.put_in_brackets(deed.opens.pos, deed.closes.pos, opening, closing)
        work.write_from_outside(opens, taken)
    else:
        work.write_from_outside(opens, steps.insert_marker(deed.opens.pos, opening))
        work.write_from_outside(closes, steps.insert_marker(deed.closes.pos, closing))
    work.made.append(key)
    return work.tell(
        "bracket.paired",
        provisions=[opens.provision, closes.provision],
        options=[opens, closes],
    )


def _refuse_backwards(opens: Option, closes: Option, deed: deeds.PairBracket) -> None:
    if opens is closes:
        if deed.opens.pos > deed.closes.pos:
            raise invalid(_("A bracket opens before it closes."))
    elif opens.provision is closes.provision:
        raise invalid(_("A bracket stands in one option, or goes on in another provision."))
    elif opens.provision.rank > closes.provision.rank:
        raise invalid(_("A bracket opens before it closes."))


def lift(work: Work, deed: deeds.LiftBracket) -> Event:
    """Takes both ends away, and who stood behind the bracket."""
    options = holding(work, deed.bracket)
    if not options:
        raise gone()
    for option in options:
        work.opened(option.provision)
    for option in options:
        work.write(option, steps.lift_bracket(option.content, deed.bracket))
    behind = Attribution.objects.filter(option__in=options, bracket=deed.bracket)
    behind.delete()
    return work.tell(
        "bracket.lifted", provisions=[option.provision for option in options], options=options
    )


def holding(work: Work, key: str) -> list[Option]:
    """The options in which a bracket has an end, in reading order."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING, [work.draft.pk, key])
        numbers = [row[0] for row in cursor.fetchall()]
    found = work.take(work.draft.provisions.filter(number__in=numbers))
    return [option for row in found for option in work.options(row) if key in _ids(option)]


def _ids(option: Option) -> set[str]:
    pieces = texts.inlines(texts.from_json(option.content))
    return {piece.id for piece in pieces if isinstance(piece, BracketOpen | BracketClose)}
