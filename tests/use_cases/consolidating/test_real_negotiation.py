"""The real negotiation, from its base and six contributions to a consolidated draft by one command.

The table says of each attributed option of the consolidated paper of 2014 whether the machine's
draft has it: in its provision, with its codes and its words. Five of the 29 are wordings that the
group made at the table after the proposals had come in; they stand in none of the six papers, and
no reading of those papers can give them. The test proves that of each (`in no paper`) instead of
counting it away, and holds every other one.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from lxml import etree
from pytest_django.plugin import DjangoDbBlocker

from drafting.domain import draft as values
from drafting.domain import projection
from drafting.domain.folding import fold
from drafting.domain.text import from_json, plain, printed
from drafting.models import Draft, Provision
from drafting.selectors.values import draft_value
from tests.intake.test_real_contributions import NAMES, names
from tests.shared import needs_shared, shared
from tests.use_cases.test_commands import run

pytestmark = [pytest.mark.django_db, needs_shared]

CODES = ["ARB/79A2/13", "B/75/4", "CUB/70/2", "EUR/80A1/14", "INS/82/2", "RCC/73A1/16"]
MADE_AT_THE_TABLE = 5


@pytest.fixture(scope="module")
def negotiation(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Any]]:
    """The papers come in as papers do, once for this module; then what the one command says."""
    with django_db_blocker.unblock(), transaction.atomic():
        bring_in_all()
        yield run("consolidate", "--draft", "DL/10")
        transaction.set_rollback(True)


def bring_in_all() -> None:
    run("import_base", shared("res130/base_2010.docx"), "--symbol", "DL/10")
    for name in NAMES:
        file = shared(f"res130/contributions/{name}.docx")
        run("import_contribution", file, "--draft", "DL/10", "--accept-defaults")


@pytest.fixture
def told(negotiation: dict[str, Any], db: None) -> dict[str, Any]:
    return negotiation


@pytest.fixture
def draft(told: dict[str, Any]) -> values.Draft:
    return draft_value(Draft.objects.get(symbol="DL/10"))


# --- the table ----------------------------------------------------------------------------------


@dataclass
class Row:
    """One attributed option of the paper; `fate`: hit, miss, or in no paper."""

    option: dict[str, Any]
    provision: dict[str, Any]
    fate: str = "MISS"

    @property
    def codes(self) -> set[str]:
        return {line["code"] for line in self.option["attribution"]}

    @property
    def words(self) -> str:
        return bare(self.option["text"])

    @property
    def fragments(self) -> list[str]:
        return [bare(piece["text"]) for piece in self.option["inline_fragments"]]


def bare(words: str) -> str:
    return fold(words, terminal=False)


@cache
def paper_of_2014() -> dict[str, Any]:
    truth = yaml.safe_load(shared("res130/rev2.yaml").read_text("utf-8"))
    return dict(truth)


def rows() -> Iterator[Row]:
    for provision in paper_of_2014()["provisions"]:
        for option in provision["options"]:
            if option["attribution"]:
                yield Row(option, provision)


@cache
def all_words_of_the_papers() -> str:
    """Every word of every part of the six files, whatever was marked there as what."""
    found = []
    for name in NAMES:
        with zipfile.ZipFile(shared(f"res130/contributions/{name}.docx")) as file:
            for part in file.namelist():
                if part.startswith("word/") and part.endswith(".xml"):
                    tree = etree.fromstring(file.read(part))
                    for paragraph in tree.iter("{*}p"):
                        found.append(_shown(paragraph))
    return "\n".join(map(fold, found))


def _shown(paragraph: Any) -> str:
    signs = {"noBreakHyphen": "-", "tab": "\t"}
    pieces = paragraph.iter("{*}t", "{*}delText", *("{*}" + name for name in signs))
    return "".join(signs.get(etree.QName(piece).localname, piece.text or "") for piece in pieces)


# --- its provision ------------------------------------------------------------------------------


def by_truth(draft: values.Draft) -> dict[str, values.Provision]:
    """The provisions of the base, by the names the truth uses."""
    held = {provision.key: provision for provision in draft.provisions}
    return {name: held[key] for name, key in names().items()}


def of_section(draft: values.Draft, section: str) -> list[values.Provision]:
    """What was added under the call of this section."""
    heads = {name: p.key for name, p in by_truth(draft).items() if name.startswith("h:")}
    calls = set(heads.values())
    inside, out = False, []
    for provision in draft.provisions:
        inside = provision.key == heads[f"h:{section}"] or (inside and provision.key not in calls)
        if inside and provision.base is None:
            out.append(provision)
    return out


def judged(row: Row, draft: values.Draft) -> str:
    section = row.provision["id"].split(".")[0]
    if row.provision["base"]:
        places = [by_truth(draft)[row.provision["id"]]]
    else:
        places = of_section(draft, section)
    if any(_has(option, row) for place in places for option in place.options):
        return "hit"
    known = row.words in all_words_of_the_papers()
    return "MISS" if known else "in no paper"


def _has(option: values.Option, row: Row) -> bool:
    """The option with these codes and words; where the paper attributes a fragment alone, that."""
    behind = {attribution.code for attribution in option.attributions}
    words = bare(plain(option.text))
    same = words == row.words or bool(row.fragments and all(f in words for f in row.fragments))
    return behind == row.codes and same


def test_each_attributed_option_stands_in_its_provision_with_its_codes_and_words(
    draft: values.Draft,
) -> None:
    table = list(rows())
    for row in table:
        row.fate = judged(row, draft)
        print(
            f"{row.fate:12} {row.option['id']:24} {', '.join(sorted(row.codes))}: {row.words[:60]}"
        )
    fates = [row.fate for row in table]
    print(f"{fates.count('hit')} of {len(table)} hit, {fates.count('MISS')} missed,", end=" ")
    print(f"{fates.count('in no paper')} stand in none of the six papers")
    assert len(table) == 29
    assert fates.count("MISS") == 0
    assert fates.count("hit") == 29 - MADE_AT_THE_TABLE


def test_what_three_members_ask_for_alike_is_one_option_with_three_attributions(
    draft: values.Draft,
) -> None:
    provision = by_truth(draft)["instr_SG_Dirs.2"]
    (shared_,) = [option for option in provision.options if len(option.attributions) == 3]
    assert {a.code for a in shared_.attributions} == {"EUR/80A1/14", "RCC/73A1/16", "B/75/4"}
    assert "to report on memoranda of understanding (MoU)" in plain(shared_.text)


def test_a_consolidated_provision_keeps_its_base_and_has_no_option_twice(
    draft: values.Draft,
) -> None:
    for provision in draft.provisions:
        words = [bare(plain(o.text)) for o in provision.options if o.kind == "text"]
        assert len(words) == len(set(words))
        if provision.base is not None:
            assert provision.standing is not None
            assert provision.standing.text == provision.base


def test_additions_that_compete_for_one_place_follow_the_labels_their_authors_gave(
    draft: values.Draft,
) -> None:
    asked = [[a.code for a in p.options[0].attributions] for p in of_section(draft, "inv_MS")]
    cuba, brazil = ["CUB/70/2"], ["B/75/4"]
    assert asked == [brazil, *[cuba] * 6]


# --- the law ------------------------------------------------------------------------------------


def test_the_projection_law_holds_for_all_six(told: dict[str, Any]) -> None:
    assert told["law"] == {"holds": True, "failures": []}
    assert told["left"] == []


@pytest.mark.parametrize("name", NAMES)
def test_choosing_a_proposal_gives_what_its_paper_says(draft: values.Draft, name: str) -> None:
    """Against the truth beside the papers, which knows nothing of the draft."""
    truth = yaml.safe_load(shared(f"res130/contributions/{name}.yaml").read_text("utf-8"))
    expected = list(expected_of(truth))
    chosen = projection.chosen(draft, [truth["proposal"]])
    assert [bare(plain(p.options[0].text)) for p in chosen.provisions] == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_is_numbered_as_its_author_numbered_it(draft: values.Draft, name: str) -> None:
    """Labels that only shift make no option; the place gives them back."""
    truth = yaml.safe_load(shared(f"res130/contributions/{name}.yaml").read_text("utf-8"))
    read = projection.renumbered(draft, [truth["proposal"]])
    labels = {bare(plain(p.options[0].text)): p.options[0].text.label for p in read.provisions}
    numbers = {bare(change["text"]): change["label"] for change in truth["changes"]}
    assert {words: labels[words] for words in numbers} == numbers


def expected_of(truth: dict[str, Any]) -> Iterator[str]:
    """The base with the changes of one paper, line by line."""
    texts = {change["target"]: change for change in truth["changes"] if "target" in change}
    added: dict[str, list[dict[str, Any]]] = {}
    for change in truth["changes"]:
        after = change.get("moved_after") or change.get("after")
        if after:
            added.setdefault(after, []).append(change)
    base = Provision.objects.filter(base__isnull=False).order_by("rank")
    by_key = {key: name for name, key in names().items()}
    for row in base:
        name = by_key.get(row.key, row.key)
        change = texts.get(name)
        if change is None:
            yield bare(plain(from_json(row.base)))
        elif "moved_after" not in change:
            yield bare(change["text"])
        yield from _following(name, added)


def _following(name: str, added: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for change in added.get(name, ()):
        yield bare(change["text"])
        yield from _following(change.get("id", ""), added)


def test_choosing_the_base_gives_the_adopted_text_line_by_line(
    told: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "base.json"
    run("export", "--draft", "DL/10", "--choose", "base", "--format", "json", "--out", out)
    read = values.from_json(json.loads(out.read_text("utf-8")))
    lines = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    assert [printed(p.options[0].text) for p in read.provisions] == lines
    draft = draft_value(Draft.objects.get())
    for nobody in (projection.chosen(draft, []), projection.renumbered(draft, [])):
        assert nobody.provisions == read.provisions


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "akn", "txt", "json"])
def test_a_reading_is_exported_in_every_form(
    told: dict[str, Any], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"paper.{form}"
    answer = run(
        *("export", "--draft", "DL/10", "--choose", "CUB/70/2", "RCC/73A1/16"),
        *("--format", form, "--out", out),
    )
    assert answer["size"] == out.stat().st_size > 1000


def test_a_second_run_finds_nothing_left_to_do(told: dict[str, Any]) -> None:
    again = run("consolidate", "--draft", "DL/10")
    assert {key: again[key] for key in ("provisions", "options", "attributions")} == {
        key: told[key] for key in ("provisions", "options", "attributions")
    }
    assert again["law"]["holds"]
    assert Draft.objects.get().events.filter(kind="draft.consolidated").count() == 1


NAMED = re.compile(r"^[A-Z]+/\d+(A\d)?/\d+$")


def test_every_attribution_is_a_code_that_was_tabled(draft: values.Draft) -> None:
    assert projection.codes_in(draft) == set(CODES)
    assert all(NAMED.match(code) for code in projection.codes_in(draft))
