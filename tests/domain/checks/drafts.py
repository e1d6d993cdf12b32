"""Small drafts for the checks: calls and items from lines of words."""

from __future__ import annotations

from collections.abc import Iterable

from drafting.domain.checks import Finding, Kind, check
from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
)
from drafting.domain.labels import split_label
from drafting.domain.text import Text, text_of

NUMBER = "RESOLUTION 64 (Rev. Castelmar, 2023)"
FORMULA = "The Plenary Conference of the World Seamarks Union (Castelmar, 2023),"


def _text(line: str, kind: ProvisionKind) -> Text:
    if kind is not ProvisionKind.ITEM:
        return text_of(line, level=0)
    label, words, _ = split_label(line)
    return text_of(words, label=label)


def provision(
    key: int, now: str | None, base: str | None = None, *, kind: ProvisionKind = ProvisionKind.ITEM
) -> Provision:
    """One provision: what it says now (None: deleted) and what was adopted."""
    words = now if now is not None else base
    assert words is not None
    option = Option(f"o{key}", _text(words, kind), stands=True)
    if now is None:
        option = Option(f"o{key}", _text("", kind), OptionKind.DELETE, stands=True)
    adopted = None if base is None else _text(base, kind)
    level = 1 if kind is ProvisionKind.ITEM else 0
    return Provision(f"p{key}", kind, (option,), adopted, level)


def proposed(key: int, line: str, code: str = "KES/75/4") -> Provision:
    """An addition that somebody asks for; nothing stands."""
    text = _text(line, ProvisionKind.ITEM)
    option = Option(f"o{key}", text, attributions=(Attribution(code),))
    return Provision(f"p{key}", ProvisionKind.ITEM, (option,))


def call(key: int, words: str) -> Provision:
    return provision(key, words, words, kind=ProvisionKind.CALL)


def draft(*provisions: Provision) -> Draft:
    return Draft(Header(), provisions)


def settled(lines: Iterable[str]) -> Draft:
    """Adopted text, as adopted. A line without a label that begins in lower case and has no final
    mark is a call."""
    out = []
    for key, line in enumerate(lines, 1):
        is_call = split_label(line).label is None and line[-1:] not in ",;.:"
        kind = ProvisionKind.CALL if is_call else ProvisionKind.ITEM
        out.append(provision(key, line, line, kind=kind))
    return draft(*out)


def found(of: Draft, kind: Kind) -> list[Finding]:
    return [finding for finding in check(of) if finding.kind is kind]


def told(of: Draft, kind: Kind) -> list[tuple[str, str, str]]:
    """Each finding as its code, its option, and the words it points to."""
    return [(f.code, f.at.option, f.words) for f in found(of, kind)]


def mends(of: Draft, kind: Kind) -> list[tuple[str, str, str]]:
    """Each change that is proposed: in which option, what becomes what."""
    return [(c.option, c.old, c.new) for f in found(of, kind) for c in f.mend]
