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
