"""What becomes of one provision: its base, and what the proposals ask of it, as options.

Rules:

- The base stands, attributed to nobody but those who asked for no change (NOC), or whose MOD says
  what it says. A (MOD) that says the same has changed a label or a sign alone: it needs no option,
  since labels and signs at the end follow from the place.
- Each other wording is an option; equal wordings are one, with attributions in the order of the
  papers. Who asks to suppress stands behind one option that deletes.
- In the inline style short differences are alternatives within the standing base instead.
- An addition has no base and nothing of it stands, so that it is in no reading but its own.
- Ids of brackets and footnotes are made unlike those of other papers (`noted`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafting.domain.calls import is_call
from drafting.domain.consolidation.asked import EDITORIAL, NOC, Asked, Style, Went
from drafting.domain.consolidation.folds import MOST_NAMES, Fold, Wording, fold
from drafting.domain.consolidation.likeness import Essence, equal, essence
from drafting.domain.consolidation.noted import Notes, entered, keys_of, pointed_to
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import (
    Attribution,
    Note,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
)
from drafting.domain.projection import wording
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Inline,
    Paragraph,
    Run,
    Text,
    accepted,
    each_paragraph,
    plain,
)

EQUAL_TO_BASE = _("The words of the base; only the label or the sign at the end differs.")
INLINE = _("Stands as an alternative within the text.")
MOVES_AWAY = _("Moves this text to another place in the draft.")
MOVES_HERE = _("Moves this text here from another place in the draft.")


@dataclass(slots=True)
class Keys:
    """Keys never given before."""

    last_provision: int
    last_option: int

    def provision(self) -> str:
        self.last_provision += 1
        return f"p{self.last_provision}"

    def option(self) -> str:
        self.last_option += 1
        return f"o{self.last_option}"


@dataclass(frozen=True, slots=True)
class Change:
    """What one proposal asks of one provision: its words, None to delete it. `moves`: it stands
    elsewhere instead. `notes`: the footnotes that its words point to."""

    code: str
    text: Text | None
    operation: str = ""
    moves: bool = False
    notes: Notes = ()

    @property
    def essence(self) -> Essence | None:
        """What its words share with equal ones."""
        return None if self.text is None else essence(self.text, self.notes)


@dataclass(slots=True)
class Made:
    """A provision with its options, and what was done."""

    provision: Provision
    went: list[Went] = field(default_factory=list)
    folded: int = 0


def change_of(asked: Asked) -> Change:
    text = None if asked.text is None else _cleaned(asked.text)
    notes = pointed_to(text, asked.notes) if text else ()
    return Change(asked.code, text, asked.operation, notes=notes)


def _cleaned(text: Text) -> Text:
    """The words as the proposal wants them, without remarks on them."""

    def kept(pieces: tuple[Inline, ...]) -> Iterator[Inline]:
        return (replace(p, notes=()) if isinstance(p, Run) else p for p in pieces)

    return each_paragraph(accepted(text), kept)


# --- provisions of the base ---------------------------------------------------------------------


def amended(provision: Provision, changes: Sequence[Change], style: Style, keys: Keys) -> Made:
    """The provision, whose base stands alone, with what these changes ask of it."""
    assert provision.base is not None
    (standing,) = provision.options
    made = Made(provision)
    kept, groups = _grouped(provision.base, changes, made)
    inline = _inline(provision, groups, style) if style.inline else None
    if inline:
        found, brought, whole = inline
        made.folded += len(groups) - len(whole)
        made.went += _went(provision.key, groups, whole)
        standing, groups = replace(standing, text=found.text), whole
        made.provision = replace(provision, notes=(*provision.notes, *brought))
    standing = replace(standing, attributions=_named(kept))
    options = [standing, *(_option(group, keys, made) for group in groups)]
    made.went += [
        Went(provision.key, change.code, Deciding.TAKEN_UP) for group in groups for change in group
    ]
    notes = _notes(made.provision, [c for c in changes if c.moves], MOVES_AWAY)
    made.provision = replace(made.provision, options=_numbered(options), notes=notes)
    return made


Group = list[Change]


def _grouped(base: Text, changes: Sequence[Change], made: Made) -> tuple[list[Change], list[Group]]:
    """Those who want the base kept, and the others by what they want."""
    kept: list[Change] = []
    groups: dict[object, Group] = {}
    key, adopted = made.provision.key, essence(base, made.provision.notes)
    for change in changes:
        same = change.essence == adopted
        if change.operation == EDITORIAL and same:
            made.went.append(Went(key, change.code, Deciding.FOLDED, EQUAL_TO_BASE))
            made.folded += 1
        elif change.operation == NOC or same:
            made.went.append(Went(key, change.code, Deciding.TAKEN_UP))
            kept.append(change)
        else:
            groups.setdefault(change.essence, []).append(change)
    made.folded += sum(len(group) - 1 for group in groups.values())
    return kept, list(groups.values())


def _named(changes: Sequence[Change]) -> tuple[Attribution, ...]:
    return tuple(Attribution(code) for code in dict.fromkeys(change.code for change in changes))


def _numbered(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options; where one proposal stands behind several, each says which it is."""
    codes = [a.code for option in options for a in option.attributions]
    several = {code: 0 for code in codes if codes.count(code) > 1}
    return tuple(
        replace(option, attributions=tuple(_with_number(a, several) for a in option.attributions))
        for option in options
    )


def _with_number(attribution: Attribution, several: dict[str | None, int]) -> Attribution:
    if attribution.code not in several:
        return attribution
    several[attribution.code] += 1
    return replace(attribution, option=str(several[attribution.code]))


def _option(group: Group, keys: Keys, made: Made) -> Option:
    """What a group asks for, as an option; its footnotes become notes of the provision."""
    key, change, provision = keys.option(), group[0], made.provision
    if change.text is None:
        base = provision.base
        gone = Text((Paragraph((), base.label if base else None, base.level if base else 1),))
        return Option(key, gone, OptionKind.DELETE, attributions=_named(group))
    there = provision.notes
    text, brought = entered(change.text, change.notes, there, keys_of(key, there))
    made.provision = replace(provision, notes=(*there, *brought))
    return Option(key, _own_brackets(text, key), attributions=_named(group))


def _own_brackets(text: Text, key: str) -> Text:
    """The text with ids of brackets that no other option has."""
    ids: dict[str, str] = {}

    def renamed(pieces: tuple[Inline, ...]) -> Iterator[Inline]:
        for piece in pieces:
            if isinstance(piece, BracketOpen | BracketClose):
                piece = replace(piece, id=ids.setdefault(piece.id, f"{key}.b{len(ids) + 1}"))
            yield piece

    return each_paragraph(text, renamed)


def _notes(provision: Provision, changes: Sequence[Change], words: str) -> Notes:
    """The notes of a provision, and one for each that moves its text, under keys of its own."""
    keys = keys_of(provision.key, provision.notes)
    return (*provision.notes, *(Note(next(keys), words, by=change.code) for change in changes))


# --- inline -------------------------------------------------------------------------------------


def _inline(
    provision: Provision, groups: Sequence[Group], style: Style
) -> tuple[Fold, Notes, list[Group]] | None:
    """The base with the short differences folded in, the footnotes they bring, and the groups that
    stay whole."""
    short = [group for group in groups if _folded(provision, [group], style)]
    found = _folded(provision, short, style)
    return (*found, [group for group in groups if group not in short]) if found else None


def _folded(
    provision: Provision, groups: Sequence[Group], style: Style
) -> tuple[Fold, Notes] | None:
    """The groups folded into the base, if no alternative is too long and nothing is lost."""
    (standing,) = provision.options
    wordings, notes = _entered(provision, groups, standing.key)
    if not groups or len(wordings) < len(groups) or len(wordings) > MOST_NAMES:
        return None
    found = fold(standing.text, (), wordings, key=standing.key)
    if found is None or found.longest > style.most_words:
        return None
    exact = all(
        equal(wording(found.text, frozenset([name])), w.text) for w in wordings for name in w.names
    )
    whole = exact and equal(wording(found.text, frozenset()), standing.text)
    return (found, notes) if whole else None


def _entered(
    provision: Provision, groups: Sequence[Group], key: str
) -> tuple[list[Wording], Notes]:
    """The wordings of the groups that have words, as the provision's, and the notes they bring."""
    out: list[Wording] = []
    brought: Notes = ()
    fresh = keys_of(key, provision.notes)
    for group in groups:
        change = group[0]
        if change.text is not None:
            there = (*provision.notes, *brought)
            text, new = entered(change.text, change.notes, there, fresh)
            out.append(Wording(tuple(dict.fromkeys(c.code for c in group)), text))
            brought += new
    return out, brought


def _went(key: str, groups: Sequence[Group], whole: Sequence[Group]) -> Iterator[Went]:
    for group in groups:
        if group not in whole:
            for change in group:
                yield Went(key, change.code, Deciding.FOLDED, INLINE)


# --- additions ----------------------------------------------------------------------------------


def added(asked: Sequence[Asked], keys: Keys) -> Made:
    """A new provision: these additions as wordings of it."""
    made = Made(Provision(keys.provision(), ProvisionKind.ITEM, ()))
    groups: dict[object, Group] = {}
    for item in asked:
        change = replace(change_of(item), moves=bool(item.moved_from))
        groups.setdefault(change.essence, []).append(change)
    options = [_option(group, keys, made) for group in groups.values()]
    first = options[0].text
    moved = [change for group in groups.values() for change in group if change.moves]
    made.provision = replace(
        made.provision,
        kind=_kind(first),
        options=_numbered(options),
        level=first.level,
        notes=_notes(made.provision, moved, MOVES_HERE),
    )
    made.went = [Went(made.provision.key, item.code, Deciding.TAKEN_UP) for item in asked]
    made.folded = len(asked) - len(groups)
    return made


def _kind(text: Text) -> ProvisionKind:
    is_heading = text.level == 0 and text.label is None and is_call(plain(text))
    return ProvisionKind.CALL if is_heading else ProvisionKind.ITEM
