"""The secretariat's lists of people and delegations."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from accounts.forms import AddPersonForm, ChangePersonForm, DelegationForm
from accounts.models import Delegation, User

admin.site.site_header = _("Secretariat")
admin.site.site_title = _("Secretariat")
admin.site.index_title = _("Set up the conference")


@admin.register(User)
class PersonAdmin(SimpleHistoryAdmin, UserAdmin):
    """People, by name or address. Only a superuser hands out rights in the admin."""

    form = ChangePersonForm
    add_form = AddPersonForm
    change_password_form = AdminPasswordChangeForm
    ordering = ("full_name", "email")
    list_display = ("full_name", "email", "language", "is_active", "is_staff", "last_login")
    list_display_links = ("full_name", "email")
    list_filter = ("is_active", "is_staff", "groups", "language")
    search_fields = ("full_name", "email")
    filter_horizontal = ("groups", "user_permissions")
    readonly_fields = ("last_login", "date_joined")
    list_per_page = 50
    history_list_display: ClassVar[list[str]] = ["full_name", "email", "is_active"]
    fieldsets = (
        (None, {"fields": ("email", "password", "full_name", "language", "is_active")}),
        (_("In the admin"), {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("email", "full_name", "language"),
                "description": _(
                    "They set their password themselves: point them to "
                    "“Forgotten your password?” on the sign-in page."
                ),
            },
        ),
    )
    rights = ("is_staff", "is_superuser", "groups", "user_permissions")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if is_superuser(request) else fixed + self.rights

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Whoever may set a superuser's password or address may become that superuser.
        if obj is not None and obj.is_superuser and not is_superuser(request):
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delegation)
class DelegationAdmin(SimpleHistoryAdmin):
    """Delegations, by symbol or name."""

    form = DelegationForm
    list_display = ("symbol", "name", "short_name", "kind", "member_count")
    list_display_links = ("symbol", "name")
    list_filter = ("kind", ("regional_groups", admin.RelatedOnlyFieldListFilter))
    search_fields = ("symbol", "name", "short_name")
    filter_horizontal = ("members",)
    list_per_page = 100
    history_list_display: ClassVar[list[str]] = ["symbol", "name", "kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        return super().get_queryset(request).annotate(member_total=Count("members"))

    @admin.display(description=_("members"), ordering="member_total")
    def member_count(self, delegation: Any) -> str:
        """How many delegations it speaks for; empty for anything but a regional group."""
        return str(delegation.member_total or "")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def is_superuser(request: HttpRequest) -> bool:
    """Whether the person signed in is one."""
    return bool(getattr(request.user, "is_superuser", False))
