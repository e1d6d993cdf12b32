"""What papers bring into a draft is text that the engine takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drafting.domain.draft import Provision
from drafting.domain.text import Text, to_json
from drafting.steps import Applied, Json, standard, submit
from tests.intake.consolidated import test_real_papers as real
from tests.intake.consolidated import test_sample as sample
from tests.shared import needs_shared
from tests.steps.words import document, items, paragraph


def texts(provisions: tuple[Provision, ...]) -> Iterator[Text]:
    for provision in provisions:
        yield from (option.text for option in provision.options)
        if provision.base:
            yield provision.base


def test_every_text_of_the_sample_passes_the_gate() -> None:
    retype(sample.base().provisions)
    retype(sample.reading().provisions)


@needs_shared
@pytest.mark.parametrize("path", real.PAPERS)
def test_every_text_of_a_real_draft_passes_the_gate(path: str) -> None:
    retype(real.reading(path).provisions)


def retype(provisions: tuple[Provision, ...]) -> None:
    """Puts each text into an empty one, as somebody does who undoes its deletion."""
    for text in texts(provisions):
        content = to_json(text)
        assert standard(content) == content
        done = submit(document(paragraph()), [], items(instead(content)))
        assert isinstance(done, Applied), done
        assert done.content == content


def instead(content: Json) -> Json:
    slice_ = {"content": content["content"]}
    return {"stepType": "replace", "from": 0, "to": 2, "slice": slice_}
