"""Every frame there is, said by everybody: answered, declined, or met with a closed door.

The table below is written by hand; that it names every frame, and that every frame has a policy, is
tested, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from typing import Any, get_args

import pytest
from django.core.checks import run_checks

from drafting.live import messages, policies
from drafting.live.messages import NOT_FOR_YOU
from drafting.models import Draft, Event
from drafting.services.acts import rights
from tests.cast import Cast, make_cast
from tests.live.desk import client_id, insert
from tests.live.page import greeted, opened

pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = ("chair", "sam", "kes", "val", "olga", "stella")
STRANGERS = ("out", "far", "")
STEP = insert("not ")

# For each frame: its fields, what a member hears of it, and who of the members may not.
FRAMES: dict[type, tuple[dict[str, Any], str | None, tuple[str, ...]]] = {
    messages.Hello: ({"client": "", "seq": 1}, "welcome", ()),
    messages.Since: ({"seq": 0}, "event", ()),
    messages.Read: ({"option": "o4"}, "text", ()),
    messages.View: ({"against": "clean"}, None, ()),
    messages.Presence: ({"option": "o4", "anchor": 2, "head": 2}, "who_changed", ()),
    messages.Commit: (
        {
            "mid": 1,
            "option": "o4",
            "base": 0,
            "items": [{"key": STEP.key, "step": STEP.step}],
        },
        "ack",
        ("kes", "val", "olga", "stella"),  # the delegates would have to propose
    ),
    messages.Act: (
        {"mid": 1, "what": {"a": "provision.add", "after": "p4", "words": "to see;"}},
        "ack",
        ("olga", "stella"),
    ),
}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_the_table_names_every_frame_and_each_has_a_policy() -> None:
    assert set(FRAMES) == set(get_args(messages.Said)) == set(policies.FRAMES)
    assert set(rights.ACTIONS) == set(get_args(messages.Deed))
    assert run_checks(tags=["security"]) == []


@pytest.mark.parametrize("table", [policies.FRAMES, rights.ACTIONS], ids=["frame", "deed"])
def test_one_without_a_policy_fails_the_check(
    table: dict[type, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(table, next(iter(table)))
    assert [error.id for error in run_checks(tags=["security"])] == ["drafting.E003"]


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("said", FRAMES, ids=lambda said: said.__name__.lower())
async def test_a_member_is_answered_or_declined_by_role(cast: Cast, said: type, name: str) -> None:
    fields, heard, barred = FRAMES[said]
    tag = str(said.__struct_config__.tag)  # type: ignore[attr-defined]
    if said is messages.Hello:
        page = await opened(cast, name)
        fields = {**fields, "client": client_id()}
    else:
        page = await greeted(cast, name)
    await page.say(tag, **fields)
    if name in barred:
        assert (await page.hears("refused"))["code"] == "forbidden"
        assert (await Draft.objects.aget(pk=cast.draft.pk)).seq == 1
    elif heard:
        await page.hears(heard)
    await page.leave()


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("said", FRAMES, ids=lambda said: said.__name__.lower())
async def test_a_stranger_hears_nothing_whatever_they_say(
    cast: Cast, said: type, name: str
) -> None:
    page = await opened(cast, name)
    fields = {**FRAMES[said][0]}
    if said is messages.Hello:
        fields["client"] = client_id()
    await page.say(str(said.__struct_config__.tag), **fields)  # type: ignore[attr-defined]
    first = await page.receive_output(timeout=5)
    assert (first["type"], first["code"]) == ("websocket.close", NOT_FOR_YOU)
    assert await Event.objects.filter(draft=cast.draft).acount() == 1
