"""What people call a provision of a draft: "resolves 2 i)", "recalling c)", "the title".

Rules:

- An item is called by its call and its labels, as the paper prints them: those of the wording that
  stands, else of the first; of the base where the wording has none.
- The other kinds are called by what they are; a chapeau by its call as well.
- What is left has its key for a name. A name says where to look and is nobody's identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafting.domain.draft import Draft, Option, Provision, ProvisionKind
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Text, accepted, plain

KINDS: Mapping[ProvisionKind, str] = {
    ProvisionKind.NUMBER: _("the number"),
    ProvisionKind.TITLE: _("the title"),
    ProvisionKind.FORMULA: _("the opening formula"),
    ProvisionKind.CHAPEAU: _("the chapeau"),
}
_LONGEST = 60


def designations(draft: Draft) -> dict[str, str]:
    """The name of each provision by its key, in reading order."""
    return dict(_named(draft.provisions))


def _named(provisions: tuple[Provision, ...]) -> Iterator[tuple[str, str]]:
    call = ""
    path: dict[int, str] = {}
    for provision in provisions:
        if provision.kind is ProvisionKind.CALL:
            call, path = _short(_words(provision)), {}
            yield provision.key, call or provision.key
        elif provision.kind in KINDS:
            chapeau = call and provision.kind is ProvisionKind.CHAPEAU
            kind = KINDS[provision.kind]
            yield provision.key, filled(_("the chapeau of {call}"), call=call) if chapeau else kind
        else:
            level = _text(provision).level
            path = {depth: label for depth, label in path.items() if depth < level}
            path[level] = _label(provision)
            name = " ".join(filter(None, (call, *path.values())))
            yield provision.key, name or provision.key


def _text(provision: Provision) -> Text:
    shown: Option = provision.standing or provision.options[0]
    return shown.text


def _label(provision: Provision) -> str:
    base = provision.base.label if provision.base else None
    labels = (_text(provision).label, *(o.text.label for o in provision.options), base)
    return next(filter(None, labels), "")


def _words(provision: Provision) -> str:
    words = plain(accepted(_text(provision))) or plain(provision.base or _text(provision))
    return " ".join(words.split()).strip(" ,:;")


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"
