"""The bench's own reading and writing of Yjs updates: what it counts is what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.live.hocuspocus import yjs

clients, clocks = st.integers(0, 2**32 - 1), st.integers(0, 2**53 - 1)
letters = st.tuples(clients, clocks)
words = st.integers(1, 300).map("w".__mul__)

# What `mergeUpdates` of Yjs 13.6.33 made of the three insertions below.
MERGED = bytes.fromhex(
    "02"  # two clients
    "01 80d0acf30e 00  44 07 f403 03 773120"
    "02 ac02 00  44 07 02 03 773120  44 ac02 00 03 773220"
    "00"
)


@given(clients, clocks, letters, words)
def test_what_is_written_is_read_again(
    client: int, clock: int, before: tuple[int, int], text: str
) -> None:
    update = yjs.insertion(client, clock, before, text)
    assert yjs.inserted(update) == ((client, clock, len(text)),)


def test_every_edit_of_a_merged_update_is_counted() -> None:
    assert yjs.inserted(MERGED) == ((4_000_000_000, 0, 3), (300, 0, 3), (300, 3, 3))


def test_an_update_that_deletes_is_refused() -> None:
    deletes = bytes.fromhex("00" + "01" + "0701" + "0201")  # of client 7 the letter 2
    with pytest.raises(ValueError, match="deleted"):
        yjs.inserted(deletes)


@given(clients, clocks, letters, words, st.integers(min_value=1))
def test_an_update_that_is_cut_short_is_never_taken_for_a_whole_one(
    client: int, clock: int, before: tuple[int, int], text: str, cut: int
) -> None:
    update = yjs.insertion(client, clock, before, text)
    with pytest.raises((ValueError, IndexError)):
        yjs.inserted(update[: -(cut % len(update) or 1)])


@given(st.dictionaries(clients, clocks))
def test_a_state_vector_is_read_as_it_was_written(has: dict[int, int]) -> None:
    assert yjs.read_vector(yjs.vector_of(has)) == has


@given(st.binary(max_size=300))
def test_sized_bytes_come_back_and_nothing_may_stand_behind_them(data: bytes) -> None:
    assert yjs.unsized(yjs.sized(data)) == data
    with pytest.raises(ValueError, match="more, or less"):
        yjs.unsized(yjs.sized(data) + b"!")
