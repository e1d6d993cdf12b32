"""One text becomes another by the least that has to change, as steps.

Rules:

- Words that both have stay, so that carets and edits under way stay with them; where only marks
  differ, marks are set and lifted. Paragraphs that both have at the beginning and at the end stay.
- What comes of the steps is the other text, exactly; where small steps would not lead there, one
  replaces the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from drafting.steps.acts import replace_all, set_label, set_level
from drafting.steps.outcome import Applied
from drafting.steps.schema import Json, standard
from drafting.steps.submit import perform

MOST_COMPARED = 250_000  # pairs of words: what is longer takes seconds to compare

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


def become(content: Json, other: Json) -> list[Json]:
    """The steps from one text to another; none where they are the same."""
    now, wanted = standard(content), standard(other)
    out: list[Json] = []
    for part in (_paragraphs, _attributes, _words, _marks):
        for step in part(now, wanted):
            done = perform(now, [step])
            if not isinstance(done, Applied):
                return replace_all(content, other)
            now = done.content
            out.append(step)
    return out if now == wanted else replace_all(content, other)


def _paragraphs(now: Json, wanted: Json) -> Iterator[Json]:
    """Makes as many paragraphs as are wanted, keeping those at both ends."""
    ours, theirs = now["content"], wanted["content"]
    if len(ours) == len(theirs):
        return
    start = _shared(ours, theirs)
    end = _shared(ours[start:][::-1], theirs[start:][::-1])
    first = sum(_size(node) for node in ours[:start])
    last = first + sum(_size(node) for node in ours[start : len(ours) - end])
    yield _replacement(first, last, theirs[start : len(theirs) - end])


def _shared(ours: Sequence[object], theirs: Sequence[object]) -> int:
    """How many are the same from the beginning."""
    pairs = zip(ours, theirs, strict=False)
    return next(
        (n for n, (one, two) in enumerate(pairs) if one != two), min(len(ours), len(theirs))
    )


def _attributes(now: Json, wanted: Json) -> Iterator[Json]:
    for number, (one, two) in enumerate(_pairs(now, wanted)):
        if one["attrs"]["label"] != two["attrs"]["label"]:
            yield from set_label(now, number, two["attrs"]["label"])
        if one["attrs"]["level"] != two["attrs"]["level"]:
            yield from set_level(now, number, two["attrs"]["level"])


def _words(now: Json, wanted: Json) -> Iterator[Json]:
    """Sets and takes words and markers, from the end to the beginning: places before stay."""
    places = _places(now)
    for at, (one, two) in reversed(list(zip(places, _pairs(now, wanted), strict=True))):
        ours, theirs = _tokens(one), _tokens(two)
        for i, j, k, m in _differing(list(map(_bare, ours)), list(map(_bare, theirs))):
            start = at + sum(map(_width, ours[:i]))
            yield _replacement(start, start + sum(map(_width, ours[i:j])), _joined(theirs[k:m]))


Differing = tuple[int, int, int, int]
"""Of the one `[i:j]` in the place of which the other has `[k:m]`."""


def _differing(ours: Sequence[str], theirs: Sequence[str]) -> list[Differing]:
    """What differs, the last first. What is long and all different is one difference."""
    start = _shared(ours, theirs)
    end = _shared(ours[start:][::-1], theirs[start:][::-1])
    one, two = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    if not one and not two:
        return []
    if len(one) * len(two) > MOST_COMPARED:
        return [(start, start + len(one), start, start + len(two))]
    opcodes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    found = [
        (start + i, start + j, start + k, start + m) for op, i, j, k, m in opcodes if op != "equal"
    ]
    return found[::-1]


def _marks(now: Json, wanted: Json) -> Iterator[Json]:
    """Sets and lifts marks where the words are the same already."""
    for at, (one, two) in zip(_places(now), _pairs(now, wanted), strict=True):
        pairs = zip(_atoms(one), _atoms(two), strict=True)
        for (has, wants), group in groupby(pairs, lambda pair: (_dress(pair[0]), _dress(pair[1]))):
            width = sum(_width(atom) for atom, _ in group)
            for mark in (m for m in has if m not in wants):
                yield {"stepType": "removeMark", "mark": mark, "from": at, "to": at + width}
            for mark in (m for m in wants if m not in has):
                yield {"stepType": "addMark", "mark": mark, "from": at, "to": at + width}
            at += width


# --- pieces -------------------------------------------------------------------------------------


def _pairs(now: Json, wanted: Json) -> list[tuple[Json, Json]]:
    return list(zip(now["content"], wanted["content"], strict=True))


def _places(content: Json) -> list[int]:
    """Where the inside of each paragraph begins."""
    places, at = [], 1
    for node in content["content"]:
        places.append(at)
        at += _size(node)
    return places


def _tokens(paragraph: Json) -> list[Json]:
    """Its pieces word by word, each with its marks."""
    return [token for node in paragraph.get("content", ()) for token in _parts(node, _TOKENS)]


def _atoms(paragraph: Json) -> list[Json]:
    """Its pieces character by character."""
    single = re.compile(r"(?s).")
    return [atom for node in paragraph.get("content", ()) for atom in _parts(node, single)]


def _parts(node: Json, pattern: re.Pattern[str]) -> list[Json]:
    if "text" not in node:
        return [node]
    return [{**node, "text": part} for part in pattern.findall(node["text"])]


def _bare(token: Json) -> str:
    attrs = token.get("attrs")
    return token["text"] if "text" in token else f"\0{token['type']} {attrs}"


def _dress(token: Json) -> list[Json]:
    return list(token.get("marks", ()))


def _joined(tokens: Sequence[Json]) -> list[Json]:
    """Neighbouring words with the same marks as one run."""
    out: list[Json] = []
    for token in tokens:
        last = out[-1] if out else {}
        if "text" in token and "text" in last and _dress(token) == _dress(last):
            out[-1] = {**last, "text": last["text"] + token["text"]}
        else:
            out.append(token)
    return out


def _width(token: Json) -> int:
    """In UTF-16 units, as the editor counts; a marker is one."""
    return len(token["text"].encode("utf-16-le", "surrogatepass")) // 2 if "text" in token else 1


def _size(paragraph: Json) -> int:
    return 2 + sum(map(_width, paragraph.get("content", ())))


def _replacement(start: int, end: int, nodes: Sequence[Json]) -> Json:
    step: Json = {"stepType": "replace", "from": start, "to": end}
    return {**step, "slice": {"content": list(nodes)}} if nodes else step
