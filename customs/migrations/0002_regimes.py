"""The regimes that customs knows. Their figures are policy: an administrator may change them, the history keeps both."""

from typing import Any

from django.db import migrations

# Regime: storage limit and extension in months, guarantee taken, weighing tolerance, loss tolerance,
# batch declaration allowed, lot identification.
REGIMES = (
    ("comprehensive_bonded_zone", None, None, False, "0.03", "0.005", True, "fifo"),
    ("bonded_warehouse", 12, 12, True, "0.03", "0.005", False, "fifo"),
    ("bonded_logistics_centre", 12, 12, True, "0.03", "0.005", True, "fifo"),
    ("bonded_fuel", 12, 12, True, "0.005", "0.0035", True, "fifo"),
    ("bonded_maintenance", None, None, True, "0.03", "0", False, "named"),
)


def enter_regimes(apps: Any, schema_editor: Any) -> None:
    apps.get_model("customs", "Regime").objects.bulk_create(
        apps.get_model("customs", "Regime")(
            code=code,
            storage_limit_months=limit,
            extension_months=extension,
            takes_guarantee=takes_guarantee,
            weighing_tolerance=weighing,
            loss_tolerance=loss,
            allows_batch_declaration=batch,
            lot_identification=identification,
        )
        for code, limit, extension, takes_guarantee, weighing, loss, batch, identification in REGIMES
    )


def remove_regimes(apps: Any, schema_editor: Any) -> None:
    apps.get_model("customs", "Regime").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("customs", "0001_initial")]
    operations = [migrations.RunPython(enter_regimes, remove_regimes)]
