"""Words, numbers and signs of a flattened redline, with what the page and the base say of each.

Rules:

- A number with its parts ("4-7/9", "3.1") is one token; letters end where a capital begins inside
  a word, since "OldtownNewport" is two words whose redline was lost.
- A token that the base lacks and that is two tokens run together, one of them the base's, is cut
  there: "20192023", "1923", and also "202370", where 2027 and 2023 share their beginning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from drafting.domain.folding import fold
from drafting.intake.consolidated.pieces import Fate, Piece, Words

_TOKEN = re.compile(r"\s+|\d+(?:[-/.\u2011]\d+)*|[^\W\d_]+|.", re.DOTALL)
_HUMPS = re.compile(r"[^\W\d_]*?[a-z\u00df-\u00ff](?=[A-Z\u00c0-\u00de])|[^\W\d_]+")


class Verdict(StrEnum):
    """What became of a token."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    SLIP = "slip"  # an artefact of the copy: neither the base's nor anybody's


@dataclass(frozen=True, slots=True)
class Token:
    """`space` stood before it; `piece` tells its fate and formats, its own text is `text`.

    `base`: index of the base token it is, None if the base has none there. `virtual`: it was read
    into the print (a year woven into another) and has no characters of its own.
    """

    text: str
    space: str
    piece: Piece
    base: int | None = None
    virtual: bool = False

    @property
    def key(self) -> str:
        return fold(self.text)

    @property
    def struck(self) -> bool:
        return self.piece.fate in (Fate.STRUCK, Fate.DELETED)

    @property
    def fresh(self) -> bool:
        """Whether the file says that it is new: tracked as inserted, or asked for by somebody."""
        return self.piece.fate is Fate.INSERTED or bool(self.piece.sources)

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalnum()

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit()


def cut_words(text: str) -> Iterator[str]:
    """Tokens and the spaces between them."""
    for part in _TOKEN.findall(text):
        yield from _HUMPS.findall(part) if part[0].isalpha() else [part]


def base_tokens(words: str) -> list[tuple[str, str]]:
    """(space before, token) for every token of a base text."""
    out, space = [], ""
    for part in cut_words(words):
        if part.isspace():
            space = part
        else:
            out.append((space, part))
            space = ""
    return out


def print_tokens(words: Words) -> list[Token]:
    """The tokens of a printed paragraph; markers without width keep their place as tokens."""
    out: list[Token] = []
    space = ""
    for piece in words.pieces:
        if piece.is_atom:
            out.append(Token("", space, piece))
            space = ""
            continue
        for part in cut_words(piece.text):
            if part.isspace():
                space = " "
            else:
                out.append(Token(part, space, piece))
                space = ""
    return _mended(out)


def _mended(tokens: Sequence[Token]) -> list[Token]:
    """Tokens cut by a change of format or author inside a word, whole again."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if (
            last is not None
            and not token.space
            and token.text
            and last.text
            and len(list(cut_words(last.text + token.text))) == 1
            and (last.struck, last.piece.sources) == (token.struck, token.piece.sources)
            and last.piece.formats == token.piece.formats
        ):
            out[-1] = replace(last, text=last.text + token.text)
        else:
            out.append(token)
    return out


def beside_base(tokens: Sequence[Token], base: Sequence[str]) -> list[Token]:
    """The printed tokens, run-together ones cut, each with its base token."""
    shout = _shouts(tokens) and not all(word.isupper() for word in base if word.isalpha())
    spell: Spell = str.casefold if shout else str
    keys = [spell(fold(word)) for word in base]
    cut = list(_cut_apart(tokens, keys, spell))
    at = 0
    low = 0
    for place, token in [*enumerate(cut), (len(cut), None)]:
        if token is None or (token.base is not None and token.base >= low):
            high = len(keys) if token is None or token.base is None else token.base
            _match(cut, range(at, place), keys, range(low, high), spell)
            at, low = place + 1, high + 1
        else:
            cut[place] = replace(token, base=None)
    return cut


Spell = Callable[[str], str]


def _shouts(tokens: Sequence[Token]) -> bool:
    letters = [token.text for token in tokens if token.text.isalpha() and len(token.text) > 1]
    return bool(letters) and all(word.isupper() for word in letters)


def _match(
    cut: list[Token], places: range, keys: Sequence[str], of_base: range, spell: Spell
) -> None:
    """Give the tokens at `places` their base tokens among `of_base`."""
    loose = [k for k in places if cut[k].text and not cut[k].fresh]
    ours = [spell(cut[k].key) for k in loose]
    theirs = keys[of_base.start : of_base.stop]
    for block in SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks():
        for k in range(block.size):
            place = loose[block.b + k]
            cut[place] = replace(cut[place], base=of_base.start + block.a + k)


def _cut_apart(tokens: Sequence[Token], base: Sequence[str], spell: Spell) -> Iterator[Token]:
    missing = Counter(base) - Counter(spell(token.key) for token in tokens)
    pairs = list(pairwise(base))
    known = set(base)
    before = ""
    for token in tokens:
        parts = None
        key = spell(token.key)
        if token.is_word and not token.fresh and key not in known:
            wanted = {word for word in missing if missing[word] > 0}
            parts = _parts(token, key, wanted | {b for a, b in pairs if a == before})
        if parts and pairs.count((before, spell(parts[0].key))) == 1:
            place = pairs.index((before, spell(parts[0].key))) + 1
            parts = [replace(parts[0], base=place), *parts[1:]]
        yield from parts or [token]
        before = key


def _parts(token: Token, key: str, wanted: Iterable[str]) -> list[Token] | None:
    """The token as old and new, if it can be cut so; the longest base token first."""
    for old in sorted(wanted, key=lambda word: (len(word), word), reverse=True):
        if old[:1].isdigit() != token.is_number or not old[:1].isalnum():
            continue
        found = _numbers(key, old) if token.is_number else _letters(key, old)
        if found:
            return _as_tokens(token, old, *found)
    return None


def _letters(key: str, old: str) -> tuple[str, bool] | None:
    """What is left beside the old word, and whether the old one stands first."""
    if len(old) < 4 or len(key) < len(old) + 3:
        return None
    if key.startswith(old):
        return key[len(old) :], True
    return (key[: -len(old)], False) if key.endswith(old) else None


def _numbers(key: str, old: str) -> tuple[str, bool] | None:
    """The new number run together with the old, and whether the old one stands first."""
    if len(key) <= len(old):
        return None
    if key.startswith(old):
        return key[len(old) :].lstrip("-"), True
    if key.endswith(old):
        return key[: -len(old)].rstrip("-"), False
    shared = next((k for k in range(len(old)) if key[k] != old[k]), len(old))
    old_end, mixed = old[shared:], key[shared:]
    if shared and old_end and len(mixed) == 2 * len(old_end):
        if mixed.endswith(old_end):
            return key[:shared] + mixed[: len(old_end)], False
        if mixed.startswith(old_end):
            return key[:shared] + mixed[len(old_end) :], True
    return None


def _as_tokens(token: Token, old: str, new: str, old_first: bool) -> list[Token] | None:
    if not new:
        return None
    whole = token.text
    at_start = whole[: len(old)] if old_first else whole[-len(old) :]
    is_plain = fold(at_start).casefold() == old.casefold()
    one = replace(token, text=at_start if is_plain else old, virtual=not is_plain)
    found = whole.casefold().rfind(new) if old_first else whole.casefold().find(new)
    other = replace(token, text=whole[found : found + len(new)] if found >= 0 else new)
    first, second = (one, other) if old_first else (other, one)
    return [first, replace(second, space="")]
