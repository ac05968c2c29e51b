from registry.models.aviation import Aircraft, Airline, Airport
from registry.models.items import HsCode, Item, Unit
from registry.models.kept_files import KeptFile
from registry.models.people import Membership, Organisation, OrganisationKind, Role, User, Zone
from registry.models.rates import CountryGroup, CountryGroupMember, ExchangeRate, TariffRate
from registry.models.requests import AnsweredRequest
from registry.models.sites import (
    BOUNDARY_KINDS,
    PHYSICAL_KINDS,
    Place,
    PlaceKind,
    RegimeCode,
    Site,
    SiteKind,
)

__all__ = [
    "BOUNDARY_KINDS",
    "PHYSICAL_KINDS",
    "Aircraft",
    "Airline",
    "Airport",
    "AnsweredRequest",
    "CountryGroup",
    "CountryGroupMember",
    "ExchangeRate",
    "HsCode",
    "Item",
    "KeptFile",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Place",
    "PlaceKind",
    "RegimeCode",
    "Role",
    "Site",
    "SiteKind",
    "TariffRate",
    "Unit",
    "User",
    "Zone",
]
