"""django-ledger: `EntityModel.commit_txs()` with a posted journal entry of two transactions."""

import sys
from decimal import Decimal

import django
from django.core.management import call_command

from bench.peers.settings import use
from bench.peers.work import ACCOUNTS, run

use(sys.argv[2], "django_ledger", DJANGO_LEDGER_USE_DEPRECATED_BEHAVIOR=False)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 (Django must know its settings first)
from django.utils import timezone  # noqa: E402
from django_ledger.io.roles import ASSET_CA_CASH  # noqa: E402
from django_ledger.models import AccountModel, EntityModel, LedgerModel  # noqa: E402


def prepare() -> None:
    call_command("migrate", verbosity=0)
    entity = EntityModel.create_entity(
        name="Bench",
        admin=get_user_model().objects.create_user("bench"),
        use_accrual_method=True,
        fy_start_month=1,
    )
    entity.create_chart_of_accounts(assign_as_default=True, commit=True)
    for number in range(ACCOUNTS):
        entity.create_account(
            code=str(10_000 + number),
            role=ASSET_CA_CASH,
            name=f"Account {number}",
            balance_type="debit",
            active=True,
        )
    entity.create_ledger(name="Bench", posted=True)
    # Several processes that post the first entries of a month at once end in endless recursion over its number series.
    books = Books()
    books.transfer(*books.accounts()[:2])


class Books:
    """The entity, its ledger and its accounts, loaded once."""

    def __init__(self) -> None:
        self.entity = EntityModel.objects.get()
        self.ledger = LedgerModel.objects.get()

    def accounts(self) -> list[AccountModel]:
        return list(AccountModel.objects.filter(role=ASSET_CA_CASH))

    def transfer(self, source: AccountModel, target: AccountModel) -> None:
        self.entity.commit_txs(
            je_timestamp=timezone.now(),
            je_txs=[
                {"account": source, "amount": Decimal("1.00"), "tx_type": "credit", "description": "bench"},
                {"account": target, "amount": Decimal("1.00"), "tx_type": "debit", "description": "bench"},
            ],
            je_ledger_model=self.ledger,
            je_posted=True,
        )


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        books = Books()
        run(prepare=prepare, accounts=books.accounts, transfer=books.transfer)
