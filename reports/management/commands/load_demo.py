import os
from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ledger.queries import lots
from registry.models import Site
from reports.demo.aviation import enter_aviation
from reports.demo.calendar import CUSTOMS_TIME
from reports.demo.people import enter_crew, enter_fuel_crew, enter_sign_ins
from reports.demo.register import enter_register
from reports.demo.trade import SITES
from reports.demo.warehouse import Pace
from reports.demo.year import tell, year_before

# Where nothing real is kept.
MADE_UP = ("demo", "test")


class Command(BaseCommand):
    help = "Load the demo year: fictional companies and people at real ports. Only into an empty ledger."
    # How much happens; for callers in Python.
    stealth_options = ("pace",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, help="Tell only so many days up to now, instead of the year.")
        parser.add_argument("--site", action="append", help="Only this site; may be repeated.")
        parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE not in MADE_UP:
            raise CommandError(
                "The demo year is made up, and its passwords are known to everybody. "
                "It is only loaded where BONDBOOK_MODE is demo or test."
            )
        if lots().exists():
            raise CommandError("The ledger is not empty. The demo year is only told in an empty one: make demo-reset")
        began = monotonic()
        now = timezone.now().astimezone(CUSTOMS_TIME)
        first = now.date() - timedelta(days=options["days"]) if options["days"] else year_before(now.date())
        opened_at = datetime.combine(first.replace(day=1), time(), CUSTOMS_TIME)
        enter_register(at=opened_at, until=now)
        self._say(f"Register, account books and reference lists after {monotonic() - began:.0f} s")
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
        told = tell(
            crews,
            first=first,
            until=now,
            pace=options.get("pace") or Pace(),
            processes=options["processes"],
            fuel_crew=fuel_crew,
        )
        for what, number in sorted(told.items()):
            self._say(f"{what}: {number}")
        self._say(f"The demo year is loaded after {monotonic() - began:.0f} s")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
