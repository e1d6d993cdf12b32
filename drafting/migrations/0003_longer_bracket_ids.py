"""An editor's ids of brackets are longer than those that papers bring.

Compatible with the release before: a longer column takes what it wrote.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafting", "0002_live_editing")]

    operations = [
        migrations.AlterField(
            model_name="attribution",
            name="bracket",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
