"""Where wordings part: exact for any wordings, still while one types, readable for 2 and for 12."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.disputes import alike, disputed, families
from drafting.domain.folding import fold
from drafting.domain.partings import Alternative, Fork, Part, Shared, partings, reading
from tests.domain import strategies
from tests.effort import within
from tests.tries import examples

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

any_wordings = st.lists(strategies.any_words, min_size=1, max_size=6).map(
    lambda texts: [(str(place), words) for place, words in enumerate(texts)]
)


def drawn(parts: Sequence[Part]) -> str:
    """As a reader sees it: shared words, and {alternative 1,2 | alternative base}."""
    return "".join(
        part.words if isinstance(part, Shared) else "{" + " | ".join(rows(part)) + "}"
        for part in parts
    )


def rows(fork: Fork) -> Iterator[str]:
    for row in fork.alternatives:
        words = drawn(row.parts) if row.parts else row.words
        yield f"{words.strip() or 'nothing'} {','.join(row.keys)}"


def every_row(parts: Sequence[Part]) -> Iterator[Alternative]:
    for part in parts:
        if isinstance(part, Fork):
            for row in part.alternatives:
                yield row
                yield from every_row(row.parts)


def forks(parts: Sequence[Part]) -> list[Fork]:
    return [part for part in parts if isinstance(part, Fork)]


# --- laws ---------------------------------------------------------------------------------------


@given(any_wordings)
def test_reading_the_parts_for_one_wording_gives_that_wording(
    wordings: list[tuple[str, str]],
) -> None:
    parts = partings(wordings)
    assert {key: reading(parts, key) for key, _words in wordings} == dict(wordings)


@given(any_wordings)
def test_every_wording_is_in_one_alternative_of_each_fork_and_forks_are_apart(
    wordings: list[tuple[str, str]],
) -> None:
    parts = partings(wordings)
    for fork in forks(parts):
        keys = [key for row in fork.alternatives for key in row.keys]
        assert sorted(keys) == sorted(key for key, _words in wordings)
        assert len(fork.alternatives) > 1
    for one, other in pairwise(parts):
        assert isinstance(one, Shared) is not isinstance(other, Shared)


@given(st.lists(st.sampled_from(BASE.split()), max_size=12), st.data())
def test_no_word_is_cut(words: list[str], data: st.DataObject) -> None:
    others = st.lists(st.sampled_from([*words, "all", "lamps,"]), max_size=12).map(" ".join)
    told = [("0", " ".join(words)), ("1", data.draw(others)), ("2", data.draw(others))]
    parts = partings(told)
    for key, _text in told:
        read = [piece for part in parts if (piece := reading([part], key))]
        for one, other in pairwise(read):
            assert not (one[-1].isalnum() and other[0].isalnum()), read


@given(strategies.words, st.sampled_from((";", ",", ".", "")))
def test_typography_is_no_fork(words: str, end: str) -> None:
    spelt = words.replace("don't", "don\u2019t").replace("-", "\u2011").replace(" ", "\u00a0") + end
    assert fold(spelt, terminal=False) == fold(words, terminal=False)
    parts = partings([("1", words), ("2", spelt)])
    assert not forks(parts)
    assert reading(parts, "2") == spelt


VOCABULARY = [
    start + end for start in "bcdfglm" for end in ("orten", "ent", "istal", "um", "alder")
]
SYLLABLES = st.text("xyz", min_size=1, max_size=6)  # nobody else writes with these letters


@settings(max_examples=examples(40))
@given(
    st.permutations(VOCABULARY),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 34)), max_size=8),
    st.integers(1, 3),
    st.integers(0, 34),
    st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join),
)
def test_what_stands_elsewhere_is_still_while_one_types(
    words: list[str], struck: list[tuple[int, int]], writer: int, place: int, typed: str
) -> None:
    texts = [list(words) for _ in range(4)]
    for who, what in struck:
        texts[who][what] = ""
    befores, afters = [], []
    for length in range(1, len(typed) + 1):
        now = [list(text) for text in texts]
        now[writer][place] += f" {typed[:length]} "
        told = [(str(n), " ".join(filter(None, text))) for n, text in enumerate(now)]
        parts = [drawn([part]) for part in partings(told)]
        at = [n for n, part in enumerate(parts) if any(letter in part for letter in "xyz")]
        # An island beside the fork may fall to it as it grows: what is next to it is not held.
        befores.append(parts[: max(at[0] - 2, 0)])
        afters.append(parts[at[-1] + 3 :][::-1])
    for seen in (befores, afters):
        least = min(map(len, seen))
        assert len({tuple(parts[:least]) for parts in seen}) == 1, seen


# --- how it reads -------------------------------------------------------------------------------


def test_four_wordings_read_as_the_chair_would_draw_them() -> None:
    parts = partings([("base", BASE), ("1", FREE), ("2", MEANS), ("3", CONSENT)])
    assert drawn(parts) == (
        "to exchange observations from coastal gauges among {nothing base,3 | all 1,2}"
        "administrations, {on request, base"
        " | without delay and{nothing 1 | , where means allow, 2} free of charge, 1,2"
        " | on request, with the consent of the administration that keeps the gauge, 3}"
        "in a form {agreed between them base,3 | open to all 1,2};"
    )


def test_two_wordings_part_where_they_differ_and_nowhere_else() -> None:
    assert drawn(partings([("base", "to count the lamps;"), ("1", "to count all lamps;")])) == (
        "to count {the base | all 1} lamps;"
    )


def test_one_wording_is_all_shared() -> None:
    assert partings([("base", BASE)]) == (Shared(BASE),)
    assert partings([]) == ()


def test_an_island_of_one_small_word_belongs_to_the_forks_around_it() -> None:
    parts = partings([("base", "lamps and buoys"), ("1", "beacons and lights")])
    assert drawn(parts) == "{lamps and buoys base | beacons and lights 1}"


def test_twelve_wordings_are_one_line_with_as_many_forks_as_there_are_differences() -> None:
    told = [("base", BASE)]
    told += [(str(n), BASE.replace("among", f"among the {n}")) for n in range(1, 5)]
    told += [(str(n), MEANS.replace("allow", f"allow {n}")) for n in range(5, 9)]
    told += [(str(n), CONSENT.replace("gauge,", f"gauge {n},")) for n in range(9, 12)]
    parts = within(50, lambda: partings(told))
    assert {key: reading(parts, key) for key, _words in told} == dict(told)
    assert len(forks(parts)) <= 4
    assert max(len(fork.alternatives) for fork in forks(parts)) <= 6
    stems = [row for row in every_row(parts) if row.parts]
    assert ("5", "6", "7", "8") in [row.keys for row in stems]


def test_wordings_that_differ_in_their_last_stop_are_alike() -> None:
    told = [("o1", "to mend the lamps;"), ("o2", "to mend the lamps."), ("o3", "to mend lamps;")]
    assert alike(told) == (("o1", "o2"), ("o3",))


def test_a_wording_of_other_words_is_a_family_of_its_own() -> None:
    told = [("base", BASE), ("1", FREE), ("2", "that nothing is to be done;")]
    assert [[key for key, _w in family] for family in families(told)] == [["base", "1"], ["2"]]


def test_who_is_far_from_the_base_stands_with_the_one_that_it_is_close_to() -> None:
    far = (
        "to exchange observations every six hours, through the regional centres, at the cost of"
        " those who ask for them and for as long as they need them;"
    )
    near = "to exchange observations from coastal gauges among administrations through the regional"
    near += " centres, at the cost of those who ask for them and for as long as they need them;"
    told = [("base", BASE), ("1", far), ("2", near), ("3", "that nothing is to be done;")]
    assert [[key for key, _w in family] for family in families(told)] == [
        ["base", "1", "2"],
        ["3"],
    ]


def test_where_a_paragraph_ends_is_a_fork_of_its_own() -> None:
    parts = partings(
        [
            ("base", "to count the lamps and to mend them;"),
            ("1", "to count the lamps\nand to mend them;"),
        ]
    )
    assert [[row.words for row in fork.alternatives] for fork in forks(parts)] == [[" ", "\n"]]


def test_a_bracket_around_words_that_all_have_is_no_fork_and_is_shown() -> None:
    told = partings((("base", "within six hours;"), ("1", "within [six [working] hours];")))
    assert drawn(told) == "within [six {nothing base | [working] 1}hours];"
    assert reading(told, "base") == "within six hours;"


# --- the smallest span in dispute ---------------------------------------------------------------


def test_the_disputed_span_is_the_smallest() -> None:
    found = disputed(FREE, MEANS)
    assert [piece.words for piece in found.other if piece.lit] == [", where means allow,"]
    assert not any(piece.lit for piece in found.one)
    assert found.words == 3
    assert found.is_near


def test_wordings_far_apart_are_not_near() -> None:
    assert not disputed(BASE, FREE).is_near
    assert not disputed(BASE, BASE.replace(";", ".")).is_near  # they are alike


@given(strategies.any_words, strategies.any_words)
def test_the_pieces_of_a_dispute_are_the_two_wordings(one: str, other: str) -> None:
    found = disputed(one, other)
    assert "".join(piece.words for piece in found.one) == one
    assert "".join(piece.words for piece in found.other) == other
