"""Short ways to write texts and steps in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drafting.domain.text import Text, from_json, printed, text_of, to_json
from drafting.steps import Applied, Item, Json, submit

ISL, KES = "ISL/79A2/13", "KES/75/4"


def doc(words: str) -> Json:
    """Plain words as a document; every line feed begins another paragraph."""
    return to_json(text_of(words))


def insertion(key: str, source: str) -> Json:
    return {"type": "insertion", "attrs": {"id": key, "source": source}}


def deletion(key: str, source: str) -> Json:
    return {"type": "deletion", "attrs": {"id": key, "source": source}}


def run(words: str, *marks: Json) -> Json:
    return {"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}


def opening(key: str, **attrs: Any) -> Json:
    told = {"id": key, "kind": "contested", "before_label": False, **attrs}
    return {"type": "bracket_open", "attrs": told}


def closing(key: str) -> Json:
    return {"type": "bracket_close", "attrs": {"id": key}}


def paragraph(*content: Json, label: str | None = None, level: int = 1) -> Json:
    node: Json = {"type": "paragraph", "attrs": {"label": label, "level": level}}
    return {**node, "content": list(content)} if content else node


def document(*paragraphs: Json) -> Json:
    return {"type": "doc", "content": list(paragraphs)}


def put(at: int, *content: Json) -> Json:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": list(content)}}


def typed(at: int, words: str, *marks: Json) -> Json:
    return put(at, run(words, *marks))


def struck(start: int, end: int) -> Json:
    return {"stepType": "replace", "from": start, "to": end}


def marked(start: int, end: int, mark: Json) -> Json:
    return {"stepType": "addMark", "mark": mark, "from": start, "to": end}


def unmarked(start: int, end: int, mark: Json) -> Json:
    return {**marked(start, end, mark), "stepType": "removeMark"}


def split(at: int) -> Json:
    halves = {"content": [paragraph(), paragraph()], "openStart": 1, "openEnd": 1}
    return {"stepType": "replace", "from": at, "to": at, "slice": halves, "structure": True}


def items(*steps: Json) -> list[Item]:
    """Steps with the keys k0, k1 ..."""
    return [Item(f"k{number}", step) for number, step in enumerate(steps)]


def applied(content: Json, *steps: Json, missed: Sequence[Json] = ()) -> Applied:
    """What `submit` gives where it must not refuse."""
    done = submit(content, missed, items(*steps))
    assert isinstance(done, Applied), done
    return done


def value(content: Json, *steps: Json) -> Text:
    """The text after steps, as a value."""
    return from_json(applied(content, *steps).content if steps else content)


def reads(content: Json) -> str:
    """What a reader sees."""
    return printed(from_json(content))
