"""The functions that read balances as of a moment, that write closings, and that verify."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_posting")]
    operations = [
        migrations.RunSQL(
            (SQL / "reading.sql").read_text(),
            "DROP FUNCTION ledger_dependants_of, ledger_write_closings, ledger_account_at, ledger_stock_at",
        ),
        migrations.RunSQL(
            (SQL / "verifying.sql").read_text(),
            "DROP FUNCTION ledger_differences, ledger_days_from_entries, ledger_unlike, ledger_account_text",
        ),
    ]
