"""Two thousand frames that no client of ours sends: each is refused unread, none is a fault."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.live import messages
from drafting.live.consumer import _read
from tests.tries import examples

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
TAGS = [str(said.__struct_config__.tag) for said in get_args(messages.Said)]
FIELDS = [
    "client", "seq", "against", "mid", "option", "base", "items", "for", "what", "version",
    "anchor", "head", "typing", "key", "step", "a",
]  # fmt: skip


@settings(max_examples=examples(400))
@given(st.text(max_size=200) | st.binary(max_size=50) | JSON.map(json.dumps) | st.none())
def test_anything_at_all_is_no_frame_or_a_frame(text: Any) -> None:
    read = _read(text)
    assert read is None or isinstance(read, get_args(messages.Said))


@settings(max_examples=examples(400))
@given(st.sampled_from(TAGS), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=7))
def test_a_frame_with_odd_fields_is_no_frame_or_says_them_again(
    tag: str, fields: dict[str, Any]
) -> None:
    read = _read(json.dumps({"t": tag, **fields}))
    if read is not None:
        told = json.loads(msgspec.json.encode(read))
        assert {name: told[name] for name in fields} == fields
