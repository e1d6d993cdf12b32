"""The frames have one source, and the browser's copy of it is fresh."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import pytest

from drafting import events
from drafting.live import messages, typescript


def test_the_browsers_types_are_those_of_the_server() -> None:
    told = "Write it anew: python -m drafting.live.typescript"
    assert typescript.TARGET.read_text(encoding="utf-8") == typescript.written(), told


@pytest.mark.parametrize(
    "frame",
    [
        "[]",
        "7",
        '{"t": "welcome"}',
        '{"t": "hello", "client": "short", "seq": 0}',
        '{"t": "hello", "client": "AAAAAAAAAAAAAAAAAAAAAA", "seq": -1}',
        '{"t": "hello", "client": "AAAAAAAAAAAAAAAAAAAAAA", "seq": 1, "more": 1}',
        '{"t": "since", "seq": true}',
        '{"t": "since", "seq": NaN}',
        '{"t": "read", "option": "o0"}',
        '{"t": "read", "option": "o1\\n"}',
        '{"t": "commit", "mid": 1, "option": "o1", "base": 0, "items": []}',
        '{"t": "act", "mid": 1, "what": {"a": "no.such"}}',
        "[" * 5000,
    ],
)
def test_a_frame_that_no_client_of_ours_sends_is_not_understood(frame: str) -> None:
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError, RecursionError)):
        msgspec.json.decode(frame, type=messages.Said, strict=True)


def test_for_whom_is_called_for_on_the_line() -> None:
    said = msgspec.json.decode(
        '{"t": "act", "mid": 3, "for": "KES", "what": {"a": "option.remove", "option": "o1"}}',
        type=messages.Said,
    )
    assert isinstance(said, messages.Act)
    assert said.acting_for == "KES"
    assert json.loads(msgspec.json.encode(messages.Head(4))) == {"t": "head", "seq": 4}


def test_what_is_posted_is_what_the_types_say() -> None:
    at = datetime(2027, 10, 12, 9, 14, 3, tzinfo=UTC)
    wording = events.Wording("o4", "p4", 3, [{"stepType": "replace"}], ["k"], 7)
    text = events.frame(5, "text", "Kes", "KES", at, "A" * 22, 9, wording.as_json())
    told = msgspec.json.decode(text, type=messages.Happened, strict=True)
    assert msgspec.convert(told.data, messages.TextChange).version == 3
    touched = events.Touched(["p4"], ["o4"], ["p9"]).as_json()
    other = events.frame(6, "option.added", "Sam", "Chair", at, None, None, {"touched": touched})
    data = msgspec.json.decode(other, type=messages.Happened, strict=True).data
    assert msgspec.convert(data, messages.Touched).removed == ["p9"]


def test_an_event_of_before_has_touched_nothing_that_is_known() -> None:
    """Rows that an earlier release wrote say nothing of keys; nor do they tell their payload."""
    at = datetime(2027, 10, 12, tzinfo=UTC)
    old = events.frame(1, "provision.status", "Sam", "", at, None, None, {"reason": "secret"})
    assert json.loads(old)["data"] == {"provisions": [], "options": [], "removed": []}
