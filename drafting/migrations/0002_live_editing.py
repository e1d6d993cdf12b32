"""Live editing: who writes what, on which version, in answer to which message.

Compatible with the release before: every new column is empty or has the database's own default.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WritingClient",
            fields=[
                ("client", models.CharField(max_length=22, primary_key=True, serialize=False)),
                (
                    "first_used",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "writing client", "verbose_name_plural": "writing clients"},
        ),
        migrations.AddField(
            model_name="event",
            name="client",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="mid",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="option",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="version",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="option",
            name="written_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="option",
            name="written_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="written_for",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=120),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind", "provision.status")),
                fields=["draft", "seq"],
                name="event_moves_of_status",
            ),
        ),
        migrations.AddIndex(
            model_name="option",
            index=models.Index(
                condition=models.Q(("written_at__isnull", False)),
                fields=["written_at"],
                name="option_turns_that_go_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("option__isnull", False)),
                fields=("draft", "option", "version"),
                name="event_version_once_per_option",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("client__isnull", False)),
                fields=("client", "mid"),
                name="event_answers_a_message_once",
            ),
        ),
    ]
