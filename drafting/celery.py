"""The Celery application. A task message only wakes a worker: the job table is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.settings")

app = Celery("drafting")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
