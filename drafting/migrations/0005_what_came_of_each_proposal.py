"""The disposition table, frozen with a Revision, and its two forms of paper.

Compatible with the release before: a column that may be empty, a wider one, two wider constraints.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafting", "0004_the_chairs_table")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="disposition",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.RemoveConstraint(model_name="paperjob", name="paper_form_known"),
        migrations.RemoveConstraint(model_name="paperjob", name="paper_comparison_known"),
        migrations.AlterField(
            model_name="paperjob",
            name="comparison",
            field=models.CharField(
                choices=[
                    ("base", "against the base"),
                    ("previous", "against the Revision before"),
                    ("clean", "clean"),
                    ("disposition", "what came of each proposal"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="paperjob",
            name="form",
            field=models.CharField(
                choices=[
                    ("docx", "Word"),
                    ("pdf", "PDF"),
                    ("html", "HTML"),
                    ("akn", "AKN 3.0"),
                    ("txt", "Text"),
                    ("xlsx", "Excel"),
                ],
                max_length=4,
            ),
        ),
        migrations.AddConstraint(
            model_name="paperjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["docx", "pdf", "html", "akn", "txt", "xlsx"])),
                name="paper_form_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("comparison__in", ["base", "previous", "clean", "disposition"])
                ),
                name="paper_comparison_known",
            ),
        ),
    ]
