"""The accounts application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, delegations, roles, sign-in."""

    name = "accounts"
    verbose_name = _("People and delegations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.roles import grant_accounts_to_secretariat

        post_migrate.connect(grant_accounts_to_secretariat, sender=self)
