"""All addresses. Every route below has a policy; one without fails the build (`checks.py`)."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from drafting.views import (
    checks,
    consolidation,
    contributions,
    disposition,
    drafts,
    floor,
    groups,
    imports,
    revisions,
    table,
    table_cases,
)
from drafting.views.health import health

# The admin signs people in like everything else, so that one second factor guards both.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

a_draft: list[URLPattern | URLResolver] = [
    path("", drafts.room, name="draft"),
    path("disposition/", disposition.table, name="disposition"),
    path("floor/", floor.floor, name="floor"),
    path("floor/positions.json", floor.positions, name="floor-positions"),
    path("table/", table.table, name="table"),
    path("table/index/", table.index, name="table-index"),
    path("table/effect/", table.effect, name="table-effect"),
    path("table/cases/", table_cases.cases, name="table-cases"),
    path("table/<str:key>/", table.case, name="table-case"),
    path("checks/", checks.index, name="checks"),
    path("checks/mend/", checks.mend, name="checks-mend"),
    path("checks/undo/", checks.undo, name="checks-undo"),
    path("provisions/<str:key>/history/", drafts.history, name="provision-history"),
    path("bring-in/", imports.new, name="import-new"),
    path("consolidate/", consolidation.preview, name="consolidation"),
    path("consolidate/style/", consolidation.style, name="consolidation-style"),
    path("consolidate/put/", consolidation.put, name="consolidation-put"),
    path("revisions/", revisions.index, name="revisions"),
    path("revisions/issue/", revisions.issue, name="revision-issue"),
    path("revisions/proof/<slug:form>/", revisions.proof, name="revision-proof"),
    path("revisions/papers.json", revisions.papers_state, name="papers-state"),
    path("revisions/papers/<int:pk>/retry/", revisions.retry, name="paper-retry"),
    path("revisions/<int:number>/<slug:comparison>/<slug:form>/", revisions.paper, name="paper"),
    path("contributions/<int:pk>/file/", contributions.file, name="contribution-file"),
]

an_import: list[URLPattern | URLResolver] = [
    path("", imports.report, name="import"),
    path("state.json", imports.state, name="import-state"),
    path("answer/", imports.answer, name="import-answer"),
    path("assume/", imports.assume, name="import-assume"),
    path("place/", imports.place, name="import-place"),
    path("discard/", imports.discard, name="import-discard"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", groups.home, name="home"),
    path("groups/<slug:conference>/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:conference>/<slug:slug>/drafts/new/", imports.new_draft, name="draft-new"),
    path("drafts/<slug:conference>/<slug:slug>/", include(a_draft)),
    path("imports/<int:pk>/", include(an_import)),
    path("healthz", health, name="health"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
