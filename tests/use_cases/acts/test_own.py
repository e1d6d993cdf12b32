"""What a delegate who may only propose does to the delegation's own: it comes, changes and goes."""

from __future__ import annotations

import pytest

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.ownership import sole
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.writing import Accepted
from tests.live import desk
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_laws import Dice
from tests.use_cases.acts.test_provisions import START
from tests.use_cases.acts.test_rights import set_mode
from tests.use_cases.acts.test_undoing import everything


def propose(table: Table, after: str = "p4", words: str = "to oil them;", who: str = "kes") -> str:
    """The key of a provision that a delegation proposes."""
    key, _option = table.does(who, deeds.AddProvision(after, words=words)).made
    return key


def kinds(table: Table) -> list[str]:
    told = Event.objects.filter(draft=table.cast.draft, seq__gt=1).order_by("seq")
    return [event.kind for event in told]


# --- coming -----------------------------------------------------------------------------------


def test_what_a_delegate_proposes_stands_nowhere_and_moves_nothing(table: Table) -> None:
    key = propose(table)
    assert table.lines() == [*START[:4], "1bis to oil them;", *START[4:]]
    assert kinds(table) == ["provision.added"]
    (option,) = table.provision(key).options.all()
    assert not option.stands
    assert [a.name for a in option.attributions.all()] == ["KES"]
    assert table.provision(key).base is None


def test_the_chair_may_put_something_there_as_a_proposal(table: Table) -> None:
    deed = deeds.AddProvision("p4", words="to oil them;", proposed=True)
    _key, option = table.does("chair", deed, "KES/75/4").made
    assert not table.option(option).stands
    assert [a.code for a in table.option(option).attributions.all()] == ["KES/75/4"]
    assert table.lines()[4] == "1bis to oil them;"


def test_a_delegate_who_writes_directly_adds_what_stands(table: Table) -> None:
    set_mode(table.cast, "d")
    _key, option = table.does("kes", deeds.AddProvision("p4", words="to oil them;")).made
    assert table.option(option).stands


def test_a_proposed_call_comes_to_the_end_of_the_section_and_cuts_no_list(table: Table) -> None:
    table.does("kes", deeds.AddProvision("p4", "call", words="invites all"))
    assert table.lines() == [*START, "invites all"]
    table.does("kes", deeds.AddProvision("p1", "call", words="noting"))
    assert table.lines() == [*START[:2], "noting", *START[2:], "invites all"]


def test_what_is_agreed_after_a_proposal_is_counted_without_it(table: Table) -> None:
    propose(table)
    propose(table, words="to light them;", who="val")
    table.does("chair", deeds.AddProvision("p4", words="to clean them;"))
    labels = [line.split(" ")[0] for line in table.lines()[3:]]
    assert labels == ["1", "2", "2ter", "2bis", "3", "4"]


def test_it_may_come_beside_closed_text(table: Table) -> None:
    table.does("sam", deeds.MoveStatus("p4", "agreed"))
    propose(table)
    assert table.words("o4") == "to count the lamps;"


# --- whose ------------------------------------------------------------------------------------


def others(key: str, option: str) -> list[deeds.Deed]:
    return [
        deeds.DeleteProvision(key),
        deeds.MoveProvision(key, "p6"),
        deeds.ShiftLevel(key, 2),
        deeds.SplitProvision(option, 0, 3),
    ]


@pytest.mark.parametrize("number", range(4))
def test_agreed_text_is_nobodys_to_restructure(table: Table, number: int) -> None:
    deed = others("p4", "o4")[number]
    assert table.may_not("kes", deed).code == "forbidden"


@pytest.mark.parametrize("number", range(4))
def test_anothers_proposal_is_not_touched(table: Table, number: int) -> None:
    key = propose(table, who="val")
    deed = others(key, "o17")[number]
    assert table.may_not("kes", deed).code == "forbidden"
    table.does("val", deed)


@pytest.mark.parametrize("number", range(3))
def test_a_proposal_that_others_joined_is_no_longer_ones_own(table: Table, number: int) -> None:
    key = propose(table)
    table.does("val", deeds.AddOption(key, copy="o17"))
    assert table.may_not("kes", others(key, "o17")[number]).code == "forbidden"


@pytest.mark.parametrize("number", range(3))
def test_a_proposal_that_was_taken_up_is_no_longer_ones_own(table: Table, number: int) -> None:
    key = propose(table)
    type(table.option("o17")).objects.filter(number=17).update(stands=True)
    assert table.may_not("kes", others(key, "o17")[number]).code == "forbidden"


def test_a_proposal_of_several_is_none_of_theirs_alone(table: Table) -> None:
    key = propose(table)
    table.does("chair", deeds.Attribute("o17", ["KES", "VAL"]))
    assert table.may_not("kes", deeds.DeleteProvision(key)).code == "forbidden"
    table.does("chair", deeds.Attribute("o17", ["KES/75/4", "KES"]))
    table.does("kes", deeds.DeleteProvision(key))


def test_words_are_joined_to_nobody_elses(table: Table) -> None:
    key = propose(table)
    assert table.may_not("kes", deeds.JoinProvision(key)).code == "forbidden"


# --- changing ---------------------------------------------------------------------------------


def test_ones_own_is_parted_joined_moved_and_taken_back(table: Table) -> None:
    key = propose(table)
    other, option = table.does("kes", deeds.SplitProvision("o17", 0, 8)).made
    assert table.lines()[4:6] == ["1bis to oil ", "1ter them;"]
    assert not table.option(option).stands
    table.does("kes", deeds.JoinProvision(other))
    assert table.lines()[4] == "1bis to oil them;"
    table.does("kes", deeds.MoveProvision(key, "p6"))
    assert table.lines() == [*START, "3bis to oil them;"]
    table.does("kes", deeds.DeleteProvision(key))
    assert table.lines() == START


def test_ones_own_goes_a_level_in_and_out(table: Table) -> None:
    key = propose(table)
    table.does("kes", deeds.ShiftLevel(key, 2))
    assert table.lines()[4] == "to oil them;"
    assert (table.provision(key).level, table.text("o17").level) == (2, 2)
    table.does("kes", deeds.ShiftLevel(key, 1))
    assert table.lines() == [*START[:4], "1bis to oil them;", *START[4:]]


def test_the_chair_sets_an_item_at_another_level(table: Table) -> None:
    table.does("chair", deeds.AddProvision("p4", words="each;"))
    table.does("chair", deeds.ShiftLevel("p7", 2))
    assert table.lines()[3:] == [START[3], "i) each;", *START[4:]]
    table.does("chair", deeds.ShiftLevel("p7", 1))
    assert table.lines()[4] == "2 each;"
    assert table.may_not("chair", deeds.ShiftLevel("p3", 2)).code == "invalid"


def test_ones_own_option_is_withdrawn_and_nothing_comes_to_stand(table: Table) -> None:
    table.does("kes", deeds.RemoveOption("o5"))
    assert table.lines() == [*START[:4], "2 to mend the lamps when means allow;", START[5]]
    assert not table.option("o16").stands
    assert table.may_not("kes", deeds.RemoveOption("o16")).code == "forbidden"
    (key,) = table.does("kes", deeds.AddOption("p4", "no_text")).made
    table.does("kes", deeds.RemoveOption(key))
    assert table.option("o4").stands


def test_of_two_proposals_the_one_that_is_left_does_not_stand(table: Table) -> None:
    key = propose(table)
    (other,) = table.does("val", deeds.AddOption(key, copy="o17")).made
    table.does("chair", deeds.RemoveOption("o17"))
    assert not table.option(other).stands
    assert table.may_not("val", deeds.RemoveOption(other)).code == "invalid"
    table.does("val", deeds.DeleteProvision(key))


# --- writing ----------------------------------------------------------------------------------


def written(table: Table, who: str, option: int, *items: object) -> str:
    version = desk.version_of(table.cast, option)
    (answer,) = desk.send(table.writer(who), desk.batch(option, version, *items))  # type: ignore[arg-type]
    return getattr(answer, "code", "")


@pytest.mark.django_db(transaction=True)
def test_who_may_only_propose_writes_plainly_in_the_own_wording_alone() -> None:
    from tests.cast import make_cast

    table = Table(make_cast())
    propose(table)
    assert written(table, "kes", 17, desk.insert("again ")) == ""
    assert table.words("o17") == "again to oil them;"
    level = {"stepType": "attr", "pos": 0, "attr": "level", "value": 2}
    assert written(table, "kes", 17, steps.Item("l1", level)) == ""
    assert written(table, "val", 17, desk.insert("not ")) == "forbidden"
    assert written(table, "kes", 16, desk.insert("not ")) == "forbidden"
    assert written(table, "kes", 4, desk.insert("not ")) == "forbidden"
    table.does("sam", deeds.MoveStatus("p7", "agreed"))
    assert written(table, "kes", 17, desk.insert("not ")) == "locked"


# --- asking for closed text -------------------------------------------------------------------


def test_a_comment_asks_for_closed_text_and_touches_none_of_it(table: Table) -> None:
    table.does("sam", deeds.MoveStatus("p4", "agreed"))
    before = texts.to_json(table.text("o4"))
    note = deeds.AddNote("o4", 0, 1, 1, "Please reopen: to count them twice;", "comment")
    (key,) = table.does("kes", note).made
    (row,) = table.provision("p4").notes.all()
    assert (row.key, row.kind, row.by) == (key, "comment", "KES")
    assert texts.to_json(table.text("o4")) == before
    assert table.version("o4") == 0
    for odd in (
        deeds.AddNote("o4", 0, 1, 1, "why?", "drafting"),
        deeds.AddNote("o4", 0, 1, 3, "why?", "comment"),
    ):
        assert table.may_not("kes", odd).code == "locked"


# --- always -----------------------------------------------------------------------------------


class Hand(Dice):
    """Deeds at random that a delegate may or may not do, half of them to the own."""

    def provision(self) -> str:
        if self.dice.random() < 0.5:
            return super().provision()
        found = Provision.objects.filter(options__attributions__name="KES").order_by("number")
        return self.dice.choice([row.key for row in found] or ["p4"])

    def option(self) -> Option:
        found = list(Option.objects.filter(attributions__name="KES").order_by("number"))
        return self.dice.choice(found) if found and self.dice.random() < 0.5 else super().option()

    def deed(self) -> deeds.Deed:
        own = (self._level, self._span, self._delete, self._remove, self._move, self._split)
        return self.dice.choice((*own, super().deed, super().deed, super().deed))()

    def _level(self) -> deeds.Deed:
        return deeds.ShiftLevel(self.provision(), self.dice.randrange(1, 4))

    def _span(self) -> deeds.Deed:
        spot = self.spot()
        return deeds.AttributeSpan(spot.option, spot.version, spot.pos, spot.pos + 4, ["KES"])


def held(table: Table) -> list[object]:
    """The text that stands, and every wording that is not Kestria's alone, with its label."""
    out: list[object] = []
    for row in table.cast.draft.provisions.order_by("rank"):
        for option in row.options.order_by("place"):
            names = [(a.code, a.name) for a in option.attributions.all()]
            if option.stands or sole(code or name for code, name in names) != "KES":
                said = texts.printed(texts.from_json(option.content))
                out.append((row.key, option.key, option.kind, option.stands, said, names))
    return out


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_delegate_does_what_others_hold_stays_as_it_is(table: Table, seed: int) -> None:
    dice = Hand(table, seed)
    propose(table, who="val")
    propose(table)
    laws = Laws(table.cast.draft)
    before = held(table)
    done = set()
    for _ in range(30):
        deed = dice.deed()
        answer = table.asks("kes", deed)
        assert "our side" not in getattr(answer, "reason", ""), deed
        laws.hold()
        if isinstance(answer, Accepted):
            done.add(type(deed))
        assert held(table) == before, deed
    assert len(done) >= 3, done


@pytest.mark.parametrize(
    "deed",
    [
        deeds.AddProvision("p4", words="to oil them;", proposed=True),
        deeds.AddProvision("p4", "call", words="invites all", proposed=True),
        deeds.ShiftLevel("p7", 2),
        deeds.AttributeSpan("o4", 1, 4, 9, ["KES/75/4", "VAL"]),
        deeds.MoveProvision("p8", "p3"),
        deeds.SplitProvision("o17", 0, 8),
    ],
    ids=lambda deed: type(deed).__name__,
)
def test_the_chair_undoes_each_of_them(table: Table, deed: deeds.Deed) -> None:
    propose(table)
    table.does("chair", deeds.MoveProvision("p4", "p6"))
    before = everything(table)
    done = table.does("chair", deed)
    after = everything(table)
    assert after != before
    undone = table.does("chair", deeds.Undo(done.seq))
    assert everything(table) == before
    table.does("chair", deeds.Undo(undone.seq))
    assert everything(table) == after
