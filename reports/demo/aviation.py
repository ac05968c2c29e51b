"""Who flies in the demo year: real airports, fictional airlines and aircraft with designators that no airline bears."""

from datetime import datetime
from decimal import Decimal
from math import cos, tau

from registry.models import Aircraft, Airline, Airport, Organisation, OrganisationKind
from registry.operations.register import enter_in_register

HOME = "URC"
JET_FUEL = "JET-A1"
# IATA, ICAO, name, name in Chinese, country, time zone.
AIRPORTS = (
    ("URC", "ZWWW", "Urumqi Tianshan", "乌鲁木齐天山", "CN", "Asia/Shanghai"),
    ("CGO", "ZHCC", "Zhengzhou Xinzheng", "郑州新郑", "CN", "Asia/Shanghai"),
    ("ALA", "UAAA", "Almaty", "阿拉木图", "KZ", "Asia/Almaty"),
    ("TAS", "UZTT", "Tashkent", "塔什干", "UZ", "Asia/Tashkent"),
    ("BSZ", "UCFM", "Bishkek Manas", "比什凯克马纳斯", "KG", "Asia/Bishkek"),
    ("DYU", "UTDD", "Dushanbe", "杜尚别", "TJ", "Asia/Dushanbe"),
    ("TBS", "UGTB", "Tbilisi", "第比利斯", "GE", "Asia/Tbilisi"),
    ("GYD", "UBBB", "Baku Heydar Aliyev", "巴库", "AZ", "Asia/Baku"),
    ("IST", "LTFM", "Istanbul", "伊斯坦布尔", "TR", "Europe/Istanbul"),
    ("BUD", "LHBP", "Budapest", "布达佩斯", "HU", "Europe/Budapest"),
    ("LGG", "EBLG", "Liège", "列日", "BE", "Europe/Brussels"),
    ("LEJ", "EDDP", "Leipzig/Halle", "莱比锡", "DE", "Europe/Berlin"),
    ("SVO", "UUEE", "Moscow Sheremetyevo", "莫斯科谢列梅捷沃", "RU", "Europe/Moscow"),
    ("KHI", "OPKC", "Karachi", "卡拉奇", "PK", "Asia/Karachi"),
    ("LHE", "OPLA", "Lahore", "拉合尔", "PK", "Asia/Karachi"),
    ("ISB", "OPIS", "Islamabad", "伊斯兰堡", "PK", "Asia/Karachi"),
    ("SHJ", "OMSJ", "Sharjah", "沙迦", "AE", "Asia/Dubai"),
)
# Code of the organisation, name, name in Chinese, country, IATA and ICAO designator, marks, destinations, aircraft.
AIRLINES = (
    ("AIR-TSA", "Tianshan Air", "天山航空", "CN", "0A", "TQS", "B-T", ("ALA", "IST"), "B77L"),
    ("AIR-SKC", "Sky Caravan", "天空商队航空", "KZ", "0B", "SQC", "UP-X", ("ALA", "TAS"), "B744"),
    ("AIR-BOR", "Bora Cargo", "博拉货运航空", "TR", "0C", "BQR", "TC-X", ("IST",), "A332"),
    ("AIR-ORD", "Ordos Freight", "鄂尔多斯货运航空", "CN", "0D", "OQF", "B-F", ("LGG", "BUD"), "B77L"),
    ("AIR-STP", "Steppe Wing", "草原之翼航空", "KZ", "0E", "SQW", "UP-W", ("ALA", "LEJ"), "B763"),
    ("AIR-REG", "Registan Lift", "列吉斯坦航空", "UZ", "0F", "RQL", "UK-X", ("TAS", "LHE"), "B763"),
    ("AIR-MAN", "Manas Bridge", "玛纳斯桥航空", "KG", "0G", "MQB", "EX-X", ("BSZ", "SHJ"), "B744"),
    ("AIR-VAR", "Varzob Air Trade", "瓦尔佐布航空", "TJ", "0H", "VQT", "EY-X", ("DYU",), "B738"),
    ("AIR-KUR", "Kura Valley Cargo", "库拉河谷货运航空", "GE", "0I", "KQV", "4L-X", ("TBS", "LGG"), "B744"),
    ("AIR-ABS", "Absheron Freighters", "阿普歇伦货运航空", "AZ", "0J", "AQF", "4K-X", ("GYD", "BUD"), "B748"),
    ("AIR-PAN", "Pannon Cargo", "潘诺尼亚货运航空", "HU", "0K", "PQC", "HA-X", ("BUD",), "A332"),
    ("AIR-ARD", "Ardennes Air Freight", "阿登货运航空", "BE", "0L", "DQA", "OO-X", ("LGG",), "B748"),
    ("AIR-ELB", "Elbe Logistics Air", "易北物流航空", "DE", "0M", "EQL", "D-X", ("LEJ",), "B77L"),
    ("AIR-TAG", "Taiga Volant", "泰加飞翔航空", "RU", "0N", "TQV", "RA-X", ("SVO",), "IL76"),
    ("AIR-IND", "Indus Heavy Lift", "印度河重载航空", "PK", "0P", "IQH", "AP-X", ("KHI", "LHE", "ISB"), "B744"),
    ("AIR-GLF", "Gulf Pearl Cargo", "海湾珍珠货运航空", "AE", "0Q", "GQP", "A6-X", ("SHJ", "KHI"), "B77L"),
)
# What such an aircraft takes on board, in litres.
UPLIFT_LITRES = {
    "B738": (9_000, 16_000),
    "B763": (24_000, 46_000),
    "A332": (28_000, 60_000),
    "IL76": (30_000, 58_000),
    "B77L": (45_000, 90_000),
    "B744": (55_000, 110_000),
    "B748": (60_000, 120_000),
}
CAPACITY_LITRES = {
    "B738": 26_020,
    "B763": 91_380,
    "A332": 139_090,
    "IL76": 109_500,
    "B77L": 181_280,
    "B744": 216_840,
    "B748": 229_980,
}
AIRCRAFT_EACH = 3


def enter_aviation(*, at: datetime) -> None:
    """Enter airports, airlines with their organisations, and aircraft."""
    for iata, icao, name, name_zh, country, time_zone in AIRPORTS:
        row = Airport(iata_code=iata, icao_code=icao, name=name, name_zh=name_zh, country=country, time_zone=time_zone)
        enter_in_register(row=row, actor=None, at=at)
    for code, name, name_zh, country, iata, icao, marks, _routes, kind in AIRLINES:
        organisation = Organisation.objects.filter(code=code).first() or enter_in_register(
            row=Organisation(code=code, name=name, name_zh=name_zh, kind=OrganisationKind.AIRLINE, country=country),
            actor=None,
            at=at,
        )
        airline = enter_in_register(
            row=Airline(organisation=organisation, iata_code=iata, icao_code=icao), actor=None, at=at
        )
        for number in range(AIRCRAFT_EACH):
            aircraft = Aircraft(
                registration=f"{marks}{iata[1]}{number}{number}",
                type_designator=kind,
                airline=airline,
                tank_capacity_litres=CAPACITY_LITRES[kind],
            )
            enter_in_register(row=aircraft, actor=None, at=at)


def celsius_of(day_of_year: int, swing: float) -> Decimal:
    """About the temperature of fuel at Urumqi on a day of the year: -15 °C in January, 26 °C in July.

    Args:
        swing: of the day's weather, in °C.
    """

    mean = 5.5 - 20.5 * cos(tau * (day_of_year - 15) / 365)
    return Decimal(mean + swing).quantize(Decimal("0.1"))
