"""The one refusal of the room: a file that cannot be read, with a sentence for its sender."""

from __future__ import annotations


class Unreadable(Exception):
    """Nothing was changed. The `sentence` says what is wrong with the file and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence
