"""What people call a provision: "resolves 2", "recalling c)", "the title"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from drafting.domain.draft import ProvisionKind
from drafting.domain.paper import Block, Paper
from drafting.domain.redline import Op, RedLabel, RedRun
from drafting.selectors.table import Spoken
from drafting.views.shown import Designation

_KIND_WORDS: dict[ProvisionKind, str | Promise] = {
    ProvisionKind.NUMBER: pgettext_lazy("provision", "number"),
    ProvisionKind.TITLE: pgettext_lazy("provision", "title"),
    ProvisionKind.FORMULA: pgettext_lazy("provision", "opening formula"),
    ProvisionKind.CHAPEAU: pgettext_lazy("provision", "chapeau"),
}


def name_in(paper: Paper, key: str) -> Designation | None:
    """What people call the provision with this key, None where the paper has no such."""
    blocks: dict[str, list[Block]] = {}
    for block in paper.blocks:
        blocks.setdefault(block.provision, []).append(block)
    return dict(names_of(blocks)).get(key)


def names_of(blocks: Mapping[str, Sequence[Block]]) -> Iterator[tuple[str, Designation]]:
    """What people call each provision: its call and its labels, "resolves 2 i)"."""
    return names_from(_spoken(key, group) for key, group in blocks.items())


def _spoken(key: str, group: Sequence[Block]) -> Spoken:
    first = group[0]
    wording = next((b for b in group if b.paragraphs), first)
    words = _plain(wording) if first.provision_kind is ProvisionKind.CALL else ""
    return Spoken(key, first.provision_kind, first.level, _label(wording), words)


def names_from(
    provisions: Iterable[Spoken], *, most: int = 60
) -> Iterator[tuple[str, Designation]]:
    """The same from what names are made of, in reading order; calls cut at so many letters."""
    call = ""
    path: dict[int, str] = {}
    for told in provisions:
        if told.kind is ProvisionKind.CALL:
            call, path = _short(told.words.strip(" ,:;"), most), {}
            yield told.key, Designation(call)
        elif told.kind in _KIND_WORDS:
            inside = call if told.kind is ProvisionKind.CHAPEAU else ""
            yield told.key, Designation(inside, str(_KIND_WORDS[told.kind]))
        else:
            path = {depth: item for depth, item in path.items() if depth < told.level}
            path[told.level] = told.label
            labels = " ".join(filter(None, path.values()))
            named = Designation(call, labels) if call or labels else Designation(rest=told.key)
            yield told.key, named


def _label(block: Block) -> str:
    label = block.paragraphs[0].label if block.paragraphs else RedLabel(None, None)
    return label.new or label.old or ""


def _plain(block: Block) -> str:
    """The words as they now read; those of a struck paragraph as they were."""
    runs = [r for p in block.paragraphs for r in p.pieces if isinstance(r, RedRun)]
    kept = [r for r in runs if r.op is not Op.DEL] or runs
    return "".join(run.text for run in kept).strip(" ,:;")


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"
