"""Six real proposals, read from Word files beside their base and compared with what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import yaml

from drafting.domain.draft import Draft, ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.text import plain
from drafting.intake.base import read_base
from drafting.intake.contribution import read_contribution
from drafting.intake.docx import read_docx
from drafting.intake.reading import Operation, ProposedChange
from tests.intake.papers import paper
from tests.shared import needs_shared, shared

NAMES = ["ARB_79A2_13", "B_75_4", "CUB_70_2", "EUR_80A1_14", "INS_82_2", "RCC_73A1_16"]
SECTIONS = (
    *("recalling", "considering", "recognizing", "aware", "noting", "bearing_in_mind"),
    *("resolves", "instr_SG_Dirs", "instr_TSB", "instr_BDT", "further_TSB_BDT", "instr_SG"),
    *("req_C", "inv_MS", "inv_all"),
)
HEAD = {ProvisionKind.NUMBER: "title.no", ProvisionKind.TITLE: "title"}


@cache
def base() -> Draft:
    lines = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    reading = read_base(paper(lines, form="txt"), {}, symbol="DL/10")
    return Draft(reading.header, reading.provisions)


@cache
def names() -> dict[str, str]:
    """Provision keys by the names the truth uses: "recognizing.h.ii", "h:recalling"."""
    out: dict[str, str] = {}
    section, above = -1, list[str]()
    for provision in base().provisions:
        label = (provision.options[0].text.label or "p").rstrip(")")
        if provision.kind is ProvisionKind.CALL:
            section, above = section + 1, []
            out[f"h:{SECTIONS[section]}"] = provision.key
        elif section < 0:
            out[HEAD.get(provision.kind, "formula")] = provision.key
        elif provision.kind is ProvisionKind.ITEM:
            above = [*above[: provision.level - 1], label]
            out[".".join([SECTIONS[section], *above])] = provision.key
    return out


@dataclass
class Row:
    what: str
    hit: bool


def rows(truth: dict[str, Any], found: list[ProposedChange]) -> Iterator[Row]:
    """Whether each true change was read; what was read is taken from `found`."""
    added: dict[str, str] = {}
    for change in truth["changes"]:
        got = next((c for c in found if _is(change, c, added)), None)
        if got:
            found.remove(got)
            added[change.get("id", "")] = got.key
        place = change.get("target") or f"after {change['after']}"
        yield Row(f"{change['op']} {place}: {change['label']} {change['text'][:50]}", bool(got))


def _is(change: dict[str, Any], got: ProposedChange, added: dict[str, str]) -> bool:
    if got.text is None or fold(plain(got.text)) != fold(change["text"]):
        return False
    if got.text.label != change["label"]:
        return False
    if change["op"] == "ADD":
        after = added.get(change["after"]) or names().get(change["after"])
        return got.operation is Operation.ADD and got.after == after
    target = names()[change["target"]]
    if "moved_after" in change:
        return (got.moved_from, got.after) == (target, names()[change["moved_after"]])
    substance = change["certainty"] != "consequential"
    operation = Operation.MOD if substance else Operation.EDITORIAL
    return (got.target, got.operation) == (target, operation)


@needs_shared
@pytest.mark.parametrize("name", NAMES)
def test_a_real_proposal_is_read_as_what_it_changes(name: str) -> None:
    truth = yaml.safe_load(shared(f"res130/contributions/{name}.yaml").read_text("utf-8"))
    data = shared(f"res130/contributions/{name}.docx").read_bytes()
    reading = read_contribution(read_docx(data), base(), {})
    (proposal,) = reading.proposals
    found = list(proposal.changes)
    table = list(rows(truth, found))
    for row in table:
        print("hit " if row.hit else "MISS", row.what)
    hits = sum(row.hit for row in table)
    print(f"{proposal.code}: {hits} of {len(table)}, {len(found)} too many")
    print(f"asked {len(reading.questions)}")
    assert hits == len(table)
    assert found == []
    assert reading.questions == ()


@needs_shared
@pytest.mark.parametrize("name", NAMES)
def test_the_header_of_a_real_proposal_is_read(name: str) -> None:
    truth = yaml.safe_load(shared(f"res130/contributions/{name}.yaml").read_text("utf-8"))
    data = shared(f"res130/contributions/{name}.docx").read_bytes()
    reading = read_contribution(read_docx(data), base(), {})
    assert reading.proposals[0].code == truth["proposal"]
    assert reading.document == truth["document"]
    assert reading.submitted_by == truth["submitted_by"]
    assert reading.original_language == truth["original_language"]
    assert str(reading.date) == truth["date"]
    assert reading.proposals[0].reasons != ""
