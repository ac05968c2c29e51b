from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import customs.models.declaration_numbers
from registry.identity import folded_key


def enter_numbers(apps: Any, schema_editor: Any) -> None:
    """Put the declarations that stand under the numbers they have."""
    rows = apps.get_model("customs", "Declaration").objects.filter(state__in=["accepted", "released", "closed"])
    number_row = apps.get_model("customs", "DeclarationNumber")
    number_row.objects.bulk_create(
        [
            number_row(
                zone_id=zone_id,
                key=folded_key(number),
                number=number,
                document_kind="declaration",
                document_id=pk,
                document_number=document_number,
            )
            for pk, document_number, number, zone_id in rows.order_by("pk").values_list(
                "pk", "number", "declaration_number", "site__zone"
            )
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("customs", "0004_lines_as_of"),
        ("registry", "0003_aviation"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalregime",
            name="declaration_number_form",
            field=models.CharField(
                db_default="##################",
                default="##################",
                help_text="# for a digit, @ for a letter, * for either; | parts several forms.",
                max_length=80,
                validators=[customs.models.declaration_numbers.check_form],
                verbose_name="form of declaration numbers",
            ),
        ),
        migrations.AddField(
            model_name="regime",
            name="declaration_number_form",
            field=models.CharField(
                db_default="##################",
                default="##################",
                help_text="# for a digit, @ for a letter, * for either; | parts several forms.",
                max_length=80,
                validators=[customs.models.declaration_numbers.check_form],
                verbose_name="form of declaration numbers",
            ),
        ),
        migrations.CreateModel(
            name="DeclarationNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, verbose_name="key of the number")),
                ("number", models.CharField(max_length=40, verbose_name="customs declaration number")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.zone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "customs declaration number",
                "verbose_name_plural": "customs declaration numbers",
                "db_table_comment": "Which document stands under a customs declaration number; within a zone each has one.",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("zone", "key"), name="declaration_number_once_per_zone"),
                    models.UniqueConstraint(fields=("document_kind", "document_id"), name="document_under_one_number"),
                ],
            },
        ),
        migrations.RunPython(enter_numbers, migrations.RunPython.noop),
    ]
