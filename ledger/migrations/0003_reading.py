"""Made the reading functions, which `registry.database.guards` now makes at each migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_posting")]
    operations = []
