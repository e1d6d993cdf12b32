"""What people call a provision: "resolves 2", "recalling c)", "the title"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from drafting.domain.draft import ProvisionKind
from drafting.domain.paper import Block, Paper
from drafting.domain.redline import Op, RedLabel, RedRun
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
    call = ""
    path: dict[int, str] = {}
    for key, group in blocks.items():
        first = group[0]
        wording = next((b for b in group if b.paragraphs), first)
        if first.provision_kind is ProvisionKind.CALL:
            call, path = _short(_plain(wording)), {}
            yield key, Designation(call)
        elif first.provision_kind in _KIND_WORDS:
            inside = call if first.provision_kind is ProvisionKind.CHAPEAU else ""
            yield key, Designation(inside, str(_KIND_WORDS[first.provision_kind]))
        else:
            path = {depth: item for depth, item in path.items() if depth < first.level}
            path[first.level] = _label(wording)
            labels = " ".join(filter(None, path.values()))
            yield key, Designation(call, labels) if call or labels else Designation(rest=key)


def _label(block: Block) -> str:
    label = block.paragraphs[0].label if block.paragraphs else RedLabel(None, None)
    return label.new or label.old or ""


def _plain(block: Block) -> str:
    """The words as they now read; those of a struck paragraph as they were."""
    runs = [r for p in block.paragraphs for r in p.pieces if isinstance(r, RedRun)]
    kept = [r for r in runs if r.op is not Op.DEL] or runs
    return "".join(run.text for run in kept).strip(" ,:;")


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"
