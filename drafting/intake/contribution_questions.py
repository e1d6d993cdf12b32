"""What a contribution leaves open, as questions with stable keys.

Kinds: `no_mark`, `flattened`, `flattened_phrase`, `other_base`, `missing`, `not_in_base`,
`struck_unknown`, `moved`, `replaced`, `merged`, `place`, `suppress_all`.
"""

from __future__ import annotations

from drafting.domain.draft import Provision
from drafting.intake.contribution_compare import Event, Twin, base_words
from drafting.intake.reading import Alternative, Question


def _ask(
    kind: str,
    at: int,
    what: str,
    because: str,
    assumed: str,
    alternatives: tuple[Alternative, ...],
    *,
    paragraphs: tuple[int, ...] = (),
    place: str = "",
    in_file: str = "",
    in_base: str = "",
    provision: str | None = None,
) -> Question:
    return Question(
        key=f"{kind}:{at}" if provision is None else f"{kind}:{at}:{provision}",
        kind=kind,
        paragraphs=paragraphs or (at,),
        where=place,
        what=what,
        in_file=in_file,
        in_base=in_base,
        assumed=assumed,
        because=because,
        alternatives=alternatives,
        provision=provision,
    )


def no_mark(in_file: str) -> Question:
    return _ask(
        "no_mark",
        0,
        "No line such as MOD and a proposal code opens a proposal. The whole paper was read as "
        "one request to amend the text.",
        "Without a mark line the paper names no proposal.",
        "mod",
        (Alternative("mod", "Read the paper as one MOD", "Give its code when you import it."),),
        in_file=in_file,
    )


def other_base(event: Event, provision: Provision, place: str) -> Question:
    """The paper quotes the base otherwise than it is."""
    paper = Alternative("paper", "The paper's wording", "Its differences are proposed too.")
    base = Alternative("base", "The base's wording", "Only what the paper marks is a change.")
    return _ask(
        "other_base",
        event.at,
        "This paper was written against another text: what it shows here without a mark is not "
        "the wording of the base.",
        "A difference that nobody marked is more likely a slip of copying than a proposal.",
        base.key,
        (base, paper),
        paragraphs=event.sources,
        place=place,
        in_file=event.old.line.printed if event.old else "",
        in_base=base_words(provision),
        provision=provision.key,
    )


def missing(at: int, provision: Provision, place: str) -> Question:
    keep = Alternative("keep", "It is untouched", "The paper forgot it.")
    delete = Alternative("delete", "It is to be deleted", "A SUP is recorded for it.")
    return _ask(
        "missing",
        at,
        "The paper leaves this provision out, without a mark and without “...”.",
        "A deletion that is not shown as one was not proposed.",
        keep.key,
        (keep, delete),
        place=place,
        in_base=base_words(provision),
        provision=provision.key,
    )


def not_in_base(event: Event, place: str) -> Question:
    add = Alternative("add", "It is proposed text", "It is recorded as an addition.")
    skip = Alternative("skip", "It is no proposal", "It is left out.")
    return _ask(
        "not_in_base",
        event.at,
        "These words are not marked as an insertion, yet the base does not have them.",
        "What stands in the text of a proposal is proposed.",
        add.key,
        (add, skip),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
    )


def struck_unknown(event: Event, place: str) -> Question:
    skip = Alternative("skip", "Leave them out", "Nothing is recorded.")
    add = Alternative("add", "They are proposed text", "They are recorded as an addition.")
    return _ask(
        "struck_unknown",
        event.at,
        "These words are struck, but the base never had them.",
        "They may be an earlier wording of the proposal itself.",
        skip.key,
        (skip, add),
        paragraphs=event.sources,
        place=place,
        in_file=event.old.line.printed if event.old else "",
    )


def twin(found: Twin, provision: Provision, place: str) -> Question:
    kind = "moved" if found.moved else "replaced"
    one = Alternative("one", "It is the same provision", "One change is recorded.")
    two = Alternative("two", "They are two", "A deletion and an addition are recorded.")
    what = (
        "A provision is struck here and stands, much alike, elsewhere. Was it moved?"
        if found.moved
        else "A provision is struck whole and another stands in its place. Is it reworded?"
    )
    return _ask(
        kind,
        found.added.at,
        what,
        f"The two are alike in {found.score:.0%} of their words.",
        one.key,
        (one, two),
        paragraphs=tuple(sorted({*found.gone.sources, *found.added.sources})),
        place=place,
        in_file=found.added.new.line.printed if found.added.new else "",
        in_base=base_words(provision),
        provision=provision.key,
    )


def merged(event: Event, provision: Provision, place: str) -> Question:
    one = Alternative("delete", "It goes into the one before", "A SUP is recorded for it.")
    keep = Alternative("keep", "It is untouched", "Nothing is recorded for it.")
    return _ask(
        "merged",
        event.at,
        "The mark between two provisions is struck, so that this one runs on from the one before.",
        "Its words stand in the provision before it.",
        one.key,
        (one, keep),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
        in_base=base_words(provision),
        provision=provision.key,
    )


def place_of(event: Event, place: str) -> Question:
    last = Alternative("here", "After the provision shown last", "")
    return _ask(
        "place",
        event.at,
        "The paper does not show what this addition stands beside.",
        "It was put after what the paper shows last.",
        last.key,
        (last,),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
    )


def place_by_label(event: Event, before: Provision, place: str) -> Question:
    label = Alternative("label", f"After {place}", "Its label says so.")
    here = Alternative("here", "Directly below the call", "As the paper shows it.")
    return _ask(
        "place",
        event.at,
        "The paper shows the call and the addition, and nothing between them. Where does it stand?",
        "Its label continues the list of the base.",
        label.key,
        (label, here),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
        in_base=base_words(before),
    )


def suppress_all(at: int, provision: Provision) -> Question:
    whole = Alternative("all", "The whole resolution", "A SUP is recorded for its number.")
    none = Alternative("none", "Nothing here", "No change is recorded.")
    return _ask(
        "suppress_all",
        at,
        "This proposal suppresses the resolution as a whole.",
        "It shows the resolution's number under SUP.",
        whole.key,
        (whole, none),
        in_base=base_words(provision),
        provision=provision.key,
    )
