"""`migrate`: Django's own, as the tables' owner; then guards made anew, and the application's rights."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from registry.database.guards import make_guards_anew
from registry.database.roles import as_owner, grant_to_application
from registry.database.states import rendered_sparingly


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            with rendered_sparingly():
                super().handle(*args, **options)
            if options["plan"] or options["check_unapplied"]:
                return
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                self.stdout.write("Guards and rights stay as they were until every migration is applied.")
                return
            make_guards_anew()
            if settings.DATABASE_ROLE:
                grant_to_application(settings.DATABASE_ROLE)
