"""The functions that read balances as of a moment, and that write closings."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_posting")]
    operations = [
        migrations.RunSQL(
            (SQL / "reading.sql").read_text(),
            "DROP FUNCTION ledger_dependants_of; DROP FUNCTION ledger_write_closings; DROP FUNCTION ledger_account_at; DROP FUNCTION ledger_stock_at;",
        ),
    ]
