"""What an act would do, briefly: each place once, and whether anybody's words would be lost.

Rules:

- The sentences are those of the act; here they are only put together, and where there are many
  places counted: a list of twenty is not read before a key is pressed.
- Whether words are lost is computed: what each proposer reads before and after is compared, quotes,
  dashes, spaces and terminal punctuation folded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drafting.domain.consolidation.likeness import words_alone
from drafting.domain.draft import Draft, Header, Provision
from drafting.domain.forks import unbracketed
from drafting.domain.projection import codes_in, reading
from drafting.domain.table.laying import brackets_in
from drafting.domain.text import sources


def briefly(
    sentences: Sequence[str], before: Sequence[Provision], after: Sequence[Provision]
) -> str:
    """The effect in one line."""
    codes = codes_in(Draft(Header(), (*before, *after)))
    said = [*_by_place(sentences, codes), *_still_open(before, after), *_words_kept(before, after)]
    return " ".join(said)


def _by_place(sentences: Iterable[str], codes: Iterable[str]) -> list[str]:
    """What is said of one place, after its name once; where there is only one, without it."""
    places: dict[str, list[str]] = {}
    for sentence in sentences:
        place, colon, told = sentence.partition("\u201d: ")
        if colon:
            places.setdefault(place + colon, []).append(told.rstrip("."))
        else:
            places.setdefault(sentence, [])
    if len(places) == 1 and (only := "; ".join(*places.values())):
        return [f"{only[:1].upper()}{only[1:]}."]
    if sum(map(bool, places.values())) >= MANY:
        return _counted(places, codes)
    return [f"{place}{'; '.join(parts)}." if parts else place for place, parts in places.items()]


MANY = 4  # places from which on it is counted in how many what happens, and none is named


def _counted(places: Mapping[str, Sequence[str]], codes: Iterable[str]) -> list[str]:
    """In how many places what happens, whoever it is that has a wording there."""
    code = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    who = re.compile(f"(?:{code})(?:[,;] (?:{code}))*") if code else None
    whose = _("its proposers")
    found = Counter(
        who.sub(whose, part) if who else part
        for parts in places.values()
        for part in dict.fromkeys(parts)
    )
    lines = [_in_how_many(count, told) for told, count in found.most_common()]
    return [*lines, *(place for place, parts in places.items() if not parts)]


def _in_how_many(count: int, told: str) -> str:
    words = ngettext("%(n)d provision: %(told)s.", "%(n)d provisions: %(told)s.", count)
    return words % {"n": count, "told": told}


def _still_open(before: Sequence[Provision], after: Sequence[Provision]) -> Iterator[str]:
    """Text that is to be agreed while several wordings or brackets stand in it."""
    was = {provision.key: provision.status for provision in before}
    agreed = [
        provision
        for provision in after
        if provision.status.startswith("agreed") and provision.status != was.get(provision.key)
    ]
    contested = [provision for provision in agreed if _is_undecided(provision)]
    if contested and len(agreed) == 1:
        yield _("But it is contested still: wordings or brackets are not decided.")
    elif contested:
        told = ngettext(
            "But %(n)d of these is contested still: wordings or brackets are not decided.",
            "But %(n)d of these are contested still: wordings or brackets are not decided.",
            len(contested),
        )
        yield told % {"n": len(contested)}


def _is_undecided(provision: Provision) -> bool:
    """Names behind the only wording leave nothing to decide."""
    texts = [option.text for option in provision.options]
    return len(texts) > 1 or any(sources(text) or brackets_in(text) for text in texts)


def _words_kept(before: Sequence[Provision], after: Sequence[Provision]) -> Iterable[str]:
    """Whose words would be read no more where they were asked for."""
    codes = sorted(codes_in(Draft(Header(), tuple(before))))
    if not codes or [one.options for one in before] == [one.options for one in after]:
        return
    lost = [code for code in codes if not _keeps(code, before, after)]
    if lost:
        told = ngettext(
            "The words of %(who)s are then read no more.",
            "The words of %(who)s are then read no more.",
            len(lost),
        )
        yield told % {"who": ", ".join(lost)}
    else:
        yield _("Nobody’s words are lost.")


def _keeps(code: str, before: Sequence[Provision], after: Sequence[Provision]) -> bool:
    now = {_read(provision, code) for provision in after}
    return all(
        _read(provision, code) in now
        for provision in before
        if code in codes_in(Draft(Header(), (provision,)))
    )


def _read(provision: Provision, code: str) -> tuple[str, ...] | None:
    option = reading(provision, frozenset({code}))
    return None if option is None else words_alone(unbracketed(option.text))
