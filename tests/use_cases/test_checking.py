"""The checks told to a program: one JSON object, on the sample and on a real draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command

from drafting.models import Draft
from drafting.permissions import Forbidden
from drafting.services import checking, samples
from tests.cast import Cast
from tests.shared import needs_shared, shared


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What a command prints on stdout, which is one JSON object and nothing else."""
    capsys.readouterr()
    call_command(*arguments)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_the_command_tells_every_finding_of_the_sample(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    samples.load()
    told = run(capsys, "check_draft", "--draft", "DL/12")
    assert told["draft"] == "DL/12"
    assert sum(told["counts"].values()) == len(told["findings"])
    assert {"reference": 1, "edition": 0}.items() <= told["counts"].items()
    dangling = next(f for f in told["findings"] if f["code"] == "dangling")
    assert dangling["at"]["name"] == "instructs the Director of the Observation Bureau 3"
    assert dangling["words"] == "bearing in mind above"
    twice = next(f for f in told["findings"] if f["kind"] == "label")
    assert twice["editorial"]
    assert {"option", "paragraph", "start", "old", "new", "closes"} == twice["mend"][0].keys()


@needs_shared
def test_the_command_on_a_real_draft_finds_the_edition_of_another_body(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    base, paper = shared("res130/base_2010.docx"), shared("res130/dl10_rev2.docx")
    call_command("import_base", str(base), "--symbol", "DL/10")
    call_command("import_draft", str(paper), "--draft", "DL/10", "--accept-defaults")
    told = run(capsys, "check_draft", "--draft", "DL/10")
    wrong = [f for f in told["findings"] if f["code"] == "wrong_body"]
    assert [f["words"] for f in wrong] == ["Rev. Dubai, 2012"]
    assert [(c["old"], c["new"]) for f in wrong for c in f["mend"]] == [
        ("Rev. Dubai, 2012", "Rev. Dubai, 2014")
    ]


def test_who_may_not_take_the_draft_away_is_not_told(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        checking.report(cast.actor("out"), Draft.objects.get())
