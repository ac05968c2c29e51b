"""Made the posting functions and their guards, which `registry.database.guards` now makes at each migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = []
