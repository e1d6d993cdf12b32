"""What holds of every finding, whatever the draft: it has a place, and its mend is what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.checks import Finding, Kind, check
from drafting.domain.checks.live import lead
from drafting.domain.checks.references import Map
from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.editorial import is_editorial
from drafting.domain.edits import Change, applied, characters
from drafting.domain.text import PendingChange, Text, each_paragraph, text_of
from tests.domain.strategies import drafts as odd_drafts
from tests.tries import examples

WORDS = (
    "to mend", "resolves 1", "considering a)", "bearing in mind above", "in 2 below", "of this",
    "Resolution 4 (Rev. Tarn, 2022)", "Resolution 4 (Castelmar 2023)", "Resolution 4 (Tarn, 2026)",
    "of the Development Assembly", "WTDC-10", "WTDC-14", "cyber-lamp", "cyberlamp", "cyber lamp",
    "organise", "organize", "Member States", "Member states", "(", ")", '"', "this Resolution",
    "this resolution", "notably:", "etc.",
)  # fmt: skip
CALLS = ("considering", "resolves", "bearing in mind", "instructs the Council")
ASKED = (PendingChange("insertion", "i1", "KES"),)
LABELS = (None, "a)", "b)", "c)", "1", "2", "2bis", "3", "i)", "ii)")


@st.composite
def items(draw: st.DrawFn, key: int) -> Provision:
    label = draw(st.sampled_from(LABELS))
    count = draw(st.sampled_from((1, 1, 1, 2)))
    stands = draw(st.booleans())
    options = tuple(
        Option(
            f"o{key * 10 + place}",
            draw(wordings(label)),
            draw(st.sampled_from((OptionKind.TEXT,) * 5 + (OptionKind.DELETE,))),
            stands=stands and place == 0,
            attributions=() if draw(st.booleans()) else (Attribution("KES/75/4"),),
        )
        for place in range(count)
    )
    base = draw(st.none() | wordings(label))
    status = draw(st.sampled_from((Status.OPEN, Status.OPEN, Status.AGREED, Status.LAPSED)))
    return Provision(f"p{key}", ProvisionKind.ITEM, options, base, status=status)


@st.composite
def wordings(draw: st.DrawFn, label: str | None) -> Text:
    words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)))
    mark = draw(st.sampled_from(("", ",", ";", ".")))
    text = text_of(words + mark, label=draw(st.sampled_from((label, label, None))))
    if draw(st.sampled_from((True, False, False, False))):
        return each_paragraph(text, lambda pieces: [replace(p, changes=ASKED) for p in pieces])
    return text


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    out: list[Provision] = []
    for call in draw(st.lists(st.sampled_from(CALLS), min_size=1, max_size=3)):
        key = len(out) + 1
        text = text_of(call, level=0)
        option = Option(f"o{key * 10}", text, stands=True)
        out.append(Provision(f"p{key}", ProvisionKind.CALL, (option,), text, level=0))
        for _ in range(draw(st.integers(0, 4))):
            out.append(draw(items(len(out) + 1)))
    return Draft(Header(), tuple(out))


def texts_of(draft: Draft) -> dict[str, Text]:
    return {option.key: option.text for p in draft.provisions for option in p.options}


def by_option(changes: Iterable[Change]) -> dict[str, list[Change]]:
    out: dict[str, list[Change]] = {}
    for change in changes:
        out.setdefault(change.option, []).append(change)
    return out


@settings(max_examples=examples(50))
@given(drafts() | odd_drafts())
def test_every_finding_has_its_place_and_a_key_of_its_own(draft: Draft) -> None:
    findings, texts = check(draft), texts_of(draft)
    assert len({finding.key for finding in findings}) == len(findings)
    for finding in findings:
        assert finding.at.option in texts
        span = finding.at.span
        if span:
            paragraph = texts[finding.at.option].paragraphs[span.paragraph]
            assert 0 <= span.start <= span.end <= len(characters(paragraph))


@settings(max_examples=examples(50))
@given(drafts() | odd_drafts())
def test_every_mend_fits_and_changes_something(draft: Draft) -> None:
    texts = texts_of(draft)
    for finding in check(draft):
        for key, changes in by_option(finding.mend).items():
            assert applied(texts[key], changes) != texts[key]


@settings(max_examples=examples(50))
@given(drafts() | odd_drafts())
def test_what_says_that_it_is_editorial_is(draft: Draft) -> None:
    for finding in check(draft):
        if finding.is_editorial:
            assert_editorial(draft, finding)


def assert_editorial(draft: Draft, finding: Finding) -> None:
    """As the server judges a sweep: references that follow are made first, the rest compared."""
    texts = texts_of(draft)
    leads = {lead(p).key: p.key for p in draft.provisions}
    labels = {
        (leads[c.option], c.paragraph): c.new
        for c in finding.mend
        if c.is_label and c.option in leads
    }
    followed = set(Map(draft).following(labels))
    for key, changes in by_option(finding.mend).items():
        midway = applied(texts[key], [c for c in changes if c in followed])
        assert is_editorial(midway, applied(texts[key], changes)), finding


@settings(max_examples=examples(50))
@given(drafts())
def test_once_marks_are_mended_none_is_odd(draft: Draft) -> None:
    changes = by_option(
        c for finding in check(draft) if finding.kind is Kind.PUNCTUATION for c in finding.mend
    )
    mended = tuple(
        replace(
            provision,
            options=tuple(
                replace(option, text=applied(option.text, changes.get(option.key, ())))
                for option in provision.options
            ),
        )
        for provision in draft.provisions
    )
    left = check(Draft(draft.header, mended))
    assert [finding for finding in left if finding.kind is Kind.PUNCTUATION] == []
