"""The consolidation law on generated bases and proposals, in any set and any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.consolidation import Asked, Style, consolidated, essence, law
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    NoteKind,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.folding import fold
from drafting.domain.lifecycle import is_contested
from drafting.domain.projection import chosen, renumbered, wording
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Paragraph,
    Run,
    Text,
    each_paragraph,
    inlines,
    plain,
    printed,
    sources,
    text_of,
)
from tests.domain.consolidation_cases import Notes, bases, cases, essence_of, requests
from tests.tries import examples

STYLES = [Style(), Style(inline=True, most_words=3), Style(inline=True, most_words=50)]
styles = st.sampled_from(STYLES)


# --- the law, told by somebody who knows nothing of how drafts are built -------------------------


Words = tuple[str, ...]


def said_by(base: Draft, asked: Sequence[Asked], code: str) -> list[Words]:
    """What one proposal says the text should be: the base with its changes, line by line."""
    own = [item for item in asked if item.code == code]
    texts = {item.target: item for item in own if item.target and item.operation != "NOC"}
    gone = {item.moved_from for item in own if item.moved_from}
    lines = list(_following(None, asked, code))
    for provision in base.provisions:
        item = texts.get(provision.key)
        words = essence_of(provision.base, provision.notes)
        if item:
            words = essence_of(item.text, item.notes)
        if words is not None and provision.key not in gone:
            lines.append(words)
        lines += _following(provision.key, asked, code)
    return lines


def _following(after: str | None, asked: Sequence[Asked], code: str) -> Iterator[Words]:
    """What a proposal adds after a place, also after what another of the same paper adds there."""
    papers = dict.fromkeys(item.paper for item in asked)
    for paper in papers:
        for item in asked:
            if item.operation == "ADD" and item.after == after and item.paper == paper:
                if item.code == code and item.text is not None:
                    yield essence(item.text, item.notes)
                yield from _following(item.key, asked, code)


def read(draft: Draft, *codes: str) -> list[Text]:
    return [provision.options[0].text for provision in chosen(draft, codes).provisions]


def words_read(draft: Draft, code: str) -> list[Words]:
    """What is read for a proposal, with the words of its footnotes."""
    provisions = chosen(draft, [code]).provisions
    return [essence(p.options[0].text, p.notes) for p in provisions]


def result(base: Draft, asked: Sequence[Asked], style: Style) -> Draft:
    return replace(base, provisions=consolidated(base, asked, style).provisions)


@given(cases, styles)
@settings(max_examples=examples(100))
def test_choosing_a_proposal_gives_exactly_its_text(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    base, asked = case
    found = consolidated(base, asked, style)
    draft = replace(base, provisions=found.provisions)
    for code in {item.code for item in asked}:
        assert words_read(draft, code) == said_by(base, asked, code)
    assert found.failures == ()
    assert found.left == ()


@given(cases, styles)
@settings(max_examples=examples(50))
def test_choosing_nobody_gives_exactly_the_base(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    base, asked = case
    assert read(result(base, asked, style)) == [p.base for p in base.provisions]


@given(cases, styles)
@settings(max_examples=examples(50))
def test_what_is_not_stacked_is_kept_to_the_letter(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    """Typography is only folded where wordings were stacked as equal, or lie within the base."""
    base, asked = case
    draft = result(base, asked, style)
    texts = {item.text and to_the_letter(item.text, item.notes) for item in asked}
    texts |= {p.base and to_the_letter(p.base, p.notes) for p in base.provisions}
    for provision in draft.provisions:
        for option in provision.options:
            if option.kind is OptionKind.TEXT and not sources(option.text):
                assert to_the_letter(option.text, provision.notes) in texts


def to_the_letter(text: Text, notes: Notes) -> Text:
    """The text with what each footnote says in place of its id."""
    said = {note.id: fold(note.text, terminal=False) for note in notes}
    return each_paragraph(
        text,
        lambda pieces: [
            replace(p, id=said[p.id]) if isinstance(p, FootnoteRef) else p for p in pieces
        ],
    )


@given(cases, styles)
@settings(max_examples=examples(50))
def test_a_footnote_of_a_provision_has_a_key_and_words_of_its_own(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    base, asked = case
    had = {note.id for p in base.provisions for note in p.notes}
    new: list[str] = []
    for provision in result(base, asked, style).provisions:
        notes = {note.id: note for note in provision.notes if note.kind is NoteKind.FOOTNOTE}
        said = [fold(note.text, terminal=False) for note in notes.values()]
        assert len(said) == len(set(said))
        pieces = [piece for option in provision.options for piece in inlines(option.text)]
        pointed = {piece.id for piece in pieces if isinstance(piece, FootnoteRef)}
        assert notes.keys() - had <= pointed <= notes.keys()
        new += [note.id for note in provision.notes if note.id not in had]
    assert len(new) == len(set(new))


@given(cases, styles)
@settings(max_examples=examples(50))
def test_nobody_stands_behind_words_they_did_not_ask_for(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    base, asked = case
    for provision in result(base, asked, style).provisions:
        for option in provision.options:
            for code in [a.code for a in option.attributions]:
                assert any(
                    _asks_for(item, provision, option) for item in asked if item.code == code
                )


def _asks_for(item: Asked, provision: Provision, option: Option) -> bool:
    if option.kind is OptionKind.DELETE:
        return provision.key in (item.moved_from, item.target) and (
            item.operation == "SUP" or bool(item.moved_from)
        )
    if item.operation == "NOC":
        return option.stands and item.target == provision.key
    read_ = essence(wording(option.text, frozenset([item.code])), provision.notes)
    return item.text is not None and essence(item.text, item.notes) == read_


@given(cases, styles)
@settings(max_examples=examples(50))
def test_every_change_is_accounted_for_once(case: tuple[Draft, list[Asked]], style: Style) -> None:
    base, asked = case
    went = consolidated(base, asked, style).went
    moves = sum(1 for item in asked if item.moved_from)
    assert len(went) == len(asked) + moves  # a move is a deletion and an addition
    assert {one.what for one in went} <= {Deciding.TAKEN_UP, Deciding.FOLDED}


@given(cases, styles)
@settings(max_examples=examples(50))
def test_keys_are_given_once_and_brackets_pair(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    base, asked = case
    draft = result(base, asked, style)
    keys = [p.key for p in draft.provisions] + [o.key for p in draft.provisions for o in p.options]
    assert len(keys) == len(set(keys))
    opened = [
        piece.id
        for p in draft.provisions
        for o in p.options
        for piece in inlines(o.text)
        if isinstance(piece, BracketOpen)
    ]
    assert len(opened) == len(set(opened))


@given(cases, styles)
@settings(max_examples=examples(50))
def test_a_second_consolidation_changes_nothing(
    case: tuple[Draft, list[Asked]], style: Style
) -> None:
    base, asked = case
    once = result(base, asked, style)
    again = consolidated(once, asked, style)
    assert again.provisions == once.provisions
    assert again.changed == ()
    assert again.failures == ()


@given(cases, styles, st.data())
@settings(max_examples=examples(50))
def test_papers_that_come_later_find_what_is_worked_on_left_as_it_is(
    case: tuple[Draft, list[Asked]], style: Style, data: st.DataObject
) -> None:
    base, asked = case
    codes = sorted({item.paper for item in asked})
    early = data.draw(st.sets(st.sampled_from(codes)) if codes else st.just(set()))
    first = [item for item in asked if item.paper in early]
    once = result(base, first, style)
    later = consolidated(once, asked, style)
    held = {p.key: p for p in later.provisions}
    for provision in once.provisions:
        if provision.key not in later.changed:
            assert held[provision.key] == provision
    assert later.failures == ()
    assert all(is_contested(held[left.provision]) or left.codes for left in later.left)


# --- the check itself ---------------------------------------------------------------------------


def _faults(draft: Draft) -> Iterator[Draft]:
    """The draft with one thing lost or wrong, in every way there is."""
    for at, provision in enumerate(draft.provisions):
        for n, option in enumerate(provision.options):
            if option.stands:
                continue
            others = provision.options[:n] + provision.options[n + 1 :]
            bare_ = replace(option, attributions=())
            for options in (others, (*others[:n], bare_, *others[n:])):
                spoilt = replace(provision, options=options)
                kept = (spoilt,) if options else ()
                yield _with(draft, at, kept)


def _with(draft: Draft, at: int, provisions: tuple[Provision, ...]) -> Draft:
    return replace(
        draft, provisions=(*draft.provisions[:at], *provisions, *draft.provisions[at + 1 :])
    )


@given(cases)
@settings(max_examples=examples(30))
def test_the_check_finds_every_wording_that_is_lost(case: tuple[Draft, list[Asked]]) -> None:
    base, asked = case
    draft = result(base, asked, Style())
    for spoilt in _faults(draft):
        assert law(base, asked, spoilt) != ()


@given(bases().flatmap(lambda b: st.tuples(st.just(b), requests(b))))
@settings(max_examples=examples(30))
def test_the_check_finds_a_base_that_was_touched(case: tuple[Draft, list[Asked]]) -> None:
    base, asked = case
    draft = result(base, asked, Style())
    for at, provision in enumerate(draft.provisions):
        standing = provision.standing
        if standing is not None:
            text = text_of(plain(standing.text) + " always", level=standing.text.level)
            options = tuple(replace(o, text=text) if o.stands else o for o in provision.options)
            assert law(base, asked, _with(draft, at, (replace(provision, options=options),))) != ()


@given(cases)
@settings(max_examples=examples(30))
def test_the_check_finds_a_footnote_that_says_something_else(
    case: tuple[Draft, list[Asked]],
) -> None:
    base, asked = case
    draft = result(base, asked, Style())
    for at, provision in enumerate(draft.provisions):
        for n, note in enumerate(provision.notes):
            if any(FootnoteRef(note.id) in inlines(o.text) for o in provision.options):
                other = replace(note, text="Something else.")
                notes = (*provision.notes[:n], other, *provision.notes[n + 1 :])
                assert law(base, asked, _with(draft, at, (replace(provision, notes=notes),))) != ()


# --- by example ---------------------------------------------------------------------------------


def draft_of(*words: str) -> Draft:
    """Numbered items whose base stands."""
    texts = [text_of(line, label=str(n)) for n, line in enumerate(words, 1)]
    return Draft(
        Header(),
        tuple(
            Provision(f"p{n}", ProvisionKind.ITEM, (Option(f"o{n}", text, stands=True),), text)
            for n, text in enumerate(texts, 1)
        ),
    )


def mod(code: str, target: str, words: str, operation: str = "MOD", **about: object) -> Asked:
    text = text_of(words, label=str(about.pop("label", "1")))
    return Asked(code, f"{code}/{target}", operation, target=target, text=text, **about)  # type: ignore[arg-type]


def add(code: str, after: str | None, words: str, label: str, **about: object) -> Asked:
    text = text_of(words, label=label, level=int(str(about.pop("level", 1))))
    return Asked(code, f"{code}/{label}", "ADD", after=after, text=text, **about)  # type: ignore[arg-type]


def behind(option: Option) -> list[str | None]:
    return [attribution.code for attribution in option.attributions]


def test_equal_wordings_are_one_option_whose_attributions_are_stacked() -> None:
    base = draft_of("to count the lamps;")
    asked = [
        mod("KES/75/4", "p1", "to count the \u201cgood\u201d lamps;"),
        mod("VAL/70/2", "p1", 'to count the "good"  lamps,', label="2"),
        mod("ISL/79A2/13", "p1", "to count good lamps;"),
    ]
    (provision,) = result(base, asked, Style()).provisions
    assert [behind(o) for o in provision.options] == [[], ["KES/75/4", "VAL/70/2"], ["ISL/79A2/13"]]
    assert provision.options[1].text == asked[0].text


def test_a_change_of_label_alone_makes_no_option() -> None:
    base = draft_of("to count the lamps;")
    found = consolidated(base, [mod("KES/75/4", "p1", "to count the lamps,", "(MOD)")], Style())
    assert found.provisions == base.provisions
    assert found.changed == ()
    assert [went.what for went in found.went] == [Deciding.FOLDED]


def test_an_editorial_change_of_words_is_an_option_like_any_other() -> None:
    base = draft_of("to apply Resolution 7 (Orsk, 2019);")
    asked = [mod("KES/75/4", "p1", "to apply Resolution 7 (Rev. Lorne, 2023);", "(MOD)")]
    (provision,) = result(base, asked, Style()).provisions
    assert [behind(o) for o in provision.options] == [[], ["KES/75/4"]]


def test_who_asks_for_no_change_stands_behind_the_base() -> None:
    base = draft_of("to count the lamps;")
    asked = [
        Asked("KES/75/4", "k1", "NOC", target="p1"),
        Asked("VAL/70/2", "v1", "SUP", target="p1"),
    ]
    (provision,) = result(base, asked, Style()).provisions
    assert [(o.kind, o.stands, behind(o)) for o in provision.options] == [
        (OptionKind.TEXT, True, ["KES/75/4"]),
        (OptionKind.DELETE, False, ["VAL/70/2"]),
    ]


def test_a_move_is_a_deletion_here_and_an_addition_there_with_a_note_on_both() -> None:
    base = draft_of("to count the lamps;", "to mend them;")
    text = text_of("to count the lamps;", label="2")
    asked = [Asked("KES/75/4", "k1", "ADD", after="p2", moved_from="p1", text=text)]
    draft = result(base, asked, Style())
    old, _, new = draft.provisions
    assert (old.options[1].kind, behind(old.options[1])) == (OptionKind.DELETE, ["KES/75/4"])
    assert (new.base, behind(new.options[0])) == (None, ["KES/75/4"])
    assert [note.by for note in (*old.notes, *new.notes)] == ["KES/75/4"] * 2


def test_a_move_is_recognised_where_the_paper_only_strikes_and_adds() -> None:
    base = draft_of("to count all lamps of the harbour;", "to mend them;")
    asked = [
        Asked("KES/75/4", "k1", "SUP", target="p1"),
        add("KES/75/4", "p2", "to count all lamps of the harbours;", "2"),
    ]
    found = consolidated(base, asked, Style())
    assert [note.by for note in found.provisions[2].notes] == ["KES/75/4"]
    assert len(found.provisions[0].options) == 2
    assert [went.provision for went in found.went] == ["p1", "p3"]


def test_in_the_inline_style_short_differences_are_alternatives_in_brackets() -> None:
    base = draft_of("to count the lamps each year;")
    asked = [
        mod("KES/75/4", "p1", "to count the lamps each month;"),
        mod("VAL/70/2", "p1", "to count the good lamps each week;"),
        mod("ISL/79A2/13", "p1", "to leave all that to whoever wants to do it in the end;"),
    ]
    (provision,) = result(base, asked, Style(inline=True, most_words=3)).provisions
    folded_, whole = provision.options
    assert printed(folded_.text) == "1\tto count the [good ]lamps each [yearmonthweek];"
    assert (folded_.stands, behind(folded_)) == (True, [])
    assert set(sources(folded_.text)) == {"KES/75/4", "VAL/70/2"}
    assert behind(whole) == ["ISL/79A2/13"]


def test_the_threshold_decides_what_is_short() -> None:
    base = draft_of("to count the lamps each year;")
    asked = [mod("KES/75/4", "p1", "to count the lamps and the buoys each year;")]
    for most, options in ((2, 2), (3, 1)):
        (provision,) = result(base, asked, Style(inline=True, most_words=most)).provisions
        assert len(provision.options) == options


def test_additions_at_one_place_follow_the_labels_their_authors_gave() -> None:
    base = draft_of("to count the lamps;")
    asked = [
        add("KES/75/4", "p1", "to paint the boats red;", "2", paper="k"),
        add("KES/75/4", "KES/75/4/2", "to refrain from:", "3", paper="k"),
        add("KES/75/4", "KES/75/4/3", "singing at night;", "i)", level=2, paper="k"),
        add("VAL/70/2", "p1", "to keep a log of all that happens;", "2", paper="v"),
    ]
    asked = [replace(item, order=n) for n, item in enumerate(asked)]
    found = consolidated(base, asked, Style())
    labels = [p.options[0].text.label for p in found.provisions]
    firsts = [behind(p.options[0]) for p in found.provisions[1:]]
    assert labels == ["1", "2", "2", "3", "i)"]
    assert firsts == [["KES/75/4"], ["VAL/70/2"], ["KES/75/4"], ["KES/75/4"]]
    assert set(found.explanations) == {p.key for p in found.provisions[1:]}


def test_additions_that_say_nearly_the_same_are_options_of_one_provision() -> None:
    base = draft_of("to count the lamps;")
    asked = [
        add("KES/75/4", "p1", "to keep a log of all that happens at night;", "2"),
        add("VAL/70/2", "p1", "to keep a log of all that happens by day;", "2"),
    ]
    draft = result(base, asked, Style())
    assert len(draft.provisions) == 2
    assert [behind(o) for o in draft.provisions[1].options] == [["KES/75/4"], ["VAL/70/2"]]
    assert draft.provisions[1].standing is None


def test_several_additions_that_two_papers_share_keep_the_order_of_both() -> None:
    base = draft_of("to count the lamps;")
    lines = ("to keep a log of all that happens;", "to paint the boats red;", "to ring the bells;")
    asked = [add("KES/75/4", "p1", words, str(n)) for n, words in enumerate(lines, 2)]
    asked += [add("VAL/70/2", "p1", words + " always", str(n)) for n, words in enumerate(lines, 2)]
    asked = [replace(item, order=n) for n, item in enumerate(asked)]
    draft = result(base, asked, Style())
    assert [[behind(o) for o in p.options] for p in draft.provisions[1:]] == [
        [["KES/75/4"], ["VAL/70/2"]]
    ] * 3
    assert [plain(p.options[0].text) for p in draft.provisions[1:]] == list(lines)


def test_what_is_not_built_still_tells_where_others_stand() -> None:
    base = draft_of("to count the lamps;", "to mend them;")
    asked = [
        add("KES/75/4", "p1", "to paint the boats red;", "2"),
        add("KES/75/4", "KES/75/4/2", "to ring all the bells;", "3", order=1),
        add("KES/75/4", "KES/75/4/3", "to keep a log;", "4", order=2),
    ]
    for skip, words in (
        ({"KES/75/4/2"}, ["to ring all the bells;", "to keep a log;"]),
        ({"KES/75/4/3"}, ["to paint the boats red;", "to keep a log;"]),
        ({"KES/75/4/2", "KES/75/4/3"}, ["to keep a log;"]),
    ):
        found = consolidated(base, asked, Style(), skip=skip)
        said = [plain(p.options[0].text) for p in found.provisions]
        assert said == ["to count the lamps;", *words, "to mend them;"]
        assert found.failures == ()


def test_what_one_proposal_asks_twice_is_kept_and_told() -> None:
    base = draft_of("to count the lamps;")
    asked = [
        mod("KES/75/4", "p1", "to count the good lamps;"),
        replace(mod("KES/75/4", "p1", "to count all lamps;"), key="k2", order=1),
    ]
    found = consolidated(base, asked, Style())
    assert [(f.provision, f.code) for f in found.failures] == [("p1", "KES/75/4")]
    assert [a.option for o in found.provisions[0].options for a in o.attributions] == ["1", "2"]


@pytest.mark.parametrize("status", [Status.AGREED, Status.AGREED_AD_REF, Status.LAPSED])
def test_closed_text_is_left_and_named(status: Status) -> None:
    base = draft_of("to count the lamps;")
    closed = replace(base, provisions=(replace(base.provisions[0], status=status),))
    found = consolidated(closed, [mod("KES/75/4", "p1", "to count all lamps;")], Style())
    assert found.provisions == closed.provisions
    assert [(left.provision, left.codes) for left in found.left] == [("p1", ("KES/75/4",))]
    assert found.failures == ()


def test_nothing_is_said_of_a_label_that_only_shifts_in_closed_text() -> None:
    base = draft_of("to count the lamps;")
    closed = replace(base, provisions=(replace(base.provisions[0], status=Status.AGREED),))
    asked = [mod("KES/75/4", "p1", "to count the lamps,", "(MOD)", label="2")]
    assert consolidated(closed, asked, Style()).left == ()


def test_text_that_was_worked_on_is_left_and_named() -> None:
    base = draft_of("to count the lamps;")
    (provision,) = base.provisions
    own = Option("o9", text_of("to count nothing;"), attributions=(Attribution(None, "Chair"),))
    worked = replace(base, provisions=(replace(provision, options=(*provision.options, own)),))
    found = consolidated(worked, [mod("KES/75/4", "p1", "to count all lamps;")], Style())
    assert found.provisions == worked.provisions
    assert [(left.provision, left.codes) for left in found.left] == [("p1", ("KES/75/4",))]


def test_a_move_is_not_made_where_the_text_it_moves_is_closed() -> None:
    base = draft_of("to count the lamps;", "to mend them;")
    closed = replace(base.provisions[0], status=Status.AGREED)
    base = replace(base, provisions=(closed, base.provisions[1]))
    text = text_of("to count the lamps;", label="2")
    asked = [Asked("KES/75/4", "k1", "ADD", after="p2", moved_from="p1", text=text)]
    assert consolidated(base, asked, Style()).provisions == base.provisions


def test_a_reading_is_numbered_anew_where_something_is_put_between() -> None:
    base = draft_of("to count the lamps;", "to mend them;")
    asked = [
        add("KES/75/4", "p1", "to paint the boats red;", "2"),
        add("VAL/70/2", "p1", "to ring all the bells;", "2"),
    ]
    draft = result(base, asked, Style())
    for codes, labels in (
        ((), ["1", "2"]),
        (("KES/75/4",), ["1", "2", "3"]),
        (("KES/75/4", "VAL/70/2"), ["1", "2", "3", "4"]),
    ):
        read_ = renumbered(draft, codes)
        assert [p.options[0].text.label for p in read_.provisions] == labels


def test_brackets_of_two_papers_are_never_taken_for_one() -> None:
    base = draft_of("to count the lamps;")
    text = Text(
        (Paragraph((Run("to count "), BracketOpen("b1"), Run("all "), BracketClose("b1"))),)
    )
    asked = [
        Asked("KES/75/4", "k1", "MOD", target="p1", text=text),
        Asked("VAL/70/2", "v1", "ADD", after="p1", text=text, order=1),
    ]
    draft = result(base, asked, Style(inline=True, most_words=50))
    ids = [
        piece.id
        for p in draft.provisions
        for o in p.options
        for piece in inlines(o.text)
        if isinstance(piece, BracketOpen)
    ]
    assert len(ids) == len(set(ids)) == 2
