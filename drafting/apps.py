"""The Django application, and the place where Celery's application becomes current."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Imported for its effect: `shared_task` in web processes must find this configuration.
from drafting.celery import app as celery_app

__all__ = ["DraftingConfig", "celery_app"]


class DraftingConfig(AppConfig):
    """Registers the tables of `drafting.models` under the label `drafting`."""

    name = "drafting"
    verbose_name = _("Drafting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the system checks, and what the secretariat may do in the admin."""
        from django.db.models.signals import post_migrate

        from drafting import checks
        from drafting.admin_rights import grant_drafting_to_secretariat

        self.checks = checks
        post_migrate.connect(grant_drafting_to_secretariat, sender=self)
