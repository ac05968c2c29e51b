"""A bonded warehouse with an open account book and the people who work there; goods come in through the operations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from bonded.admissions.operations import admissions, receiving
from bonded.admissions.operations.admissions import AdmissionLineInput
from bonded.admissions.operations.receiving import CountInput
from bonded.models import Admission, Withdrawal
from bonded.operations.payments import record_payment
from bonded.payable import payable_cny
from bonded.withdrawals.operations import discharge, withdrawals
from bonded.withdrawals.operations.withdrawals import WithdrawalLineInput
from customs.models import AccountBook, Guarantee
from customs.operations.books import open_account_book
from customs.operations.guarantees import enter_guarantee
from ledger.postings import Hold, Journal
from ledger.queries import balances
from registry.history import create_all_as
from registry.models import ExchangeRate, Item, Organisation, OrganisationKind, Place, Role, Site, TariffRate, User
from registry.operations.register import enter_in_register
from registry.wording import CUSTOMS_TIME
from tests.customs.build import declaration_number
from tests.registry import build

AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
JANUARY = date(2026, 1, 1)


@dataclass
class Warehouse:
    """What a test works in; `now` moves on with every act."""

    site: Site
    book: AccountBook
    owner: Organisation
    bin: Place
    other_bin: Place
    operator: User
    supervisor: User
    officer: User
    now: datetime = field(default=AT)

    def tick(self, **by: int) -> datetime:
        self.now += timedelta(**(by or {"minutes": 1}))
        return self.now

    def line(self, item: Item, quantity: str, value: str = "1000", **more: Any) -> AdmissionLineInput:
        given = {"currency": "CNY", **more}
        return AdmissionLineInput(item=item, quantity=Decimal(quantity), invoice_value=Decimal(value), **given)

    def prepare(self, *lines: AdmissionLineInput, **more: Any) -> Admission:
        given = {
            "request_key": uuid4(),
            "actor": self.operator,
            "declaration_number": declaration_number(),
            **more,
        }
        return admissions.prepare_admission(
            site=self.site, book=self.book, owner=self.owner, lines=lines, at=self.tick(), **given
        )

    def submitted(self, *lines: AdmissionLineInput, **more: Any) -> Admission:
        admission = self.prepare(*lines, **more)
        return admissions.submit_admission(admission=admission, actor=self.operator, at=self.tick())

    def accepted(self, *lines: AdmissionLineInput, **more: Any) -> Admission:
        admission = self.submitted(*lines, **more)
        return admissions.accept_admission(admission=admission, actor=self.officer, at=self.tick())

    def arrived(self, *lines: AdmissionLineInput, **more: Any) -> Admission:
        admission = self.accepted(*lines, **more)
        at = self.tick()
        return admissions.record_arrival(admission=admission, actor=self.operator, at=at, arrived_at=at)

    def admitted(self, *lines: AdmissionLineInput, into: Place | None = None, **more: Any) -> Admission:
        """Goods that were all there when they were counted."""
        admission = self.arrived(*lines, **more)
        counted = [
            CountInput(line=line, place=into or self.bin, quantity=line.quantity) for line in admission.lines.all()
        ]
        return receiving.count_admission(admission=admission, counted=counted, actor=self.operator, at=self.tick())

    def drafted_withdrawal(self, *lines: WithdrawalLineInput, **more: Any) -> Withdrawal:
        given = {
            "purpose": "domestic_sale",
            "request_key": uuid4(),
            "actor": self.operator,
            "owner": self.owner,
            "declaration_number": declaration_number(),
            **more,
        }
        return withdrawals.prepare_withdrawal(site=self.site, book=self.book, lines=lines, at=self.tick(), **given)

    def submitted_withdrawal(self, *lines: WithdrawalLineInput, **more: Any) -> Withdrawal:
        withdrawal = self.drafted_withdrawal(*lines, **more)
        return withdrawals.submit_withdrawal(withdrawal=withdrawal, actor=self.operator, at=self.tick())

    def accepted_withdrawal(self, *lines: WithdrawalLineInput, **more: Any) -> Withdrawal:
        withdrawal = self.submitted_withdrawal(*lines, **more)
        return discharge.accept_withdrawal(withdrawal=withdrawal, actor=self.officer, at=self.tick())

    def passed(self, *lines: WithdrawalLineInput, **more: Any) -> Withdrawal:
        withdrawal = self.accepted_withdrawal(*lines, **more)
        withdrawal = withdrawals.confirm_picking(withdrawal=withdrawal, actor=self.operator, at=self.tick())
        if withdrawal.purpose == "domestic_sale":
            withdrawal = self.released(withdrawal)
        at = self.tick()
        return discharge.pass_gate(withdrawal=withdrawal, actor=self.operator, at=at, passed_at=at)

    def withdrawn(self, *lines: WithdrawalLineInput, **more: Any) -> Withdrawal:
        withdrawal = self.passed(*lines, **more)
        return withdrawal if withdrawal.released_at else self.released(withdrawal)

    def paid(self, withdrawal: Withdrawal) -> Withdrawal:
        """With its duty and tax paid, where any are payable."""
        if not payable_cny(withdrawal):
            return withdrawal
        at = self.tick()
        return record_payment(
            document=withdrawal,
            amount_cny=payable_cny(withdrawal),
            paid_on=at.astimezone(CUSTOMS_TIME).date(),
            reference=f"BANK {uuid4().hex[:20]}",
            actor=self.operator,
            at=at,
        )

    def released(self, withdrawal: Withdrawal) -> Withdrawal:
        withdrawal = self.paid(withdrawal)
        return discharge.release_withdrawal(withdrawal=withdrawal, actor=self.officer, at=self.tick())

    def held(self, journal: Journal, place: Place, hold: Hold = Hold.FREE) -> Decimal:
        """The quantity of everything on the accounts of a place."""
        found = balances(places=[place.pk], journal=journal)
        return sum((row.quantity for row in found if row.hold == hold), Decimal(0))


def out(item: Item, quantity: str, **more: Any) -> WithdrawalLineInput:
    return WithdrawalLineInput(item=item, quantity=Decimal(quantity), **more)


def tariff(prefix: str, *, duty: str, vat: str = "0.13", valid_from: date = JANUARY, **more: Any) -> TariffRate:
    row = TariffRate(
        hs_prefix=prefix, duty_rate=Decimal(duty), vat_rate=Decimal(vat), valid_from_date=valid_from, **more
    )
    return enter_in_register(row=row, actor=None, at=build.AT)


def exchange_rate(currency: str, cny_per_unit: str) -> ExchangeRate:
    """The same customs rate for every month of the year; the first is returned."""
    rows = [
        ExchangeRate(
            currency=currency, cny_per_unit=Decimal(cny_per_unit), valid_from_date=JANUARY.replace(month=month)
        )
        for month in range(1, 13)
    ]
    create_all_as(rows, actor=None, at=build.AT)
    return rows[0]


def item(code: str = "PISTACHIO", *, hs: str = "080251", **fields: Any) -> Item:
    return build.item(code, hs_code=build.hs_code(hs), **fields)


def guarantee(site: Site, limit_cny: str) -> Guarantee:
    return enter_guarantee(
        site=site, number=f"G-{site.code}", guarantor="Synthetic Bank", limit_cny=Decimal(limit_cny), actor=None, at=AT
    )


def warehouse(code: str = "HRS", *, limit_cny: str = "") -> Warehouse:
    site = build.site(code)
    book = open_account_book(
        site=site,
        number=f"T{code}2026L00001",
        kind="logistics",
        holder=site.organisation,
        opened_date=JANUARY,
        guarantee=guarantee(site, limit_cny) if limit_cny else None,
        actor=None,
        at=AT,
    )
    return Warehouse(
        site=site,
        book=book,
        owner=build.organisation(f"{code}-OWNER", OrganisationKind.GOODS_OWNER),
        bin=build.bin_place(site, "A-01"),
        other_bin=build.bin_place(site, "A-02"),
        operator=build.user(f"oscar-{code}".lower(), Role.OPERATOR, site.organisation, at_site=site),
        supervisor=build.user(f"sally-{code}".lower(), Role.SUPERVISOR, site.organisation, at_site=site),
        officer=build.user(f"olga-{code}".lower(), Role.CUSTOMS_OFFICER, site.customs_office),
    )
