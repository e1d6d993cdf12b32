"""Sentences for people, from rooms that know no language but English and no Django.

- A sentence is written in English and marked with `gettext_noop`, under which `makemessages` finds
  it. It is translated where it is shown, by `services.telling`.
- A sentence with words in it is `filled`: it reads as English, and remembers its template and its
  words, so that the template is what is translated.
- On its way through JSON a filled sentence is packed as `{"say": template, "with": words}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SAY, WITH = "say", "with"


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation. It is given back as it is."""
    return message


class Filled(str):
    """A sentence with its words filled in. `words` may be filled sentences themselves."""

    template: str
    words: Mapping[str, str]

    def __new__(cls, template: str, words: Mapping[str, str]) -> Filled:
        made = super().__new__(cls, template.format(**words))
        made.template, made.words = template, dict(words)
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, str]]:  # type: ignore[override]
        """What a copy is made of."""
        return self.template, self.words


def filled(template: str, **words: object) -> Filled:
    """The marked template with its words: `filled(_("After {place}"), place="recalling a)")`."""
    return Filled(template, {n: w if isinstance(w, str) else str(w) for n, w in words.items()})


def pack(value: Any) -> Any:
    """The JSON of sentences, wherever they lie in `value`; everything else stays as it is."""
    if isinstance(value, Filled):
        return {SAY: value.template, WITH: pack(value.words)}
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [pack(item) for item in value]
    return value


def unpack(value: Any) -> Any:
    """The sentences in JSON that `pack` made. Raises ValueError where a template lacks words."""
    if isinstance(value, list):
        return [unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() != {SAY, WITH}:
        return {key: unpack(item) for key, item in value.items()}
    try:
        return Filled(value[SAY], unpack(value[WITH]))
    except (KeyError, IndexError, AttributeError, TypeError) as error:
        raise ValueError("A sentence has not the words that its template names.") from error
