"""Papers built by hand for the renderers' tests: every phenomenon of a paper, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from drafting.domain.draft import Attribution, Header, Mode, Note, NoteKind, ProvisionKind, Status
from drafting.domain.paper import Against, Block, BlockKind, Paper, ProvisionState
from drafting.domain.redline import Op, RedLabel, RedParagraph, RedPiece, RedRun
from drafting.domain.text import BracketClose, BracketOpen, FootnoteRef, PendingChange
from drafting.render.flow import flow

BODY = "AHG 64"
HEADER = Header(
    series="DL",
    number="12",
    language="E",
    revision=1,
    date=date(2027, 10, 12),
    language_note="English only",
    conference="Plenary Conference, Port Lorne, 2027",
    body="Committee 5",
    group="Ad Hoc Group on Resolution 64",
    base_name="Resolution 64 (Rev. Castelmar, 2023)",
)


def keep(text: str, **more: object) -> RedRun:
    return RedRun(text, Op.KEEP, **more)  # type: ignore[arg-type]


def ins(text: str, **more: object) -> RedRun:
    return RedRun(text, Op.INS, **more)  # type: ignore[arg-type]


def gone(text: str) -> RedRun:
    return RedRun(text, Op.DEL)


def asks(kind: str, *sources: str) -> tuple[PendingChange, ...]:
    return tuple(PendingChange(kind, f"{kind}-{who}", who) for who in sources)  # type: ignore[arg-type]


def para(
    *pieces: RedPiece,
    label: str | None = None,
    old: str | None = "same",
    op: Op = Op.KEEP,
    level: int = 1,
) -> RedParagraph:
    """A paragraph; `old` is the label of the base where it is another one."""
    before = label if old == "same" else old
    if op is Op.INS:
        before = None
    if op is Op.DEL:
        return RedParagraph(pieces, op, RedLabel(before, None), level)
    return RedParagraph(pieces, op, RedLabel(before, label), level)


def wording(
    key: str,
    *paragraphs: RedParagraph,
    kind: ProvisionKind = ProvisionKind.ITEM,
    author: str = BODY,
    option: str | None = None,
    copy: bool = False,
) -> Block:
    levels = {paragraph.level for paragraph in paragraphs}
    ops = {paragraph.op for paragraph in paragraphs}
    return Block(
        BlockKind.WORDING,
        key,
        kind,
        min(levels, default=1),
        author,
        op=ops.pop() if len(ops) == 1 else Op.KEEP,
        option=option or f"o-{key}",
        paragraphs=paragraphs,
        copy=copy,
    )


def line(kind: BlockKind, key: str, words: str, author: str = BODY, option: str = "") -> Block:
    who = (Attribution(author, literal=words),) if kind is BlockKind.ATTRIBUTION else ()
    return Block(
        kind,
        key,
        ProvisionKind.ITEM,
        1,
        author,
        op=Op.INS,
        option=option or None,
        line=words,
        attributions=who,
    )


def attribution(key: str, words: str, author: str, option: str = "") -> Block:
    return line(BlockKind.ATTRIBUTION, key, words, author, option)


def call(key: str, words: str) -> Block:
    return wording(key, para(keep(words), level=0), kind=ProvisionKind.CALL)


def state(
    key: str,
    *,
    status: Status = Status.OPEN,
    mode: Mode = Mode.EXCLUSIVE,
    options: int = 1,
    notes: tuple[Note, ...] = (),
) -> ProvisionState:
    return ProvisionState(key, ProvisionKind.ITEM, status, "", mode, options, 0, options > 1, notes)


def paper(*blocks: Block, against: Against = Against.BASE, **more: object) -> Paper:
    settings: dict[str, object] = {
        "header": HEADER,
        "title": "Keeping coastal warning networks open, trusted and in repair",
        "against_name": "" if against is Against.CLEAN else HEADER.base_name,
        "states": tuple(state(key) for key in dict.fromkeys(b.provision for b in blocks)),
        "notes": (),
        "unpaired": (),
    }
    return Paper(against=against, blocks=blocks, **(settings | more))  # type: ignore[arg-type]


_DRAFTING = Note("n1", "To be settled together with instructs 3.", NoteKind.DRAFTING, "Chair")
_FOOTNOTE = Note("n2", "The coasts of archipelagos count as one coast.", NoteKind.FOOTNOTE)
_LOOSE = Note("n3", "Valmora awaits its capital.", NoteKind.COMMENT, "VAL")


def front() -> tuple[Block, ...]:
    """The number, title and formula of the instrument."""
    number = para(
        keep("Resolution 64 (Rev. "), gone("Castelmar, 2023"), ins("Port Lorne, 2027"), keep(")"),
        level=0,
    )  # fmt: skip
    title = para(keep("Keeping coastal warning networks open, trusted and in repair"), level=0)
    formula = para(
        keep("The Plenary Conference of the World Seamarks Union ("),
        gone("Castelmar, 2023"),
        ins("Port Lorne, 2027"),
        keep("),"),
        level=0,
    )
    return (
        wording("p1", number, kind=ProvisionKind.NUMBER),
        wording("p2", title, kind=ProvisionKind.TITLE),
        wording("p3", formula, kind=ProvisionKind.FORMULA),
    )


def preamble() -> tuple[Block, ...]:
    opened, closed = BracketOpen("b1", before_label=True), BracketClose("b1")
    inserted = para(
        opened,
        ins("the Declaration of Castelmar, on the freedom of warnings;"),
        closed,
        label="a)",
        op=Op.INS,
    )
    relabelled = para(
        keep("Resolution 12 (Rev. "),
        gone("Castelmar, 2023"),
        ins("Port Lorne, 2027"),
        keep(") of this conference;"),
        label="b)",
        old="a)",
    )
    dropped = para(
        gone("Resolution 31 (Rev. Tarn, 2022) of the Development Assembly;"),
        old="b)",
        op=Op.DEL,
    )
    noted = para(
        keep("that a warning which arrives late serves "),
        keep("nobody", notes=("n1",)),
        keep(", whatever its reach", formats=frozenset({"em"})),
        FootnoteRef("n2"),
        keep(";"),
        label="c)",
    )
    return (
        call("p4", "recalling"),
        attribution("p5", "ISL/79A2/13", "ISL/79A2/13", "o5"),
        wording("p5", inserted, author="ISL/79A2/13", option="o5"),
        wording("p6", relabelled),
        wording("p7", dropped),
        wording("p8", noted),
    )


def options() -> tuple[Block, ...]:
    b2, b3 = BracketOpen("b2"), BracketOpen("b3")
    first = para(
        b2,
        keep("to exchange observations from coastal gauges among "),
        ins("all "),
        keep("administrations, "),
        gone("on request, "),
        ins("without delay "),
        b3,
        ins("and free of charge"),
        BracketClose("b3"),
        ins(", "),
        ins("unaltered ", changes=asks("insertion", "ISL/79A2/13", "CPE/73A1/16")),
        keep("in a form ", changes=asks("deletion", "NRT/80A1/14")),
        keep("agreed between them;"),
        label="2",
    )
    second = para(
        keep("to exchange observations from coastal gauges among administrations, on request, "),
        ins("with the consent of the administration that keeps the gauge, "),
        keep("in a form "),
        gone("agreed between them"),
        ins("open to all"),
        keep(";"),
        BracketClose("b2"),
        label="2",
        old="2",
    )
    alternative = para(
        ins("to leave each administration free to withhold its observations;"),
        label="2bis",
        op=Op.INS,
    )
    return (
        call("p9", "resolves"),
        wording("p10", para(keep("to keep warning networks in repair;"), label="1")),
        attribution("p11", "NRT/80A1/14 – Northern", "NRT/80A1/14", "o11"),
        attribution("p11", "KES/75/4 Kestria", "KES/75/4", "o11"),
        line(BlockKind.HEADING, "p11", "Option 1", option="o11"),
        wording("p11", first, author="NRT/80A1/14", option="o11"),
        line(BlockKind.HEADING, "p11", "Option 2", option="o12"),
        wording("p11", second, author="VAL/70/2", option="o12", copy=True),
        wording("p11", alternative, author="VAL/70/2", option="o13", copy=True),
        line(BlockKind.NO_TEXT, "p11", "TES/88/1: no text", "TES/88/1", "o14"),
        line(BlockKind.NOTE, "p12", "Placement of this paragraph to be decided (Chair)."),
    )


def below() -> tuple[Block, ...]:
    """Levels below the items, other scripts, and a bracket that never closes."""
    return (
        call("p13", "instructs the Secretary-General"),
        wording(
            "p14",
            para(keep("in consultation with the Directors:"), level=0),
            kind=ProvisionKind.CHAPEAU,
        ),
        wording("p15", para(keep("to report each year on:"), label="1")),
        wording("p16", para(keep("the gauges at work, 10 m"), keep("2", formats=frozenset({"sup"})),
                            label="i)", level=2)),
        wording("p17", para(ins("their kinds, namely:"), label="ii)", op=Op.INS, level=2)),
        wording("p18", para(ins("tide gauges;"), label="a)", op=Op.INS, level=3)),
        wording("p19", para(keep("مراقبة السواحل"), ins(" و التحذير"), label="2")),
        wording("p20", para(keep("沿海观测网"), gone("络"), ins("，以及浮标"), label="3")),
        wording("p21", para(BracketOpen("b9"), keep("to publish a plain guide, "), label="4")),
        wording("p22", para(keep("and to keep it current."))),
    )  # fmt: skip


def full(against: Against = Against.BASE) -> Paper:
    """A paper with everything in it."""
    blocks = (*front(), *preamble(), *options(), *below())
    keys = dict.fromkeys(block.provision for block in blocks)
    special = {
        "p8": state("p8", status=Status.AGREED_AD_REF, notes=(_DRAFTING, _FOOTNOTE)),
        "p10": state("p10", status=Status.AGREED),
        "p11": state("p11", options=4),
        "p15": state("p15", status=Status.REOPENED, notes=(_LOOSE,)),
    }
    return paper(
        *blocks,
        against=against,
        states=tuple(special.get(key, state(key)) for key in keys),
        notes=(_DRAFTING, _FOOTNOTE, _LOOSE),
        unpaired=("b9",),
    )


def long(pages: int = 200) -> Paper:
    """About that many pages of the same paragraphs, each under its own key."""
    blocks: list[Block] = [*front()]
    model = [*preamble(), *options(), *below()]
    for round_ in range(pages):
        blocks += [replace(block, provision=f"r{round_}{block.provision}") for block in model]
    return paper(*blocks)


def base_of(value: Paper) -> list[str]:
    """The paragraphs of the base, label and words, read off a paper by its first law."""
    return [
        _printed(paragraph.label.old, paragraph, (Op.KEEP, Op.DEL))
        for block in value.blocks
        if not block.copy
        for paragraph in block.paragraphs
        if paragraph.op is not Op.INS
    ]


def text_of(value: Paper) -> list[str]:
    """The text as a reader sees it once all is accepted: every line, with brackets.

    An option to delete that is a copy leaves an empty line.
    """
    return [
        "".join(piece.text for piece in line.pieces if not piece.deleted)
        for line in flow(value).lines
        if not line.deleted or (line.block.copy and line.block.op is Op.DEL)
    ]


def _printed(label: str | None, paragraph: RedParagraph, ops: tuple[Op, ...]) -> str:
    words = "".join(
        piece.text for piece in paragraph.pieces if isinstance(piece, RedRun) and piece.op in ops
    )
    return f"{label}\t{words}" if label else words
