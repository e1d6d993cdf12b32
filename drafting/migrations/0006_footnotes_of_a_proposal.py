"""The footnotes of what a proposal asks for.

Compatible with the release before: a column with a default of the database's own.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafting", "0005_what_came_of_each_proposal")]

    operations = [
        migrations.AddField(
            model_name="proposedchange",
            name="notes",
            field=models.JSONField(
                blank=True, db_default=models.Value([], models.JSONField()), default=list
            ),
        )
    ]
