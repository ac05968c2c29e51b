import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinesAsOf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("history_id", models.BigIntegerField(verbose_name="entry of the document's history")),
                (
                    "lines",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="lines"),
                ),
            ],
            options={
                "verbose_name": "lines as they stood",
                "verbose_name_plural": "lines as they stood",
                "db_table_comment": "What the lines of a document said after one entry of its history.",
                "ordering": ("document_kind", "document_id", "history_id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document_kind", "document_id", "history_id"), name="lines_as_of_once_an_entry"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last_sequence", models.PositiveIntegerField(default=0, verbose_name="last number")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "number series",
                "verbose_name_plural": "number series",
                "db_table_comment": "The last number given to a kind of document of a site in a year.",
                "ordering": ("site", "kind", "year"),
                "constraints": [models.UniqueConstraint(fields=("site", "kind", "year"), name="number_series_once")],
            },
        ),
    ]
