"""The engine and ProseMirror itself give the same, byte for byte, on thousands of cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from zlib import crc32

from prosemirror.model import Node
from prosemirror.transform import AttrStep, Step

from drafting.steps.applying import Keyed, Outcome, after, apply_all, read_step, rebase
from drafting.steps.moves import Map, Range, Route
from drafting.steps.schema import Json, canonical, checksum, dump, load
from tests.steps.dice import Dice, as_json, colliding
from tests.steps.original import Original
from tests.steps.words import doc

CASES = 2000


def keyed(steps: Sequence[Json]) -> list[Keyed]:
    read = [(str(number), read_step(step)) for number, step in enumerate(steps)]
    return [(key, step) for key, step in read if step is not None]


def written(document: Node) -> str:
    return canonical(dump(document)).decode()


def test_steps_give_the_same_text_and_sum(original: Original) -> None:
    asked: list[Json] = []
    ours = []
    for seed in range(CASES):
        dice = Dice(seed)
        document = dice.document()
        steps = as_json(dice.steps(document, 6))
        asked.append({"doc": dump(document), "steps": steps})
        ours.append(apply_all(document, keyed(steps)))
    for done, theirs in zip(ours, original.answers("apply", asked), strict=True):
        assert done
        assert written(done.document) == theirs["text"]
        assert checksum(dump(done.document)) == theirs["sum"] == crc32(theirs["text"].encode())
        assert done.steps == theirs["steps"]


def test_steps_that_do_not_fit_fail_in_both(original: Original) -> None:
    asked: list[Json] = []
    ours = []
    for seed in range(CASES):
        dice = Dice(seed)
        document, step = astray(dice)
        asked.append({"doc": dump(document), "steps": as_json([step])})
        ours.append(after(document, step))
    outcomes: Counter[bool] = Counter()
    for changed, theirs in zip(ours, original.answers("apply", asked), strict=True):
        assert (changed is None) == ("failed" in theirs)
        assert changed is None or written(changed) == theirs["text"]
        outcomes[changed is None] += 1
    assert min(outcomes.values()) > CASES / 10, outcomes


def astray(dice: Dice) -> tuple[Node, Step]:
    """A text, and a step made for another one, where we are not stricter than the original: it
    goes on inside a character, and sets in silence what an attribute's node has not."""
    while True:
        document, step = dice.document(), dice.step(dice.document())
        if isinstance(step, AttrStep):
            if step.pos < document.content.size and document.resolve(step.pos).depth == 0:
                return document, step
            continue
        ends = [getattr(step, name) for name in ("from_", "to")]
        if not any(is_inside_a_character(document, end) for end in ends):
            return document, step


def is_inside_a_character(document: Node, position: int) -> bool:
    if position > document.content.size:
        return False
    place = document.resolve_no_cache(position)
    if not place.text_offset:
        return False
    words = (place.parent.child(place.index()).text or "").encode("utf-16-le")
    return 0xDC <= words[2 * place.text_offset + 1] < 0xE0


def test_trap_2_positions_move_as_in_the_original(original: Original) -> None:
    asked: list[Json] = []
    for seed in range(CASES):
        dice = Dice(seed).random
        sizes = [(dice.randrange(9), dice.randrange(5), dice.randrange(5)) for _ in range(4)]
        maps: list[list[int]] = [list(one) if dice.random() < 0.9 else [] for one in sizes]
        mirrored = bool(maps[0]) and dice.random() < 0.5
        if mirrored:
            maps[-1] = [maps[0][0], maps[0][2], maps[0][1]]
        asked.append(
            {
                "maps": maps,
                "mirrors": [[0, 3]] if mirrored else [],
                "since": dice.randrange(3),
                "positions": list(range(12)),
            }
        )
    for question, theirs in zip(asked, original.answers("map", asked), strict=True):
        assert moved(question) == theirs


def moved(question: Json) -> list[list[object]]:
    maps: list[Map] = [Range(*one) if one else None for one in question["maps"]]
    route = Route(maps, dict(question["mirrors"]))
    went = [
        route.move(position, side, since=question["since"])
        for position in question["positions"]
        for side in (-1, 1)
    ]
    return [[one.position, one.lost, one.after, one.across] for one in went]


def test_late_steps_become_what_the_original_makes_of_them(original: Original) -> None:
    cases: list[Case] = []
    for seed in range(CASES):
        dice = Dice(seed)
        document = dice.document()
        own, over = (as_json(dice.steps(document, 4)) for _ in range(2))
        cases.append((document, own, over))
    assert rebased_alike(original, cases) > CASES / 20


def test_what_only_inserts_never_deletes_however_much_collides(original: Original) -> None:
    document = load(doc("abcd"))
    cases: list[Case] = [
        (document, colliding(seed, 6), colliding(-1 - seed, 4)) for seed in range(2 * CASES)
    ]
    assert rebased_alike(original, cases) > CASES / 20


Case = tuple[Node, list[Json], list[Json]]


def rebased_alike(original: Original, cases: Sequence[Case]) -> int:
    """Asks the original about each case, and tells how many steps fell away."""
    asked = [{"doc": dump(document), "own": own, "over": over} for document, own, over in cases]
    fell = 0
    for (document, own, over), theirs in zip(cases, original.answers("rebase", asked), strict=True):
        now = apply_all(document, keyed(over))
        assert now
        done = rebase(now.document, over, keyed(own))
        assert "failed" not in theirs, theirs
        assert [int(key) for key in done.keys] == theirs["kept"]
        assert done.steps == theirs["steps"]
        assert written(done.document) == theirs["text"]
        assert all(only_inserts(step) for key, step in pairs(done) if only_inserts(own[int(key)]))
        fell += len(done.dropped)
    return fell


def pairs(done: Outcome) -> Iterable[tuple[str, Json]]:
    return zip(done.keys, done.steps, strict=True)


def only_inserts(step: Json) -> bool:
    return step["stepType"] == "replace" and step["from"] == step["to"]
