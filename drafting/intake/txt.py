"""Reads a plain text: one line a paragraph, or a printout with light markup.

Two forms come in. In the plain form a line is a paragraph, and a tab parts a label from its words.
In the marked form (known by `**` or `~~` or `####`) blank lines part paragraphs, two spaces at a
line's end break it, and the signs of the converter stand for looks: `*italic*`, `**bold**`,
`~~struck~~`, `#### heading`, `- ` for a list, `[words](#)` for an underlined link, `<sub>`. The
signs become formats; what they removed is told in the warnings. A struck word is only drawn so:
whether it was deleted is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.characters import without_unwanted
from drafting.intake.parsed import ParsedPaper, ParsedParagraph, ParsedRun
from drafting.intake.unreadable import Unreadable

LINES_MAX = 100_000
_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")  # page breaks part lines, too
_MARKED = re.compile(r"\*\*|~~|^#{1,6} ", re.MULTILINE)
_HEADING = re.compile(r"#{1,6} +")
_BULLET = re.compile(r"\s*[-*+] +(?=\S)")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*~\[\]()#<>_-])|(?P<link>\[(?P<words>[^\[\]]*)\]\((?P<to>#[^()\s]*|)\))"
    r"|(?P<tag></?(?P<name>sub|sup|u|b|i)>)|(?P<sign>\*\*|~~|\*)"
)
_TAGS = {"sub": "sub", "sup": "sup", "u": "underline", "b": "strong", "i": "em"}
_SIGNS = {"**": "strong", "*": "em", "~~": "struck"}


def read_txt(data: bytes) -> ParsedPaper:
    """The paper in the bytes of a text file. Raises Unreadable with a sentence."""
    words = _BREAK.sub("\n", _decoded(data))
    lines = words.split("\n")
    if len(lines) > LINES_MAX:
        raise Unreadable(_("This text has more than 100,000 lines: send one resolution at a time."))
    if not words.strip():
        raise Unreadable(_("This file has no text."))
    signs: Counter[str] = Counter()
    paragraphs = tuple(_marked(lines, signs)) if _MARKED.search(words) else tuple(_plain(lines))
    return without_unwanted(ParsedPaper("txt", paragraphs, {}, {}, _told(signs)))


def _decoded(data: bytes) -> str:
    coding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        words = data.decode(coding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("This text is not in UTF-8: save it as “plain text, UTF-8” and send that.")
        ) from error
    if "\x00" in words:
        raise Unreadable(_("This is not a text file: send Word (.docx), plain text or AKN."))
    return words


def _plain(lines: list[str]) -> Iterator[ParsedParagraph]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield ParsedParagraph((ParsedRun(line),), line=number)


@dataclass(slots=True)
class _Block:
    """Lines that are one paragraph; `first` is the number of the first."""

    first: int
    lines: list[str] = field(default_factory=list)


def _marked(lines: list[str], signs: Counter[str]) -> Iterator[ParsedParagraph]:
    for block in _blocks(lines, signs):
        runs = tuple(_runs("\n".join(block.lines), signs))
        if any(run.text.strip() for run in runs):
            yield ParsedParagraph(runs, line=block.first)


def _blocks(lines: list[str], signs: Counter[str]) -> Iterator[_Block]:
    """A line that ends in two spaces goes on in the next; every other line ends its paragraph."""
    block: _Block | None = None
    for number, line in enumerate(lines, 1):
        bare = line.rstrip()
        if not bare.strip():
            if block:
                yield block
            block = None
            continue
        begins = _HEADING.match(bare) or _BULLET.match(bare)
        if begins:
            signs["heading" if bare.startswith("#") else "list"] += 1
            bare = bare[begins.end() :]
        if block and begins:
            yield block
            block = None
        block = block or _Block(number)
        block.lines.append(bare.strip())
        if not line.endswith("  "):
            yield block
            block = None
    if block:
        yield block


def _runs(words: str, signs: Counter[str]) -> Iterator[ParsedRun]:
    """The words with their signs taken as formats; a sign without its partner is a character."""
    on: dict[str, bool] = {}
    at = 0
    for match in _TOKEN.finditer(words):
        if match["sign"] and not _is_sign(words, match, on):
            continue
        yield from _run(words[at : match.start()], on)
        at = match.end()
        if match["escaped"]:
            yield from _run(match["escaped"], on)
        elif match["link"] is not None:
            signs["link"] += 1
            yield from _run(match["words"], {**on, "underline": True, "link": True})
        elif match["tag"]:
            signs["tag"] += 1
            on[_TAGS[match["name"]]] = not match["tag"].startswith("</")
        else:
            name = _SIGNS[match["sign"]]
            on[name] = not on.get(name, False)
    yield from _run(words[at:], on)


def _is_sign(words: str, match: re.Match[str], on: dict[str, bool]) -> bool:
    """Whether it opens something that closes, or closes something open; `5 * 3` does neither."""
    sign = match["sign"]
    if on.get(_SIGNS[sign], False):
        return True
    opens = words[match.end() : match.end() + 1].strip() != ""
    return opens and words.find(sign, match.end()) >= 0


def _run(words: str, on: dict[str, bool]) -> Iterator[ParsedRun]:
    if words:
        formats = frozenset(name for name, is_on in on.items() if is_on and name != "struck")
        yield ParsedRun(words, formats, struck=on.get("struck", False))


def _told(signs: Counter[str]) -> tuple[str, ...]:
    sentences = {
        "link": _("Links of a converter were read as their words: {count}."),
        "heading": _("Heading signs were left out: {count}."),
        "list": _("List signs were left out: {count}."),
        "tag": _("Signs for raised or lowered letters were read as looks: {count}."),
    }
    return tuple(filled(said, count=signs[n]) for n, said in sentences.items() if signs[n])
