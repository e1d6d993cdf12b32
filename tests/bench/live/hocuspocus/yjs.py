"""As much of Yjs's update format (version 1) as the clients of the bench need.

Rules:

- A letter is known by its client and its clock: how many letters that client wrote before it.
- What is written is one kind of change: ASCII words put before a letter that is there.
- What is read is the same, alone or merged with others by the server; anything else is refused,
  so that no change passes uncounted.
"""

from __future__ import annotations

from collections.abc import Sequence

TEXT, HAS_LEFT, HAS_RIGHT = 4, 0x80, 0x40
NOTHING = b"\x00\x00"  # an update without changes: no client's letters, nobody's deletions


def number(value: int) -> bytes:
    """An unsigned number: seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def sized(data: bytes) -> bytes:
    """Bytes or letters with their length before them."""
    return number(len(data)) + data


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """The number that stands at `at`, and where it ends."""
    value = shift = 0
    while data[at] > 0x7F:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | data[at] << shift, at + 1


def unsized(data: bytes) -> bytes:
    """Bytes that are all of `data` but their length, which stands first."""
    size, start = read_number(data, 0)
    if len(data) != start + size:
        raise ValueError("There is more, or less, than was said.")
    return data[start:]


def insertion(client: int, clock: int, before: Sequence[int], words: str) -> bytes:
    """The update by which a client puts words before the letter of that client and clock."""
    parts = [1, 1, client, clock, TEXT | HAS_RIGHT, *before]
    return b"".join(map(number, parts)) + sized(words.encode("ascii")) + b"\x00"


def inserted(update: bytes) -> tuple[tuple[int, int, int], ...]:
    """Which words an update brings: of which client, from which clock, how many letters."""
    found: list[tuple[int, int, int]] = []
    clients, at = read_number(update, 0)
    for _ in range(clients):
        items, at = read_number(update, at)
        client, at = read_number(update, at)
        clock, at = read_number(update, at)
        for _ in range(items):
            length, at = _item(update, at)
            found.append((client, clock, length))
            clock += length
    if update[at:] != b"\x00":
        raise ValueError("Something was deleted.")
    return tuple(found)


def _item(update: bytes, at: int) -> tuple[int, int]:
    """The number of letters of the item at `at`, and where it ends."""
    info, at = update[at], at + 1
    if info & 0x1F != TEXT or not info & (HAS_LEFT | HAS_RIGHT):
        raise ValueError(f"Nobody wrote an item of the kind {info:#x}.")
    for side in (HAS_LEFT, HAS_RIGHT):
        if info & side:
            _, at = read_number(update, at)
            _, at = read_number(update, at)
    length, at = read_number(update, at)
    return length, at + length


def vector_of(clocks: dict[int, int]) -> bytes:
    """How much of each client's letters somebody has."""
    pairs = [one for pair in clocks.items() for one in pair]
    return b"".join(map(number, [len(clocks), *pairs]))


def read_vector(data: bytes) -> dict[int, int]:
    """The other way round."""
    clocks: dict[int, int] = {}
    count, at = read_number(data, 0)
    for _ in range(count):
        client, at = read_number(data, at)
        clocks[client], at = read_number(data, at)
    return clocks
