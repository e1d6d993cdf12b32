"""Proposals as they ought not to be, and drafts in every state: nothing of them is lost or unsaid.

For each change there are three ends: choosing the proposal reads it, the outcome names it as left,
or the law tells that it fails. A fourth would be a word of a member that is gone.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.consolidation import Asked, Consolidated, Style, consolidated, essence
from drafting.domain.consolidation.build import with_moves
from drafting.domain.draft import Attribution, Draft, Option, Provision, Status
from drafting.domain.projection import chosen, reading, wording
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Run,
    Text,
    plain,
    text_of,
)
from tests.domain.consolidation_cases import CODES, bases, noted, numberings, wordings
from tests.domain.test_consolidation import STYLES, add, draft_of, mod
from tests.effort import within
from tests.tries import examples

ODD = (
    "", " ", ";", "\u200f\u0627\u0644\u0645\u0635\u0627\u0628\u064a\u062d\u061b",
    "\u05d4\u05de\u05e0\u05d5\u05e8\u05d5\u05ea 22-1/1 (Rev. Orsk, 2019);", "e\u0301te\u0301",
    "\u00e9t\u00e9", "\u202bthe lamps\u202c", "a\nb", "the lamps\n\nshall", "\u2800\u2801",
    "a" * 3000, "\U0001f526 lit",
)  # fmt: skip


@st.composite
def odd_wordings(draw: st.DrawFn, near: Text | None) -> Text:
    """A wording that hardly is one, or one made of another."""
    if draw(st.booleans()):
        text = draw(wordings(near))
    else:
        text = text_of(draw(st.sampled_from(ODD)), label=draw(st.sampled_from((None, "1"))))
    if draw(st.integers(0, 5)) == 0:
        mark = (BracketOpen("b1"), Run("not "), BracketClose(draw(st.sampled_from(("b1", "b2")))))
        first, *rest = text.paragraphs
        text = Text((replace(first, inlines=(*mark, *first.inlines)), *rest))
    return draw(noted(text))


@st.composite
def states(draw: st.DrawFn) -> Draft:
    """A draft in the midst of a negotiation."""
    base = draw(bases())
    out: list[Provision] = []
    for number, held in enumerate(base.provisions):
        text = draw(odd_wordings(held.base)) if draw(st.integers(0, 4)) == 0 else held.base
        provision = replace(
            held, base=text, options=(replace(held.options[0], text=text or held.options[0].text),)
        )
        provision = replace(
            provision, status=draw(st.sampled_from((Status.OPEN,) * 6 + tuple(Status)))
        )
        if draw(st.integers(0, 5)) == 0:
            code = draw(st.sampled_from(CODES))
            own = Option(f"o{90 + number}", draw(wordings(text)), attributions=(Attribution(code),))
            provision = replace(provision, options=(*provision.options, own))
        out.append(provision)
        if draw(st.integers(0, 5)) == 0:
            out.append(_added(90 + number, draw(wordings()), draw(st.sampled_from(CODES))))
    return replace(base, provisions=tuple(out))


def _added(number: int, text: Text, code: str) -> Provision:
    option = Option(f"o{100 + number}", text, attributions=(Attribution(code),))
    kind = draft_of("x").provisions[0].kind
    return Provision(f"p{number}", kind, (option,), level=text.level)


@st.composite
def wishes(draw: st.DrawFn, state: Draft) -> list[Asked]:
    """Whatever up to five proposals of three papers might ask, with no regard to sense."""
    keys = [p.key for p in state.provisions if p.base is not None]
    held = {p.key: p.base for p in state.provisions}
    notes = {paper: draw(numberings()) for paper in "abc"}
    out: list[Asked] = []
    for n in range(draw(st.integers(0, 9))):
        code = draw(st.sampled_from(CODES))
        paper = "abc"[CODES.index(code) % 3]
        others = [f"{paper}/{k}" for k in range(n + 2)]  # also itself, and what is not there
        target = draw(st.sampled_from(keys))
        operation = draw(
            st.sampled_from(("MOD", "MOD", "(MOD)", "SUP", "NOC", "ADD", "ADD", "ADD"))
        )
        text = draw(odd_wordings(held[target])) if operation not in ("SUP", "NOC") else None
        asked = Asked(code, f"{paper}/{n}", operation, text=text, order=n, paper=paper)
        if operation == "ADD":
            after = draw(st.sampled_from([None, *keys, *others, *others]))
            origin = draw(st.sampled_from((None, None, target)))
            asked = replace(asked, after=after, moved_from=origin)
        else:
            asked = replace(asked, target=target)
        out.append(replace(asked, notes=notes[paper] if text else ()))
    return out


odd = states().flatmap(lambda state: st.tuples(st.just(state), wishes(state)))
styles = st.sampled_from(STYLES)


def unsaid(state: Draft, asked: Sequence[Asked], found: Consolidated) -> Iterator[Asked]:
    """Changes that nothing came of, of which the outcome says nothing."""
    named = {(left.provision, code) for left in found.left for code in left.codes}
    failed = {failure.code for failure in found.failures}
    held = {p.key: p for p in found.provisions}
    for item in with_moves(asked, state):
        about = item.moved_from if item.operation == "ADD" else item.target
        if (about, item.code) in named or item.code in failed:
            continue
        if item.operation == "ADD":
            read = [_read(p, item.code) for p in found.provisions if p.base is None]
            if _wanted(item) not in read:
                yield item
        elif item.operation == "NOC":
            options = held[item.target or ""].options
            if not any(a.code == item.code for o in options for a in o.attributions):
                yield item
        elif _read(held[item.target or ""], item.code) != _wanted(item):
            yield item


def _read(provision: Provision, code: str) -> tuple[str, ...] | None:
    option = reading(provision, frozenset([code]))
    return None if option is None else essence(option.text, provision.notes)


def _wanted(item: Asked) -> tuple[str, ...] | None:
    return None if item.text is None else essence(wording(item.text, frozenset()), item.notes)


@given(odd, styles)
@settings(max_examples=examples(200))
def test_every_change_is_read_named_or_told(case: tuple[Draft, list[Asked]], style: Style) -> None:
    state, asked = case
    found = consolidated(state, asked, style)
    assert list(unsaid(state, asked, found)) == []


@given(odd, styles)
@settings(max_examples=examples(80))
def test_nobody_is_read_otherwise_than_before(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    state, asked = case
    found = consolidated(state, asked, style)
    after = replace(state, provisions=found.provisions)
    before = {p.key: p.options[0].text for p in chosen(state, ()).provisions}
    assert {p.key: p.options[0].text for p in chosen(after, ()).provisions} == before
    closed = [p for p in state.provisions if p.status in (Status.AGREED, Status.LAPSED)]
    held = {p.key: p for p in found.provisions}
    assert [held[p.key] for p in closed] == closed


@given(odd, styles)
@settings(max_examples=examples(80))
def test_only_what_contradicts_itself_fails(case: tuple[Draft, list[Asked]], style: Style) -> None:
    """A proposal that wants one paragraph in two ways cannot be read; every other one can."""
    state, asked = case
    found = consolidated(state, asked, style)
    torn = {code for code, count in _wants(with_moves(asked, state)).items() if count}
    assert {failure.code for failure in found.failures} <= torn


def _wants(asked: Sequence[Asked]) -> Counter[str]:
    """For each proposal, how many paragraphs it wants in more than one way."""
    ways: dict[tuple[str, str], set[object]] = {}
    for item in asked:
        about = item.moved_from if item.operation == "ADD" else item.target
        if about:
            gone = item.operation in ("ADD", "SUP")
            wish = None if gone else "as it is" if item.operation == "NOC" else _wanted(item)
            ways.setdefault((item.code, about), set()).add(wish)
    return Counter(code for (code, _about), wishes_ in ways.items() if len(wishes_) > 1)


@given(odd, styles)
@settings(max_examples=examples(80))
def test_a_second_run_changes_nothing(case: tuple[Draft, list[Asked]], style: Style) -> None:
    state, asked = case
    once = consolidated(state, asked, style)
    again = consolidated(replace(state, provisions=once.provisions), asked, style)
    assert again.provisions == once.provisions


@given(odd, styles)
@settings(max_examples=examples(60))
def test_what_is_new_has_keys_and_ids_of_its_own(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    state, asked = case
    found = consolidated(state, asked, style)
    keys = [p.key for p in found.provisions] + [o.key for p in found.provisions for o in p.options]
    assert len(keys) == len(set(keys))
    assert set(found.explanations) <= {p.key for p in found.provisions} & set(found.changed)
    assert all(p.options for p in found.provisions)


# --- by example ---------------------------------------------------------------------------------


def in_order(*asked: Asked) -> list[Asked]:
    return [replace(item, order=n) for n, item in enumerate(asked)]


def move(code: str, origin: str, after: str | None, words: str) -> Asked:
    text = text_of(words, label="9")
    return Asked(code, f"{code}/m", "ADD", after=after, moved_from=origin, text=text, paper=code)


def lines(found: Consolidated, code: str = "") -> list[str]:
    """The words that are read for a proposal."""
    draft = replace(draft_of("x"), provisions=found.provisions)
    return [plain(p.options[0].text) for p in chosen(draft, [code]).provisions]


def test_three_proposals_that_move_one_paragraph_each_have_it_where_they_want_it() -> None:
    count = "to count all the lamps of the harbour;"
    base = draft_of(count, "to mend them;", "to ring the bells;")
    asked = in_order(
        move(CODES[0], "p1", "p2", count),
        move(CODES[1], "p1", "p3", count),
        move(CODES[2], "p1", "p3", count[:-1] + " each year;"),
    )
    found = consolidated(base, asked, Style())
    assert (found.failures, found.left) == ((), ())
    first = found.provisions[0]
    assert [len(o.attributions) for o in first.options] == [0, 3]
    assert [len(p.options) for p in found.provisions] == [2, 1, 1, 1, 2]
    assert lines(found, CODES[0]) == ["to mend them;", count, "to ring the bells;"]
    assert lines(found, CODES[1]) == ["to mend them;", "to ring the bells;", count]
    assert [note.by for note in first.notes] == list(CODES[:3])


def test_who_proposes_together_may_ask_to_strike_and_to_change_one_paragraph() -> None:
    base = draft_of("to count the lamps;")
    asked = in_order(
        replace(mod(CODES[0], "p1", "to count all lamps;"), paper="joint"),
        Asked(CODES[1], "joint/2", "SUP", target="p1", paper="joint"),
    )
    for style in STYLES:
        found = consolidated(base, asked, style)
        assert (found.failures, found.left) == ((), ())
        assert (lines(found, CODES[0]), lines(found, CODES[1])) == (["to count all lamps;"], [])


def test_what_one_proposal_strikes_and_changes_is_kept_and_told() -> None:
    base = draft_of("to count the lamps;")
    asked = in_order(
        mod(CODES[0], "p1", "to count all lamps;"), Asked(CODES[0], "k2", "SUP", target="p1")
    )
    found = consolidated(base, asked, Style())
    assert [failure.code for failure in found.failures] == [CODES[0]]
    assert [o.kind.value for o in found.provisions[0].options] == ["text", "text", "delete"]


def test_additions_follow_those_of_others_in_their_paper_whoever_is_chosen() -> None:
    base = draft_of("to count the lamps;", "to mend them;")
    asked = in_order(
        add(CODES[0], "p1", "to paint the boats red;", "2", paper="joint"),
        add(CODES[1], f"{CODES[0]}/2", "to ring all the bells at noon;", "3", paper="joint"),
        add(CODES[0], f"{CODES[1]}/3", "to keep a log of the weather;", "4", paper="joint"),
        add(CODES[2], "p1", "to sing;", "2", paper="other"),
    )
    found = consolidated(base, asked, Style())
    words = ["to count the lamps;", "to ring all the bells at noon;", "to mend them;"]
    assert lines(found, CODES[1]) == words
    assert lines(found, CODES[0])[1:3] == [
        "to paint the boats red;",
        "to keep a log of the weather;",
    ]
    assert len(found.explanations) == 4


def test_additions_that_follow_each_other_in_a_ring_are_not_lost() -> None:
    base = draft_of("to count the lamps;")
    asked = in_order(
        add(CODES[0], f"{CODES[0]}/3", "to paint the boats red;", "2", paper="a"),
        add(CODES[0], f"{CODES[0]}/2", "to ring all the bells;", "3", paper="a"),
        add(CODES[0], f"{CODES[0]}/4", "to follow oneself;", "4", paper="a"),
        add(CODES[0], "nothing", "to follow what is not there;", "5", paper="a"),
    )
    found = consolidated(base, asked, Style())
    assert sorted(lines(found, CODES[0])) == sorted(
        plain(item.text) for item in (*asked, mod("", "p1", "to count the lamps;")) if item.text
    )
    assert found.failures == ()


def test_what_asks_to_move_text_that_is_gone_already_is_built_where_it_goes() -> None:
    base = draft_of("to count the lamps;", "to mend them;")
    own = Option("o9", text_of("to count;"), attributions=(Attribution(CODES[0]),))
    gone = replace(base.provisions[0], status=Status.DELETED)
    gone = replace(gone, options=(*gone.options, own))
    state = replace(base, provisions=(gone, base.provisions[1]))
    found = consolidated(state, [move(CODES[0], "p1", "p2", "to count the lamps;")], Style())
    assert lines(found, CODES[0]) == ["to mend them;", "to count the lamps;"]


def test_long_paragraphs_are_set_side_by_side_in_no_time() -> None:
    dice = random.Random(5)
    words = [dice.choice(("the", "of", "and", f"w{dice.randrange(300)}")) for _ in range(9000)]
    base = draft_of(" ".join(words))
    asked = in_order(
        *(add(code, "p1", " ".join(_worn(dice, words)), "2", paper=code) for code in CODES[:3])
    )
    # Word by word each pair of them takes seconds.
    found = within(200, lambda: consolidated(base, asked, Style(inline=True)))
    assert [len(p.options) for p in found.provisions] == [1, 3]


def _worn(dice: random.Random, words: Sequence[str]) -> list[str]:
    """The words with every tenth another one."""
    return [dice.choice(words) if dice.random() < 0.1 else word for word in words]


def test_words_from_right_to_left_are_compared_without_the_signs_that_turn_them() -> None:
    base = draft_of("\u05d4\u05de\u05e0\u05d5\u05e8\u05d5\u05ea 22;")
    turned = "\u200f\u05d4\u05de\u05e0\u05d5\u05e8\u05d5\u05ea \u200e22\u200e;"
    other = "\u05d4\u05de\u05e0\u05d5\u05e8\u05d5\u05ea 23;"
    asked = in_order(mod(CODES[0], "p1", turned, "(MOD)"), mod(CODES[1], "p1", other))
    for style in STYLES:
        found = consolidated(base, asked, style)
        assert found.failures == ()
        assert lines(found, CODES[0]) == lines(found) == [plain(base.provisions[0].options[0].text)]
        assert lines(found, CODES[1]) == [other]


def test_a_paragraph_without_words_may_be_the_base_or_what_is_asked_for() -> None:
    base = draft_of("", "to mend them;")
    asked = in_order(
        mod(CODES[0], "p1", "to count the lamps;"),
        mod(CODES[1], "p2", ""),
        add(CODES[2], "p1", "", "2", paper="c"),
    )
    for style in STYLES:
        found = consolidated(base, asked, style)
        assert (found.failures, found.left) == ((), ())
        assert lines(found, CODES[0]) == ["to count the lamps;", "to mend them;"]
        assert lines(found, CODES[1]) == ["", ""]
        assert lines(found, CODES[2]) == ["", "", "to mend them;"]
