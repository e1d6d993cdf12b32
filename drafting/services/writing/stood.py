"""Which pending changes stood in an option before, and may come back.

Who undoes a deletion brings back what lay on the words, others' pending changes among it. Whose
they were is known from what was accepted: the option's events, and the versions that history has.
Asked only where a batch brings a mark that the text does not have and that is not the writer's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

import psycopg

from drafting.services.writing.ledger import OptionRow
from drafting.steps import Json, Stands

CHANGES = ("insertion", "deletion")
LOOKED_BACK = 2_000  # versions; what is older stands in the history
LOOKED_AT = 200  # rows; a mark that is spread over more is found in the first of them

_WHERE = """
    SELECT e.payload -> 'steps' FROM drafting_event e
    WHERE e.draft_id = %(draft)s AND e.option = %(number)s AND e.version > %(since)s
      AND EXISTS (SELECT 1 FROM unnest(%(ids)s::text[]) i WHERE strpos(e.payload::text, i) > 0)
    UNION ALL
    SELECT h.content FROM drafting_historicaloption h
    WHERE h.id = %(pk)s
      AND EXISTS (SELECT 1 FROM unnest(%(ids)s::text[]) i WHERE strpos(h.content::text, i) > 0)
    LIMIT %(most)s
"""

_TAKEN = """
    SELECT EXISTS (
        SELECT 1 FROM drafting_option o, jsonb_path_query(o.content,
            '$.content[*].content[*].marks[*] ? (@.type == "insertion" || @.type == "deletion")'
        ) AS mark
        WHERE o.draft_id = %(draft)s AND o.number <> %(number)s
          AND mark #>> '{attrs,id}' = ANY(%(ids)s::text[])
          AND mark #>> '{attrs,source}' <> %(source)s
    )
"""


def stood(
    connection: psycopg.Connection[Any], draft: int, row: OptionRow, asked: Set[Stands]
) -> frozenset[Stands]:
    """Those of `asked` (id and source) that the option had at some time.

    Anybody may ask by naming a change that never was, so it costs no more where the log is long.
    """
    told = {"draft": draft, "number": row.number, "pk": row.pk, "most": LOOKED_AT}
    told["since"] = row.version - LOOKED_BACK
    rows = connection.execute(_WHERE, {**told, "ids": sorted({key for key, _ in asked})})
    return frozenset(found for (content,) in rows for found in marks_in(content)) & asked


def taken(
    connection: psycopg.Connection[Any], draft: int, number: int, ids: Set[str], source: str
) -> bool:
    """Whether another option of the draft has one of these ids for somebody else's change."""
    told = {"draft": draft, "number": number, "ids": sorted(ids), "source": source}
    row = connection.execute(_TAKEN, told).fetchone()
    return bool(row and row[0])


def marks_in(content: Json | list[Any]) -> Iterator[Stands]:
    """Every pending change named anywhere in steps or a document."""
    if isinstance(content, list):
        for part in content:
            yield from marks_in(part)
    elif isinstance(content, dict):
        attrs = content.get("attrs")
        if content.get("type") in CHANGES and isinstance(attrs, dict):
            yield str(attrs.get("id")), str(attrs.get("source"))
        for part in content.values():
            yield from marks_in(part)
