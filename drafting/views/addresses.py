"""Where things are: the one place that builds links."""

from __future__ import annotations

from django.urls import reverse

from drafting.models import AdHocGroup, Contribution, Draft, PaperImport, PaperJob


def _of(draft: Draft) -> dict[str, str]:
    return {"conference": draft.conference.slug, "slug": draft.slug}


def group(row: AdHocGroup) -> str:
    return reverse("group", kwargs={"conference": row.conference.slug, "slug": row.slug})


def new_draft(row: AdHocGroup) -> str:
    return reverse("draft-new", kwargs={"conference": row.conference.slug, "slug": row.slug})


def draft(row: Draft) -> str:
    return reverse("draft", kwargs=_of(row))


def revisions(row: Draft) -> str:
    return reverse("revisions", kwargs=_of(row))


def issue_revision(row: Draft) -> str:
    return reverse("revision-issue", kwargs=_of(row))


def proof(row: Draft, form: str) -> str:
    return reverse("revision-proof", kwargs={**_of(row), "form": form})


def papers_state(row: Draft) -> str:
    return reverse("papers-state", kwargs=_of(row))


def new_import(row: Draft) -> str:
    return reverse("import-new", kwargs=_of(row))


def provision_history(row: Draft, key: str) -> str:
    return reverse("provision-history", kwargs={**_of(row), "key": key})


def histories(row: Draft) -> str:
    """What the address of every provision's history begins with."""
    return provision_history(row, "p0").removesuffix("p0/history/")


def disposition(row: Draft) -> str:
    """What came of each proposal."""
    return reverse("disposition", kwargs=_of(row))


def floor(row: Draft) -> str:
    """The text in large type, for the projector."""
    return reverse("floor", kwargs=_of(row))


def floor_positions(row: Draft) -> str:
    """What delegations think, as the floor tells it."""
    return reverse("floor-positions", kwargs=_of(row))


def table(row: Draft, part: str = "") -> str:
    """The chair's table, or the address of a part of it: index, effect."""
    return reverse(f"table-{part}" if part else "table", kwargs=_of(row))


def consolidation(row: Draft, act: str = "") -> str:
    """What the machine would make of the proposals, or the address of an act: style, put."""
    return reverse(f"consolidation-{act}" if act else "consolidation", kwargs=_of(row))


def checks(row: Draft, act: str = "") -> str:
    """What the checks find, or the address of an act on it: mend, undo."""
    return reverse(f"checks-{act}" if act else "checks", kwargs=_of(row))


def live(row: Draft) -> str:
    """The path of the draft's WebSocket."""
    return f"/ws/drafts/{row.conference.slug}/{row.slug}/"


def paper(row: Draft, number: int, job: PaperJob) -> str:
    kwargs = {**_of(row), "number": number, "comparison": job.comparison, "form": job.form}
    return reverse("paper", kwargs=kwargs)


def retry_paper(row: Draft, job: PaperJob) -> str:
    return reverse("paper-retry", kwargs={**_of(row), "pk": job.pk})


def contribution_file(row: Contribution) -> str:
    return reverse("contribution-file", kwargs={**_of(row.draft), "pk": row.pk})


def paper_import(row: PaperImport, act: str = "") -> str:
    """The report of an import, or the address of an act on it: state, answer, ..."""
    return reverse(f"import-{act}" if act else "import", kwargs={"pk": row.pk})
