"""Positions, packages, decisions, the way back from an act, and how a group folds wordings.

Compatible with the release before: new tables, and columns with a default of the database's own.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_cache_table"),
        ("drafting", "0003_longer_bracket_ids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="adhocgroup",
            name="fold_style",
            field=models.CharField(
                choices=[
                    ("options", "whole options"),
                    ("inline", "one text with alternatives in brackets"),
                ],
                db_default="options",
                default="options",
                max_length=10,
                verbose_name="different wordings are shown as",
            ),
        ),
        migrations.AddField(
            model_name="adhocgroup",
            name="fold_words",
            field=models.PositiveSmallIntegerField(
                db_default=8,
                default=8,
                help_text="Longer differences stay whole options.",
                verbose_name="most words in one alternative",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="last_package",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="draft",
            name="on_floor",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicaladhocgroup",
            name="fold_style",
            field=models.CharField(
                choices=[
                    ("options", "whole options"),
                    ("inline", "one text with alternatives in brackets"),
                ],
                db_default="options",
                default="options",
                max_length=10,
                verbose_name="different wordings are shown as",
            ),
        ),
        migrations.AddField(
            model_name="historicaladhocgroup",
            name="fold_words",
            field=models.PositiveSmallIntegerField(
                db_default=8,
                default=8,
                help_text="Longer differences stay whole options.",
                verbose_name="most words in one alternative",
            ),
        ),
        migrations.AddField(
            model_name="historicalprovision",
            name="placed",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="provision",
            name="placed",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.CreateModel(
            name="Before",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provisions", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="before",
                        to="drafting.event",
                    ),
                ),
                (
                    "undone_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="undoes",
                        to="drafting.event",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "state before an act",
                "verbose_name_plural": "states before acts",
            },
        ),
        migrations.CreateModel(
            name="HistoricalPosition",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "acting_for",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="acting for"
                    ),
                ),
                ("bracket", models.CharField(blank=True, max_length=40)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("support", "support"),
                            ("oppose", "oppose"),
                            ("reserve", "reserve"),
                            ("delete", "delete"),
                            ("amend", "amend"),
                            ("waiting", "waiting"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=300, verbose_name="in a few words"),
                ),
                ("said_by", models.CharField(max_length=120)),
                ("from_the_floor", models.BooleanField(default=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.delegation",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="drafting.option",
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="drafting.provision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveBigIntegerField()),
                ("provision", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=120)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("taken_up", "taken up"),
                            ("folded", "folded"),
                            ("chosen", "chosen"),
                            ("not_retained", "not retained"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=14,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                ("by", models.CharField(max_length=120)),
                ("acting_for", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("undone", models.BooleanField(default=False)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="drafting.draft",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["seq", "pk"],
                "indexes": [
                    models.Index(
                        fields=["draft", "code", "provision"], name="decisions_on_a_proposal"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                ["taken_up", "folded", "chosen", "not_retained", "withdrawn"],
                            )
                        ),
                        name="decision_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packages",
                        to="drafting.draft",
                    ),
                ),
                (
                    "provisions",
                    models.ManyToManyField(related_name="packages", to="drafting.provision"),
                ),
            ],
            options={
                "verbose_name": "package",
                "verbose_name_plural": "packages",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "number"), name="package_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bracket", models.CharField(blank=True, max_length=40)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("support", "support"),
                            ("oppose", "oppose"),
                            ("reserve", "reserve"),
                            ("delete", "delete"),
                            ("amend", "amend"),
                            ("waiting", "waiting"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=300, verbose_name="in a few words"),
                ),
                ("said_by", models.CharField(max_length=120)),
                ("from_the_floor", models.BooleanField(default=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.delegation",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="drafting.option",
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="drafting.provision",
                    ),
                ),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provision", "option", "bracket", "delegation"),
                        name="one_position_of_a_delegation_on_a_thing",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stance__in",
                                ["support", "oppose", "reserve", "delete", "amend", "waiting"],
                            )
                        ),
                        name="position_stance_known",
                    ),
                ],
            },
        ),
    ]
