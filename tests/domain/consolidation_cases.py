"""Strategies for bases and proposals: small alphabets, so that wordings meet, and any order.

Each paper numbers its footnotes for itself, and so does the base: what one calls "1" another calls
"2". `essence_of` is how two of them are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from drafting.domain.consolidation import Asked, essence
from drafting.domain.draft import Draft, Header, Note, NoteKind, Option, Provision, ProvisionKind
from drafting.domain.text import (
    FootnoteRef,
    Inline,
    Paragraph,
    Run,
    Text,
    each_paragraph,
    normal,
    plain,
    text_of,
)

WORDS = (
    "the lamps", "to keep", "shall", "should", "not", "lit", "in Castelmar,", "\u201cbright\u201d",
    "by night", "\u2013", "22-1/1", "(Rev. Orsk, 2019)", "and", "网络", "106",
)  # fmt: skip
ENDS = (";", ",", ".", "")
FOOTNOTES = ("Small islands included.", "See \u201cResolution 7\u201d.", "As of 2023;")
CODES = ("KES/75/4", "VAL/70/2", "ISL/79A2/13", "ORS/80/1", "TAM/81/3")


@st.composite
def sentences(draw: st.DrawFn, *, least: int = 1) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=7))
    return " ".join(words) + draw(st.sampled_from(ENDS))


labels = st.sampled_from((None, "a)", "b)", "1", "2", "i)"))


Notes = tuple[Note, ...]


@st.composite
def numberings(draw: st.DrawFn) -> Notes:
    """A paper's footnotes: everybody has the same ones, each under numbers of their own."""
    said = draw(st.permutations(FOOTNOTES))
    return tuple(Note(str(n), words, NoteKind.FOOTNOTE) for n, words in enumerate(said, 1))


@st.composite
def noted(draw: st.DrawFn, text: Text) -> Text:
    """The text with up to two footnotes anywhere between its words, often with none."""
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
        ref = FootnoteRef(draw(st.sampled_from(("1", "2", "3"))))
        text = with_footnote(text, ref, draw(st.integers(0, 40)))
    return text


def with_footnote(text: Text, ref: FootnoteRef, place: int) -> Text:
    """The text with a footnote after so many of its pieces of letters and words."""
    (first, *rest) = text.paragraphs
    pieces = [
        part
        for piece in first.inlines
        for part in (_words_of(piece) if isinstance(piece, Run) else [piece])
    ]
    at = min(place, len(pieces))
    inlines = normal([*pieces[:at], ref, *pieces[at:]])
    return Text((Paragraph(inlines, first.label, first.level), *rest))


def _words_of(run: Run) -> list[Run]:
    words = run.text.split(" ")
    return [replace(run, text=w + " " * (n < len(words))) for n, w in enumerate(words, 1)]


def essence_of(text: Text | None, notes: Notes) -> tuple[str, ...] | None:
    return None if text is None else essence(text, notes)


@st.composite
def wordings(draw: st.DrawFn, near: Text | None = None) -> Text:
    """A wording, often made of another by a few words."""
    afresh = near is None or draw(st.booleans())
    words = draw(sentences() if afresh or near is None else _edited(near))
    level = near.level if near else draw(st.sampled_from((1, 1, 1, 2)))
    plain_one = text_of(words, label=draw(labels), level=level)
    return with_raised(plain_one) if draw(st.booleans()) else plain_one


def with_raised(text: Text) -> Text:
    """The text with each 106 as ten to the sixth: other words, of the same letters."""
    return each_paragraph(text, lambda pieces: normal(_raised(pieces)))


def _raised(pieces: Iterable[Inline]) -> Iterator[Inline]:
    for piece in pieces:
        if not isinstance(piece, Run):
            yield piece
            continue
        for part in re.split(r"(?<=10)(6)", piece.text):
            is_height = part == "6"
            yield Run(part, piece.formats | {"sup"} if is_height else piece.formats)


@st.composite
def _edited(draw: st.DrawFn, near: Text) -> str:
    words = plain(near).split()
    at = draw(st.integers(0, len(words)))
    new = draw(st.lists(st.sampled_from(WORDS), max_size=2))
    gone = draw(st.integers(0, 2))
    return " ".join([*words[:at], *new, *words[at + gone :]]) or draw(sentences())


@st.composite
def bases(draw: st.DrawFn) -> Draft:
    provisions = []
    notes = draw(numberings())
    for n in range(1, draw(st.integers(1, 5)) + 1):
        text = draw(noted(draw(wordings())))
        option = Option(f"o{n}", text, stands=True)
        kind = ProvisionKind.ITEM
        provisions.append(Provision(f"p{n}", kind, (option,), text, text.level, notes=notes))
    return Draft(Header(), tuple(provisions))


@dataclass
class _Paper:
    """One contribution being made up, with one proposal or two."""

    name: str
    codes: tuple[str, ...]


@st.composite
def requests(draw: st.DrawFn, base: Draft) -> list[Asked]:
    """What up to five proposals ask, in the order in which their papers came."""
    codes = draw(st.permutations(CODES))
    papers = [
        _Paper("first", tuple(codes[:2])),
        *(_Paper(code, (code,)) for code in codes[2:]),
    ]
    out: list[Asked] = []
    for paper in draw(st.permutations(papers[: draw(st.integers(0, len(papers)))])):
        notes = draw(numberings())
        for asked in draw(_changes(base, paper)):
            text = asked.text and draw(noted(asked.text))
            out.append(replace(asked, text=text, notes=notes if text else ()))
    return [replace(asked, order=order) for order, asked in enumerate(out)]


@st.composite
def _changes(draw: st.DrawFn, base: Draft, paper: _Paper) -> list[Asked]:
    """One pass over the base, as a paper is read: each provision's fate, then what follows it."""
    out: list[Asked] = []
    for at, provision in enumerate((None, *base.provisions)):
        code = draw(st.sampled_from(paper.codes))
        if provision is not None:
            out += draw(_fate(provision, code, paper, at))
        after = provision.key if provision else None
        for n in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
            code = draw(st.sampled_from(paper.codes))
            key = f"{paper.name}/a{at}.{n}"
            source = draw(st.sampled_from(base.provisions)).base
            text = draw(wordings(near=source))
            out.append(Asked(code, key, "ADD", after=after, text=text, paper=paper.name))
            after = key
    return out


@st.composite
def _fate(draw: st.DrawFn, provision: Provision, code: str, paper: _Paper, at: int) -> list[Asked]:
    fate = draw(st.sampled_from(("", "", "MOD", "MOD", "(MOD)", "SUP", "NOC", "move")))
    if not fate:
        return []
    asked = Asked(code, f"{paper.name}/c{at}", fate, target=provision.key, paper=paper.name)
    assert provision.base is not None
    if fate == "move":
        text = draw(wordings(near=provision.base))
        return [replace(asked, operation="ADD", target=None, moved_from=provision.key, text=text)]
    if fate == "(MOD)":
        return [replace(asked, text=replace_label(provision.base, draw(labels), draw))]
    return [replace(asked, text=draw(wordings(near=provision.base)) if fate == "MOD" else None)]


def replace_label(text: Text, label: str | None, draw: st.DrawFn) -> Text:
    """The same words under another label and with another sign at the end."""
    bare = plain(text).rstrip(" ,;:.")
    return text_of(bare + draw(st.sampled_from(ENDS)), label=label, level=text.level)


cases = bases().flatmap(lambda base: st.tuples(st.just(base), requests(base)))
"""A base, and what is asked of it."""
