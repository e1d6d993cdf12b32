"""What an Akoma Ntoso file says about itself: who acts, who changed what, and its notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drafting.domain.codes import parse_code
from drafting.intake.docx_package import Element

PENDING = "pending"
REMARKS = ("attribution", "heading", "no_text", "note")


def local(element: Element) -> str:
    """The name without its namespace: drafts of the standard have others than the standard."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def within(element: Element, *names: str) -> Iterator[Element]:
    """Every element of these names, in order."""
    return (item for item in element.iter() if local(item) in names)


def words_of(element: Element) -> str:
    """All words in an element, one space apart."""
    return " ".join("".join(map(str, element.itertext())).split())


def target(element: Element, attribute: str) -> str:
    """The id that the first of an attribute's references points to."""
    return str(element.get(attribute, "")).lstrip().partition(" ")[0].removeprefix("#")


@dataclass(frozen=True, slots=True)
class NoteOfFile:
    """A note of the metadata; `kind` is its class ("attribution", "footnote", "drafting")."""

    kind: str
    by: str
    text: str

    @property
    def is_remark(self) -> bool:
        """Whether it stands in a line of its own on paper."""
        return self.kind in REMARKS


class Meta:
    """The metadata of one document, by id."""

    def __init__(self, document: Element) -> None:
        self._names = {
            _id(item): str(item.get("showAs"))
            for references in within(document, "references")
            for item in references
            if _id(item) and item.get("showAs")
        }
        self._proposers: dict[str, tuple[str, ...]] = {}
        for change in within(document, "textualMod"):
            self._read_change(change)
        self.notes = {
            _id(note): self._note(note)
            for notes in within(document, "notes")
            for note in notes
            if local(note) == "note"
        }
        self.is_marked = _is_marked(document)
        source = next(within(document, "identification"), None)
        self.body = "" if source is None else self.name(target(source, "source"))

    def name(self, key: str) -> str:
        """Who or what an id stands for; "" where the file does not say."""
        return self._names.get(key, "")

    def proposers(self, change: Element) -> tuple[str, ...]:
        """Who makes the change, as the analysis says; else as the change itself says."""
        said = self.name(target(change, "refersTo"))
        return self._proposers.get(_id(change)) or ((said,) if said else ())

    def named_after(self, option: Element) -> str:
        """The attribution in the name of an option: `opt_VAL_70_2_1` is "VAL/70/2 - option 1"."""
        key = str(option.get("wId", ""))
        code = key.removeprefix("opt_").replace("_", "/")
        if code == key or parse_code(code):
            return code if code != key else ""
        code, _, number = code.rpartition("/")
        return f"{code} - option {number}" if number.isdecimal() and parse_code(code) else ""

    def _read_change(self, change: Element) -> None:
        """Of several analyses of one change the first holds."""
        sources = (target(item, "href") for item in change if local(item) == "source")
        names = tuple(dict.fromkeys(filter(None, map(self.name, sources))))
        for item in change:
            if names and local(item) in ("old", "new"):
                self._proposers.setdefault(target(item, "href"), names)

    def _note(self, note: Element) -> NoteOfFile:
        kinds = str(note.get("class", "")).split() or ["footnote"]
        lines = [words_of(item) for item in note] or [words_of(note)]
        by = self.name(target(note, "refersTo"))
        return NoteOfFile(kinds[0], by, "\n".join(filter(None, lines)))


def _id(element: Element) -> str:
    return str(element.get("eId") or element.get("id") or "")


def _is_marked(document: Element) -> bool:
    """Whether its changes are set against an adopted text, and not only asked for."""
    contains = document.get("contains")
    if contains:
        return str(contains) == "multipleVersions"
    return any(PENDING not in str(c.get("class", "")) for c in within(document, "ins", "del"))
