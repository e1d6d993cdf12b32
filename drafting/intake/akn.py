"""Reads Akoma Ntoso 3.0, ours and others', valid or nearly so.

Rules:

- Elements are known by their names, not by their places: what the schema forbids is still read.
- `ins` and `del` are changes; their author is the proposal or body that the analysis names.
- A pair of markers is "[" and "]"; one inside a number stands before the label, as it is printed.
- In a file that is marked against an adopted text, that text is told once: brackets, lines about
  the text, and the options that stand beside another are insertions, as in a Word file.
- Attributions, option headings and remarks stand in lines of their own before what they are about.
- No document type, no entity, no network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from drafting.domain.codes import parse_attribution_line
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.akn_meta import Meta, local, target, within, words_of
from drafting.intake.akn_words import KINDS, PLAIN, SKIPPED, Look, Words, hung, stripped
from drafting.intake.characters import without_unwanted
from drafting.intake.docx_package import Element, parse
from drafting.intake.parsed import Change, ChangeKind, ParsedPaper, ParsedParagraph, ParsedRun
from drafting.intake.unreadable import Unreadable

DAMAGED = _("This AKN file is damaged: export it again and send that.")
NO_TEXT = _("This AKN file has no text.")

ITEMS = frozenset({"recital", "item", "paragraph", "subparagraph", "point", "indent"})
LISTS = frozenset({"blockList", "list", "ul", "ol"})
INTROS = frozenset({"intro", "wrapUp", "listIntroduction", "listWrapUp"})
OF_WORDS = frozenset({"p", "heading", "subheading", "crossHeading", "block", "listIntroduction"})
CELLS = frozenset({"td", "th"})
BLOCKS = (
    ITEMS | LISTS | INTROS | OF_WORDS | CELLS | {"table", "tr", "content", "container", "li", "num"}
)
STYLES = {"heading": "Call", "docNumber": "ResNo", "docTitle": "Restitle"}
LEVELS = ("", "enumlev1", "enumlev2", "enumlev3")

Cell = tuple[int, int, int]


def read_akn(data: bytes) -> ParsedPaper:
    """The paper in the bytes of an AKN file. Raises Unreadable with a sentence."""
    root = parse(data, DAMAGED)
    if local(root) != "akomaNtoso":
        raise Unreadable(_("This XML is not Akoma Ntoso: send Word (.docx), text or AKN."))
    document = next(iter(root), None)
    if document is None:
        raise Unreadable(NO_TEXT)
    words = Words(Meta(document))
    reader = _Reader(words)
    reader.read(document)
    if not reader.paragraphs:
        raise Unreadable(NO_TEXT)
    paragraphs = tuple(reader.paragraphs)
    warnings = tuple(_warnings(document))
    return without_unwanted(
        ParsedPaper("akn", paragraphs, words.comments, words.footnotes, warnings)
    )


def _warnings(document: Element) -> Iterator[str]:
    if next(within(document, "componentRef", "documentRef"), None) is not None:
        yield _("The file points to other files; they were left out.")
    if next(within(document, "img"), None) is not None:
        yield _("The file holds pictures; they were left out.")


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for a block: the changes around it, its table cell, how deep in lists it is."""

    look: Look = PLAIN
    cell: Cell | None = None
    depth: int = 0


@dataclass(slots=True)
class _Reader:
    """Walks a document once, in order."""

    words: Words
    paragraphs: list[ParsedParagraph] = field(default_factory=list)
    _number: list[ParsedRun] = field(default_factory=list)  # a label that waits for its words
    _told: set[str] = field(default_factory=set)  # notes that have had their line
    _tables: int = 0

    def read(self, document: Element) -> None:
        """The whole document."""
        self.blocks(document, _Around())
        self._flush(_Around())

    # --- Blocks ---------------------------------------------------------------------------------

    def blocks(self, holder: Iterable[Element], around: _Around) -> None:
        for item in holder:
            self._block(item, around)

    def _block(self, item: Element, around: _Around) -> None:
        name = local(item)
        if not name or name in SKIPPED:
            return
        if name in KINDS:
            who = next(iter(self.words.meta.proposers(item)), "")
            self._contents(item, replace(around, look=around.look.changed(KINDS[name], who)))
        elif name == "num":
            self._flush(around)
            self._number = stripped(list(self.words.runs(item, around.look)))
        elif name == "table" and not _has_words(item):
            self._table(item, around)
        elif name in ITEMS or _is_option(item):
            self._item(item, around)
        elif name in OF_WORDS:
            self._tell(self._remarks([item]), around)
            self._emit(list(self.words.runs(item, around.look)), around, _style(item, around))
        else:
            self._contents(item, self._inside(item, name, around))

    def _contents(self, holder: Element, around: _Around, without: str = "") -> None:
        """What stands in an element, but for its children of one name."""
        if _has_words(holder):
            self._mixed(holder, around, without)
        else:
            self.blocks((part for part in holder if local(part) != without), around)

    def _inside(self, item: Element, name: str, around: _Around) -> _Around:
        if name in LISTS:
            return replace(around, depth=around.depth + 1)
        parent = item.getparent()
        of_list = name in INTROS and parent is not None and local(parent) in LISTS
        return replace(around, depth=around.depth - 1) if of_list else around

    def _mixed(self, item: Element, around: _Around, without: str) -> None:
        """Words and blocks side by side: the words between two blocks are a paragraph."""
        self._tell(self._remarks(child for child in item if local(child) not in BLOCKS), around)
        style = _style(item, around)
        waiting = list(self.words.text(item.text, around.look))
        for child in item:
            if local(child) in BLOCKS:
                self._emit(waiting, around, style)
                waiting = []
            if local(child) == without:
                pass
            elif local(child) in BLOCKS:
                self._block(child, around)
            else:
                waiting += self.words.inline(child, around.look)
            waiting += self.words.text(child.tail, around.look)
        self._emit(waiting, around, style)

    def _table(self, table: Element, around: _Around) -> None:
        number, row = self._tables, -1
        self._tables += 1
        for part in table:
            if local(part) == "tr" and not _has_words(part):
                row += 1
                self._row(part, replace(around, cell=(number, row, -1)))
            else:
                self._block(part, around)

    def _row(self, row: Element, around: _Around) -> None:
        table, at, column = around.cell or (0, 0, -1)
        for part in row:
            if local(part) not in CELLS:
                self._block(part, around)
                continue
            column += 1
            inner = replace(around, cell=(table, at, column))
            self._contents(part, inner)
            self._flush(inner)

    # --- Items and options ----------------------------------------------------------------------

    def _item(self, item: Element, around: _Around) -> None:
        """What is said about an item, then its number and words, then what hangs below it."""
        self._flush(around)
        lines = self._about(item)
        if self.words.meta.is_marked and _is_copy(item):
            around = replace(around, look=around.look.inserted(self.words.meta.body))
        self._tell(lines, around)
        self._contents(item, around, without="heading")
        self._flush(around)

    def _about(self, item: Element) -> list[str]:
        """Who stands behind it, its heading, the remarks on it: the lines in printed order."""
        own = list(_own_parts(item))
        headings = [part for part in item if local(part) == "heading"]
        remarks = self._remarks([*own, *headings])
        named = [line for line in remarks if parse_attribution_line(line)]
        if not named and not self._waits_for(own):
            named = list(self._implied(item, own))
        others = [line for line in remarks if line not in named]
        return [*named, *filter(None, map(words_of, headings)), *others]

    def _waits_for(self, own: list[Element]) -> bool:
        """Whether some remark on it has had its line already."""
        refs = (ref for part in own for ref in within(part, "noteRef"))
        notes = (self.words.meta.notes.get(target(ref, "href")) for ref in refs)
        return any(note is not None and note.is_remark for note in notes)

    def _implied(self, item: Element, own: list[Element]) -> Iterator[str]:
        """Attributions that stand in no line: an option's name, and those who change together."""
        meta = self.words.meta
        if _is_option(item):
            named = meta.named_after(item)
            if named:
                yield named
            return
        for change in (c for part in own for c in within(part, *KINDS)):
            together = meta.proposers(change)
            if len(together) > 1:
                yield from together
                return

    def _remarks(self, parts: Iterable[Element]) -> list[str]:
        """The lines of the notes these parts point to that have not been told."""
        out = []
        for ref in (ref for part in parts for ref in within(part, "noteRef")):
            key = target(ref, "href")
            note = self.words.meta.notes.get(key)
            if note and note.is_remark and key not in self._told:
                self._told.add(key)
                out.append(note.text)
        return out

    def _tell(self, lines: Iterable[str], around: _Around) -> None:
        for line in lines:
            found = parse_attribution_line(line)
            author = str(found.code) if found else self.words.meta.body
            look = PLAIN.inserted(author) if self.words.meta.is_marked else PLAIN
            run = ParsedRun(line, changes=look.changes)
            self.paragraphs.append(ParsedParagraph((run,), look.changes, cell=around.cell))

    # --- Paragraphs -----------------------------------------------------------------------------

    def _flush(self, around: _Around) -> None:
        """A label that no words followed."""
        if self._number:
            self._emit([], around, "")

    def _emit(self, runs: list[ParsedRun], around: _Around, style: str) -> None:
        words = stripped(hung(runs))
        if not words and not self._number:
            return
        number, self._number = self._number, []
        whole = (*number, *_tab(number), *words)
        self.paragraphs.append(ParsedParagraph(whole, _mark(whole), None, style, around.cell))


def _is_option(item: Element) -> bool:
    return _is_copy(item) or "option" in str(item.get("class", "")).split()


def _is_copy(item: Element) -> bool:
    """Whether the adopted text is told elsewhere: in the option it is an alternative to."""
    return bool(item.get("alternativeTo")) or "option" in str(item.get("class", "")).split()


def _has_words(item: Element) -> bool:
    """Whether characters stand directly in it."""
    return bool((item.text or "").strip()) or any((part.tail or "").strip() for part in item)


def _own_parts(item: Element) -> Iterator[Element]:
    """What is the item's own: its number and words, without the items below it."""
    for part in item:
        name = local(part)
        if name in LISTS or name in ("content", "intro", "wrapUp"):
            yield from _own_parts(part)
        elif name not in ITEMS and name != "heading":
            yield part


def _style(item: Element, around: _Around) -> str:
    inner = next((local(part) for part in item if local(part) in STYLES), local(item))
    return STYLES.get(inner, LEVELS[max(0, min(around.depth, len(LEVELS) - 1))])


def _tab(number: list[ParsedRun]) -> tuple[ParsedRun, ...]:
    """The tab after a label: it comes and goes with the label, and stays where both views have
    one. Brackets alone are no label."""
    label = [run for run in number if run.text.strip("[] ")]
    if not label:
        return ()
    stays = any(run.is_old for run in label) and any(run.is_new for run in label)
    return (ParsedRun("\t", changes=() if stays else label[-1].changes),)


def _mark(runs: tuple[ParsedRun, ...]) -> tuple[Change, ...]:
    """The fate of a paragraph all of whose words share one."""
    words = [run for run in runs if run.text.strip() or run.footnote]
    fates = []
    for kind in (ChangeKind.INS, ChangeKind.DEL):
        found = [next((c for c in run.changes if c.kind is kind), None) for run in words]
        if found and found[0] and all(found):
            fates.append(found[0])
    return tuple(fates)
