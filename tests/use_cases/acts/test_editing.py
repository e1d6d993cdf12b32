"""Editorial sweeps: in agreed text too, exactly editorial, one act, one event, one undo."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from drafting.domain import text as texts
from drafting.domain.checks import Finding, Kind
from drafting.domain.text import text_of
from drafting.models import Contribution, Decision, Event, PaperImport, Proposal, ProposedChange
from drafting.models import Option as OptionRow
from drafting.models.intake import ImportKind
from drafting.selectors.checks import findings_of
from drafting.services import deeds
from drafting.services.deeds import Edit, Editorial, Mend
from drafting.services.imports import keep
from drafting.services.writing import Accepted, Declined
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.table import Table


def edit(option: str, start: int | None, old: str, new: str) -> Edit:
    return Edit(option, 0, start, old, new)


@pytest.fixture
def agreed(table: Table) -> Table:
    """p4 "1 to count the lamps;" is agreed."""
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    return table


def kinds_since(table: Table, seq: int) -> list[str]:
    found = Event.objects.filter(draft=table.cast.draft, seq__gt=seq).order_by("seq")
    return [event.kind for event in found]


def test_a_sweep_changes_agreed_text_and_leaves_it_agreed(agreed: Table) -> None:
    laws, seq = Laws(agreed.cast.draft), agreed.seq()
    agreed.does("chair", Editorial([edit("o4", 18, ";", ","), edit("o6", 19, ".", ";")]))
    assert agreed.words("o4") == "to count the lamps,"
    assert agreed.words("o6") == "to report each year;"
    assert agreed.provision("p4").status == "agreed"
    assert kinds_since(agreed, seq) == ["text", "text", "editorial"]
    laws.hold()


def test_other_deeds_stay_out_of_agreed_text(agreed: Table) -> None:
    assert agreed.may_not("chair", deeds.AddNote("o4", 0, 1, 3, "why?")).code == "locked"


@pytest.mark.parametrize(
    "change",
    [
        edit("o4", 3, "count", "shoot"),
        edit("o4", 18, ";", " at once;"),
        edit("o4", 18, ";", ":"),
        edit("o4", None, "1", "not"),
        edit("o4", 0, "", "never "),
        Edit("o4", 0, 0, "", "", "b1"),
    ],
)
def test_what_is_more_than_editorial_is_refused(agreed: Table, change: Edit) -> None:
    assert agreed.may_not("chair", Editorial([change])).code == "invalid"
    assert agreed.may_not("chair", Mend([change])).code == "invalid"
    agreed.may_not("chair", deeds.Together([Editorial([change])]))


def test_one_change_too_many_undoes_the_whole_sweep(agreed: Table) -> None:
    changes = [edit("o4", 18, ";", ","), edit("o6", 3, "report", "shout")]
    assert agreed.may_not("chair", Editorial(changes)).code == "invalid"
    assert agreed.words("o4") == "to count the lamps;"


def test_what_stands_no_longer_there_is_too_old(agreed: Table) -> None:
    assert agreed.may_not("chair", Editorial([edit("o4", 18, ",", ";")])).code == "too_old"
    twice = [edit("o4", 18, ";", ","), edit("o4", 18, ";", ".")]
    assert agreed.may_not("chair", Editorial(twice)).code == "too_old"
    assert agreed.may_not("chair", Editorial([edit("o99", 0, "", ";")])).code == "gone"


def test_what_somebody_changed_unseen_is_too_old(agreed: Table) -> None:
    change = [edit("o4", 18, ";", ",")]
    assert agreed.may_not("chair", Editorial(change, seen={"o4": 7})).code == "too_old"
    agreed.does("chair", Editorial(change, seen={"o4": agreed.version("o4")}))


def test_a_sweep_is_undone_and_done_again_as_one_step(agreed: Table) -> None:
    laws = Laws(agreed.cast.draft)
    before = agreed.lines()
    done = agreed.does("chair", Editorial([edit("o4", 18, ";", ","), edit("o2", None, "a)", "")]))
    after = agreed.lines()
    undone = agreed.does("chair", deeds.Undo(done.seq))
    assert agreed.lines() == before
    agreed.does("chair", deeds.Undo(undone.seq))
    assert agreed.lines() == after
    assert agreed.provision("p4").status == "agreed"
    laws.hold()


def test_a_mend_of_open_text_is_not_undone_in_what_was_agreed_since(table: Table) -> None:
    rewrite(table, "o4", "to count the cyber-lamps;")
    rewrite(table, "o6", "to report on cyberlamps.")
    rewrite(table, "o2", "that cyberlamps go out,")
    done = table.does("chair", Mend([edit("o4", 13, "cyber-lamps", "cyberlamps")]))
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    assert table.may_not("chair", deeds.Undo(done.seq)).code == "locked"


def rewrite(table: Table, option: str, words: str) -> None:
    label = table.text(option).label
    table.write(option, texts.to_json(text_of(words, label=label)))


def found(table: Table, kind: Kind) -> list[Finding]:
    _value, findings = findings_of(table.cast.draft)
    return [finding for finding in findings if finding.kind is kind]


def as_edits(*findings: Finding) -> list[Edit]:
    return [
        Edit(c.option, c.paragraph, c.start, c.old, c.new, c.closes)
        for finding in findings
        for c in finding.mend
    ]


def test_what_the_checks_propose_is_made_in_open_text_alone(table: Table) -> None:
    rewrite(table, "o4", "to count the cyber-lamps;")
    rewrite(table, "o6", "to report on cyberlamps.")
    rewrite(table, "o2", "that cyberlamps go out,")
    (finding,) = found(table, Kind.SPELLING)
    assert table.may_not("chair", Editorial(as_edits(finding))).code == "invalid"
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    assert table.may_not("chair", Mend(as_edits(finding))).code == "invalid"
    table.does("chair", deeds.MoveStatus("p4", "reopened", "to mend a word"))
    table.does("chair", Mend(as_edits(finding)))
    assert table.words("o4") == "to count the cyberlamps;"


def test_what_the_checks_do_not_propose_is_no_mend(table: Table) -> None:
    change = edit("o4", 3, "count", "shoot")
    assert table.may_not("chair", Mend([change])).code == "invalid"


def test_a_reference_goes_with_the_label_it_points_to_and_no_other(table: Table) -> None:
    rewrite(table, "o6", "to report on resolves 1.")
    right = [edit("o4", None, "1", "2"), edit("o6", 22, "1", "2")]
    wrong = [edit("o4", None, "1", "2"), edit("o6", 22, "1", "3")]
    alone = [edit("o6", 22, "1", "2")]
    assert table.may_not("chair", Editorial(wrong)).code == "invalid"
    assert table.may_not("chair", Editorial(alone)).code == "invalid"
    table.does("chair", Editorial(right))
    assert table.words("o6") == "to report on resolves 2."


def test_a_shifted_reference_is_mended_in_agreed_text(table: Table) -> None:
    base = text_of("to report on resolves 1.", label="3")
    row = table.provision("p6")
    row.base = texts.to_json(base)
    row.save()
    rewrite(table, "o6", "to report on resolves 1.")
    table.does("chair", Editorial([edit("o4", None, "1", "7")]))
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    (finding,) = found(table, Kind.REFERENCE)
    table.does("chair", Editorial(as_edits(finding)))
    assert table.words("o6") == "to report on resolves 7."


def test_only_the_chair_and_the_secretary_sweep(table: Table) -> None:
    change = [edit("o4", 18, ";", ",")]
    for name in ("kes", "olga", "stella"):
        assert table.may_not(name, Editorial(change)).code == "forbidden"
        assert table.may_not(name, Mend(change)).code == "forbidden"
    table.does("sam", Editorial(change))


def proposal(table: Table, code: str, target: str, words: str, label: str | None) -> None:
    draft = table.cast.draft
    file = keep(f"{code.replace('/', '_')}.txt", code.encode(), "text/plain")
    paper = PaperImport.objects.create(
        kind=ImportKind.CONTRIBUTION, group=table.cast.group, draft=draft, file=file
    )
    contribution = Contribution.objects.create(draft=draft, document=code, paper=paper)
    row = Proposal.objects.create(draft=draft, contribution=contribution, code=code)
    ProposedChange.objects.create(
        proposal=row,
        key="c1",
        operation="(MOD)",
        target=table.provision(target),
        content=texts.to_json(text_of(words, label=label)),
    )


def test_a_mod_that_a_sweep_makes_is_taken_up(agreed: Table) -> None:
    proposal(agreed, "KES/75/4", "p4", "to count the lamps,", "1")
    proposal(agreed, "VAL/70/2", "p4", "to count the oil,", "1")
    asked, more = found(agreed, Kind.ASKED)
    if asked.code == "more":
        asked, more = more, asked
    assert (asked.code, more.code) == ("asked", "more")
    done = agreed.does("chair", Editorial(as_edits(asked), rationale="as asked"))
    taken: Any = Decision.objects.filter(seq=done.seq).values_list("provision", "code", "what")
    assert list(taken) == [(4, "KES/75/4", "taken_up")]
    assert agreed.words("o4") == "to count the lamps,"
    assert [f.code for f in found(agreed, Kind.ASKED)] == ["more"]


def test_a_sweep_over_everything_leaves_nothing_editorial_to_find(table: Table) -> None:
    """All that the checks propose as editorial, at once: made, and found no more."""
    rewrite(table, "o4", "to act upon Resolution 12 (Castelmar 2023) and on resolves 3")
    rewrite(table, "o2", "that lamps go out;")
    OptionRow.objects.filter(draft=table.cast.draft, number=6).update(
        content=texts.to_json(text_of("to report each year;", label="2"))
    )
    _value, findings = findings_of(table.cast.draft)
    editorial = [finding for finding in findings if finding.is_editorial]
    assert {finding.kind for finding in editorial} >= {Kind.EDITION, Kind.LABEL, Kind.PUNCTUATION}
    table.does("chair", Editorial(as_edits(*editorial)))
    _value, left = findings_of(table.cast.draft)
    assert [finding for finding in left if finding.is_editorial] == []


def bare(words: str) -> str:
    """What an editorial change leaves, told in another way than the domain does."""
    words = re.sub(r"\((?:Rev\. ?)?[^()]*?(?:19|20)\d\d\)", "()", words)
    return re.sub(r"[,;.]$", "", words)


@pytest.mark.parametrize("seed", range(6))
def test_no_sweep_gets_another_word_into_agreed_text(agreed: Table, seed: int) -> None:
    """Changes at random, single and several, of places, marks, editions, labels and words."""
    rewrite(agreed, "o4", "to act on Resolution 12 (Castelmar, 2023), by day;")
    dice, refused = Random(seed), 0
    for _turn in range(12):
        before = agreed.words("o4")
        changes = [_any(dice, before) for _ in range(dice.choice([1, 1, 2, 3]))]
        deed = Editorial(changes) if dice.random() < 0.5 else Mend(changes)
        answer = agreed.asks("chair", deed)
        refused += isinstance(answer, Declined)
        assert bare(agreed.words("o4")) == bare(before), changes
        assert isinstance(answer, Accepted) or agreed.words("o4") == before
    assert refused > 0


def _any(dice: Random, words: str) -> Edit:
    """A change that has a good chance to fit, and some chance to be editorial."""
    mark, edition = len(words) - 1, words.index("(") + 1
    city = words[edition : words.index(")")]
    start = dice.randrange(len(words))
    return dice.choice(
        [
            edit("o4", mark, words[mark], dice.choice(",;.:!")),
            edit("o4", edition, city, dice.choice(["Rev. Port Lorne, 2027", "Castelmar, 2023"])),
            edit("o4", edition, city, dice.choice(["never, 2027", "Castelmar, 2024"])),
            edit("o4", None, "1", dice.choice(["1", "not", "never"])),
            edit("o4", start, words[start : start + 2], dice.choice(["", "no", "; "])),
            edit("o4", start, "", dice.choice([" ", "not ", "."])),
        ]
    )
