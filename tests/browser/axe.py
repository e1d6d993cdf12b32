"""axe-core on a page that a browser shows: the rules of WCAG 2.2, levels A and AA."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from drafting.launch.environment import REPOSITORY
from drafting.launch.frontend import install_packages

SCRIPT = REPOSITORY / "static" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Sections out of sight are not laid out, and what is not laid out has no contrast to measure.
LAY_OUT = (
    "for (const e of document.querySelectorAll('.part')) e.style.contentVisibility = 'visible'"
)
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations', 'incomplete']})"
# What lies under an open menu or a sticky foot is measured when nothing lies on it.
UNDECIDED = ("color-contrast",)


def violations(page: Page) -> list[str]:
    """What breaks a rule or may break it, one line for each element: rule, place, and why."""
    page.evaluate(LAY_OUT)
    page.evaluate(script())
    found = page.evaluate(RUN, RULES)
    doubts = [rule for rule in found["incomplete"] if rule["id"] not in UNDECIDED]
    return [told(rule, node) for rule in found["violations"] + doubts for node in rule["nodes"]]


@cache
def script() -> str:
    """The text of axe: run by the driver, since the pages' own policy lets no foreign script in."""
    install_packages(everything=True)
    return SCRIPT.read_text("utf-8")


def told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']} at {node['target'][0]}: {why}"
