from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from registry.operations.requests import DAYS_KEPT, forget_answered_requests


class Command(BaseCommand):
    help = "Forget the answers kept for idempotency keys of the API that are too old to be asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS_KEPT, help="how long answers are kept (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_answered_requests(at=timezone.now(), days=options["days"])
        self.stdout.write(f"{forgotten} forgotten")
