from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ledger.verification import verify
from registry.models import Zone


class Command(BaseCommand):
    help = "Recompute the ledger from its entries and name every row that differs; exit code 1 when one does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--zone", help="Code of the zone; every zone when it is left out.")

    def handle(self, *args: Any, **options: Any) -> None:
        zone_id = None
        if options["zone"]:
            zone = Zone.objects.filter(code=options["zone"]).first()
            if zone is None:
                raise CommandError(_("There is no zone %(code)s.") % {"code": options["zone"]})
            zone_id = zone.pk
        differing = 0
        for difference in verify(zone_id=zone_id):
            differing += 1
            self.stdout.write(str(difference))
        if differing:
            raise SystemExit(1)
        self.stdout.write(_("Nothing differs."))
