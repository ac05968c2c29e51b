"""The smallest register that a test can stand on, built by calling operations; other apps' tests use it too."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from registry.models import (
    HsCode,
    Item,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    RegimeCode,
    Role,
    Site,
    SiteKind,
    Unit,
    User,
    Zone,
)
from registry.operations.memberships import grant_membership
from registry.operations.register import enter_in_register
from registry.operations.sites import add_place, open_site
from registry.operations.users import add_user

AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
PASSWORD = "a long enough password"


def zone(code: str = "XJ") -> Zone:
    return Zone.objects.get_or_create(code=code, defaults={"name": "Test zone"})[0]


def organisation(code: str, kind: OrganisationKind = OrganisationKind.WAREHOUSE_KEEPER, **fields: Any) -> Organisation:
    row = Organisation(code=code, kind=kind, **{"name": f"{code} Co.", **fields})
    return enter_in_register(row=row, actor=None, at=AT)


def zone_operator() -> Organisation:
    return Organisation.objects.filter(code="ZONE").first() or organisation("ZONE", OrganisationKind.ZONE_OPERATOR)


def site(code: str = "HRS", *, keeper: Organisation | None = None, customs: Organisation | None = None) -> Site:
    row = Site(
        zone=zone(),
        code=code,
        name=f"Warehouse {code}",
        organisation=keeper or organisation(f"{code}-KEEPER"),
        customs_office=customs or organisation(f"{code}-CUSTOMS", OrganisationKind.CUSTOMS_OFFICE),
        kind=SiteKind.WAREHOUSE,
        regime=RegimeCode.COMPREHENSIVE_BONDED_ZONE,
        un_locode="CNHRS",
    )
    return open_site(site=row, actor=None, at=AT)


def bin_place(at_site: Site, code: str = "A-01") -> Place:
    return add_place(site=at_site, code=code, kind=PlaceKind.BIN, actor=None, at=AT)


def unit(code: str = "KGM", *, symbol: str = "kg", decimals: int = 5) -> Unit:
    return Unit.objects.get_or_create(code=code, defaults={"name": code, "symbol": symbol, "decimals": decimals})[0]


def hs_code(code: str = "080211") -> HsCode:
    return HsCode.objects.get_or_create(code=code, defaults={"description": f"Goods of {code}", "section": "II"})[0]


def item(code: str = "ALMOND", **fields: Any) -> Item:
    given = {
        "zone": zone(),
        "name": f"Item {code}",
        "hs_code": hs_code(),
        "unit": unit(),
        "net_mass_kg_per_unit": Decimal(1),
        "origin": "UZ",
        **fields,
    }
    return enter_in_register(row=Item(code=code, **given), actor=None, at=AT)


def user(
    name: str, role: Role | None, organisation: Organisation | None = None, *, at_site: Site | None = None
) -> User:
    """Somebody with one role; without a role somebody who has none yet."""
    row = User(email=f"{name}@example.com", name=name.title())
    if role is None:
        row.set_password(PASSWORD)
        return enter_in_register(row=row, actor=None, at=AT)
    return add_user(
        user=row,
        password=PASSWORD,
        organisation=organisation or zone_operator(),
        role=role,
        site=at_site,
        actor=None,
        at=AT,
    )


def zone_administrator() -> User:
    """Who keeps what all share; the same person each time."""
    return User.objects.filter(email="zoe@example.com").first() or user("zoe", Role.ADMINISTRATOR)


def grant(to: User, role: Role, organisation: Organisation, *, at_site: Site | None = None) -> None:
    grant_membership(user=to, organisation=organisation, role=role, site=at_site, actor=None, at=AT)
