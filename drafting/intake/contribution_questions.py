"""What a contribution leaves open, as questions with stable keys.

Kinds: `no_mark`, `flattened`, `flattened_phrase`, `other_base`, `missing`, `not_in_base`,
`struck_unknown`, `moved`, `replaced`, `merged`, `place`, `suppress_all`.
"""

from __future__ import annotations

from drafting.domain.draft import Provision
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
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
        _(
            "No line such as MOD and a proposal code opens a proposal. The whole paper was read as "
            "one request to amend the text."
        ),
        _("Without a mark line the paper names no proposal."),
        "mod",
        (
            Alternative(
                "mod", _("Read the paper as one MOD"), _("Give its code when you import it.")
            ),
        ),
        in_file=in_file,
    )


def other_base(event: Event, provision: Provision, place: str) -> Question:
    """The paper quotes the base otherwise than it is."""
    paper = Alternative("paper", _("The paper's wording"), _("Its differences are proposed too."))
    base = Alternative("base", _("The base's wording"), _("Only what the paper marks is a change."))
    return _ask(
        "other_base",
        event.at,
        _(
            "This paper was written against another text: what it shows here without a mark is not "
            "the wording of the base."
        ),
        _("A difference that nobody marked is more likely a slip of copying than a proposal."),
        base.key,
        (base, paper),
        paragraphs=event.sources,
        place=place,
        in_file=event.old.line.printed if event.old else "",
        in_base=base_words(provision),
        provision=provision.key,
    )


def missing(at: int, provision: Provision, place: str) -> Question:
    keep = Alternative("keep", _("It is untouched"), _("The paper forgot it."))
    delete = Alternative("delete", _("It is to be deleted"), _("A SUP is recorded for it."))
    return _ask(
        "missing",
        at,
        _("The paper leaves this provision out, without a mark and without “...”."),
        _("A deletion that is not shown as one was not proposed."),
        keep.key,
        (keep, delete),
        place=place,
        in_base=base_words(provision),
        provision=provision.key,
    )


def not_in_base(event: Event, place: str) -> Question:
    add = Alternative("add", _("It is proposed text"), _("It is recorded as an addition."))
    skip = Alternative("skip", _("It is no proposal"), _("It is left out."))
    return _ask(
        "not_in_base",
        event.at,
        _("These words are not marked as an insertion, yet the base does not have them."),
        _("What stands in the text of a proposal is proposed."),
        add.key,
        (add, skip),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
    )


def struck_unknown(event: Event, place: str) -> Question:
    skip = Alternative("skip", _("Leave them out"), _("Nothing is recorded."))
    add = Alternative("add", _("They are proposed text"), _("They are recorded as an addition."))
    return _ask(
        "struck_unknown",
        event.at,
        _("These words are struck, but the base never had them."),
        _("They may be an earlier wording of the proposal itself."),
        skip.key,
        (skip, add),
        paragraphs=event.sources,
        place=place,
        in_file=event.old.line.printed if event.old else "",
    )


def twin(found: Twin, provision: Provision, place: str) -> Question:
    kind = "moved" if found.moved else "replaced"
    one = Alternative("one", _("It is the same provision"), _("One change is recorded."))
    two = Alternative("two", _("They are two"), _("A deletion and an addition are recorded."))
    what = (
        _("A provision is struck here and stands, much alike, elsewhere. Was it moved?")
        if found.moved
        else _("A provision is struck whole and another stands in its place. Is it reworded?")
    )
    return _ask(
        kind,
        found.added.at,
        what,
        filled(_("The two are alike in {share} of their words."), share=f"{found.score:.0%}"),
        one.key,
        (one, two),
        paragraphs=tuple(sorted({*found.gone.sources, *found.added.sources})),
        place=place,
        in_file=found.added.new.line.printed if found.added.new else "",
        in_base=base_words(provision),
        provision=provision.key,
    )


def merged(event: Event, provision: Provision, place: str) -> Question:
    one = Alternative("delete", _("It goes into the one before"), _("A SUP is recorded for it."))
    keep = Alternative("keep", _("It is untouched"), _("Nothing is recorded for it."))
    return _ask(
        "merged",
        event.at,
        _(
            "The mark between two provisions is struck, so that this one runs on from the one "
            "before."
        ),
        _("Its words stand in the provision before it."),
        one.key,
        (one, keep),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
        in_base=base_words(provision),
        provision=provision.key,
    )


def place_of(event: Event, place: str) -> Question:
    last = Alternative("here", _("After the provision shown last"), "")
    return _ask(
        "place",
        event.at,
        _("The paper does not show what this addition stands beside."),
        _("It was put after what the paper shows last."),
        last.key,
        (last,),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
    )


def place_by_label(event: Event, before: Provision, place: str) -> Question:
    label = Alternative("label", filled(_("After {place}"), place=place), _("Its label says so."))
    here = Alternative("here", _("Directly below the call"), _("As the paper shows it."))
    return _ask(
        "place",
        event.at,
        _(
            "The paper shows the call and the addition, and nothing between them. Where does it "
            "stand?"
        ),
        _("Its label continues the list of the base."),
        label.key,
        (label, here),
        paragraphs=event.sources,
        place=place,
        in_file=event.new.line.printed if event.new else "",
        in_base=base_words(before),
    )


def suppress_all(at: int, provision: Provision) -> Question:
    whole = Alternative("all", _("The whole resolution"), _("A SUP is recorded for its number."))
    none = Alternative("none", _("Nothing here"), _("No change is recorded."))
    return _ask(
        "suppress_all",
        at,
        _("This proposal suppresses the resolution as a whole."),
        _("It shows the resolution's number under SUP."),
        whole.key,
        (whole, none),
        in_base=base_words(provision),
        provision=provision.key,
    )
