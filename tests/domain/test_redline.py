"""The redline: its laws for any two texts, and how it reads on a real negotiation."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings

from drafting.domain.redline import (
    Op,
    RedLabel,
    RedRun,
    accepted_text,
    kept_base,
    kept_text,
    redline,
    redline_words,
    unchanged,
)
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Marker,
    Paragraph,
    PendingChange,
    Run,
    Text,
    accepted,
    inlines,
    rejected,
    text_of,
)
from tests.domain import strategies
from tests.effort import within
from tests.shared import SHARED, needs_shared
from tests.tries import examples

ISL = PendingChange("insertion", "c1", "ISL/79A2/13")
KES = PendingChange("deletion", "c2", "KES/75/4")


def marked(old: str, new: str) -> str:
    """As a reader would see it: [-gone-]{+come+}."""
    signs = {Op.KEEP: "{}", Op.DEL: "[-{}-]", Op.INS: "{{+{}+}}"}
    return "".join(signs[op].format(words) for op, words in redline_words(old, new))


def runs(text: Text) -> list[Run]:
    return [piece for piece in inlines(text) if isinstance(piece, Run)]


def paragraph_words(text: Text) -> list[str]:
    return ["".join(r.text for r in p.inlines if isinstance(r, Run)) for p in text.paragraphs]


def test_a_sign_that_is_raised_is_another_word() -> None:
    ten = Text((Paragraph((Run("to mend 10"), Run("6", frozenset({"sup"})), Run(" lamps;"))),))
    (line,) = found = redline(text_of("to mend 106 lamps;"), ten)
    told = [(p.op, p.text, set(p.formats)) for p in line.pieces if isinstance(p, RedRun)]
    assert (Op.DEL, "106", set()) in told
    assert (Op.INS, "6", {"sup"}) in told
    assert kept_base(found) == ["to mend 106 lamps;"]


# --- laws -------------------------------------------------------------------------------------


@given(strategies.any_words, strategies.any_words)
@example("Orsk Haven, 2019", "Castelmar, 2023")
def test_words_kept_and_deleted_are_the_old_and_kept_and_inserted_the_new(
    old: str, new: str
) -> None:
    segments = redline_words(old, new)
    assert "".join(words for op, words in segments if op is not Op.INS) == old
    assert "".join(words for op, words in segments if op is not Op.DEL) == new


@given(strategies.any_words, strategies.any_words)
def test_segments_are_never_empty_and_a_deletion_stands_before_its_insertion(
    old: str, new: str
) -> None:
    segments = redline_words(old, new)
    assert all(words for _, words in segments)
    order = [op for op, _ in segments]
    assert all(one is not other for one, other in pairwise(order))
    assert (Op.INS, Op.DEL) not in list(pairwise(order))


@given(strategies.words, strategies.words)
def test_no_word_or_number_is_cut(old: str, new: str) -> None:
    assert_uncut(redline_words(old, new), old, new)


def assert_uncut(segments: tuple[tuple[Op, str], ...], old: str, new: str) -> None:
    for whole, other in ((old, Op.INS), (new, Op.DEL)):
        place = 0
        for op, words in segments:
            if op is other:
                continue
            place += len(words)
            around = whole[max(0, place - 1) : place + 1]
            assert not re.fullmatch(r"[0-9A-Za-z]{2}", around), (whole, place, segments)


@given(strategies.pairs)
@settings(max_examples=examples(150))
def test_rejecting_a_redline_gives_the_base(pair: tuple[Text, Text]) -> None:
    base, text = pair
    made = redline(base, text)
    assert kept_base(made) == paragraph_words(rejected(base))
    assert [p.label.old for p in made if p.op is not Op.INS] == [p.label for p in base.paragraphs]


@given(strategies.pairs)
@settings(max_examples=examples(150))
def test_accepting_a_redline_gives_the_text_with_formats_notes_and_markers(
    pair: tuple[Text, Text],
) -> None:
    base, text = pair
    made = redline(base, text)
    assert accepted_text(made) == accepted(text)
    assert kept_text(made) == paragraph_words(accepted(text))


@given(strategies.pairs)
def test_pending_changes_and_markers_are_all_there_in_order(pair: tuple[Text, Text]) -> None:
    base, text = pair
    made = redline(base, text)
    pieces = [piece for paragraph in made for piece in paragraph.pieces]
    assert [m for m in pieces if isinstance(m, Marker)] == [
        m for m in inlines(text) if isinstance(m, Marker)
    ]
    for piece in pieces:
        if isinstance(piece, RedRun):
            assert piece.text
            pending_insertion = any(c.kind == "insertion" for c in piece.changes)
            assert not pending_insertion or piece.op is Op.INS
            assert not piece.changes or piece.op is not Op.DEL


@given(strategies.pairs)
def test_a_paragraph_that_came_or_went_is_of_one_kind_throughout(pair: tuple[Text, Text]) -> None:
    for paragraph in redline(*pair):
        fates = {piece.op for piece in paragraph.pieces if isinstance(piece, RedRun)}
        assert paragraph.op is Op.KEEP or fates <= {paragraph.op}


@given(strategies.texts())
def test_a_text_without_a_base_is_all_insertion_and_a_base_without_text_all_deletion(
    text: Text,
) -> None:
    assert kept_base(redline(None, text)) == []
    assert accepted_text(redline(None, text)) == accepted(text)
    assert kept_text(redline(text, None)) == []
    assert kept_base(redline(text, None)) == paragraph_words(rejected(text))
    assert redline(None, None) == ()


@given(strategies.texts())
def test_a_text_against_itself_changes_nothing_but_what_is_pending(text: Text) -> None:
    for paragraph in unchanged(text):
        assert paragraph.op is Op.KEEP
        assert paragraph.label.old == paragraph.label.new
        for piece in paragraph.pieces:
            if isinstance(piece, RedRun) and piece.op is not Op.KEEP:
                assert any(change.kind == "insertion" for change in piece.changes)


# --- how it reads -----------------------------------------------------------------------------


SLID = "on; {+the light of B; +}the light of A; off"
SLID_BACK = "on; [-the light of B; -]the light of A; off"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("(Orsk Haven, 2019)", "(Castelmar, 2023)", "([-Orsk Haven, 2019-]{+Castelmar, 2023+})"),
        ("of WSA-19, on", "of WSA-23, on", "of [-WSA-19-]{+WSA-23+}, on"),
        ("lights and buoys", "beacons and masts", "[-lights and buoys-]{+beacons and masts+}"),
        ("to keep lights", "to keep all lights", "to keep {+all +}lights"),
        ("to keep all lights", "to keep lights", "to keep [-all -]lights"),
        ("lights, masts and buoys", "lights and buoys", "lights[-, masts-] and buoys"),
        ("Rev. 2019", "Rev. 20190", "Rev. [-2019-]{+20190+}"),
        ("Question 22-1/1;", "Question 22-1/2;", "Question [-22-1/1-]{+22-1/2+};"),
        ("on; the light of A; off", "on; the light of B; the light of A; off", SLID),
        ("on; the light of B; the light of A; off", "on; the light of A; off", SLID_BACK),
        ("keep lights, lit", "keep, masts lit", "keep[- lights-], {+masts +}lit"),
        ("(2019) lights", "(2023) masts", "([-2019-]{+2023+}) [-lights-]{+masts+}"),
        ("网络安全", "网络和安全", "网络{+和+}安全"),
        ("lights", "lights.", "lights{+.+}"),
        ("", "lights", "{+lights+}"),
        ("lights", "", "[-lights-]"),
    ],
)
def test_a_change_reads_as_a_secretary_would_mark_it(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_typography_is_matched_but_shown_as_a_change_of_the_one_word() -> None:
    assert marked("a buoy's light burns", "a buoy’s light burns") == (
        "a [-buoy's-]{+buoy’s+} light burns"
    )


def pieces(text: Text, base: Text) -> str:
    """The one paragraph as a line: markers as themselves, pending changes with < >."""
    out = ""
    for piece in redline(base, text)[0].pieces:
        match piece:
            case RedRun(text=words, op=op, changes=changes):
                shown = {Op.KEEP: words, Op.DEL: f"[-{words}-]", Op.INS: f"{{+{words}+}}"}[op]
                out += f"<{shown}>" if changes else shown
            case BracketOpen():
                out += "⟦"
            case BracketClose():
                out += "⟧"
    return out


def one(*inline: Run | Marker) -> Text:
    return Text((Paragraph(inline),))


def test_a_bracket_inside_a_word_does_not_cut_the_word() -> None:
    text = one(Run("inter"), BracketOpen("b1"), Run("nation"), BracketClose("b1"), Run("al lights"))
    assert pieces(text, text_of("international buoys")) == ("inter⟦nation⟧al [-buoys-]{+lights+}")


def test_a_deletion_stands_before_an_opening_bracket_and_after_a_closing_one() -> None:
    text = one(Run("keep "), BracketOpen("b1"), Run("masts"), BracketClose("b1"), Run(" lit"))
    assert pieces(text, text_of("keep lights lit")) == "keep [-lights-]⟦{+masts+}⟧ lit"
    assert pieces(text, text_of("keep masts, buoys lit")) == "keep ⟦masts⟧[-, buoys-] lit"


def test_pending_changes_are_laid_over_what_stands() -> None:
    text = one(
        Run("keep "), Run("lights", changes=(KES,)), Run("masts", changes=(ISL,)), Run(" lit")
    )
    assert pieces(text, text_of("keep lights lit")) == "keep <lights><{+masts+}> lit"


def test_words_inserted_by_one_and_struck_by_another_are_in_neither_reading() -> None:
    text = one(Run("keep"), Run(" all", changes=(ISL, KES)), Run(" lights"))
    made = redline(text_of("keep lights"), text)
    assert kept_base(made) == kept_text(made) == ["keep lights"]


def test_a_paragraph_added_to_an_option_is_inserted_whole() -> None:
    base = text_of("to keep every light burning through the night;", label="1")
    text = text_of(
        "to report on lights;\nto keep every light burning through the night;", label="1"
    )
    made = redline(base, text)
    assert [p.op for p in made] == [Op.INS, Op.KEEP]
    assert [p.label for p in made] == [RedLabel(None, "1"), RedLabel("1", None)]


def test_like_labels_help_two_paragraphs_to_meet() -> None:
    def items(*rows: tuple[str, str]) -> Text:
        return Text(tuple(Paragraph((Run(words),), label) for label, words in rows))

    base = items(("a)", "the lights of the north coast"), ("b)", "the masts of the south coast"))
    text = items(("b)", "the masts and rafts of the south coast"))
    assert [p.op for p in redline(base, text)] == [Op.DEL, Op.KEEP]


# --- on a real paper --------------------------------------------------------------------------


def changed_lines() -> list[tuple[str, str, str]]:
    golden = json.loads((SHARED / "cases" / "seeds-000-segments.json").read_text())
    lines = [
        (
            number,
            "".join(words for op, words in segments if op != "ins"),
            "".join(words for op, words in segments if op != "del"),
        )
        for number, segments in golden.items()
    ]
    return [line for line in lines if line[1] != line[2]]


@needs_shared
def test_the_changed_lines_of_a_real_paper_read_well() -> None:
    lines = changed_lines()
    assert len(lines) == 22
    groups = 0
    for number, old, new in lines:
        segments = redline_words(old, new)
        assert_uncut(segments, old, new)
        assert "20140" not in "".join(words for _, words in segments)
        groups += len(changed_groups(segments))
        print(f"{number:>3}  {marked(old, new)}")
    print(f"{len(lines)} lines, {groups} changes")
    assert groups <= 50


def changed_groups(segments: tuple[tuple[Op, str], ...]) -> list[str]:
    return re.findall("[cd]+", "".join({Op.KEEP: "k"}.get(op, "c") for op, _ in segments))


@needs_shared
def test_an_edition_is_replaced_as_one() -> None:
    _, old, new = changed_lines()[0]
    assert marked(old, new).endswith("(Rev. [-Guadalajara, 2010-]{+Busan, 2014+})")


# --- how long it takes ------------------------------------------------------------------------


def is_light(old: str, new: str) -> None:
    made = within(100, lambda: redline(text_of(old), text_of(new)))
    assert kept_base(made) == old.split("\n")
    assert kept_text(made) == new.split("\n")


@pytest.mark.parametrize("vocabulary", [1, 5, 300, 100_000])
def test_two_long_and_different_texts_keep_nobody_waiting(vocabulary: int) -> None:
    chance = random.Random(7)  # a fixed seed: the same texts every time

    def text() -> str:
        return " ".join(f"w{chance.randrange(vocabulary)}" for _ in range(5_000))

    is_light(text(), text() + " end")


def test_many_paragraphs_keep_nobody_waiting() -> None:
    old = "\n".join(f"lights of coast {n} and their keepers" for n in range(600))
    new = "\n".join(f"masts of shore {n} and their owners" for n in range(700))
    is_light(old, new)
