"""The posting functions, the backstops and append-only tables."""

from pathlib import Path

from django.db import migrations

from registry.history import keep_append_only

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        # Not reversible: a ledger without its guards must not be written to.
        migrations.RunSQL((SQL / "posting.sql").read_text()),
        migrations.RunSQL((SQL / "guards.sql").read_text()),
        keep_append_only("ledger_lot", "ledger_transaction", "ledger_entry", "ledger_period", "ledger_closing"),
    ]
