"""Telling people, in their language, what rooms without Django have written in English."""

from __future__ import annotations

from django.utils.translation import gettext

from drafting.domain.sentences import Filled


def told(sentence: str) -> str:
    """The sentence translated. Words that fill it are only translated where they are sentences."""
    if not isinstance(sentence, Filled):
        return gettext(sentence) if sentence else ""
    words = {
        name: told(word) if isinstance(word, Filled) else word
        for name, word in sentence.words.items()
    }
    return gettext(sentence.template).format(**words)
