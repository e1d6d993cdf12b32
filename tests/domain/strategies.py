"""Hypothesis strategies for texts: small alphabets, so that brackets, changes and words collide.

A text made here is what an editor may hold at its worst: brackets that do not pair, brackets
inside words, pending changes that overlap, several paragraphs, empty ones, Han, Arabic, and
neighbouring runs that differ in nothing but a format.
"""

from __future__ import annotations

from hypothesis import strategies as st

from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    Changes,
    FootnoteRef,
    Inline,
    Paragraph,
    PendingChange,
    Run,
    Text,
    normal,
)

WORDS = (
    "the beacon", "and", "of", ", ", "; ", " ", "  ", "\t", "\u00a0", "Orsk Haven, 2019",
    "Castelmar, 2023", "201", "4", "0", "(Rev. ", ")", "22-1/1", "22\u20111/1",
    "don't", "don\u2019t", "网络", "安全", "المنارة", "و", "e\u0301", "-", ".", "buoys ", "lights ",
    "to keep ", "a", "a ",
)  # fmt: skip

keys = st.sampled_from(("b1", "b2", "b3"))
labels = st.sampled_from((None, "a)", "b)", "1", "2bis"))

words = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
any_words = words | st.text(max_size=12)

pending: st.SearchStrategy[Changes] = st.lists(
    st.builds(
        PendingChange,
        st.sampled_from(("insertion", "deletion")),
        st.sampled_from(("c1", "c2")),
        st.sampled_from(("ISL/79A2/13", "KES/75/4")),
    ),
    max_size=2,
    unique=True,
).map(tuple)

changes: st.SearchStrategy[Changes] = st.just(()) | pending

runs = st.builds(
    Run,
    words,
    st.frozensets(st.sampled_from(("em", "strong")), max_size=1),
    changes,
    st.sampled_from(((), ("n1",))),
)
opens = st.builds(BracketOpen, keys, st.sampled_from(BracketKind), st.booleans(), changes)
closes = st.builds(BracketClose, keys, changes)
footnotes = st.builds(FootnoteRef, st.just("f1"), changes)
pieces: st.SearchStrategy[Inline] = runs | runs | opens | closes | footnotes

paragraphs = st.builds(
    Paragraph,
    st.lists(pieces, max_size=6).map(normal),
    labels,
    st.integers(0, 3),
)


@st.composite
def texts(draw: st.DrawFn, *, most: int = 3) -> Text:
    return Text(tuple(draw(st.lists(paragraphs, min_size=1, max_size=most))))


def edited(text: Text) -> st.SearchStrategy[Text]:
    """The text after somebody has been at it: pieces dropped, added, and paragraphs moved about."""

    @st.composite
    def build(draw: st.DrawFn) -> Text:
        out: list[Paragraph] = []
        for paragraph in text.paragraphs:
            fate = draw(st.sampled_from(("keep", "keep", "keep", "drop", "new before")))
            if fate == "new before":
                out.append(draw(paragraphs))
            if fate != "drop":
                out.append(draw(_edited_paragraph(paragraph)))
        return Text(tuple(out or (Paragraph(),)))

    return build()


@st.composite
def _edited_paragraph(draw: st.DrawFn, paragraph: Paragraph) -> Paragraph:
    left: list[Inline] = []
    for piece in paragraph.inlines:
        fate = draw(st.sampled_from(("keep", "keep", "keep", "drop", "add")))
        if fate == "add":
            left.append(draw(pieces))
        if fate != "drop":
            left.append(piece)
    label = draw(st.just(paragraph.label) | labels)
    return Paragraph(normal(left), label, paragraph.level)


pairs = st.tuples(texts(), texts()) | texts().flatmap(lambda t: st.tuples(st.just(t), edited(t)))
"""Two texts: strangers, or one made from the other."""
