"""Labels and levels apart from the words that they stand before."""

from __future__ import annotations

from drafting.steps.acts import set_label, set_level
from drafting.steps.schema import Json, standard


def differ_in_labels(one: Json, other: Json) -> bool:
    """Whether two texts have the same words, and other labels or levels."""
    one, other = standard(one), standard(other)
    return one != other and _words(one) == _words(other)


def labels(content: Json) -> list[tuple[str | None, int]]:
    """The label and the level of each paragraph."""
    attrs = (paragraph["attrs"] for paragraph in standard(content)["content"])
    return [(found["label"], found["level"]) for found in attrs]


def dress(content: Json, other: Json) -> list[Json]:
    """Steps that give a text the labels and levels of another, which has as many paragraphs."""
    held, wanted, taken = labels(content), labels(other), []
    for place, (one, two) in enumerate(zip(held, wanted, strict=True)):
        if one[0] != two[0]:
            taken += set_label(content, place, two[0])
        if one[1] != two[1]:
            taken += set_level(content, place, two[1])
    return taken


def _words(content: Json) -> list[Json]:
    return [
        {name: value for name, value in paragraph.items() if name != "attrs"}
        for paragraph in content["content"]
    ]
