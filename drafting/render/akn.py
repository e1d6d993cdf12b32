"""A paper as Akoma Ntoso 3.0 (AKN4UN): `<statement name="resolutionDraft">`.

The file is valid against the OASIS schema. It is a projection: positions, reservations and the
ladder of agreement have no place of their own in the standard; statuses stand as workflow steps,
the rest is left to the draft's own JSON.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from drafting.domain.draft import Status
from drafting.domain.paper import Against, Paper
from drafting.render.akn_body import Body
from drafting.render.akn_ids import path_part
from drafting.render.akn_tree import tree
from drafting.render.akn_words import Modification
from drafting.render.akn_xml import AKN, NSMAP, el
from drafting.render.cleaning import cleaned
from drafting.render.flow import flow
from drafting.render.phrases import ENGLISH, UNDATED, Phrases, header_lines, iso_language

_APP = "#app"
_OUTCOMES = {
    Status.AGREED_AD_REF: ("agreedAdRef", "agreed ad referendum"),
    Status.AGREED: ("agreed", "agreed"),
    Status.AGREED_HIGHER: ("agreedHigher", "agreed in a higher body"),
    Status.REOPENED: ("reopened", "reopened"),
    Status.DEFERRED: ("deferred", "deferred"),
    Status.LAPSED: ("lapsed", "lapsed"),
    Status.DELETED: ("deleted", "deleted"),
}


def render_akn(paper: Paper, say: Phrases = ENGLISH) -> bytes:
    """The bytes of the document, UTF-8, the same for the same paper."""
    paper = cleaned(paper)
    lines = flow(paper, say)
    parts = tree(lines)
    body = Body(lines)
    head = paper.header
    furniture = [head.conference, head.body, *header_lines(head, say), head.group]
    preface = body.preface(parts, (line for line in furniture if line))
    preamble = body.preamble(parts)
    main = body.main(parts)
    statement = el(
        "statement",
        _Meta(paper, body).element(),
        preface,
        *([preamble] if preamble is not None else []),
        main,
        name="resolutionDraft",
        contains="singleVersion" if paper.against is Against.CLEAN else "multipleVersions",
    )
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=NSMAP)
    root.append(statement)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class _Meta:
    """What the document says about itself, gathered after the body was written."""

    def __init__(self, paper: Paper, body: Body) -> None:
        self._paper = paper
        self._body = body
        head = paper.header
        self._date = (head.date or UNDATED).isoformat()
        self._number = path_part(head.symbol)
        self._by = body.words.references.of(head.group or head.body or "Secretariat")
        owner = path_part(head.conference or head.body or head.group)
        self._work = f"/akn/un/statement/deliberation/{owner}/{self._date[:4]}/{self._number}"
        self._version = f"rev{head.revision}" if head.revision else "rev0"

    def element(self) -> etree._Element:
        meta = el("meta", self._identification())
        lifecycle = self._lifecycle()
        workflow = self._workflow()
        analysis = self._analysis()
        meta.append(lifecycle)
        if workflow is not None:
            meta.append(workflow)
        if analysis is not None:
            meta.append(analysis)
        meta.append(self._references())
        if self._body.words.notes:
            meta.append(el("notes", *self._body.words.notes, source=self._by))
        return meta

    # --- what it is ---------------------------------------------------------------------------

    def _identification(self) -> etree._Element:
        expression = f"{self._work}/{iso_language(self._paper.header)}@{self._date}-{self._version}"
        return el(
            "identification",
            el("FRBRWork", *self._work_level()),
            el("FRBRExpression", *self._expression_level(expression)),
            el("FRBRManifestation", *self._manifestation_level(expression)),
            source=self._by,
        )

    def _work_level(self) -> Iterator[etree._Element]:
        yield el("FRBRthis", value=f"{self._work}/!main")
        yield el("FRBRuri", value=self._work)
        yield el("FRBRdate", date=self._date, name="generation")
        yield el("FRBRauthor", href=self._by, as_="#author")
        yield el("FRBRcountry", value="un")
        yield el("FRBRsubtype", value="deliberation")
        yield el("FRBRnumber", value=self._number, showAs=self._paper.header.symbol)

    def _expression_level(self, expression: str) -> Iterator[etree._Element]:
        head = self._paper.header
        revision = f"(Rev.{head.revision})" if head.revision else ""
        yield el("FRBRthis", value=f"{expression}/!main")
        yield el("FRBRuri", value=expression)
        yield el("FRBRdate", date=self._date, name="draft")
        yield el("FRBRauthor", href=self._by, as_="#editor")
        yield el("FRBRversionNumber", value=f"{head.symbol}{revision}")
        yield el("FRBRlanguage", language=iso_language(head))

    def _manifestation_level(self, expression: str) -> Iterator[etree._Element]:
        yield el("FRBRthis", value=f"{expression}/!main.xml")
        yield el("FRBRuri", value=f"{expression}.xml")
        yield el("FRBRdate", date=self._date, name="markup")
        yield el("FRBRauthor", href=_APP)
        yield el("FRBRformat", value="xml")

    # --- what happened to it ------------------------------------------------------------------

    def _lifecycle(self) -> etree._Element:
        event = el("eventRef", eId="evt_1", date=self._date, type="generation", source="#original")
        return el("lifecycle", event, source=_APP)

    def _workflow(self) -> etree._Element | None:
        steps = [
            el(
                "step",
                eId=self._body.ids.give("wf_1"),
                date=self._date,
                by=self._by,
                outcome=f"#{_OUTCOMES[state.status][0]}",
                refersTo=f"#{self._body.places[state.key]}",
            )
            for state in self._paper.states
            if state.status in _OUTCOMES and state.key in self._body.places
        ]
        return el("workflow", *steps, source=_APP) if steps else None

    def _analysis(self) -> etree._Element | None:
        made = [self._modification(change) for change in self._body.words.modifications.values()]
        if not made:
            return None
        return el("analysis", el("passiveModifications", *made), source=_APP)

    def _modification(self, change: Modification) -> etree._Element:
        kind = "insertion" if not change.old else "repeal" if not change.new else "substitution"
        eid = self._body.ids.give("pmod_1")
        old = [el("old", eId=f"{eid}__old{n}", href=f"#{i}") for n, i in enumerate(change.old, 1)]
        new = [el("new", eId=f"{eid}__new{n}", href=f"#{i}") for n, i in enumerate(change.new, 1)]
        return el(
            "textualMod",
            el("source", eId=f"{eid}__src", href=change.source),
            el("destination", eId=f"{eid}__dst", href=f"#{change.place}"),
            *old,
            *new,
            type=kind,
            eId=eid,
            incomplete="true",
        )

    # --- who and what is meant ----------------------------------------------------------------

    def _references(self) -> etree._Element:
        base = self._paper.header.base_name or self._paper.title or "base"
        known = self._body.words.references
        made = [
            el("original", eId="original", href=f"{self._work}/!base", showAs=base),
            *(self._proposal(code, eid) for code, eid in known.proposals.items()),
            *(self._organization(n, eid) for n, eid in known.bodies.items()),
            self._organization("drafting application", "app"),
        ]
        made += [_role("author"), _role("editor")]
        concepts = [("bracket", "square bracket (text not agreed)"), ("option", "option")]
        made += [_concept(eid, words) for eid, words in [*concepts, *_OUTCOMES.values()]]
        return el("references", *made, source=_APP)

    def _proposal(self, code: str, eid: str) -> etree._Element:
        source = path_part(code.split("/")[0])
        href = f"/akn/un/statement/proposal/{source}/{self._date[:4]}/{path_part(code)}"
        return el("activeRef", eId=eid, href=href, showAs=code)

    def _organization(self, name: str, eid: str) -> etree._Element:
        href = f"/akn/ontology/organization/un/{path_part(name)}"
        return el("TLCOrganization", eId=eid, href=href, showAs=name)


def _role(name: str) -> etree._Element:
    return el("TLCRole", eId=name, href=f"/akn/ontology/role/{name}", showAs=name)


def _concept(eid: str, words: str) -> etree._Element:
    return el("TLCConcept", eId=eid, href=f"/akn/ontology/concept/un/{eid}", showAs=words)
