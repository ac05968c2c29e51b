"""django-hordak: `Account.transfer_to()` in a transaction; PostgreSQL triggers hold its legs to zero."""

import sys

import django
from django.core.management import call_command

from bench.peers.settings import use
from bench.peers.work import ACCOUNTS, run

use(sys.argv[2], "mptt", "hordak", HORDAK_CURRENCIES=["CNY"], DEFAULT_CURRENCY="CNY")
django.setup()

from django.db import transaction  # noqa: E402 (Django must know its settings first)
from hordak.models import Account, AccountType  # noqa: E402
from moneyed import CNY, Money  # noqa: E402


def prepare() -> None:
    call_command("migrate", verbosity=0)
    for number in range(ACCOUNTS):
        Account.objects.create(name=f"Account {number}", code=str(number), type=AccountType.asset, currencies=["CNY"])


@transaction.atomic
def transfer(source: Account, target: Account) -> None:
    source.transfer_to(target, Money("1.00", CNY), description="bench")


if __name__ == "__main__":
    run(prepare=prepare, accounts=lambda: list(Account.objects.all()), transfer=transfer)
