"""All that a draft cites, and what it tells of whose each cited text is.

Rules:

- A number's body is known where a citation of it names one, or where the others agree: those of the
  adopted text count twice as much as those of the draft, one that names its body three times.
- A citation is no witness for itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from drafting.domain.bodies import Bodies, Session
from drafting.domain.checks import live
from drafting.domain.checks.findings import Place
from drafting.domain.checks.live import Line
from drafting.domain.citations import OWN, Citation, citations
from drafting.domain.draft import Draft, Provision, ProvisionKind
from drafting.domain.edits import Span
from drafting.domain.folding import fold
from drafting.domain.text import plain

Cited = tuple[str, int]  # "Resolution", 45


@dataclass(frozen=True, slots=True)
class Found:
    """A citation with its line."""

    line: Line
    citation: Citation

    @property
    def keys(self) -> list[Cited]:
        return [(self.citation.kind, number) for number in self.citation.numbers]

    @property
    def span(self) -> Span:
        return Span(self.line.number, *self.line.read.place(self.citation.start, self.citation.end))

    @property
    def place(self) -> Place:
        return Place(self.line.provision.key, self.line.option.key, self.span)

    @property
    def is_own(self) -> bool:
        """The paper's own number."""
        return self.line.provision.kind is ProvisionKind.NUMBER


class Library:
    """All that a draft cites, and what it tells of whose it is."""

    def __init__(self, draft: Draft, bodies: Bodies) -> None:
        self.draft, self.bodies = draft, bodies
        self.found = [
            Found(line, citation)
            for line in live.lines(draft)
            for citation in citations(line.words, bodies)
        ]
        self.own = _own_body(draft, bodies)
        self._met: dict[tuple[str, int], frozenset[str]] = {}
        self.adopted = [c for p in draft.provisions for c in _adopted(p, bodies)]
        self.adopted_once = tuple(dict.fromkeys(map(anywhere, self.adopted)))
        self._votes = _votes(self)
        self.editions = _editions_of(self.found, self)
        self.standing = _editions_of([f for f in self.found if f.line.option.stands], self)

    def body_named(self, citation: Citation) -> str:
        """The short name of the body that the words name, "" if none."""
        return self.own if citation.body == OWN else citation.body

    def met(self, citation: Citation) -> frozenset[str]:
        session = citation.city, citation.year
        if session not in self._met:
            self._met[session] = self.bodies.met(*session)
        return self._met[session]

    def body_of(self, citation: Citation) -> str:
        """Whose text it is: as named, else as the other citations of its numbers agree."""
        named = self.body_named(citation)
        if named:
            return named
        own = self.only_body(citation)
        told = {self._agreed((citation.kind, number), own) for number in citation.numbers}
        return told.pop() if len(told) == 1 else ""

    def only_body(self, citation: Citation) -> str:
        """The body that met there then, if it was one alone."""
        met = self.met(citation)
        return next(iter(met)) if len(met) == 1 else ""

    def _agreed(self, cited: Cited, own: str) -> str:
        """The body on which the others agree; `own`: what the citation asked about says itself."""
        votes = self._votes.get(cited, Counter()) - Counter({own: _SEEN})
        body, most = max(votes.items(), key=lambda vote: vote[1], default=("", 0))
        others = votes.total() - most
        return body if most >= _ENOUGH and others * 3 <= most else ""

    def session(self, citation: Citation) -> Session | None:
        """The session of an edition, where its body met there then."""
        body = self.body_of(citation) or self.only_body(citation)
        if body not in self.met(citation):
            return None
        sessions = self.bodies.of(body).sessions
        return next(s for s in sessions if s.year == citation.year)


def anywhere(citation: Citation) -> Citation:
    """The citation without its place: one that stands a hundred times is looked at once."""
    return replace(citation, start=0, end=0)


def _adopted(provision: Provision, bodies: Bodies) -> list[Citation]:
    if provision.base is None or provision.kind is ProvisionKind.NUMBER:
        return []
    return citations(plain(provision.base), bodies)


# What a citation is worth as a witness: seen in the draft, adopted, or with its body's name.
_SEEN, _ADOPTED, _NAMED = 1, 2, 3
_ENOUGH = 2


def _votes(library: Library) -> dict[Cited, Counter[str]]:
    """For each number, the bodies that its citations tell of."""
    votes: dict[Cited, Counter[str]] = {}
    told = [(found.citation, _SEEN) for found in library.found if not found.is_own]
    told += [(citation, _ADOPTED) for citation in library.adopted]
    for citation, worth in told:
        named = library.body_named(citation)
        body = named or library.only_body(citation)
        if body:
            for number in citation.numbers:
                held = votes.setdefault((citation.kind, number), Counter())
                held[body] += _NAMED if named else worth
    return votes


def _editions_of(found: list[Found], library: Library) -> dict[Cited, Counter[Citation]]:
    """How each number is cited in the draft, in the editions that its body has."""
    out: dict[Cited, Counter[Citation]] = {}
    for item in found:
        if not item.is_own and library.session(item.citation):
            for cited in item.keys:
                out.setdefault(cited, Counter())[anywhere(item.citation)] += 1
    return out


def _own_body(draft: Draft, bodies: Bodies) -> str:
    formulas = (p for p in draft.provisions if p.kind is ProvisionKind.FORMULA)
    said = " ".join(fold(plain(live.lead(p).text), case=False) for p in formulas)
    names = [b for b in bodies.bodies if fold(b.name, case=False) in said]
    return max(names, key=lambda body: len(body.name)).short if names else ""
