"""What an act does, in sentences and as the provisions it leaves: told before it is done.

Rules:

- It is told from what was and what is, whatever the deed was: so an effect cannot say what the act
  does not do.
- A place goes by what is printed there: its label, or its first words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind, Status
from drafting.domain.forks import unbracketed
from drafting.domain.text import BracketOpen, inlines
from drafting.selectors.values import some_value
from drafting.services.acts.since import moved_labels
from drafting.services.acts.work import Work
from drafting.services.befores import Json, States

_STATUS = {
    Status.OPEN: pgettext_lazy("status of a text", "open"),
    Status.AGREED_AD_REF: pgettext_lazy("status of a text", "agreed ad ref"),
    Status.AGREED: pgettext_lazy("status of a text", "agreed"),
    Status.AGREED_HIGHER: pgettext_lazy("status of a text", "agreed higher up"),
    Status.REOPENED: pgettext_lazy("status of a text", "reopened"),
    Status.DEFERRED: pgettext_lazy("status of a text", "deferred"),
    Status.LAPSED: pgettext_lazy("status of a text", "lapsed"),
    Status.DELETED: pgettext_lazy("status of a text", "deleted"),
}
WORDS_MAX = 8  # of a provision that has no label


@dataclass(frozen=True, slots=True)
class Effect:
    """What would be: sentences for a person, the provisions touched as they would stand, and the
    keys that would be given. A provision that would go is not among them."""

    sentences: tuple[str, ...]
    after: tuple[values.Provision, ...]
    made: tuple[str, ...]


def effect_of(work: Work, after: States) -> Effect:
    """The effect of an act that was just done; asked in its own transaction."""
    keys = [key for key, state in after.items() if key.startswith("p") and state]
    left = some_value(work.draft, keys).provisions
    said = [*_sentences(work.before, after), *_additions(work)] or [*_decisions(work)]
    said = said or [_("Nothing changes.")]
    return Effect(
        tuple(dict.fromkeys(said)), tuple(p for p in left if p.key in keys), tuple(work.made)
    )


def _sentences(before: States, after: States) -> Iterator[str]:
    moved = 0
    for key, now in after.items():
        was = before.get(key)
        if was == now:
            continue
        if key.startswith("k"):
            yield _of_package(was, now)
        elif was is None and now is not None:
            yield _("A provision is added: %(place)s.") % {"place": place_of(now)}
        elif was is not None and now is None:
            yield _("This provision goes: %(place)s.") % {"place": place_of(was)}
        elif was is not None and now is not None:
            said = list(_of_provision(was, now))
            moved += not said
            yield from said
    if moved:
        yield ngettext(
            "%(count)d number moves with its place.",
            "%(count)d numbers move with their places.",
            moved,
        ) % {"count": moved}


_DECIDED = {
    Deciding.NOT_RETAINED: gettext_lazy("What %(who)s asks for is not retained."),
    Deciding.WITHDRAWN: gettext_lazy("%(who)s withdraws what it asks for."),
}


def _decisions(work: Work) -> Iterator[str]:
    """What is decided of those whose words do not stand in the draft."""
    for found in work.decided:
        if found.what in _DECIDED:
            yield _DECIDED[found.what] % {"who": found.code}
    for code, undone in work.turned.items():
        told = (
            _("What %(who)s asks for is open again.") if undone else _("The decision holds again.")
        )
        yield told % {"who": code}


_LET_GO = {
    Deciding.NOT_RETAINED: gettext_lazy("The addition of %(who)s is not retained: %(words)s."),
    Deciding.WITHDRAWN: gettext_lazy("%(who)s withdraws its addition: %(words)s."),
}


def _additions(work: Work) -> Iterator[str]:
    """What is decided on additions that stand nowhere: no row of the draft tells it."""
    for found in work.decided:
        asked = work.asked(found.code) if found.change else ()
        change = next((one for one in asked if one.key == found.change), None)
        if change is not None and change.content is not None:
            words = _short(texts.from_json(change.content))
            yield _LET_GO[found.what] % {"who": found.code, "words": words}


def _of_package(was: Json | None, now: Json | None) -> str:
    if now is None:
        return _("The package “%(name)s” is untied.") % {"name": (was or {}).get("name", "")}
    count = len(now["provisions"])
    return ngettext(
        "The package “%(name)s” ties %(count)d provision.",
        "The package “%(name)s” ties %(count)d provisions.",
        count,
    ) % {"name": now["name"], "count": count}


def _of_provision(was: Json, now: Json) -> Iterator[str]:
    place = place_of(now)
    yield from _of_options(place, was["options"], now["options"])
    yield from _of_brackets(place, was["options"], now["options"])
    if was["status"] != now["status"]:
        yield _("%(place)s: from %(was)s to %(now)s.") % {
            "place": place,
            "was": _STATUS[was["status"]],
            "now": _STATUS[now["status"]],
        }
    if was["placed"] != now["placed"]:
        known = _("its place is known") if now["placed"] else _("its place is to be decided")
        yield f"{place}: {known}."
    if was["rank"] != now["rank"]:
        yield _("%(place)s goes to another place.") % {"place": place}
    if was["positions"] != now["positions"]:
        yield _("%(place)s: what delegations say of it changes.") % {"place": place}
    if was["notes"] != now["notes"]:
        yield _("%(place)s: its notes change.") % {"place": place}


def _of_options(place: str, was: dict[str, Json], now: dict[str, Json]) -> Iterator[str]:
    """What comes and stands first, then what goes: that is how one thinks of it."""
    for key in now.keys() - was.keys():
        yield _("%(place)s: a wording of %(who)s comes.") % {"place": place, "who": _who(now[key])}
    for key in now.keys() & was.keys():
        yield from _of_option(place, was[key], now[key])
    yield from _gone(place, was, now)


def _of_option(place: str, was: Json, now: Json) -> Iterator[str]:
    becomes = now["stands"] and not was["stands"]
    joined = set() < set(_names(was)) < set(_names(now))  # which says why the words change
    if becomes:
        who = _named(now) or _named(was) or _who(was)
        yield _("%(place)s: the wording of %(who)s becomes the text.") % {
            "place": place,
            "who": who,
        }
    if was["kind"] != now["kind"] and now["kind"] != OptionKind.TEXT:
        yield _("%(place)s: it is to be deleted.") % {"place": place}
    elif _reworded(was["content"], now["content"]) and not joined:
        yield _("%(place)s: the words of %(who)s change.") % {"place": place, "who": _who(now)}
    if was["attributions"] != now["attributions"] and not (becomes and not _named(now)):
        yield from _behind(place, _names(was), _names(now))


def _behind(place: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[str]:
    """Who stands behind a wording now. That nobody does behind the text goes without saying."""
    gone = [name for name in was if name not in now]
    if not now:
        yield _("%(place)s: no name is set behind it any more.") % {"place": place}
    elif not gone and len(now) > len(was) > 0:
        yield _("%(place)s: one text for %(who)s.") % {"place": place, "who": ", ".join(now)}
    elif gone and set(now) <= set(was):
        told = ngettext(
            "%(place)s: %(who)s no longer stands behind it.",
            "%(place)s: %(who)s no longer stand behind it.",
            len(gone),
        )
        yield told % {"place": place, "who": ", ".join(gone)}
    else:
        told = _("%(place)s: behind a wording stand now %(who)s.")
        yield told % {"place": place, "who": ", ".join(now)}


def _reworded(was: Json, now: Json) -> bool:
    """Whether more changed than brackets around the words, or a number with its place."""
    bare = [unbracketed(texts.from_json(content)) for content in (was, now)]
    return bare[0] != bare[1] and not moved_labels(was, now)


def _of_brackets(place: str, was: dict[str, Json], now: dict[str, Json]) -> Iterator[str]:
    more = _brackets(now) - _brackets(was)
    if more > 0:
        yield ngettext(
            "%(place)s: %(count)d bracket more.", "%(place)s: %(count)d brackets more.", more
        ) % {"place": place, "count": more}
    elif more < 0:
        yield ngettext(
            "%(place)s: %(count)d bracket fewer.", "%(place)s: %(count)d brackets fewer.", -more
        ) % {"place": place, "count": -more}


def _brackets(options: dict[str, Json]) -> int:
    contents = (texts.from_json(option["content"]) for option in options.values())
    return sum(isinstance(piece, BracketOpen) for text in contents for piece in inlines(text))


def _gone(place: str, was: dict[str, Json], now: dict[str, Json]) -> Iterator[str]:
    """What goes, but for a wording whose names stand behind another now: that one tells it."""
    left = {name for option in now.values() for name in _names(option)}
    gone = [was[key] for key in was if key not in now]
    if any(option["stands"] and not _named(option) for option in gone):
        yield _("%(place)s: the text as it stood goes.") % {"place": place}
    others = [option for option in gone if not (option["stands"] and not _named(option))]
    who = [_who(option) for option in others if not set(_names(option)) & left]
    if who:
        told = ngettext(
            "%(place)s: the wording of %(who)s goes.",
            "%(place)s: the wordings of %(who)s go.",
            len(who),
        )
        yield told % {"place": place, "who": "; ".join(who)}


def _names(option: Json) -> tuple[str, ...]:
    return tuple(a["code"] or a["name"] for a in option["attributions"] if not a["bracket"])


def _named(option: Json) -> str:
    """The names behind a wording."""
    return ", ".join(_names(option))


def _who(option: Json) -> str:
    """Who stands behind a wording; what stands without a name is the text as it is."""
    return _named(option) or (_("the text") if option["stands"] else _("nobody by name"))


def place_of(state: Json) -> str:
    """What people call a provision: its label, or its first words."""
    options = sorted(state["options"].values(), key=lambda option: not option["stands"])
    found = texts.from_json(options[0]["content"]) if options else texts.text_of("")
    base = texts.from_json(state["base"]) if state["base"] else found
    return " ".join(filter(None, (found.label, _short(found) or _short(base))))


def _short(text: texts.Text) -> str:
    """The first words of a text."""
    words = texts.plain(text).split()
    short = " ".join(words[:WORDS_MAX]) + (" …" if len(words) > WORDS_MAX else "")
    return f"“{short}”" if short else ""
