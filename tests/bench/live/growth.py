"""`python -m tests.bench.live.growth`: what grows with a draft and its past.

Two drafts of 400 provisions with the same words, one of them with 50,000 edits behind it, and a
third of 40 provisions. Measured in turn, so that the machine's moods meet all alike: the bytes and
the time of opening the page and of saying hello on the socket, and the time of one edit.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.bench.__main__ import stack

EDITS, OPENINGS, EDITS_TIMED = 50_000, 15, 300

# The past of a draft, as edits leave it: each puts a word in and the next takes it out again.
_PAST = """
    INSERT INTO drafting_event (draft_id, seq, kind, payload, actor_id, actor_name, acting_for,
                                option, version, client, mid)
    SELECT d.id, d.seq + n, 'text',
           jsonb_build_object(
               'option', 'o' || o.number, 'provision', 'p' || o.number,
               'version', o.version + (n - 1) / %(options)s + 1, 'sum', 0,
               'keys', jsonb_build_array('k' || n),
               'steps', jsonb_build_array(CASE WHEN ((n - 1) / %(options)s) %% 2 = 0 THEN
                   '{"stepType":"replace","from":1,"to":1,"slice":{"content":[
                     {"type":"text","text":"lamps "}]}}'::jsonb
                   ELSE '{"stepType":"replace","from":1,"to":7}'::jsonb END)),
           %(user)s, 'Chair', 'Chair', o.number, o.version + (n - 1) / %(options)s + 1,
           'past0000000000000000-A', n
    FROM generate_series(1, %(edits)s) n
    JOIN drafting_draft d ON d.id = %(draft)s
    JOIN (SELECT number, version, row_number() OVER (ORDER BY number) - 1 AS place
          FROM drafting_option WHERE draft_id = %(draft)s) o ON o.place = (n - 1) %% %(options)s
"""
_HEADS = """
    UPDATE drafting_option o SET version = e.version FROM (
        SELECT option, max(version) AS version FROM drafting_event
        WHERE draft_id = %(draft)s AND option IS NOT NULL GROUP BY option) e
    WHERE o.draft_id = %(draft)s AND o.number = e.option;
    UPDATE drafting_draft SET seq = (SELECT max(seq) FROM drafting_event WHERE draft_id = %(draft)s)
    WHERE id = %(draft)s;
    ANALYZE drafting_event; ANALYZE drafting_option
"""


def grow(draft: Any, user: int) -> None:
    """Gives the draft a past of EDITS edits that leave its words as they are."""
    from django.db import connection

    options = draft.provisions.count()
    told = {"draft": draft.pk, "user": user, "options": options, "edits": EDITS}
    with connection.cursor() as cursor:
        cursor.execute(_PAST, told)
        for statement in _HEADS.split(";"):
            cursor.execute(statement, told)


def furnish() -> tuple[Any, dict[str, Any]]:
    from drafting.services import drafts
    from tests.bench import long_draft
    from tests.cast import SETUP, make_cast

    cast = make_cast()
    made = {}
    for symbol, size in (("DL/7", 400), ("DL/8", 400), ("DL/9", 40)):
        text = long_draft.base(provisions=size)
        made[symbol] = drafts.make(cast.group, symbol, "", text.header, text.provisions, SETUP)
    grow(made["DL/8"], cast.users["chair"].pk)
    for draft in made.values():
        draft.refresh_from_db()
    return cast, made


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def opening(cast: Any, drafts: dict[str, Any]) -> None:
    from django.test import Client

    client = Client()
    client.force_login(cast.users["chair"])
    times: dict[str, list[float]] = {symbol: [] for symbol in drafts}
    sizes: dict[str, int] = {}
    for round_ in range(OPENINGS + 1):
        for symbol in drafts:
            address = f"/drafts/lorne/{symbol.lower().replace('/', '-')}/"
            spent = timed(partial(client.get, address))
            sizes[symbol] = len(client.get(address).content) if not round_ else sizes[symbol]
            if round_:
                times[symbol].append(spent)
    tell("opening the page, ms", times, sizes)


def greeting(cast: Any, drafts: dict[str, Any]) -> None:
    from django.test import Client

    from drafting.services import audience

    client = Client()
    client.force_login(cast.users["chair"])
    times: dict[str, list[float]] = {symbol: [] for symbol in drafts}
    for _ in range(OPENINGS * 4):
        for symbol, draft in drafts.items():
            slug = symbol.lower().replace("/", "-")
            admitted = audience.admit(str(client.session.session_key), "lorne", slug)
            assert admitted is not None
            hello = partial(audience.greet, *admitted, f"{symbol[-1]:0>22}", draft.seq)
            times[symbol].append(timed(hello))
    tell("hello on the socket, ms", times, {})


def editing(cast: Any, drafts: dict[str, Any]) -> None:
    from django.test import Client

    from drafting import steps
    from drafting.models import Option
    from drafting.services import writing
    from drafting.services.scribe import open_connection
    from drafting.services.standings import Seat

    client = Client()
    client.force_login(cast.users["chair"])
    session = str(client.session.session_key)
    times: dict[str, list[float]] = {symbol: [] for symbol in drafts}
    versions = {s: Option.objects.get(draft=d, number=20).version for s, d in drafts.items()}
    connection = open_connection()
    for mid in range(1, EDITS_TIMED + 1):
        for symbol, draft in drafts.items():
            who = writing.Writer(
                Seat(session, cast.users["chair"].pk, draft.pk), f"w{symbol[-1]}" + "0" * 20
            )
            node = {"type": "text", "text": "w "}
            step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [node]}}
            batch = writing.Batch(mid, 20, versions[symbol], (steps.Item(f"k{mid}", step),))
            begun = time.perf_counter()
            (answer,) = writing.commit(connection, draft.pk, [(who, batch)])
            spent = (time.perf_counter() - begun) * 1000
            assert isinstance(answer, writing.Accepted), answer
            versions[symbol] = answer.version
            if mid > 20:
                times[symbol].append(spent)
    connection.close()
    tell("one edit, ms", times, {})


NAMES = {"DL/7": "400, no past", "DL/8": f"400, {EDITS:,} edits", "DL/9": "40, no past"}


def tell(what: str, times: dict[str, list[float]], sizes: dict[str, int]) -> None:
    middle = {symbol: statistics.median(spent) for symbol, spent in times.items()}
    for symbol, spent in times.items():
        low, high = min(spent), max(spent)
        size = f"  {sizes[symbol]:,} bytes" if sizes else ""
        print(
            f"{what:<26} {NAMES[symbol]:<20} {low:8.2f} {middle[symbol]:8.2f} {high:8.2f}"
            f"  {middle[symbol] / middle['DL/7']:5.2f} times{size}",
            flush=True,
        )


def bench_growth() -> None:
    """Prints the three tables; needs the stack of `tests.bench`."""
    cast, drafts = furnish()
    print(f"{'':<26} {'provisions':<20} {'min':>8} {'median':>8} {'max':>8}")
    for measure in (opening, greeting, editing):
        measure(cast, drafts)


def main() -> int:
    with stack():
        bench_growth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
