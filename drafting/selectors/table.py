"""What the chair's table is laid from: a draft's wordings, what proposals ask, who thinks what.

Rules:

- Everything is read in a handful of queries, for one provision or for all.
- A change that a proposal asks for is told until somebody decides on it, and after that with what
  was decided: nothing that was asked disappears from the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation.noted import entered
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import NoteKind, OptionKind, Provision, ProvisionKind, Status
from drafting.domain.folding import fold
from drafting.domain.table import Asked
from drafting.domain.text import Text
from drafting.models import (
    Before,
    Decision,
    Draft,
    Note,
    Option,
    ProposedChange,
    Revision,
)
from drafting.models import Provision as ProvisionRow
from drafting.permissions import Actor
from drafting.selectors import requests
from drafting.selectors.values import some_value


@dataclass(frozen=True, slots=True)
class Addition:
    """A provision that a proposal asks to add after another (None: at the beginning)."""

    code: str
    change: str
    after: str | None
    text: Text
    over: str = ""


@dataclass
class Wishes:
    """What proposals ask, by provision; additions by the provision that they are to follow."""

    asked: dict[str, tuple[Asked, ...]] = field(default_factory=dict)
    additions: dict[str | None, tuple[Addition, ...]] = field(default_factory=dict)

    def of(self, key: str) -> tuple[Asked, ...]:
        return self.asked.get(key, ())

    def after(self, key: str | None) -> tuple[Addition, ...]:
        return self.additions.get(key, ())


# --- what proposals ask -------------------------------------------------------------------------


def wishes_of(draft: Draft, added: Iterable[Provision], key: str | None = None) -> Wishes:
    """What is asked of all provisions, or of one and what is to follow it.

    `added`: provisions of the draft without adopted text, which may be what somebody asked to add.
    """
    changes = ProposedChange.objects.filter(proposal__draft=draft).order_by("pk")
    if key is not None:
        number = int(key[1:])
        near = Q(after__number=number) | Q(after=None)
        changes = changes.filter(Q(target__number=number) | (Q(target=None) & near))
    decided = _decided(draft)
    asked: dict[str, list[Asked]] = defaultdict(list)
    additions: dict[str | None, list[Addition]] = defaultdict(list)
    anchors: dict[tuple[int, str], str | None] = {}
    there = _Added(added, _kept_of(draft), _gone(draft), partial(_additions_of, draft))
    dropped = _dropped(draft)
    kept, footnotes = _kept(changes), _Footnotes(draft)
    for row in changes.values_list(*_COLUMNS):
        code, paper, change, operation, target, after, after_key, content, notes = row
        text = texts.from_json(content) if content else None
        if text is not None and notes:
            text = footnotes.named(text, notes, target, f"{code}#{change}")
        if target is not None:
            wish = _asked(code, operation, text, kept.get(target))
            over = decided.get((code, f"p{target}")) or decided.get((code, WHOLE), "")
            asked[f"p{target}"].append(replace(wish, over=over))
            continue
        place = f"p{after}" if after else anchors.get((paper, after_key)) if after_key else None
        anchors[paper, change] = place
        if text is not None and not there.has(code, text):
            over = dropped.get((code, change)) or decided.get((code, WHOLE), "")
            additions[place].append(Addition(code, change, place, text, over))
    return Wishes(
        {k: tuple(rows) for k, rows in asked.items()},
        {k: tuple(rows) for k, rows in additions.items()},
    )


# Bare columns: a draft has hundreds of changes, and a row as an object costs more than its text.
_COLUMNS = (
    "proposal__code",
    "proposal__contribution_id",
    "key",
    "operation",
    "target__number",
    "after__number",
    "after_key",
    "content",
    "notes",
)


class _Footnotes:
    """The footnotes of the provisions, read where a proposal has any: each counts its own."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._held: dict[int, list[values.Note]] | None = None

    def named(self, text: Text, notes: list[dict[str, str]], number: int | None, key: str) -> Text:
        """The text with its footnotes as the provision names them, others by names of its own."""
        there = tuple(self._of(number)) if number is not None else ()
        fresh = (f"{key}.{n}" for n in range(1, 10**6))
        return entered(text, requests.footnotes(notes), there, fresh)[0]

    def _of(self, number: int) -> list[values.Note]:
        if self._held is None:
            self._held = defaultdict(list)
            rows = Note.objects.filter(provision__draft=self._draft, kind=NoteKind.FOOTNOTE)
            for home, key, said in rows.values_list("provision__number", "key", "text"):
                self._held[home].append(values.Note(key, said, NoteKind.FOOTNOTE))
        return self._held[number]


def _kept(changes: QuerySet[ProposedChange]) -> dict[int, Text]:
    """The adopted text of the provisions that somebody asks not to change."""
    rows = changes.filter(operation="NOC").values_list("target__number", "target__base")
    return {number: texts.from_json(base) for number, base in rows if base}


def _asked(code: str, operation: str, text: Text | None, kept: Text | None) -> Asked:
    if operation == "NOC":
        return Asked(code, OptionKind.TEXT, kept)
    if operation == "SUP" or text is None:
        return Asked(code, OptionKind.DELETE, None)
    return Asked(code, OptionKind.TEXT, text)


WHOLE = "p0"  # a decision on a proposal as a whole names no provision


def _decided(draft: Draft) -> dict[tuple[str, str], str]:
    """What was decided last on each proposal in each provision."""
    rows = Decision.objects.filter(draft=draft, undone=False, change="").order_by("seq", "pk")
    told = rows.values_list("code", "provision", "what")
    last = {(code, f"p{number}"): what for code, number, what in told}
    over = (Deciding.NOT_RETAINED, Deciding.WITHDRAWN)
    return {place: what for place, what in last.items() if what in over}


def _dropped(draft: Draft) -> dict[tuple[str, str], str]:
    """What was decided last on single changes that stand nowhere, by proposal and key."""
    rows = Decision.objects.filter(draft=draft, undone=False).exclude(change="")
    told = rows.order_by("seq", "pk").values_list("code", "change", "what")
    return {(code, change): what for code, change, what in told}


NOBODY = ""  # stands behind the words that are left when all is decided


class _Added:
    """The provisions beside the base, and those that were: with whose code and which words.

    Words behind which nobody is named are theirs too on whose it was decided there.
    """

    def __init__(
        self,
        provisions: Iterable[Provision],
        decided: Mapping[str, set[str]],
        gone: Iterable[tuple[str, Text]],
        asked: Callable[[str], set[str]],
    ) -> None:
        self._asked = asked
        self._words: dict[str, set[str]] = defaultdict(set)
        for provision in provisions:
            for option in provision.options:
                words = _words(texts.accepted(option.text))
                codes = {told.code or NOBODY for told in option.attributions} or {NOBODY}
                if NOBODY in codes:
                    codes |= decided.get(provision.key, set())
                for code in codes:
                    self._words[code].add(words)
        for code, text in gone:
            self._words[code].add(_words(texts.accepted(text)))

    def has(self, code: str, text: Text) -> bool:
        """Whether this addition stands in the draft, be it that its words have moved on, or whether
        it stood there until somebody decided on it."""
        own = _words(text)
        if own in self._words[NOBODY] or own in self._words[code]:
            return True
        alike = {words for words in self._words[code] if _much_alike(own, words)}
        # What another addition of the proposal says word by word is not this one that moved on.
        return bool(alike and alike - self._asked(code))


def _additions_of(draft: Draft, code: str) -> set[str]:
    """The words of all that a proposal asks to add."""
    asked = ProposedChange.objects.filter(proposal__draft=draft, proposal__code=code, target=None)
    contents = asked.exclude(content=None).values_list("content", flat=True)
    return {_words(texts.from_json(content)) for content in contents}


def _kept_of(draft: Draft) -> dict[str, set[str]]:
    """By provision: those of whose words something went into it, by what was decided."""
    out = (Deciding.NOT_RETAINED, Deciding.WITHDRAWN)
    rows = Decision.objects.filter(draft=draft, undone=False).exclude(provision=0)
    found: dict[str, set[str]] = defaultdict(set)
    for number, code in rows.exclude(what__in=out).values_list("provision", "code").distinct():
        found[f"p{number}"].add(code)
    return found


def _gone(draft: Draft) -> list[tuple[str, Text]]:
    """The words of provisions that went when it was decided on them, by the proposals behind."""
    decided = Decision.objects.filter(draft=draft, undone=False).exclude(provision=0)
    there = ProvisionRow.objects.filter(draft=draft).values("number")
    codes = decided.exclude(provision__in=there).values_list("provision", "code").distinct()
    by_number: dict[int, list[str]] = defaultdict(list)
    for number, code in codes:
        by_number[number].append(code)
    if not by_number:
        return []
    stood = ProvisionRow.history.filter(draft_id=draft.pk, number__in=by_number)
    number_of = dict(stood.values_list("id", "number").distinct())
    worded = Option.history.filter(provision_id__in=number_of)
    contents = worded.values_list("provision_id", "content").distinct()
    return [
        (code, texts.from_json(content))
        for pk, content in contents
        for code in by_number[number_of[pk]]
    ]


def _words(text: Text) -> str:
    return fold(texts.plain(text), terminal=False)


def _much_alike(one: str, other: str) -> bool:
    ours, theirs = set(one.split()), set(other.split())
    return 2 * len(ours & theirs) > max(len(ours), len(theirs))


# --- what people think, and what was decided ----------------------------------------------------


def decisions_on(draft: Draft, key: str) -> list[Decision]:
    """What was decided on the words of a provision, the latest first."""
    rows = Decision.objects.filter(draft=draft, provision=int(key[1:]), undone=False)
    return list(rows.order_by("-seq", "-pk")[:20])


def seen_of(draft: Draft, key: str) -> dict[str, int]:
    """The provision's options with their versions: what a deed says it saw."""
    return all_seen_of(draft, [key]).get(key, {})


def all_seen_of(draft: Draft, keys: Iterable[str]) -> dict[str, dict[str, int]]:
    """The options of provisions with their versions, by provision."""
    numbers = [int(key[1:]) for key in keys]
    options = Option.objects.filter(provision__draft=draft, provision__number__in=numbers)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for provision, number, version in options.values_list("provision__number", "number", "version"):
        found[f"p{provision}"][f"o{number}"] = version
    return found


def last_act_of(draft: Draft, actor: Actor) -> int | None:
    """The event of the person's last act that is not undone, and was no undoing."""
    acts = Before.objects.filter(event__draft=draft, user=actor.user, undone_by=None)
    last = acts.exclude(event__kind="undone").order_by("-event__seq")
    return last.values_list("event__seq", flat=True).first()


# --- names --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a provision's name is made of. `words` are told for calls alone."""

    key: str
    kind: ProvisionKind
    level: int
    label: str
    words: str


def spoken_of(draft: Draft) -> Iterator[Spoken]:
    """Every provision in reading order, without reading their texts."""
    first = Option.objects.filter(provision=OuterRef("pk")).order_by("-stands", "place", "number")
    rows = (
        ProvisionRow.objects.filter(draft=draft)
        .order_by("rank")
        .annotate(first=Subquery(first.values("content")[:1]))
        .annotate(label=KT("first__content__0__attrs__label"))
        .values_list("number", "kind", "level", "label")
    )
    calls = ProvisionRow.objects.filter(draft=draft, kind=ProvisionKind.CALL)
    told = calls.annotate(first=Subquery(first.values("content")[:1])).values_list(
        "number", "first", F("base")
    )
    words = {number: _call_words(content, base) for number, content, base in told}
    for number, kind, level, label in rows:
        yield Spoken(f"p{number}", ProvisionKind(kind), level, label or "", words.get(number, ""))


def _call_words(content: texts.Json | None, base: texts.Json | None) -> str:
    told = texts.plain(texts.accepted(texts.from_json(content))) if content else ""
    return told or (texts.plain(texts.from_json(base)) if base else "")


# --- since a Revision, and over all of them -----------------------------------------------------


def changed_since(draft: Draft, now: values.Draft, revision: Revision) -> frozenset[str]:
    """The provisions whose wordings, names or status are other than the Revision has them."""
    then = {p.key: p for p in values.from_json(revision.snapshot).provisions}
    return frozenset(p.key for p in now.provisions if then.get(p.key) != p)


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the text had come: provisions that are not agreed, and brackets."""

    revision: int  # 0: the base; -1: now
    open: int
    brackets: int


def moments_of(draft: Draft) -> list[Moment]:
    """The Revisions so far, the first first."""
    rows = draft.revisions.order_by("number").values_list("pk", "number")
    return [Moment(number, *_counted(pk)) for pk, number in rows]


# A Revision never changes: what is remembered is two numbers of each, and no wording.
@lru_cache(maxsize=4096)
def _counted(pk: int) -> tuple[int, int]:
    return counted(values.from_json(Revision.objects.get(pk=pk).snapshot).provisions)


OPEN = (Status.OPEN, Status.REOPENED, Status.DEFERRED)


def counted(provisions: Iterable[Provision]) -> tuple[int, int]:
    """How many negotiated provisions are open, and how many brackets stand."""
    negotiated = (ProvisionKind.ITEM, ProvisionKind.OTHER)
    still = brackets = 0
    for provision in provisions:
        if provision.moved_to is not None:
            continue
        still += provision.kind in negotiated and provision.status in OPEN
        for option in provision.options:
            brackets += sum(
                isinstance(piece, texts.BracketOpen) for piece in texts.inlines(option.text)
            )
    return still, brackets


def one_value(draft: Draft, key: str) -> Provision | None:
    """The provision as it is now."""
    found: Mapping[str, Provision] = {p.key: p for p in some_value(draft, [key]).provisions}
    return found.get(key)


def added_of(draft: Draft) -> tuple[Provision, ...]:
    """The provisions without adopted text: few of all."""
    numbers = draft.provisions.filter(base__isnull=True, moved_from=None).values_list(
        "number", flat=True
    )
    keys = [f"p{number}" for number in numbers]
    return tuple(p for p in some_value(draft, keys).provisions if p.base is None) if keys else ()
