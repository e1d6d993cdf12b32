"""What is one delegation's alone: a wording that stands nowhere and that nobody else stands behind.

Rules:

- A proposal belongs to its sources; one of several delegations is none's alone.
- What stands, or was adopted, is everybody's, whoever asked for it.
- A provision is *proposed* where it was never adopted and no wording of it stands: choosing none
  gives nothing. It is a delegation's alone where every wording of it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from drafting.domain.codes import parse_code
from drafting.domain.draft import Option, Provision


def belongs(name: str, symbol: str) -> bool:
    """Whether a proposal or a name is also this delegation's."""
    code = parse_code(name)
    return name == symbol or (code is not None and symbol in code.sources)


def sole(names: Iterable[str]) -> str:
    """The one delegation that is behind all of these names; "" where there is none, or several."""
    found = {_sole(name) for name in names}
    return found.pop() if len(found) == 1 else ""


def _sole(name: str) -> str:
    code = parse_code(name)
    if code is None:
        return name
    return code.sources[0] if len(set(code.sources)) == 1 else ""


def owner(option: Option) -> str:
    """Whose alone an option is, "" where it is nobody's or stands."""
    named = [a.code or a.name or "" for a in option.attributions if a.bracket is None]
    return "" if option.stands else sole(named)


def is_proposed(provision: Provision) -> bool:
    """Whether choosing nothing gives nothing here."""
    adopted = provision.base is not None or provision.moved_from is not None
    return not adopted and provision.standing is None


def owner_of_all(provision: Provision) -> str:
    """Whose alone a proposed provision is, "" where it is nobody's."""
    owners = {owner(option) for option in provision.options}
    return owners.pop() if len(owners) == 1 and is_proposed(provision) else ""
