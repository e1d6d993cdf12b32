"""Celery tasks: each takes a key, makes one call, and leaves the truth in its table."""

from __future__ import annotations

from celery import shared_task

from drafting import wake
from drafting.services import befores, imports, papers, turns


@shared_task(name=wake.READ_PAPER)
def read_paper(pk: int) -> None:
    imports.read(pk)


@shared_task(name=wake.RENDER_PAPER)
def render_paper(pk: int) -> None:
    papers.work(pk)


@shared_task(name=wake.SWEEP)
def sweep() -> None:
    papers.sweep()
    turns.end_rested()
    befores.forget_old()
