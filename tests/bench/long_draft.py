"""A long draft in invented words, the same each time: 400 provisions of about 125 words.

Set as a paper it fills about 200 pages. One provision in five is modified, one in ten has two
competing options, one in eight an inserted bracket.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Option,
    Provision,
    ProvisionKind,
)
from drafting.domain.numbering import letters
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run, Text, text_of

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
CALLS = ("considering", "recognizing", "noting", "aware", "resolves", "instructs the Council")
PROPOSERS = ("KES/75/4", "VAL/70/2", "ISL/79A2/13", "NRT/80A1/14")
PROVISIONS, WORDS_EACH, ITEMS_A_CALL = 400, 125, 20


def sentence(chance: Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)) + ";"


def base(provisions: int = PROVISIONS, words: int = WORDS_EACH) -> Draft:
    """The adopted text: calls with lettered or numbered items."""
    chance = Random(64)
    rows = [
        _standing(1, ProvisionKind.NUMBER, text_of("RESOLUTION 7 (Rev. Castelmar, 2023)", level=0)),
        _standing(2, ProvisionKind.TITLE, text_of("Long coasts and many lamps", level=0)),
    ]
    section = 0
    while len(rows) < provisions:
        call = CALLS[section * len(CALLS) // (provisions // ITEMS_A_CALL + 1)]
        section += 1
        rows.append(_standing(len(rows) + 1, ProvisionKind.CALL, text_of(call, level=0)))
        for place in range(1, ITEMS_A_CALL):
            preambular = call[0] in "crna"
            label = f"{letters(place)})" if preambular else str(place)
            text = text_of(sentence(chance, words), label=label)
            rows.append(_standing(len(rows) + 1, ProvisionKind.ITEM, text))
    header = Header(number="7", date=date(2027, 10, 12), base_name="Castelmar, 2023")
    return Draft(header, tuple(rows[:provisions]))


def _standing(number: int, kind: ProvisionKind, text: Text) -> Provision:
    option = Option(key=f"o{number}", text=text, stands=True)
    return Provision(key=f"p{number}", kind=kind, options=(option,), base=text, level=text.level)


def negotiated(adopted: Draft) -> Draft:
    """The same after some days: modified, contested, bracketed."""
    chance = Random(65)
    fresh = len(adopted.provisions)
    rows = []
    for place, provision in enumerate(adopted.provisions):
        if provision.kind is ProvisionKind.ITEM and place % 10 == 0:
            rows.append(_contested(provision, chance, fresh))
            fresh += 2
        elif provision.kind is ProvisionKind.ITEM and place % 5 == 1:
            rows.append(_with(provision, modified(provision, chance)))
        elif provision.kind is ProvisionKind.ITEM and place % 8 == 2:
            rows.append(_with(provision, _bracketed(provision, chance, f"b{place}")))
        else:
            rows.append(provision)
    return replace(adopted, provisions=tuple(rows))


def _with(provision: Provision, text: Text) -> Provision:
    return replace(provision, options=(replace(provision.options[0], text=text),))


def _words(provision: Provision) -> list[str]:
    piece = provision.options[0].text.paragraphs[0].inlines[0]
    assert isinstance(piece, Run)
    return piece.text.split(" ")


def modified(provision: Provision, chance: Random) -> Text:
    words = _words(provision)
    for _ in range(6):
        words[chance.randrange(len(words) - 1)] = chance.choice(WORDS)
    words[20:24] = ["newly", "inserted", "words"]
    return text_of(" ".join(words), label=provision.options[0].text.label)


def _contested(provision: Provision, chance: Random, fresh: int) -> Provision:
    options = tuple(
        Option(
            key=f"o{fresh + n}",
            text=modified(provision, chance),
            attributions=(Attribution(code, literal=code),),
        )
        for n, code in enumerate(chance.sample(PROPOSERS, 2), 1)
    )
    return replace(provision, options=options)


def _bracketed(provision: Provision, chance: Random, key: str) -> Text:
    words = _words(provision)
    cut = chance.randrange(10, 100)
    pieces = (
        Run(" ".join(words[:cut]) + " "),
        BracketOpen(key),
        Run(sentence(chance, 12).rstrip(";")),
        BracketClose(key),
        Run(" " + " ".join(words[cut:])),
    )
    return Text((Paragraph(pieces, provision.options[0].text.label),))
