"""Whatever the chair does at the table, in any order, nobody's words are lost unseen.

On consolidated drafts made from a seed, acts at random; after each of them:

- where a wording that somebody asked for is there no more, a decision names it in that provision;
- words of those whom the act does not name are as they were, and so is every other provision;
- to fold, to unfold and to order changes nobody's reading at all;
- what is told of an act before it comes true, and undone everything is exactly as it was.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.lifecycle import is_contested
from drafting.models import Decision, Event, Option, Position, ProposedChange, Provision
from drafting.services import deeds
from drafting.services.acts import Effect, effect
from drafting.services.writing import Accepted
from tests.cast import Cast
from tests.tries import seeds
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import (
    CODES,
    Negotiation,
    any_asked,
    asks_within,
    negotiation,
    reads,
    wishes,
)
from tests.use_cases.acts.table import Table

READING_STAYS = (deeds.UnfoldOption, deeds.OrderOptions)


class Chair:
    """Deeds at random, most of which fit the draft as it is."""

    def __init__(self, talks: Negotiation, seed: int) -> None:
        self.dice = random.Random(seed)
        self.draft = talks.cast.draft

    def deed(self) -> deeds.Deed:
        makes: tuple[Callable[[], deeds.Deed], ...] = (
            self._choose,
            self._stack,
            self._common,
            self._common,
            self._free,
            self._unfold,
            self._order,
            self._stand,
            self._decide,
            self._decide,
            self._around,
            self._take_up,
            self._withdraw,
            self._retain_not,
            self._together,
        )
        return self.dice.choice(makes)()

    def provision(self) -> Provision:
        rows = list(Provision.objects.filter(draft=self.draft).order_by("rank"))
        several = [row for row in rows if row.options.count() > 1]
        return self.dice.choice(several or rows if self.dice.random() < 0.7 else rows)

    def options(self, row: Provision) -> list[Option]:
        return list(row.options.order_by("place"))

    def some(self, row: Provision) -> list[str]:
        keys = [option.key for option in self.options(row)]
        return self.dice.sample(keys, min(len(keys), self.dice.randrange(2, 4)))

    def _choose(self) -> deeds.Single:
        option = self.dice.choice(self.options(self.provision()))
        sources = texts.sources(texts.from_json(option.content))
        return deeds.ChooseOption(option.key, self.dice.choice((None, "base", *sources)), "why")

    def _stack(self) -> deeds.Deed:
        row = self.provision()
        return deeds.FoldOptions(row.key, self.some(row), "stack")

    def _common(self) -> deeds.Single:
        row = self.provision()
        return deeds.FoldOptions(row.key, self.some(row), "common")

    def _free(self) -> deeds.Single:
        row = self.provision()
        words = " ".join(self.dice.sample(("to", "mend", "what", "is", "broken;"), 4))
        instead = self.dice.random() < 0.5
        return deeds.FoldOptions(row.key, self.some(row), "free", words=words, instead=instead)

    def _unfold(self) -> deeds.Deed:
        rows = [
            option
            for option in Option.objects.filter(draft=self.draft)
            if "insertion" in str(option.content)
        ]
        option = self.dice.choice(rows or self.options(self.provision()))
        return deeds.UnfoldOption(option.key)

    def _order(self) -> deeds.Deed:
        row = self.provision()
        keys = [option.key for option in self.options(row)]
        self.dice.shuffle(keys)
        return deeds.OrderOptions(row.key, keys)

    def _stand(self) -> deeds.Deed:
        row = self.provision()
        return deeds.LetStand(row.key, self.some(row) * 2)

    def _decide(self) -> deeds.Deed:
        found = [
            piece.id
            for option in Option.objects.filter(draft=self.draft).order_by("number")
            for piece in texts.inlines(texts.from_json(option.content))
            if isinstance(piece, texts.BracketOpen)
        ]
        keep = self.dice.choice((True, False, "base", *CODES))
        return deeds.DecideBracket(self.dice.choice(found) if found else "none", keep, "why")

    def _around(self) -> deeds.Deed:
        first, last = (self.dice.choice(self.options(self.provision())) for _ in range(2))
        return deeds.BracketAround(first.key, self.dice.choice((None, last.key)))

    def _take_up(self) -> deeds.Deed:
        code = self.dice.choice(CODES)
        row = self.provision().key if self.dice.random() < 0.5 else None
        return deeds.TakeUp(code, row)

    def _withdraw(self) -> deeds.Single:
        row = self.provision().key if self.dice.random() < 0.8 else None
        return deeds.WithdrawProposal(self.dice.choice(CODES), row, "we can live without it")

    def _retain_not(self) -> deeds.Single:
        row = self.provision().key
        code = self.dice.choice((None, *CODES, *CODES))
        return deeds.RetainNot(code, row, "not now")

    def _together(self) -> deeds.Deed:
        makes = (self._choose, self._common, self._withdraw, self._retain_not, self._free)
        several: list[deeds.Single] = [self.dice.choice(makes)() for _ in range(2)]
        return deeds.Together(several, "all of it")


def hold_to(deed: deeds.Deed, answer: Accepted, before: values.Draft, after: values.Draft) -> None:
    """The laws of the words, after one act."""
    decided = {
        (f"p{row.provision}", row.code): row.what
        for row in Decision.objects.filter(seq=answer.seq, draft__symbol="DL/9")
    }
    had, has = wishes(before), wishes(after)
    if isinstance(deed, deeds.DecideBracket):  # of a text it is part: others read the rest of it
        _nothing_is_lost(deed, asks_within(before), asks_within(after), decided)
    elif not isinstance(deed, READING_STAYS):
        _nothing_is_lost(deed, had, has, decided)
    if isinstance(deed, READING_STAYS):
        assert has == had
        assert [reads(after, code) for code in (None, *CODES)] == [
            reads(before, code) for code in (None, *CODES)
        ]
    if isinstance(deed, deeds.FoldOptions) and deed.how != "free":
        for code in (None, *CODES):
            assert reads(after, code) == reads(before, code), f"{deed} changed what {code} reads"
    if isinstance(deed, deeds.WithdrawProposal | deeds.RetainNot) and deed.code:
        others = {pair: words for pair, words in had.items() if pair[1] != deed.code}
        assert {pair: words for pair, words in has.items() if pair[1] != deed.code} == others
        assert (deed.provision, deed.code) not in has
    _others_are_as_they_were(deed, before, after)


Wishes = dict[tuple[str, str], set[object]]


def _nothing_is_lost(
    deed: deeds.Deed, had: Wishes, has: Wishes, decided: dict[tuple[str, str], str]
) -> None:
    for pair, wordings in had.items():
        lost = wordings - has.get(pair, set())
        assert not lost or pair in decided, f"{deed} lost {lost} of {pair}"


def _others_are_as_they_were(deed: deeds.Deed, before: values.Draft, after: values.Draft) -> None:
    """What the event does not tell of reads as it did; brackets and labels aside."""
    event = Event.objects.filter(draft__symbol="DL/9").exclude(kind="text").latest("seq")
    told = {*event.payload["touched"]["provisions"], *event.payload["touched"]["removed"]}
    for code in (None, *CODES):
        was, now = reads(before, code), reads(after, code)
        for key in was.keys() - told:
            assert now[key] == was[key], f"{deed} changed {key} for {code}"


def exactly(cast: Cast) -> list[object]:
    """Everything a reader could see, with what delegations think."""
    positions = Position.objects.filter(provision__draft=cast.draft).order_by("pk")
    told = positions.values_list(
        "provision__number", "option__number", "delegation__symbol", "stance"
    )
    asked = ProposedChange.objects.filter(proposal__draft=cast.draft).order_by("pk")
    return [
        Negotiation(cast).draft,
        list(told),
        list(asked.values_list("key", "target__number", "after__number")),
    ]


@pytest.mark.parametrize("seed", seeds(3))
def test_no_word_is_lost_unseen_whatever_is_done(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    taken = dice.sample(CODES, 3) if dice.random() < 0.5 else CODES
    talks = negotiation(cast, any_asked(dice), inline=dice.random() < 0.5, taken=taken)
    table, chair = Table(cast), Chair(talks, seed)
    laws = Laws(cast.draft)
    done: Counter[str] = Counter()
    for step in range(30):
        deed, before, seen = chair.deed(), talks.draft, exactly(cast)
        who = dice.choice(("chair", "sam"))
        would_be = effect(table.writer(who), deed) if dice.random() < 0.3 else None
        answer = table.asks(who, deed)
        laws.hold(log=not step % 10)
        if not isinstance(answer, Accepted):
            assert "our side" not in answer.reason, deed
            assert exactly(cast) == seen
            continue
        done[type(deed).__name__] += 1
        hold_to(deed, answer, before, talks.draft)
        if would_be is not None:
            assert isinstance(would_be, Effect)
            _came_true(would_be, talks.draft)
        if exactly(cast) != seen and dice.random() < 0.4:
            then = exactly(cast)
            undone = table.does("chair", deeds.Undo(answer.seq))
            laws.hold(log=False)
            assert exactly(cast) == seen, f"undoing {deed}"
            assert all(row.undone for row in Decision.objects.filter(seq=answer.seq))
            if dice.random() < 0.5:
                table.does("chair", deeds.Undo(undone.seq))
                laws.hold(log=False)
                assert exactly(cast) == then, f"doing {deed} again"
    laws.hold()
    assert len(done) >= 4, done


def _came_true(told: Effect, after: values.Draft) -> None:
    """What was told before the act is what is there after it; ids are given anew."""
    there = {p.key: _wordings(p) for p in after.provisions}
    assert {p.key: _wordings(p) for p in told.after}.items() <= there.items()


def _wordings(provision: values.Provision) -> list[object]:
    return [
        (o.key, o.stands, texts.printed(o.text), texts.sources(o.text), o.attributions)
        for o in provision.options
    ]


@pytest.mark.parametrize("seed", seeds(3))
def test_every_draft_comes_to_one_clean_text_in_one_act_a_provision(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    talks = negotiation(cast, any_asked(dice), inline=seed % 2 == 0)
    table = Table(cast)
    had = wishes(talks.draft)
    open_ones = [p for p in talks.draft.provisions if is_contested(p)]
    together = [_settled(dice, provision) for provision in open_ones]
    if together:
        table.does("chair", deeds.Together(together, "agreed in the corridor"))
    assert not [p.key for p in talks.draft.provisions if is_contested(p)]
    assert all(p.standing for p in talks.draft.provisions)
    decided = Decision.objects.filter(draft=cast.draft).values_list("provision", "code")
    assert {(f"p{number}", code) for number, code in decided} == had.keys()


def _settled(dice: random.Random, provision: values.Provision) -> deeds.Single:
    if dice.random() < 0.3:
        return deeds.RetainNot(None, provision.key)
    option = dice.choice(provision.options)
    behind = [a.code for a in option.attributions]
    readings = texts.sources(option.text) or (None,)
    return deeds.ChooseOption(option.key, None if behind else dice.choice((*readings, "base")))
