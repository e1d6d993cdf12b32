"""Papers: what they say of the base and of the text, in every comparison, for any draft."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Note,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.furniture import attribution_line, base_name, body_name
from drafting.domain.paper import Against, Block, BlockKind, Paper, compose
from drafting.domain.redline import Op, RedRun, accepted_text, kept_base, kept_text
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Marker,
    Paragraph,
    PendingChange,
    Run,
    Text,
    accepted,
    rejected,
    text_of,
)
from drafting.domain.wordings import printed
from tests.domain import strategies
from tests.tries import examples

two_drafts = strategies.drafts().flatmap(lambda d: st.tuples(st.just(d), strategies.later(d)))


def words_of(text: Text) -> list[str]:
    return ["".join(r.text for r in p.inlines if isinstance(r, Run)) for p in text.paragraphs]


def told_base(paper: Paper) -> list[str]:
    return [w for b in paper.blocks if not b.copy for w in kept_base(b.paragraphs)]


def told_labels(paper: Paper) -> list[str | None]:
    return [
        p.label.old
        for block in paper.blocks
        if not block.copy
        for p in block.paragraphs
        if p.op is not Op.INS
    ]


def open_texts(draft: Draft) -> list[tuple[str, Text]]:
    """What each option says once its pending changes are accepted."""
    return [
        (item.key, accepted(item.text))
        for provision in draft.provisions
        for item in printed(provision)
        if item.text is not None
    ]


def told_texts(draft: Draft, paper: Paper) -> list[tuple[str, Text]]:
    expected = dict(open_texts(draft))
    told = []
    for block in paper.blocks:
        left = accepted_text(block.paragraphs)
        if left is not None and block.option in expected:
            told.append((block.option, left))
        else:
            assert "".join(kept_text(block.paragraphs)) == ""
    return told


# --- laws -------------------------------------------------------------------------------------


@given(strategies.drafts())
@settings(max_examples=examples(60))
def test_a_paper_against_the_base_gives_the_base_in_order(draft: Draft) -> None:
    bases = [rejected(p.base) for p in draft.provisions if p.base is not None]
    paper = compose(draft, Against.BASE)
    assert told_base(paper) == [words for base in bases for words in words_of(base)]
    assert told_labels(paper) == [p.label for base in bases for p in base.paragraphs]


@given(two_drafts)
@settings(max_examples=examples(60))
def test_a_paper_against_a_revision_gives_that_revision_in_order(
    pair: tuple[Draft, Draft],
) -> None:
    earlier, now = pair
    paper = compose(now, Against.REVISION, earlier)
    stood = [rejected(i.text) for p in earlier.provisions for i in printed(p) if i.text]
    assert told_base(paper) == [words for text in stood for words in words_of(text)]
    assert told_labels(paper) == [p.label for text in stood for p in text.paragraphs]


@given(two_drafts, st.sampled_from(Against))
@settings(max_examples=examples(60))
def test_every_paper_gives_every_open_wording_in_order(
    pair: tuple[Draft, Draft], against: Against
) -> None:
    earlier, now = pair
    assert told_texts(now, compose(now, against, earlier)) == open_texts(now)


@given(strategies.drafts())
@settings(max_examples=examples(50))
def test_a_clean_paper_marks_nothing_but_what_is_pending(draft: Draft) -> None:
    for block in compose(draft, Against.CLEAN).blocks:
        assert block.moved_from is block.moved_to is None
        for paragraph in block.paragraphs:
            assert paragraph.op is Op.KEEP
            assert paragraph.label.old == paragraph.label.new
            for piece in paragraph.pieces:
                if isinstance(piece, RedRun) and piece.op is not Op.KEEP:
                    assert any(change.kind == "insertion" for change in piece.changes)


@given(two_drafts, st.sampled_from(Against))
@settings(max_examples=examples(50))
def test_no_bracket_of_an_open_wording_is_lost(pair: tuple[Draft, Draft], against: Against) -> None:
    earlier, now = pair
    paper = compose(now, against, earlier)
    told = [m for b in paper.blocks for p in b.paragraphs for m in p.pieces if _is_bracket(m)]
    for provision in now.provisions:
        if provision.status in (Status.LAPSED, Status.DELETED):
            continue
        for option in provision.options:
            for paragraph in option.text.paragraphs:
                for piece in paragraph.inlines:
                    assert not _is_bracket(piece) or piece in told


def _is_bracket(piece: object) -> bool:
    return isinstance(piece, BracketOpen | BracketClose)


@given(two_drafts, st.sampled_from(Against))
@settings(max_examples=examples(50))
def test_lines_have_no_paragraphs_and_wordings_have_some(
    pair: tuple[Draft, Draft], against: Against
) -> None:
    earlier, now = pair
    for block in compose(now, against, earlier).blocks:
        assert bool(block.paragraphs) is (block.kind is BlockKind.WORDING)
        assert block.author


@given(strategies.drafts())
@settings(max_examples=examples(50))
def test_a_draft_against_itself_changes_nothing(draft: Draft) -> None:
    for block in compose(draft, Against.REVISION, draft).blocks:
        assert block.op is Op.KEEP


# --- what a paper looks like ------------------------------------------------------------------

HEADER = Header(group="Ad Hoc Group on Resolution 64", base_name="Resolution 64 (Rev. Tarn, 2022)")
ISL = Attribution("ISL/79A2/13", "Islands")
KES = Attribution("KES/75/4", literal="KES/75/4 Kestria")


def option(
    key: str, words: str, *who: Attribution, kind: OptionKind = OptionKind.TEXT, **more: object
) -> Option:
    return Option(key, text_of(words, label="1"), kind, attributions=who, **more)  # type: ignore[arg-type]


def item(key: str, *options: Option, base: str | None = None, **more: object) -> Provision:
    old = None if base is None else text_of(base, label="1")
    return Provision(key, ProvisionKind.ITEM, options, old, **more)  # type: ignore[arg-type]


def paper(*provisions: Provision, against: Against = Against.BASE) -> Paper:
    return compose(Draft(HEADER, provisions), against)


def shown(paper: Paper) -> list[str]:
    """Every block in a line: what it is, and its words with [-gone-] {+come+} <pending>."""
    return [_shown(block) for block in paper.blocks]


def _shown(block: Block) -> str:
    words = " / ".join("".join(map(_piece, p.pieces)) for p in block.paragraphs)
    flags = ["copy"] * block.copy
    flags += [f"from {block.moved_from}"] if block.moved_from else []
    flags += [f"to {block.moved_to}"] if block.moved_to else []
    about = " ".join([block.kind, *flags])
    return f"{about}: {words or block.line} ({block.author})"


def _piece(piece: RedRun | Marker) -> str:
    match piece:
        case RedRun(text=words, op=op, changes=changes):
            out = {Op.KEEP: words, Op.DEL: f"[-{words}-]", Op.INS: f"{{+{words}+}}"}[op]
            return f"<{out}>" if changes else out
        case BracketOpen():
            return "⟦"
        case _:
            return "⟧"


def test_options_stand_under_their_attributions_and_headings_and_the_base_is_told_once() -> None:
    provision = item(
        "p1",
        option("o1", "keep lights", stands=True),
        option("o2", "keep masts", ISL, KES, heading="Option 1"),
        option("o3", "", KES, kind=OptionKind.DELETE),
        option("o4", "", ISL, kind=OptionKind.NO_TEXT),
        base="keep buoys",
    )
    assert shown(paper(provision)) == [
        "wording: keep [-buoys-]{+lights+} (AHG 64)",
        "attribution: ISL/79A2/13 – Islands (ISL/79A2/13)",
        "attribution: KES/75/4 Kestria (KES/75/4)",
        "heading: Option 1 (ISL/79A2/13)",
        "wording copy: keep [-buoys-]{+masts+} (ISL/79A2/13)",
        "attribution: KES/75/4 Kestria (KES/75/4)",
        "wording copy: [-keep buoys-] (KES/75/4)",
        "attribution: ISL/79A2/13 – Islands (ISL/79A2/13)",
        "no_text:  (ISL/79A2/13)",
    ]


def test_on_a_clean_paper_a_wish_to_delete_shows_the_words_that_would_go() -> None:
    provision = item(
        "p1",
        option("o1", "keep lights", stands=True),
        option("o3", "", KES, kind=OptionKind.DELETE),
        base="keep buoys",
    )
    assert shown(paper(provision, against=Against.CLEAN)) == [
        "wording: keep lights (AHG 64)",
        "attribution: KES/75/4 Kestria (KES/75/4)",
        "wording copy: <keep buoys> (KES/75/4)",
    ]


def test_a_base_provision_that_the_text_has_not_is_struck_and_absent_from_a_clean_paper() -> None:
    gone = item("p1", option("o1", "", kind=OptionKind.DELETE, stands=True), base="keep buoys")
    assert shown(paper(gone)) == ["wording: [-keep buoys-] (AHG 64)"]
    assert shown(paper(gone, against=Against.CLEAN)) == []


def test_a_moved_provision_is_told_where_it_was_left_and_redlined_where_it_stands() -> None:
    left = item(
        "p1",
        option("o1", "", kind=OptionKind.DELETE, stands=True),
        base="keep buoys",
        moved_to="p2",
    )
    stands = item("p2", option("o2", "keep all buoys", stands=True), moved_from="p1")
    assert shown(paper(left, stands)) == [
        "wording to p2: [-keep buoys-] (AHG 64)",
        "wording copy from p1: keep {+all +}buoys (AHG 64)",
    ]
    assert shown(paper(left, stands, against=Against.CLEAN)) == ["wording: keep all buoys (AHG 64)"]


def test_what_others_ask_of_a_provision_that_was_left_behind_is_a_copy() -> None:
    gone = option("o1", "", kind=OptionKind.DELETE, stands=True)
    asked = option("o2", "keep all buoys", KES)
    left = item("p1", gone, asked, base="keep buoys", moved_to="p2")
    assert shown(paper(left)) == [
        "wording to p2: [-keep buoys-] (AHG 64)",
        "attribution: KES/75/4 Kestria (KES/75/4)",
        "wording copy: keep {+all +}buoys (KES/75/4)",
    ]


def test_brackets_around_a_deletion_stay_around_it() -> None:
    marks = (BracketOpen("b1"), BracketClose("b1"))
    asked = Option("o1", Text((Paragraph(marks, "1"),)), OptionKind.DELETE)
    provision = item("p1", asked, base="keep buoys")
    assert shown(paper(provision)) == ["wording: ⟦[-keep buoys-]⟧ (AHG 64)"]


def test_pending_changes_stay_visible_on_a_clean_paper() -> None:
    asked = PendingChange("insertion", "c1", "ISL/79A2/13")
    text = Text((Paragraph((Run("keep"), Run(" all", changes=(asked,)), Run(" lights"))),))
    provision = item("p1", Option("o1", text, stands=True))
    assert shown(paper(provision, against=Against.CLEAN)) == [
        "wording: keep<{+ all+}> lights (AHG 64)"
    ]


def test_a_lapsed_provision_prints_its_base_and_shows_its_wordings_struck() -> None:
    lapsed = item("p1", option("o1", "keep lights", ISL), status=Status.LAPSED)
    assert shown(paper(lapsed)) == [
        "attribution: ISL/79A2/13 – Islands (ISL/79A2/13)",
        "wording copy: [-keep lights-] (ISL/79A2/13)",
    ]
    assert shown(paper(lapsed, against=Against.CLEAN)) == []


def test_a_drafting_note_stands_before_the_wording_it_is_on_and_once() -> None:
    noted = Text((Paragraph((Run("keep masts", notes=("n1",)),)),))
    provision = item(
        "p1",
        option("o1", "keep lights", stands=True),
        Option("o2", noted, attributions=(KES,)),
        notes=(Note("n1", "to be checked", by="VAL/70/2"), Note("n2", "all of it")),
    )
    assert [line for line in shown(paper(provision)) if line.startswith(("note", "wording"))] == [
        "note: all of it (AHG 64)",
        "wording: {+keep lights+} (AHG 64)",
        "note: to be checked - VAL/70/2 (VAL/70/2)",
        "wording copy: {+keep masts+} (KES/75/4)",
    ]


def test_against_a_revision_options_are_followed_by_their_keys() -> None:
    then = item("p1", option("o1", "keep buoys", stands=True), option("o2", "keep masts", KES))
    now = item("p1", option("o1", "keep all buoys", stands=True), option("o3", "keep oars", ISL))
    made = compose(
        Draft(HEADER, (now, item("p2", option("o4", "report")))),
        Against.REVISION,
        Draft(Header(revision=1), (item("p0", option("o0", "note")), then)),
    )
    assert made.against_name == "Revision 1"
    assert shown(made) == [
        "wording: [-note-] (AHG 64)",
        "wording: keep {+all +}buoys (AHG 64)",
        "wording: [-keep masts-] (KES/75/4)",
        "attribution: ISL/79A2/13 – Islands (ISL/79A2/13)",
        "wording: {+keep oars+} (ISL/79A2/13)",
        "wording: {+report+} (AHG 64)",
    ]


def test_options_and_provisions_that_changed_places_are_told_where_they_were() -> None:
    one, other = option("o1", "keep buoys"), option("o2", "keep masts")
    first, second = item("p1", one, other), item("p2", option("o3", "report"))
    earlier = Draft(HEADER, (first, second))
    turned = Draft(HEADER, (item("p1", other, one), second))
    assert shown(compose(turned, Against.REVISION, earlier)) == [
        "wording copy: keep masts (AHG 64)",
        "wording: keep buoys (AHG 64)",
        "wording: [-keep masts-] (AHG 64)",
        "wording: report (AHG 64)",
    ]
    assert shown(compose(Draft(HEADER, (second, first)), Against.REVISION, earlier)) == [
        "wording copy from p2: report (AHG 64)",
        "wording: keep buoys (AHG 64)",
        "wording: keep masts (AHG 64)",
        "wording to p2: [-report-] (AHG 64)",
    ]


def test_a_new_wish_to_delete_shows_against_a_revision_the_words_that_would_go() -> None:
    stands, gone = option("o1", "keep buoys", stands=True), option("o2", "", KES)
    gone = Option("o2", gone.text, OptionKind.DELETE, attributions=(KES,))
    earlier = Draft(HEADER, (item("p1", stands, base="keep buoys"),))
    now = Draft(HEADER, (item("p1", stands, gone, base="keep buoys"),))
    made = compose(now, Against.REVISION, earlier)
    assert shown(made)[1:] == [
        "attribution: KES/75/4 Kestria (KES/75/4)",
        "wording copy: <keep buoys> (KES/75/4)",
    ]
    assert [block.op for block in made.blocks] == [Op.KEEP, Op.INS, Op.KEEP]


def test_a_provision_moved_since_the_revision_is_set_beside_its_old_words() -> None:
    stood = item("p1", option("o1", "keep buoys", stands=True))
    left = item("p1", option("o9", "", kind=OptionKind.DELETE, stands=True), moved_to="p2")
    stands = item("p2", option("o2", "keep all buoys", stands=True), moved_from="p1")
    made = compose(Draft(HEADER, (left, stands)), Against.REVISION, Draft(HEADER, (stood,)))
    assert shown(made) == [
        "wording to p2: [-keep buoys-] (AHG 64)",
        "wording copy from p1: keep {+all +}buoys (AHG 64)",
    ]


def no_text(key: str) -> Option:
    """A bracketed option that asks for no text."""
    return Option(
        key, Text((Paragraph((BracketOpen("b1"), BracketClose("b1"))),)), OptionKind.NO_TEXT
    )


def test_an_option_that_has_come_to_say_no_text_says_so_and_keeps_its_brackets() -> None:
    then = Draft(Header(revision=1), (item("p1", option("o1", "keep buoys")),))
    assert shown(compose(Draft(HEADER, (item("p1", no_text("o1")),)), Against.REVISION, then)) == [
        "wording: [-keep buoys-] (AHG 64)",
        "wording copy: ⟦ (AHG 64)",
        "no_text:  (AHG 64)",
        "wording copy: ⟧ (AHG 64)",
    ]


def test_no_text_in_a_provision_that_moved_says_so_and_keeps_its_brackets() -> None:
    buoys, masts = item("p1", option("o1", "keep buoys")), item("p2", option("o2", "keep masts"))
    moved = item("p2", option("o2", "keep masts"), no_text("o3"))
    then = Draft(Header(revision=1), (buoys, masts))
    assert shown(compose(Draft(HEADER, (moved, buoys)), Against.REVISION, then))[:4] == [
        "wording copy from p2: keep masts (AHG 64)",
        "wording copy: ⟦ (AHG 64)",
        "no_text:  (AHG 64)",
        "wording copy: ⟧ (AHG 64)",
    ]


def test_a_paper_against_a_revision_needs_that_revision() -> None:
    with pytest.raises(ValueError, match="Revision"):
        compose(Draft(HEADER), Against.REVISION)


def test_a_paper_knows_its_title_states_and_names() -> None:
    title = Provision("p1", ProvisionKind.TITLE, (Option("o1", text_of("On\nlights")),))
    made = paper(title, item("p2", option("o2", "keep", ISL)))
    assert (made.title, made.against_name) == ("On lights", "Resolution 64 (Rev. Tarn, 2022)")
    assert [(s.key, s.options, s.contested) for s in made.states] == [
        ("p1", 1, False),
        ("p2", 1, True),
    ]


@pytest.mark.parametrize(
    ("attribution", "line"),
    [
        (Attribution("KES/75/4"), "KES/75/4"),
        (Attribution("KES/75/4", "Kestria"), "KES/75/4 – Kestria"),
        (Attribution("KES/75/4", "Kestria", "1"), "KES/75/4 – Kestria - option 1"),
        (Attribution(None, "Kestria"), "Kestria"),
        (Attribution("KES/75/4", note="to be checked"), "to be checked - KES/75/4"),
        (Attribution("KES/75/4", literal="as printed"), "as printed"),
    ],
)
def test_an_attribution_is_a_line_as_papers_print_it(attribution: Attribution, line: str) -> None:
    assert attribution_line(attribution) == line


def test_the_body_and_the_base_have_short_names() -> None:
    assert body_name(Header(group="WGPL Ad Hoc Group on Resolution 130")) == "AHG 130"
    assert body_name(Header(body="WGPL 5 AHG")) == "WGPL 5 AHG"
    assert body_name(Header()) == "DL/1"
    assert base_name(Header(base_name="Resolution 9")) == "Resolution 9"
