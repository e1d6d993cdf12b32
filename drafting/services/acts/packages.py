"""Provisions that are only agreed together.

Rules:

- A package says so and settles nothing; a provision may be in several.
- Its number is given once in a draft, as those of provisions and options are.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting.models import Draft, Event, Package, Provision
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.work import Work, gone, invalid

MOST_PACKAGES = 500


def tie(work: Work, deed: deeds.TiePackage) -> Event:
    """Ties provisions, or gives a package that there is another name and other provisions."""
    name = rows.clean_words(deed.name)
    if not name:
        raise invalid(_("A package needs a name."))
    held = [work.provision(key) for key in dict.fromkeys(deed.provisions)]
    package = _found(work, deed.package) if deed.package else _made(work)
    before = _members(work, package)
    package.name = name
    package.save()
    package.provisions.set(held)
    work.made.append(str(package.number))
    return work.tell("package", provisions=[*held, *before])


def untie(work: Work, deed: deeds.UntiePackage) -> Event:
    """Takes a package apart; its provisions stay."""
    package = _found(work, deed.package)
    held = _members(work, package)
    package.delete()
    return work.tell("package", provisions=held)


def _found(work: Work, number: int) -> Package:
    found = work.draft.packages.filter(number=number).first()
    if found is None:
        raise gone()
    work.watch([found])
    return found


def _made(work: Work) -> Package:
    if work.draft.packages.count() >= MOST_PACKAGES:
        raise invalid(_("There are too many of them already."))
    work.draft.last_package += 1
    Draft.objects.filter(pk=work.draft.pk).update(last_package=work.draft.last_package)
    work.before[f"k{work.draft.last_package}"] = None
    return Package(draft=work.draft, number=work.draft.last_package)


def _members(work: Work, package: Package) -> list[Provision]:
    if package._state.adding:
        return []
    numbers = package.provisions.values("pk")
    return work.take(work.draft.provisions.filter(pk__in=numbers))
