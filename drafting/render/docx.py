"""A paper as a Word file whose tracked changes are the redline.

Laws (tested with our own reader and with LibreOffice):

- Rejecting every change gives the base, paragraph by paragraph: so the wording of a second and
  later option is an insertion, in which words the option takes from the base and strikes again
  are deleted insertions; attributions, headings, notes and brackets are insertions too.
- Accepting every change gives the text.
- The author of a change is a proposal code, a delegation's symbol, or the body: never a person.
- On a clean paper nothing is tracked but what is pending.

A paragraph that comes or goes whole carries that on its mark as well, or refusing it would leave
an empty line behind. The last paragraph, a short rule, never changes: a mark that goes needs a
paragraph after it to fall into.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count, groupby

from lxml import etree

from drafting.domain.draft import Note
from drafting.domain.furniture import body_name
from drafting.domain.paper import Against, Paper
from drafting.domain.redline import Op
from drafting.render import docx_parts as parts
from drafting.render.cleaning import cleaned
from drafting.render.flow import flow
from drafting.render.lines import Flow, Line, Piece, Role, Style, is_footnote
from drafting.render.opc import Properties, package
from drafting.render.phrases import (
    ENGLISH,
    UNDATED,
    Phrases,
    direction,
    document_title,
    language,
)
from drafting.render.wordml import el, runs, starts_rtl, styled, xml

# LibreOffice joins neighbouring changes of one author that are less than a minute apart.
_BETWEEN_CHANGES = timedelta(minutes=2)
_CHANGES_A_DAY = 360
_FIRST_CHANGE = time(8, 0)
_SECRETARIAT, _CHAIR = "Secretariat", "Chair"
_STYLES = {
    Style.NUMBER: "ResNo",
    Style.TITLE: "Restitle",
    Style.FORMULA: "Normalaftertitle",
    Style.CALL: "Call",
    Style.ATTRIBUTION: "Attribution",
    Style.HEADING: "OptionHeading",
    Style.NOTE: "Note",
    Style.NO_TEXT: "NoText",
}
_LEVELS = {2: "enumlev1", 3: "enumlev2"}


def render_docx(paper: Paper, say: Phrases = ENGLISH) -> bytes:
    """The bytes of the file, the same for the same paper."""
    paper = cleaned(paper)
    writer = _Writer(paper, flow(paper, say), say)
    body = el("body", parts.heading(paper.header))
    body.extend(writer.paragraphs())
    body.append(styled("Closing", "_" * 14))
    body.append(parts.section())
    members = {
        "styles": parts.styles(paper.header),
        "settings": parts.settings(paper.header),
        "fontTable": parts.font_table(),
        "header1": parts.page_header(paper.header),
        "header2": parts.empty_header(),
        "footer1": parts.footer(paper.header),
        "footer2": parts.footer(paper.header),
        "footnotes": parts.footnotes(writer.footnotes),
    }
    if writer.comments:
        members["comments"] = parts.comments(writer.comments)
    properties = Properties(
        document_title(paper), writer.body, language(paper.header), writer.moment(0)
    )
    return package(xml(el("document", body)), members, properties)


@dataclass
class _Writer:
    """The counters of one file: ids of changes, their dates, comments and footnotes."""

    paper: Paper
    flow: Flow
    say: Phrases
    comments: list[etree._Element] = field(default_factory=list)
    footnotes: list[etree._Element] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _changes: Iterator[int] = field(default_factory=lambda: count(0))
    _left: Counter[str] = field(default_factory=Counter)  # how many pieces still point to a note
    _open: dict[str, str] = field(default_factory=dict)  # note -> id of its comment

    @property
    def body(self) -> str:
        """In whose name the paper speaks."""
        return body_name(self.paper.header)

    def moment(self, number: int) -> datetime:
        """The date of change `number`: on the paper's day, apart from its neighbours'."""
        day = self.paper.header.date or UNDATED
        start = datetime.combine(day, _FIRST_CHANGE, UTC)
        return start + _BETWEEN_CHANGES * (number % _CHANGES_A_DAY)

    def paragraphs(self) -> Iterator[etree._Element]:
        self._left = Counter(
            key for line in self.flow.lines for piece in line.pieces for key in piece.notes
        )
        for index, line in enumerate(self.flow.lines):
            loose = self.flow.loose.get(index, ())
            if not self._is_nowhere(line):
                yield self._paragraph(self._tracked(line), loose)

    def _is_nowhere(self, line: Line) -> bool:
        """A paragraph that a copy drops stands in neither view, unless it is all the copy has."""
        copied = line.block.copy and self.paper.against is not Against.CLEAN
        return copied and bool(line.deleted) and line.block.op is not Op.DEL

    def _tracked(self, line: Line) -> Line:
        """The line as Word must see it: the wording of a copy is inserted, whatever its redline.

        The base words of a copy are put there by the body that issues the paper, so that they
        and the words of the proposal keep apart. A mark cannot be inserted and deleted at once
        (LibreOffice forgets the insertion): an option to delete leaves an empty line.
        """
        if not line.block.copy or self.paper.against is Against.CLEAN:
            return line
        by = (self._body_beside(line.block.author),)
        pieces = tuple(replace(piece, inserted=piece.inserted or by) for piece in line.pieces)
        return replace(line, pieces=pieces, inserted=(line.block.author,), deleted=())

    def _body_beside(self, author: str) -> str:
        """A body other than that author."""
        head = self.paper.header
        bodies = (self.body, head.body, head.group, head.conference, _SECRETARIAT, _CHAIR)
        return next(body for body in bodies if body and body != author)

    def _authors(self, piece: Piece) -> tuple[str, str]:
        """The one who inserts and the one who deletes; where several ask, the first.

        Word-processors take away at once what its own author strikes, so the two must differ:
        where somebody asks to strike words of his own, the body does it for him.
        """
        inserted, deleted = (piece.inserted or ("",))[0], (piece.deleted or ("",))[0]
        if deleted and inserted == deleted:
            return inserted, self._body_beside(inserted)
        return inserted, deleted

    def _paragraph(self, line: Line, loose: tuple[Note, ...]) -> etree._Element:
        paragraph = el("p", self._properties(line))
        comments = [self._comment(note) for note in loose if not is_footnote(note)]
        paragraph.extend(el("commentRangeStart", id=key) for key in comments)
        for (inserted, deleted), group in groupby(line.pieces, self._authors):
            self._group(paragraph, inserted, deleted, list(group))
        last = self._authors(line.pieces[-1]) if line.pieces else ("", "")
        for key in comments:
            self._end_comment(paragraph, key, *last)
        for note in loose:
            if is_footnote(note):
                paragraph.extend(self._wrapped([self._footnote(note)], *last))
        return paragraph

    def _properties(self, line: Line) -> etree._Element:
        """Order: pStyle, bidi, rPr. The mark's own fate stands in rPr."""
        properties = el("pPr")
        style = _style(line)
        if style:
            properties.append(el("pStyle", val=style))
        words = "".join(piece.text for piece in line.pieces if piece.role is Role.WORDS)
        if direction(self.paper.header) == "rtl" or starts_rtl(words):
            properties.append(el("bidi"))
        mark = [self._change("ins", line.inserted[0])] if line.inserted else []
        mark += [self._change("del", line.deleted[0])] if line.deleted else []
        if mark:
            properties.append(el("rPr", *mark))
        return properties

    def _group(
        self, paragraph: etree._Element, inserted: str, deleted: str, pieces: list[Piece]
    ) -> None:
        """Neighbouring pieces of one fate; comments begin and end between them."""
        content: list[etree._Element] = []

        def flush() -> None:
            paragraph.extend(self._wrapped(content, inserted, deleted))
            content.clear()

        for piece in pieces:
            starting = self._starting(piece)
            if starting:
                flush()
                paragraph.extend(el("commentRangeStart", id=key) for key in starting)
            content += self._runs(piece, deleted=bool(deleted))
            ending = self._ending(piece) + (starting if _is_shared(piece) else [])
            if ending:
                flush()
                for key in dict.fromkeys(ending):
                    self._end_comment(paragraph, key, inserted, deleted)
        flush()

    def _runs(self, piece: Piece, *, deleted: bool) -> list[etree._Element]:
        if piece.role is Role.FOOTNOTE:
            note = self.flow.notes.get(piece.mark)
            return [self._footnote(note)] if note else []
        style = "Bracket" if piece.role in (Role.OPEN, Role.CLOSE) else ""
        made = list(runs(piece.text, piece.formats, deleted=deleted, style=style))
        for key in piece.notes:
            note = self.flow.notes.get(key)
            if note and is_footnote(note) and self._left[key] == 1:
                made.append(self._footnote(note))
        return made

    def _wrapped(
        self, content: list[etree._Element], inserted: str, deleted: str
    ) -> list[etree._Element]:
        """The runs inside `w:ins` and `w:del`, the insertion outermost."""
        if not content:
            return []
        changes = [self._change("ins", inserted)] if inserted else []
        changes += [self._change("del", deleted)] if deleted else []
        if not changes:
            return list(content)
        changes[-1].extend(content)
        if len(changes) > 1:
            changes[0].append(changes[1])
        return changes[:1]

    def _change(self, tag: str, author: str) -> etree._Element:
        date_ = f"{self.moment(next(self._changes)):%Y-%m-%dT%H:%M:%SZ}"
        return el(tag, id=str(next(self._ids)), author=author, date=date_)

    # --- comments and footnotes ---------------------------------------------------------------

    def _starting(self, piece: Piece) -> list[str]:
        """Comments that begin at this piece: its notes, and who else asks for the change."""
        started = []
        for key in piece.notes:
            note = self.flow.notes.get(key)
            if note and not is_footnote(note) and key not in self._open:
                self._open[key] = self._comment(note)
                started.append(self._open[key])
        if _is_shared(piece):
            names = ", ".join(dict.fromkeys(piece.inserted + piece.deleted))
            started.append(self._add_comment(self.say.asked_by.format(names=names), self.body))
        return started

    def _ending(self, piece: Piece) -> list[str]:
        ended = []
        for key in piece.notes:
            self._left[key] -= 1
            if self._left[key] == 0 and key in self._open:
                ended.append(self._open[key])
        return ended

    def _comment(self, note: Note) -> str:
        return self._add_comment(note.text, note.by or self.body)

    def _add_comment(self, words: str, author: str) -> str:
        identity = str(len(self.comments))
        mark = el("r", el("rPr", el("rStyle", val="CommentReference")), el("annotationRef"))
        paragraphs = [styled("CommentText", line) for line in words.split("\n")]
        paragraphs[0].insert(1, mark)
        self.comments.append(
            el(
                "comment",
                *paragraphs,
                id=identity,
                author=author,
                initials=author[:9],
                date=f"{self.moment(0):%Y-%m-%dT%H:%M:%SZ}",
            )
        )
        return identity

    def _end_comment(
        self, paragraph: etree._Element, key: str, inserted: str, deleted: str
    ) -> None:
        """The end of a comment's range and its mark, which shares the fate of its words."""
        paragraph.append(el("commentRangeEnd", id=key))
        style = el("rPr", el("rStyle", val="CommentReference"))
        mark = el("r", style, el("commentReference", id=key))
        paragraph.extend(self._wrapped([mark], inserted, deleted))

    def _footnote(self, note: Note) -> etree._Element:
        """A reference to a footnote that this adds."""
        identity = str(len(self.footnotes) + 1)
        style = el("rPr", el("rStyle", val="FootnoteReference"))
        first, *rest = note.text.split("\n")
        opening = styled("FootnoteText", f"\t{first}")
        opening.insert(1, el("r", style, el("footnoteRef")))
        more = [styled("FootnoteText", line) for line in rest]
        self.footnotes.append(el("footnote", opening, *more, id=identity))
        again = el("rPr", el("rStyle", val="FootnoteReference"))
        return el("r", again, el("footnoteReference", id=identity))


def _is_shared(piece: Piece) -> bool:
    """A change that one author cannot tell: several ask for it, or somebody for his own words."""
    several = len(piece.inserted) > 1 or len(piece.deleted) > 1
    return several or bool(piece.deleted and piece.inserted == piece.deleted)


def _style(line: Line) -> str:
    """The style's id; "" is Normal. Items hang where they have a label."""
    named = _STYLES.get(line.style)
    if named:
        return named
    if line.level >= 2:
        return _LEVELS.get(line.level, "enumlev3")
    labelled = any(piece.role is Role.LABEL for piece in line.pieces)
    return "Item" if labelled and line.style is Style.ITEM else ""
