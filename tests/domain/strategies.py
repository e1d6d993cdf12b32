"""Hypothesis strategies for texts: small alphabets, so that brackets, changes and words collide.

A text made here is what an editor may hold at its worst: brackets that do not pair, brackets
inside words, pending changes that overlap, several paragraphs, empty ones, Han, Arabic, and
neighbouring runs that differ in nothing but a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

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


# --- drafts -----------------------------------------------------------------------------------

attributions = st.builds(
    Attribution,
    st.sampled_from(("ISL/79A2/13", "KES/75/4", None)),
    st.sampled_from((None, "Kestria")),
    st.sampled_from((None, "1")),
    literal=st.sampled_from(("", "KES/75/4 – Kestria")),
    bracket=st.sampled_from((None, None, "b1")),
)


@st.composite
def option_lists(draw: st.DrawFn, keys: Iterator[str]) -> tuple[Option, ...]:
    count = draw(st.sampled_from((1, 1, 2, 3)))
    stands = draw(st.sampled_from((0, 0, 0, 1, 2, None)))
    return tuple(draw(_options(next(keys), stands=place == stands)) for place in range(count))


@st.composite
def _options(draw: st.DrawFn, key: str, *, stands: bool) -> Option:
    kind = draw(st.sampled_from((OptionKind.TEXT,) * 4 + (OptionKind.DELETE, OptionKind.NO_TEXT)))
    text = draw(texts(most=2))
    if kind is not OptionKind.TEXT:
        marks = draw(st.lists(opens | closes, max_size=2).map(tuple))
        text = Text((Paragraph(marks, text.label, text.level),))
    heading = draw(st.sampled_from((None, None, "Option 1")))
    named = draw(st.lists(attributions, max_size=2).map(tuple))
    return Option(key, text, kind, stands, heading, named)


@st.composite
def provisions(draw: st.DrawFn, key: str, option_keys: Iterator[str]) -> Provision:
    options = draw(option_lists(option_keys))
    base = draw(st.none() | texts(most=2))
    if base is not None and draw(st.booleans()):
        options = (Option(options[0].key, draw(st.just(base) | edited(base)), stands=True),)
    return Provision(
        key,
        draw(st.sampled_from(ProvisionKind)),
        options,
        base,
        status=draw(st.sampled_from((Status.OPEN,) * 5 + tuple(Status))),
        notes=draw(st.sampled_from(((), (Note("n1", "to be checked", by="KES/75/4"),)))),
        placed=draw(st.sampled_from((True, True, False))),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Whole drafts, with moves: a provision left behind anywhere, standing anywhere else."""
    option_keys = (f"o{n}" for n in count(1))
    size = draw(st.integers(0, 4))
    found = [draw(provisions(f"p{n}", option_keys)) for n in range(1, size + 1)]
    if draw(st.booleans()):
        old = draw(provisions("p90", option_keys))
        new = draw(provisions("p91", option_keys))
        gone = Option("o90", Text((Paragraph(),)), OptionKind.DELETE, stands=True)
        others = tuple(replace(option, stands=False) for option in old.options[1:])
        left = (gone, *draw(st.sampled_from(((), others))))
        old = replace(old, base=draw(texts(most=2)), options=left, moved_to="p91")
        found.insert(draw(st.integers(0, len(found))), old)
        new = replace(new, base=None, moved_from="p90")
        found.insert(draw(st.integers(0, len(found))), new)
    return Draft(Header(), tuple(found))


@st.composite
def later(draw: st.DrawFn, draft: Draft) -> Draft:
    """The draft some meetings later: options and provisions come, go, change and change places."""
    option_keys = (f"o{n}" for n in count(200))
    left: list[Provision] = []
    for provision in draft.provisions:
        fate = draw(st.sampled_from(("keep", "keep", "change", "change", "drop", "anew")))
        if fate == "anew":
            left.append(draw(provisions(f"p{200 + len(left)}", option_keys)))
        if fate == "change":
            provision = replace(provision, options=draw(_later_options(provision, option_keys)))
        if fate != "drop":
            left.append(provision)
    if draw(st.booleans()):
        left = draw(st.permutations(left))
    return Draft(draft.header, tuple(left))


@st.composite
def _later_options(
    draw: st.DrawFn, provision: Provision, option_keys: Iterator[str]
) -> tuple[Option, ...]:
    kept = [o for o in provision.options if draw(st.booleans())] or [provision.options[0]]
    kept = [replace(o, text=draw(edited(o.text))) if o.kind is OptionKind.TEXT else o for o in kept]
    new = [replace(o, stands=False) for o in draw(option_lists(option_keys))]
    return tuple(draw(st.permutations([*kept, *draw(st.just(new) | st.just([]))])))
