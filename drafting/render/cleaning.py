"""No character that XML forbids reaches a file."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from drafting.domain.draft import Header
from drafting.domain.paper import Block, Paper

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(words: str) -> str:
    """The words without characters that XML forbids; carriage returns become line feeds."""
    return _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def cleaned(paper: Paper) -> Paper:
    """The paper with its furniture and names clean; its words are cleaned as they flow."""
    head = paper.header
    return replace(
        paper,
        header=clean_header(head),
        title=clean(paper.title),
        against_name=clean(paper.against_name),
        blocks=tuple(_named(block, head.symbol) for block in paper.blocks),
    )


def clean_header(head: Header) -> Header:
    """The furniture without characters that XML forbids."""
    values: dict[str, Any] = {item.name: getattr(head, item.name) for item in fields(head)}
    texts = {name: clean(value) for name, value in values.items() if isinstance(value, str)}
    return Header(**(values | texts))


def _named(block: Block, otherwise: str) -> Block:
    author = clean(block.author).strip() or clean(otherwise)
    return block if author == block.author else replace(block, author=author)
