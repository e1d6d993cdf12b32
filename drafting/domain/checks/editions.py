"""Editions that do not match: their body, the table of sessions, each other, or the paper itself.

Rules:

- A number's body is known where a citation of it names one, or where its edition is of one body
  alone; the adopted text and the whole draft tell. Where they tell of several, nothing is said.
- A city that is not in the table is unknown, never wrong; a city in a year without a session is.
- An edition is stale where a wording that stands cites the same text in a later one of the body: a
  later one that is only proposed makes nothing stale.
- A session by its short name is stale where the draft has put a later one in its place elsewhere.
- Only citations are mended, and only to an edition that the table and the draft both know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from drafting.domain.bodies import Bodies, Session, known
from drafting.domain.checks import live
from drafting.domain.checks.citing import Found, Library
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.checks.live import Line
from drafting.domain.citations import Citation, mentions
from drafting.domain.draft import Draft, ProvisionKind
from drafting.domain.edits import Change, Span, is_free
from drafting.domain.folding import fold
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import plain

# --- the check --------------------------------------------------------------------------------


def check(draft: Draft, bodies: Bodies | None = None) -> Iterator[Finding]:
    """Editions that cannot be right, that are stale, or that contradict each other."""
    library = Library(draft, bodies or known())
    yield from _own_edition(library)
    for found in library.found:
        finding = None if found.is_own else _of(library, found)
        if finding:
            yield finding
    yield from _sessions(library)


def _of(library: Library, found: Found) -> Finding | None:
    """The first thing that is wrong with a citation."""
    citation = found.citation
    met = library.met(citation)
    if not met:
        return _no_session(library, found) if library.bodies.in_city(citation.city) else None
    body = library.body_of(citation)
    if body and body not in met:
        return _wrong_body(library, found, body)
    if not citation.has_comma:
        sentence = _("An edition has a comma between city and year.")
        return _finding(found, "form", sentence, citation.edition)
    return _stale(library, found) or _revised(library, found)


def _finding(found: Found, code: str, sentence: str, edition: str = "") -> Finding:
    """`edition`: what should stand there, "" where nobody knows."""
    line, citation, span = found.line, found.citation, found.span
    held = line.words[citation.start : citation.end]
    mend: tuple[Change, ...] = ()
    if edition and is_free(line.paragraph, span.start, span.end):
        mend = (Change(line.option.key, line.number, span.start, held, edition),)
    return Finding(Kind.EDITION, code, found.place, held, sentence, mend, bool(mend))


def _no_session(library: Library, found: Found) -> Finding:
    citation = found.citation
    sentence = filled(
        _("No conference met in {city} in {year}, as far as is known here."),
        city=citation.city,
        year=citation.year,
    )
    return _finding(found, "no_session", sentence, _likely(library, found))


def _wrong_body(library: Library, found: Found, body: str) -> Finding:
    citation = found.citation
    sentence = filled(
        _("{what} is of the {body}, which did not meet in {city} in {year}: that was the {other}."),
        what=_called(citation),
        body=library.bodies.of(body).name,
        city=citation.city,
        year=citation.year,
        other=library.bodies.of(min(library.met(citation))).name,
    )
    return _finding(found, "wrong_body", sentence, _likely(library, found))


def _called(citation: Citation) -> str:
    return f"{citation.kind} {', '.join(map(str, citation.numbers))}"


def _likely(library: Library, found: Found) -> str:
    """The edition meant: as the draft cites it elsewhere, else the body's session in that city."""
    for editions in (library.standing, library.editions):
        votes: Counter[str] = Counter()
        for cited in found.keys:
            for other, times in editions.get(cited, Counter()).items():
                votes[other.edition] += times
        if votes:
            return votes.most_common(1)[0][0]
    citation = found.citation
    body = library.body_of(citation)
    here = [s for s in library.bodies.in_city(citation.city) if not body or s.body == body]
    if len(here) != 1:
        return ""
    return f"{'Rev. ' if citation.is_revised else ''}{here[0].city}, {here[0].year}"


def _stale(library: Library, found: Found) -> Finding | None:
    """An edition before the one that a wording which stands cites elsewhere."""
    session = library.session(found.citation)
    if session is None or len(found.keys) != 1:
        return None
    others = library.standing.get(found.keys[0], Counter())
    dated = [(s.year, c) for c in others if (s := library.session(c)) and s.body == session.body]
    newest = max((year for year, _ in dated), default=session.year)
    if newest <= session.year:
        return None
    forms = Counter({c.edition: others[c] for year, c in dated if year == newest})
    edition = forms.most_common(1)[0][0]
    sentence = filled(
        _("{what} is cited here as ({old}) and elsewhere as ({new}), which is later."),
        what=_called(found.citation),
        old=found.citation.edition,
        new=edition,
    )
    return _finding(found, "stale", sentence, edition)


def _revised(library: Library, found: Found) -> Finding | None:
    """With and without "Rev." for one session: only one can be right."""
    if len(found.keys) != 1:
        return None
    citation = found.citation
    others = library.editions.get(found.keys[0], Counter())
    same = Counter[bool]()
    for other, times in others.items():
        if other.year == citation.year and other.city == citation.city:
            same[other.is_revised] += times
    earlier = _has_earlier(library, found)
    right = True if earlier else same[True] > same[False] if same[True] != same[False] else None
    if len(same) < 2 and not (earlier and not citation.is_revised):
        return None
    if right is None or right == citation.is_revised:
        return None
    return _rev_finding(citation, found, right=right, earlier=earlier)


def _rev_finding(citation: Citation, found: Found, *, right: bool, earlier: bool) -> Finding:
    edition = f"{'Rev. ' if right else ''}{citation.city}, {citation.year}"
    if earlier:
        sentence = filled(
            _("{what} had an earlier edition: this one is a revision, ({new})."),
            what=_called(citation),
            new=edition,
        )
    else:
        sentence = filled(
            _("{what} is cited here as ({old}) and elsewhere as ({new})."),
            what=_called(citation),
            old=citation.edition,
            new=edition,
        )
    return _finding(found, "rev", sentence, edition)


def _has_earlier(library: Library, found: Found) -> bool:
    """Whether the adopted text cites the same in an edition of an earlier session of its body."""
    session = library.session(found.citation)
    if session is None:
        return False
    kind, numbers = found.citation.kind, set(found.citation.numbers)
    for other in library.adopted_once:
        same = other.kind == kind and numbers & set(other.numbers)
        before = library.session(other) if same else None
        if before and before.body == session.body and before.year < session.year:
            return True
    return False


# --- the paper's own edition, and sessions by their short names -------------------------------

_FORMULA = re.compile(r"\((?P<city>[^\d(),]+),\s*(?P<year>\d{4})\)")


def _own_edition(library: Library) -> Iterator[Finding]:
    """The edition in the number against the place and year of the formula."""
    own = next((f for f in library.found if f.is_own and f.line.option.stands), None)
    for line in live.lines(library.draft):
        match = _FORMULA.search(line.words)
        is_formula = line.provision.kind is ProvisionKind.FORMULA and line.option.stands
        if not is_formula or not match or not own:
            continue
        held = (fold(own.citation.city, case=False), own.citation.year)
        if held != (fold(match["city"], case=False), int(match["year"])):
            edition = (
                f"{'Rev. ' if own.citation.is_revised else ''}{match['city']}, {match['year']}"
            )
            sentence = filled(
                _("The number says ({number}), the formula below it ({formula})."),
                number=own.citation.edition,
                formula=f"{match['city']}, {match['year']}",
            )
            yield _finding(own, "own_edition", sentence, edition)


def _sessions(library: Library) -> Iterator[Finding]:
    """Sessions by short name that never were, or that gave way to a later one elsewhere."""
    gone = _replaced(library)
    for line in live.lines(library.draft):
        for mention in mentions(line.words, library.bodies):
            session = library.bodies.by_short(mention.body, mention.year)
            if session is None:
                sentence = filled(
                    _("No {body} met in that year, as far as is known here."), body=mention.body
                )
                yield _mention(line, mention.start, mention.end, "no_session", sentence)
            elif session in gone:
                yield _stale_mention(line, mention.start, mention.end, session, gone[session])
        for session, later in gone.items():
            for match in re.finditer(rf"\b{re.escape(session.city)} Action Plan\b", line.words):
                yield _stale_mention(line, match.start(), match.end(), session, later)


def _replaced(library: Library) -> dict[Session, Session]:
    """Sessions whose short name the draft has replaced by a later one of the same body."""
    out: dict[Session, Session] = {}
    for line in live.lines(library.draft):
        if line.provision.base is None:
            continue
        old = list(mentions(plain(line.provision.base), library.bodies))
        new = list(mentions(line.words, library.bodies))
        if len(old) != len(new):
            continue
        for one, other in zip(old, new, strict=True):
            before = library.bodies.by_short(one.body, one.year)
            after = library.bodies.by_short(other.body, other.year)
            if before and after and before.body == after.body and before.year < after.year:
                out[before] = after
    return out


def _stale_mention(line: Line, start: int, end: int, old: Session, new: Session) -> Finding:
    sentence = filled(
        _("“{words}”: elsewhere this draft has put {new} in the place of {old}."),
        words=line.words[start:end],
        new=new.short,
        old=old.short,
    )
    return _mention(line, start, end, "stale_session", sentence)


def _mention(line: Line, start: int, end: int, code: str, sentence: str) -> Finding:
    span = Span(line.number, *line.read.place(start, end))
    at = Place(line.provision.key, line.option.key, span)
    return Finding(Kind.EDITION, code, at, line.words[start:end], sentence)
