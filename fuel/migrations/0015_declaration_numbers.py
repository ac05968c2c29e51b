from typing import Any

from django.db import migrations

from registry.identity import folded_key


def enter_numbers(apps: Any, schema_editor: Any) -> None:
    """Put the consignments that customs accepted under the numbers they have; the first of two alike keeps it."""
    number_row = apps.get_model("customs", "DeclarationNumber")
    rows = apps.get_model("fuel", "FuelConsignment").objects.filter(accepted_at__isnull=False)
    rows = rows.exclude(declaration_number="").exclude(state__in=["void", "reversed"])
    number_row.objects.bulk_create(
        [
            number_row(
                zone_id=zone_id,
                key=folded_key(number),
                number=number,
                document_kind="fuel_consignment",
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
        ("customs", "0005_declaration_numbers"),
        ("fuel", "0014_settlements"),
    ]

    operations = [
        migrations.RunPython(enter_numbers, migrations.RunPython.noop),
    ]
