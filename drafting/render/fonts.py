"""The faces of a PDF, and which characters they can show.

The faces are wheels (OFL): Source Serif 4 for the words, Source Sans 3 for what is said about
them, Amiri for Arabic, Noto Serif SC for Chinese. One that is not installed is done without: the
compiler's own Libertinus Serif stands behind them all.

Under PDF/UA a character without a glyph is an error, so the characters of a paper are asked of
the compiler before the paper is set. Asking is a matter of the fonts alone: answers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import typst

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
REPLACEMENT = "\ufffd"

_WHEELS = {
    "Source Serif 4": ("fontpkg_source_serif_4", "files"),
    "Source Sans 3": ("fontpkg_source_sans_3", "files"),
    "Amiri": ("fontpkg_amiri", "files"),
    "Noto Serif SC": ("pylopdf_fonts_zh_cn", "."),
}
_EMBEDDED = "Libertinus Serif"
_PROBE = b"""#set document(title: "?")
#set text(font: json(bytes(sys.inputs.fonts)))
#sys.inputs.it"""
_SURELY = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\n\t\u00a0–—‘’“”…§°é")


@dataclass(frozen=True, slots=True)
class Faces:
    """The families to ask for, first choice first, and the folders they lie in."""

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    folders: tuple[str, ...]


@cache
def faces() -> Faces:
    """The faces that are installed."""
    found = {family: folder for family in _WHEELS if (folder := _folder(family))}
    others = tuple(family for family in ("Amiri", "Noto Serif SC") if family in found)
    serif = tuple(family for family in ("Source Serif 4",) if family in found)
    sans = tuple(family for family in ("Source Sans 3",) if family in found)
    return Faces(
        (*serif, _EMBEDDED, *others),
        (*sans, *serif, _EMBEDDED, *others),
        tuple(str(folder) for folder in found.values()),
    )


def _folder(family: str) -> Path | None:
    module, inside = _WHEELS[family]
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / inside


_known: dict[str, bool] = dict.fromkeys(_SURELY, True)


def missing(characters: Iterable[str]) -> frozenset[str]:
    """Those of the characters that no face can show or the standards forbid."""
    asked = frozenset(characters)
    _learn(sorted(asked - _known.keys()))
    return frozenset(character for character in asked if not _known[character])


def _learn(characters: list[str]) -> None:
    """Ask of all at once; where the answer is no, ask of each half."""
    if not characters:
        return
    shown = _can_show("".join(f"{character} " for character in characters))
    if shown or len(characters) == 1:
        _known.update(dict.fromkeys(characters, shown))
        return
    middle = len(characters) // 2
    _learn(characters[:middle])
    _learn(characters[middle:])


def _can_show(words: str) -> bool:
    try:
        compiled(_PROBE, {"it": words, "fonts": _json(faces().serif)})
    except typst.TypstError:
        return False
    return True


def _json(families: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{family}"' for family in families) + "]"


@cache
def _loaded() -> typst.Fonts:
    """The faces, found once in the life of a process; the system's own are left alone."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(faces().folders))


def compiled(source: bytes, inputs: dict[str, str], timestamp: int = 0) -> bytes:
    """The PDF of a Typst source. `timestamp`: seconds since 1970. Raises typst.TypstError."""
    return typst.compile(
        source,
        format="pdf",
        font_paths=_loaded(),
        pdf_standards=[*STANDARDS],
        timestamp=timestamp,
        sys_inputs=inputs,
    )
