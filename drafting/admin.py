"""The secretariat's desk: conferences, groups and seats to set up, texts and papers to look at."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import is_superuser
from drafting.admin_rights import OfServed
from drafting.models import (
    AdHocGroup,
    Conference,
    Contribution,
    Draft,
    Event,
    Membership,
    PaperImport,
    PaperJob,
    Proposal,
    Revision,
    SecretariatMember,
)
from drafting.views import addresses

# A filter names only what the person may see.
ONLY = admin.RelatedOnlyFieldListFilter


class SecretariatInline(admin.TabularInline):
    model = SecretariatMember
    autocomplete_fields = ("user",)
    extra = 0


class GroupInline(admin.TabularInline):
    model = AdHocGroup
    fields = ("name", "slug", "body", "delegates_write")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
    show_change_link = True
    extra = 0


@admin.register(Conference)
class ConferenceAdmin(OfServed, SimpleHistoryAdmin):
    """Conferences with their secretariat and groups on one page."""

    within = "pk"
    # The name first: the short name for addresses is made of it.
    fields = ("name", "slug", "place", "starts_on", "ends_on")
    list_display = ("name", "place", "starts_on", "ends_on", "group_total")
    search_fields = ("name", "place", "slug")
    list_filter = ("starts_on",)
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
    inlines = (SecretariatInline, GroupInline)
    history_list_display: ClassVar[list[str]] = ["name", "place"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conference]:
        return super().get_queryset(request).annotate(groups_total=Count("groups"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever sets a conference up serves it: else it would be out of sight at once."""
        super().save_related(request, form, formsets, change)
        if not change and not is_superuser(request):
            assert request.user.pk is not None  # the admin lets nobody in who is not signed in
            SecretariatMember.objects.get_or_create(
                conference=form.instance, user_id=request.user.pk
            )

    @admin.display(description=_("groups"), ordering="groups_total")
    def group_total(self, conference: Any) -> int:
        """How many groups the conference has."""
        return int(conference.groups_total)


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ("user", "delegation")
    fields = ("user", "role", "delegation")
    extra = 0


@admin.register(AdHocGroup)
class GroupAdmin(OfServed, SimpleHistoryAdmin):
    """Groups with their members on one page."""

    fields = (
        *("conference", "name", "slug", "body", "mandate"),
        *("delegates_write", "fold_style", "fold_words"),
    )
    list_display = ("name", "conference", "body", "delegates_write", "member_total", "on_site")
    list_filter = (("conference", ONLY), "delegates_write")
    search_fields = ("name", "body", "slug", "memberships__user__full_name")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
    autocomplete_fields = ("conference",)
    inlines = (MembershipInline,)
    history_list_display: ClassVar[list[str]] = ["name", "delegates_write"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AdHocGroup]:
        rows = super().get_queryset(request).select_related("conference")
        return rows.annotate(members_total=Count("memberships"))

    @admin.display(description=_("members"), ordering="members_total")
    def member_total(self, group: Any) -> int:
        """How many sit in the group."""
        return int(group.members_total)

    @admin.display(description=_("page"))
    def on_site(self, group: AdHocGroup) -> str:
        """A link to the group's own page."""
        return format_html('<a href="{}">{}</a>', addresses.group(group), _("open"))


@admin.register(Membership)
class MembershipAdmin(OfServed, SimpleHistoryAdmin):
    """Seats, by person, delegation or group."""

    within = "group__conference"
    list_display = ("user", "group", "role", "delegation")
    list_filter = ("role", ("group__conference", ONLY), ("group", ONLY))
    search_fields = (
        "user__full_name",
        "user__email",
        "delegation__symbol",
        "delegation__name",
        "group__name",
    )
    autocomplete_fields = ("user", "group", "delegation")
    list_select_related = ("user", "group", "delegation")
    history_list_display: ClassVar[list[str]] = ["role", "delegation"]


class Looking(OfServed):
    """For rows that only services write: they are looked at here, never changed."""

    within = "draft__conference"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Draft)
class DraftAdmin(Looking):
    within = "conference"
    list_display = ("symbol", "title", "group", "conference", "last_revision", "seq")
    list_filter = (("conference", ONLY), ("group", ONLY))
    search_fields = ("symbol", "title")
    list_select_related = ("group", "conference")


class ProposalInline(admin.TabularInline):
    model = Proposal
    fields = ("code", "reasons")
    extra = 0
    can_delete = False


@admin.register(Contribution)
class ContributionAdmin(Looking):
    list_display = ("document", "submitted_by", "draft", "date")
    list_filter = (("draft__conference", ONLY), ("draft", ONLY))
    search_fields = ("document", "submitted_by", "proposals__code")
    list_select_related = ("draft",)
    inlines = (ProposalInline,)


@admin.register(Revision)
class RevisionAdmin(Looking):
    list_display = ("__str__", "issued_at", "issued_by", "issued_for", "sha256")
    list_filter = (("draft__conference", ONLY), ("draft", ONLY))
    search_fields = ("draft__symbol", "sha256")
    list_select_related = ("draft", "issued_by")


@admin.register(PaperJob)
class PaperJobAdmin(Looking):
    within = "revision__draft__conference"
    list_display = ("__str__", "job_state", "attempts", "progress", "error")
    list_filter = ("job_state", "form", "comparison")
    list_select_related = ("revision__draft",)


@admin.register(PaperImport)
class PaperImportAdmin(Looking):
    within = "group__conference"
    list_display = ("file", "kind", "state", "draft", "uploaded_by", "uploaded_at", "refusal")
    list_filter = ("kind", "state", ("group", ONLY))
    search_fields = ("file__name",)
    list_select_related = ("file", "draft", "uploaded_by")


@admin.register(Event)
class EventAdmin(Looking):
    list_display = ("draft", "seq", "kind", "actor_name", "acting_for", "at")
    list_filter = ("kind", ("draft", ONLY))
    list_select_related = ("draft",)
