"""Decisions on one change of a proposal that stands in no provision.

Compatible with the release before: a column with a default of the database's own.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafting", "0006_footnotes_of_a_proposal")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="change",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        )
    ]
