"""Papers for the tests of the pages, written in a small markup.

`{+words+}` was added and `{-words-}` struck against the base; `{ISL+words+}` and `{NRT,CPE-words-}`
are pending changes; `{n1=words}` carries the note n1; `[` and `]` are brackets, paired as they
nest; `[?` opens one that never closes and `?]` closes one that never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from drafting.domain.draft import Attribution, Header, Mode, Note, ProvisionKind, Status
from drafting.domain.paper import Against, Block, BlockKind, Paper, ProvisionState
from drafting.domain.redline import Op, RedLabel, RedParagraph, RedPiece, RedRun
from drafting.domain.text import BracketClose, BracketOpen, PendingChange

_TOKEN = re.compile(
    r"\{(?P<who>[\w/, ]*)(?P<sign>[+-])(?P<words>.*?)(?P=sign)\}"
    r"|\{(?P<note>\w+)=(?P<noted>.*?)\}"
    r"|(?P<bracket>\[\?|\?\]|\[|\])"
)


class Writer:
    """Writes blocks and states one after another; `paper()` closes it."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._states: list[ProvisionState] = []
        self._open: list[str] = []
        self._unpaired: list[str] = []
        self._bracket = (f"b{n}" for n in count(1))
        self._key = (f"p{n}" for n in count(1))
        self._option = (f"o{n}" for n in count(1))

    def put(
        self,
        kind: ProvisionKind,
        *wordings: str | tuple[str, str] | tuple[str, str, str],
        level: int = 1,
        status: Status = Status.OPEN,
        reason: str = "",
        mode: Mode = Mode.EXCLUSIVE,
        notes: tuple[Note, ...] = (),
        before_label: bool = False,
        moved_from: str | None = None,
        moved_to: str | None = None,
    ) -> str:
        """A provision with its wordings: words, or (codes, words), or (codes, words, heading).

        A wording is "label<tab>words"; further paragraphs follow line feeds. The words "-" are an
        option that says: no text. Gives the provision's key.
        """
        key, brackets = next(self._key), 0
        for wording in wordings:
            codes, words, heading = _parts(wording)
            names = tuple(_attribution(code) for code in codes.split())
            about = Block(
                BlockKind.WORDING, key, kind, level, author="AHG", option=next(self._option)
            )
            if names:
                self._add(replace(about, kind=BlockKind.ATTRIBUTION, attributions=names))
            if heading:
                self._add(replace(about, kind=BlockKind.HEADING, line=heading))
            if words == "-":
                self._add(replace(about, kind=BlockKind.NO_TEXT))
                continue
            paragraphs = tuple(
                self._paragraph(line, level, before_label=before_label)
                for line in words.split("\n")
            )
            brackets += sum(isinstance(x, BracketOpen) for p in paragraphs for x in p.pieces)
            self._add(
                replace(about, paragraphs=paragraphs, moved_from=moved_from, moved_to=moved_to)
            )
        contested = len(wordings) > 1 or brackets > 0
        self._states.append(
            ProvisionState(
                key, kind, status, reason, mode, len(wordings), brackets, contested, notes
            )
        )
        return key

    def paper(
        self,
        *,
        title: str = "Keeping coastal warning networks open",
        against: Against = Against.BASE,
        language: str = "E",
        notes: tuple[Note, ...] = (),
    ) -> Paper:
        header = Header(
            number="12",
            language=language,
            revision=3,
            date=date(2027, 10, 12),
            conference="Plenary Conference, Port Lorne 2027",
            body="COM 5 AHG",
            group="Ad Hoc Group on Resolution 64",
            base_name="Resolution 64 (Rev. Castelmar, 2023)",
        )
        return Paper(
            header=header,
            title=title,
            against=against,
            against_name="Castelmar, 2023",
            blocks=tuple(self._blocks),
            states=tuple(self._states),
            notes=notes,
            unpaired=(*self._unpaired, *self._open),
        )

    def _add(self, block: Block) -> None:
        self._blocks.append(block)

    def _paragraph(self, line: str, level: int, *, before_label: bool) -> RedParagraph:
        label, _tab, words = line.rpartition("\t")
        old, arrow, new = label.partition(">")
        pieces = tuple(self._pieces(words, before_label=before_label))
        ops = {piece.op for piece in pieces if isinstance(piece, RedRun) and piece.text.strip()}
        op = ops.pop() if len(ops) == 1 else Op.KEEP
        depth = level + 1 if line.startswith("  ") else level
        labels = RedLabel(old.strip() or None, (new if arrow else old).strip() or None)
        return RedParagraph(pieces, op, labels, depth)

    def _pieces(self, words: str, *, before_label: bool) -> Iterator[RedPiece]:
        place = 0
        for found in _TOKEN.finditer(words):
            if found.start() > place:
                yield RedRun(words[place : found.start()], Op.KEEP)
            yield self._token(found, before_label=before_label and found.start() == 0)
            place = found.end()
        if place < len(words):
            yield RedRun(words[place:], Op.KEEP)

    def _token(self, found: re.Match[str], *, before_label: bool) -> RedPiece:
        if found["bracket"]:
            return self._bracket_piece(found["bracket"], before_label=before_label)
        if found["note"]:
            return RedRun(found["noted"], Op.KEEP, notes=(found["note"],))
        sources = [item.strip() for item in found["who"].split(",") if item.strip()]
        inserted = found["sign"] == "+"
        changes = tuple(
            PendingChange(
                "insertion" if inserted else "deletion", f"{found.start()}-{source}", source
            )
            for source in sources
        )
        if changes:
            return RedRun(found["words"], Op.INS if inserted else Op.KEEP, changes=changes)
        return RedRun(found["words"], Op.INS if inserted else Op.DEL)

    def _bracket_piece(self, sign: str, *, before_label: bool) -> RedPiece:
        if sign in ("[?", "?]"):
            key = next(self._bracket)
            self._unpaired.append(key)
            return BracketOpen(key) if sign == "[?" else BracketClose(key)
        if sign == "[":
            self._open.append(next(self._bracket))
            return BracketOpen(self._open[-1], before_label=before_label)
        return BracketClose(self._open.pop())


def _parts(wording: str | tuple[str, ...]) -> tuple[str, str, str]:
    if isinstance(wording, str):
        return "", wording, ""
    codes, words, *heading = wording
    return codes, words, heading[0] if heading else ""


def _attribution(code: str) -> Attribution:
    code, _at, bracket = code.partition("@")
    return Attribution(code=code, bracket=bracket or None, literal=code)


def runs(paragraphs: Iterable[RedParagraph]) -> list[RedRun]:
    """Every run of some paragraphs."""
    return [x for p in paragraphs for x in p.pieces if isinstance(x, RedRun)]
