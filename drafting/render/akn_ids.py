"""Identifiers of an Akoma Ntoso document: eIds by hierarchy, references to those who act.

An eId follows the printed numbers and changes with them; the wId of a provision is its key and
never changes. Numbers that come twice in one section get "_2", "_3".
"""

from __future__ import annotations

import re
from collections import Counter

from drafting.domain.codes import parse_code

_UNSAFE = re.compile(r"[^a-z0-9]+")


def slug(words: str) -> str:
    """ "instructs the Secretary-General" as "instructsTheSecretaryGeneral": fit for an id."""
    parts = [part for part in _UNSAFE.split(words.lower()) if part]
    if not parts:
        return ""
    return parts[0] + "".join(part.capitalize() for part in parts[1:])


def path_part(words: str) -> str:
    """The words as a part of an IRI: "DL/12" as "dl-12"."""
    return _UNSAFE.sub("-", words.lower()).strip("-") or "none"


class Ids:
    """Gives every eId once."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def give(self, wanted: str) -> str:
        """The wanted eId, or the next free one like it."""
        while True:
            self._given[wanted] += 1
            number = self._given[wanted]
            if number == 1:
                return wanted
            again = f"{wanted}_{number}"
            if not self._given[again]:
                self._given[again] = 1
                return again


class References:
    """Those who act in the paper, each under one id: proposals by code, bodies by name."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self.proposals: dict[str, str] = {}  # code -> eId
        self.bodies: dict[str, str] = {}  # name -> eId

    def of(self, who: str) -> str:
        """ "#prop_ISL_79A2_13" for a proposal, "#body_committee5" for a body."""
        known = self.proposals.get(who) or self.bodies.get(who)
        return f"#{known or self._add(who)}"

    def _add(self, who: str) -> str:
        if parse_code(who):
            self.proposals[who] = self._ids.give(f"prop_{re.sub(r'[^A-Za-z0-9]+', '_', who)}")
            return self.proposals[who]
        self.bodies[who] = self._ids.give(f"body_{slug(who) or 'x'}")
        return self.bodies[who]
