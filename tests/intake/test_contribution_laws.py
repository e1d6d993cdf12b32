"""What holds for every contribution, however it is marked, and whatever is answered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.text import to_json
from drafting.intake.contribution import read_contribution
from drafting.intake.reading import ContributionReading, Operation
from tests.intake.papers import paper
from tests.intake.test_contribution_reading import BASE_LINES, HEADER, base
from tests.tries import examples

MARKS = ["MOD\tVAL/70/2", "(MOD)\tVAL/70/3", "ADD\tVAL/70/4", "SUP\tVAL/70/5", "NOC\tVAL/70/6"]


@st.composite
def edited(draw: st.DrawFn, line: str) -> list[str]:
    """The line as some paper may print it: kept, changed, struck, dropped, doubled, moved."""
    label, tab, rest = line.rpartition("\t")
    head, _, tail = rest.partition(" ")
    mark = draw(st.sampled_from(["", "", "+|", "-|"]))
    return draw(
        st.sampled_from(
            [
                [line + mark],
                [f"{label}{tab}[+newly +]{rest}{mark}"],
                [f"{label}{tab}[-{head} -]{tail or 'on'}{mark}"],
                [f"[-{line}-]{mark}"],
                [f"[+{line}+]{mark}"],
                [f"{label}{tab}{rest.replace('the', 'thy')}"],
                [line, f"[+{label}{tab}[to rest] at last;+]{mark}"],
                [f"[>1{line}>]"],
                [f"[<1{line}<]"],
                [f"~~{line}~~"],
                [draw(st.sampled_from(["...", "[...]", "", "Reasons:\tNone.", *MARKS]))],
                [],
            ]
        )
    )


@st.composite
def papers(draw: st.DrawFn) -> list[str]:
    first = draw(st.integers(0, len(BASE_LINES) - 1))
    last = draw(st.integers(first, len(BASE_LINES)))
    lines = [new for line in BASE_LINES[first:last] for new in draw(edited(line))]
    return [*HEADER, draw(st.sampled_from(MARKS)), *lines]


def holds(reading: ContributionReading) -> None:
    """The laws of a reading."""
    keys = {p.key for p in base().provisions}
    questions = [q.key for q in reading.questions]
    assert len(set(questions)) == len(questions)
    for question in reading.questions:
        assert question.assumed in {a.key for a in question.alternatives}
        assert question.what
    for proposal in reading.proposals:
        seen: set[str] = set()
        for change in proposal.changes:
            assert change.target is None or change.target in keys
            assert change.after is None or change.after in keys | seen
            assert (change.text is None) == (change.operation in (Operation.SUP, Operation.NOC))
            assert (change.target is None) == (change.operation is Operation.ADD)
            if change.text:
                to_json(change.text)
            seen.add(change.key)
        targets = [c.target or c.moved_from for c in proposal.changes if c.target or c.moved_from]
        assert len(set(targets)) == len(targets)


@settings(max_examples=examples(60))
@given(papers(), st.data())
def test_every_reading_keeps_the_laws_whatever_is_answered(
    lines: list[str], data: st.DataObject
) -> None:
    first = read_contribution(paper(lines), base(), {})
    holds(first)
    answers = {
        q.key: data.draw(st.sampled_from([a.key for a in q.alternatives])) for q in first.questions
    }
    answered = read_contribution(paper(lines), base(), answers)
    holds(answered)
    assert answered == read_contribution(paper(lines), base(), answers)
    assert len(answered.strip) == len(lines)
