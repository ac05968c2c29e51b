import os
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import customs.importers
import registry.importers
from ledger.queries import lots
from registry.models import Site
from reports.demo.aviation import enter_aviation
from reports.demo.people import enter_crew, enter_fuel_crew, enter_sign_ins
from reports.demo.trade import SITES
from reports.demo.warehouse import Pace
from reports.demo.year import FIRST_DAY, tell


class Command(BaseCommand):
    help = "Load the demo year: fictional companies and people at real ports. Only into an empty ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, help="Tell only so many days up to now, instead of the year.")
        parser.add_argument("--site", action="append", help="Only this site; may be repeated.")
        parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))

    def handle(self, *args: Any, **options: Any) -> None:
        if lots().exists():
            raise CommandError("The ledger is not empty. The demo year is only told in an empty one: make demo-reset")
        began = monotonic()
        now = timezone.now()
        self._load_register()
        self._say(f"Register, account books and reference lists after {monotonic() - began:.0f} s")
        first = (now - timedelta(days=options["days"])).date() if options["days"] else FIRST_DAY
        opened_at = datetime(first.year, first.month, 1, tzinfo=now.tzinfo)
        enter_sign_ins(at=opened_at)
        sites = Site.objects.filter(code__in=options["site"] or list(SITES)).order_by("pk")
        crews = {
            site.code: enter_crew(site=site, number=list(SITES).index(site.code), at=opened_at)
            for site in sites.select_related("organisation", "customs_office")
        }
        fuel_crew = None
        if not options["site"]:
            enter_aviation(at=opened_at)
            fuel_crew = enter_fuel_crew()
        told = tell(crews, first=first, until=now, pace=Pace(), processes=options["processes"], fuel_crew=fuel_crew)
        for what, number in sorted(told.items()):
            self._say(f"{what}: {number}")
        self._say(f"The demo year is loaded after {monotonic() - began:.0f} s")

    def _load_register(self) -> None:
        call_command("load_reference", verbosity=0)
        for app, command in ((registry, "load_register"), (customs, "load_customs")):
            call_command(command, str(Path(app.importers.DATA) / "demo"), verbosity=0)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
