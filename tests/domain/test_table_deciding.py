"""One fork is decided by itself where a bracket holds it; what cannot be decided says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.consolidation import folded
from drafting.domain.draft import Attribution, Option, Provision, ProvisionKind
from drafting.domain.forks import reading
from drafting.domain.partings import Alternative, Fork, Part
from drafting.domain.table import laid
from drafting.domain.table.deciding import Answer, Beside, Choice, Why, choices, keys_of
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Inline,
    Paragraph,
    Run,
    Text,
    normal,
    plain,
    text_of,
)

BASE = "to mend the lamps of every harbour at once;"
KES = "to mend the lamps of every harbour within a week;"
VAL = "to mend all the lamps of every harbour in time;"


def option(key: str, words: str, *codes: str) -> Option:
    return Option(key, text_of(words), attributions=tuple(Attribution(c, literal=c) for c in codes))


def held(*wordings: tuple[str, str], base: str = BASE) -> Text:
    """All in one text, each difference in a bracket."""
    options = [option(f"o{n}", words, code) for n, (code, words) in enumerate(wordings, 20)]
    text = folded(options, text_of(base), key="o1")
    assert text is not None
    return text


def provision(*options: Option, base: str = BASE) -> Provision:
    return Provision("p1", ProvisionKind.ITEM, options, base=text_of(base))


def answers(of: Provision) -> Iterator[tuple[Alternative, Answer]]:
    """Every alternative of every fork, with what can be done about it."""
    table = laid(of)
    for parts in table.lines():
        if keys_of(parts):
            yield from _rows(parts, iter(choices(table, parts)))


def _rows(
    parts: Sequence[Part], told: Iterator[tuple[Answer, ...]]
) -> Iterator[tuple[Alternative, Answer]]:
    for part in parts:
        if isinstance(part, Fork):
            for row, answer in zip(part.alternatives, next(told), strict=True):
                yield row, answer
                yield from _rows(row.parts, told)


def said(of: Provision) -> dict[str, Answer]:
    return {row.words.strip(): answer for row, answer in answers(of)}


# --- what can be chosen -------------------------------------------------------------------------


def test_each_alternative_of_a_bracket_is_chosen_by_who_asks_for_it_or_as_the_base() -> None:
    text = held(("KES/75/4", KES), ("VAL/70/2", VAL))
    told = said(provision(Option("o1", text, stands=True)))
    assert told["all"] == Choice((("o1.1", "VAL/70/2"),))
    assert told[""] == Choice((("o1.1", "base"),))
    assert told["at once"] == Choice((("o1.2", "base"),))
    assert told["within a week"] == Choice((("o1.2", "KES/75/4"),))
    assert told["in time"] == Choice((("o1.2", "VAL/70/2"),))


def test_words_in_a_bracket_that_nobody_asks_to_change_stay_or_go() -> None:
    pieces = (Run("to mend the "), BracketOpen("b1"), Run("old "), BracketClose("b1"), Run("lamp;"))
    bracketed = Option("o1", Text((Paragraph(pieces),)), stands=True)
    told = said(provision(bracketed, base="to mend the lamp;"))
    assert told == {
        "[old ]": Choice((("b1", True),)),
        "": Choice((("b1", False),)),
    }


def bracketed(*words: str) -> Text:
    """Every other piece in a bracket, the first without."""
    pieces: list[Inline] = []
    for place, piece in enumerate(words):
        key = f"b{place}"
        held = (BracketOpen(key), Run(piece), BracketClose(key))
        pieces += held if place % 2 else (Run(piece),)
    return Text((Paragraph(normal(pieces)),))


def test_brackets_side_by_side_are_alternatives_and_each_is_chosen_alone() -> None:
    text = bracketed("that lamps ", "shall", " ", "should", " burn at night;")
    told = said(
        provision(
            Option("o1", text, stands=True),
            option("o2", "that lamps shall burn at night;", "KES/75/4"),
            base="that lamps may burn at night;",
        )
    )
    shall = Choice((("b1", True), ("b3", False)))
    should = Choice((("b1", False), ("b3", True)))
    assert told["[shall] [should]"] == Beside((("shall", shall), ("should", should)))
    assert told["shall"] == shall
    assert told["may"] is Why.NOT_IN_DRAFT


def test_a_bracket_around_more_than_the_fork_is_not_of_the_fork() -> None:
    text = bracketed("to share the data ", "free of charge in time", ";")
    told = said(
        provision(
            Option("o1", text, stands=True),
            base="to share the data free of any charge in time;",
        )
    )
    assert set(told.values()) == {Why.WHOLE}


# --- what cannot --------------------------------------------------------------------------------


def test_between_whole_options_there_is_no_bracket_to_decide() -> None:
    told = said(provision(option("o1", BASE), option("o2", KES, "KES/75/4")))
    assert set(told.values()) == {Why.WHOLE}


def test_words_of_another_option_do_not_stand_in_the_bracket() -> None:
    text = held(("KES/75/4", KES))
    late = option("o2", BASE.replace("at once", "some day"), "ISL/79A2/13")
    told = said(provision(Option("o1", text, stands=True), late))
    assert told["some day"] is Why.NOT_IN_DRAFT
    assert told["[within a week]"] == Choice((("o1.1", "KES/75/4"),))


def test_a_bracket_that_goes_on_in_other_text_is_not_of_one_fork() -> None:
    text = held(("KES/75/4", KES))
    (paragraph,) = text.paragraphs
    kept = [piece for piece in paragraph.inlines if not isinstance(piece, BracketClose)]
    told = said(provision(Option("o1", Text((replace(paragraph, inlines=tuple(kept)),)))))
    assert told["at once"] is Why.BEYOND


def test_without_a_bracket_alternatives_in_one_text_are_not_decided() -> None:
    text = held(("KES/75/4", KES))
    (paragraph,) = text.paragraphs
    kept = [p for p in paragraph.inlines if not isinstance(p, BracketOpen | BracketClose)]
    told = said(provision(Option("o1", Text((replace(paragraph, inlines=tuple(kept)),)))))
    assert told["at once"] is Why.NO_BRACKET


def test_who_differ_elsewhere_in_the_bracket_are_not_chosen_together() -> None:
    """One bracket holds two forks: at the first, two of three say the same."""
    base = "to count the lamps of each tower and to name whoever keeps them there;"
    text = held(
        ("KES/75/4", base.replace("count", "paint").replace("there", "still")),
        ("VAL/70/2", base.replace("count", "paint")),
        base=base,
    )
    (paragraph,) = text.paragraphs
    inner = [p for p in paragraph.inlines if not isinstance(p, BracketOpen | BracketClose)]
    pieces = normal((BracketOpen("b1"), *inner, BracketClose("b1")))
    told = said(provision(Option("o1", Text((replace(paragraph, inlines=pieces),))), base=base))
    assert told["paint"] is Why.APART
    assert told["count"] == Choice((("b1", "base"),))
    assert told["still"] == Choice((("b1", "KES/75/4"),))


# --- a law --------------------------------------------------------------------------------------

words = st.lists(
    st.sampled_from(("lamps", "bells", "of", "the", "tower", "at", "night", "and", "mended")),
    min_size=3,
    max_size=9,
).map(" ".join)


@given(words, st.lists(words, min_size=1, max_size=4))
def test_who_is_chosen_at_a_fork_reads_the_same_as_before(base: str, asked: list[str]) -> None:
    """Nobody's words are moved by deciding for them, and nothing of the fork is left."""
    codes = [f"KES/75/{n}" for n in range(len(asked))]
    options = [option(f"o{n}", w, c) for n, (c, w) in enumerate(zip(codes, asked, strict=True), 20)]
    text = folded(options, text_of(base), key="o1")
    if text is None:
        return
    of = provision(Option("o1", text, stands=True), base=base)
    behind = {one.key: [b.code for b in one.behind] for one in laid(of).wordings}
    for row, answer in answers(of):
        if isinstance(answer, Choice):
            after = decided(text, dict(answer.keep))
            for code in (code for key in row.keys for code in behind[key]):
                assert _reads(after, code) == _reads(text, code)
            if any("o1" in one.options for one in laid(of).wordings if one.key in row.keys):
                assert _reads(after, None) == _reads(text, None)


def _reads(text: Text, code: str | None) -> str:
    return " ".join(plain(reading(text, (code,) if code else ())).split())


def decided(text: Text, keep: dict[str, bool | str]) -> Text:
    """As the service does it: the words in each bracket as they are read for one, and no other."""
    (paragraph,) = text.paragraphs
    out: list[Inline] = []
    bracket = ""
    for piece in paragraph.inlines:
        if isinstance(piece, BracketOpen | BracketClose):
            bracket = piece.id if isinstance(piece, BracketOpen) else ""
        if bracket not in keep:
            out.append(piece)
            continue
        come = [c.source for c in piece.changes if c.kind == "insertion"]
        gone = [c.source for c in piece.changes if c.kind == "deletion"]
        if (not come or keep[bracket] in come) and keep[bracket] not in gone:
            out.append(replace(piece, changes=()))
    return Text((replace(paragraph, inlines=normal(out)),))
