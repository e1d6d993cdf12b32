"""One provision becomes two, or two become one, and nothing is lost on the way."""

from __future__ import annotations

import random

import pytest

from drafting.domain import text as texts
from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    FootnoteRef,
    Paragraph,
    PendingChange,
    Run,
    Text,
)
from drafting.models import Event, Note
from drafting.services import deeds
from drafting.steps import standard
from tests.use_cases.acts.table import Table


def test_what_stands_after_the_place_becomes_the_next_item(table: Table) -> None:
    answer = table.does("chair", deeds.SplitProvision("o4", 0, len("to count ") + 1))
    assert answer.made == ("p7", "o17")
    assert table.lines()[3:6] == [
        "1 to count ",
        "2 the lamps;",
        "3 to mend the lamps within a week; | 3 to mend the lamps when means allow;",
    ]
    assert table.provision("p7").base is None
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"]["provisions"] == ["p4", "p7"]


def test_at_its_end_an_empty_item_follows(table: Table) -> None:
    table.does("chair", deeds.SplitProvision("o4", 0, len("to count the lamps;") + 1))
    assert table.lines()[3:5] == ["1 to count the lamps;", "2 "]


def test_at_its_beginning_the_words_go_on_to_the_next(table: Table) -> None:
    table.does("chair", deeds.SplitProvision("o4", 0, 1))
    assert table.lines()[3:5] == ["1 ", "2 to count the lamps;"]


def test_a_single_item_and_its_second_half_both_get_a_label(table: Table) -> None:
    """And the last one left has none again."""
    table.does("chair", deeds.DeleteProvision("p5"))
    table.does("chair", deeds.MoveProvision("p6", "p2"))
    assert table.lines()[4] == "1 to count the lamps;"
    table.write("o2", texts.to_json(texts.text_of("that lamps go out,")))
    table.does("chair", deeds.DeleteProvision("p7"))
    (key, _option) = table.does("chair", deeds.SplitProvision("o2", 0, 6)).made
    assert table.lines()[1:3] == ["a) that ", "b) lamps go out,"]
    table.does("chair", deeds.JoinProvision(key))
    assert table.lines()[1] == "a) that lamps go out,"  # the adopted text had that label


def test_between_two_paragraphs_the_second_goes_with_its_label(table: Table) -> None:
    text = Text((Paragraph((Run("to count:"),), "1"), Paragraph((Run("lamps;"),), "i)", 2)))
    table.write("o4", standard(texts.to_json(text)))
    for place in (len("to count:") + 1, len("to count:") + 3):
        (key, _option) = table.does(
            "chair", deeds.SplitProvision("o4", table.version("o4"), place)
        ).made
        assert table.lines()[3:6] == ["1 to count:", "i) lamps;", table.lines()[5]]
        assert table.provision(key).level == 2
        assert table.lines()[5].startswith("2 ")
        table.does("chair", deeds.JoinProvision(key, apart=True))
        assert table.text("o4") == text


def test_the_end_of_a_call_opens_its_first_item(table: Table) -> None:
    table.does("chair", deeds.SplitProvision("o3", 0, len("resolves") + 1))
    assert table.lines()[2:5] == ["resolves", "1 ", "2 to count the lamps;"]


@pytest.mark.parametrize("place", [2, 3, 9])
def test_a_provision_is_not_parted_inside_a_word(table: Table, place: int) -> None:
    table.write("o4", texts.to_json(texts.text_of("a 😀lamp", label="1")))
    table.may_not("chair", deeds.SplitProvision("o4", 0, 4))  # inside the character
    table.write("o4", texts.to_json(texts.text_of("count lamps", label="1")))
    answer = table.may_not("chair", deeds.SplitProvision("o4", 0, place))
    assert "inside a word" in answer.reason


def test_words_that_are_joined_do_not_run_together(table: Table) -> None:
    made = table.does("chair", deeds.AddProvision("p4", words="and the oil;")).made
    table.does("chair", deeds.JoinProvision(made[0]))
    assert table.lines()[3] == "1 to count the lamps; and the oil;"


def test_adopted_text_that_is_joined_leaves_delete(table: Table) -> None:
    table.does("chair", deeds.RemoveOption("o16"))
    answer = table.does("chair", deeds.JoinProvision("p6"))
    assert table.lines()[4:] == [
        "2 to mend the lamps within a week; to report each year.",
        "3 delete",
    ]
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"] == {
        "provisions": ["p5", "p6"],
        "options": ["o5", "o6"],
        "removed": [],
    }
    assert table.may_not("chair", deeds.JoinProvision("p6")).code == "invalid"


def test_who_stands_behind_a_text_stands_behind_both_halves(table: Table) -> None:
    table.does("chair", deeds.RemoveOption("o16"))
    made = table.does("chair", deeds.SplitProvision("o5", table.version("o5"), 4)).made
    assert [str(a) for a in table.option(made[1]).attributions.all()] == ["KES/75/4 Kestria"]
    table.does("chair", deeds.JoinProvision(made[0]))
    assert [str(a) for a in table.option("o5").attributions.all()] == ["KES/75/4 Kestria"]


def test_a_note_follows_its_words_and_an_attribution_its_bracket(table: Table) -> None:
    spot = deeds.Spot("o4", 0, 10)
    (bracket,) = table.does("chair", deeds.PairBracket(spot, deeds.Spot("o4", 0, 19))).made
    table.does("chair", deeds.Attribute("o4", ["KES"], bracket))
    (note,) = table.does("chair", deeds.AddNote("o4", 2, 11, 14, "which?")).made
    (whole,) = table.does("chair", deeds.AddNote("o4", 3, 1, 1, "on all of it")).made
    made = table.does("chair", deeds.SplitProvision("o4", 3, 10)).made
    notes = {n.key: n.provision.key for n in Note.objects.all()}
    assert notes == {note: made[0], whole: "p4"}
    assert [a.bracket for a in table.option(made[1]).attributions.all()] == [bracket]
    assert not table.option("o4").attributions.exists()


# --- there and back ---------------------------------------------------------------------------

WORDS = ["count", "the", "lamps;", "and", "(oil)", "22-1/1", "réservée", "😀", "مصباح"]


def odd_text(dice: random.Random) -> Text:
    """A text with formats, markers, pending changes and notes, in several paragraphs."""
    return Text(
        tuple(
            Paragraph(
                texts.normal(pieces(dice, paragraph)),
                "1" if paragraph == 0 else dice.choice(["i)", "ii)", None]),
                1 if paragraph == 0 else 2,
            )
            for paragraph in range(dice.randrange(1, 4))
        )
    )


def pieces(dice: random.Random, paragraph: int) -> list[texts.Inline]:
    out: list[texts.Inline] = []
    for number in range(dice.randrange(0, 7)):
        key = f"k{paragraph}-{number}"
        change = PendingChange(dice.choice(["insertion", "deletion"]), key, "KES")
        changes = dice.choice([(), (), (change,)])
        match dice.randrange(8):
            case 0:
                out.append(BracketOpen(key, dice.choice(list(BracketKind)), changes=changes))
            case 1:
                out.append(BracketClose(key, changes=changes))
            case 2:
                out.append(FootnoteRef(key))
            case _:
                formats = frozenset(dice.choice([(), (), ("em",), ("strong", "underline")]))
                notes = dice.choice([(), (), ("n1",)])
                words = dice.choice(WORDS) + dice.choice([" ", " ", ""])
                out.append(Run(words, formats, changes, notes))
    return out


@pytest.mark.parametrize("seed", range(12))
def test_parting_and_joining_give_the_text_back(table: Table, seed: int) -> None:
    dice = random.Random(seed)
    text = odd_text(dice)
    content = standard(texts.to_json(text))
    table.write("o4", content)
    Note.objects.create(provision=table.provision("p4"), key="n1", text="why", kind="drafting")
    before = table.lines()
    size = sum(2 + sum(length(p) for p in one.inlines) for one in text.paragraphs)
    for place in dice.sample(range(1, size), min(size - 1, 9)):
        version = table.version("o4")
        answer = table.asks("chair", deeds.SplitProvision("o4", version, place))
        if not hasattr(answer, "made"):
            continue
        assert answer.made
        came = table.text(answer.made[1])
        apart = came.paragraphs[0].level == 2 and not within(text, place)
        table.does("chair", deeds.JoinProvision(answer.made[0], apart=apart))
        assert unlabelled(table.text("o4")) == unlabelled(text)
        assert table.option("o4").content["content"][0] == content["content"][0]
        assert table.lines()[4:] == before[4:]
        assert Note.objects.get(key="n1").provision == table.provision("p4")


def length(piece: texts.Inline) -> int:
    return len(piece.text.encode("utf-16-le")) // 2 if isinstance(piece, Run) else 1


def within(text: Text, place: int) -> bool:
    """Whether a place is not just before or after a break of paragraphs."""
    at = 0
    for number, paragraph in enumerate(text.paragraphs):
        size = 2 + sum(length(piece) for piece in paragraph.inlines)
        if at < place < at + size:
            first, last = place == at + 1 and number > 0, place == at + size - 1
            return not (first or (last and number + 1 < len(text.paragraphs)))
        at += size
    return True


def unlabelled(text: Text) -> Text:
    """A paragraph that had no label was given one as an item: that one is not compared."""
    return Text(tuple(texts.Paragraph(p.inlines, None, p.level) for p in text.paragraphs))
