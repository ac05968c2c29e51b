"""Fictional people: one to sign in as for each role, and at every site those who do the work."""

from dataclasses import dataclass
from datetime import datetime

from registry.models import Organisation, Role, Site, User
from registry.operations.users import add_user

PASSWORD = "bonded-demo-year"  # noqa: S105  (printed on the sign-in page of a demonstration, and only there)
MAIN_SITE = "HRS"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody whom a visitor of the demonstration can be."""

    role: str
    email: str
    password: str
    name: str
    organisation: str
    site: str = ""

    @property
    def title(self) -> str:
        """The role, and where, so that two of a role are told apart."""
        return f"{Role(self.role).label} · {self.site or self.organisation}"


DEMO_SIGN_INS = [
    SignIn(Role.OPERATOR, "operator@bondbook.example", PASSWORD, "Aigul Osmanova", f"KEEP-{MAIN_SITE}", MAIN_SITE),
    SignIn(Role.SUPERVISOR, "supervisor@bondbook.example", PASSWORD, "Li Wei", f"KEEP-{MAIN_SITE}", MAIN_SITE),
    SignIn(Role.CUSTOMS_OFFICER, "customs@bondbook.example", PASSWORD, "Zhao Min", f"CUS-{MAIN_SITE}"),
    SignIn(Role.AUDITOR, "auditor@bondbook.example", PASSWORD, "Nurlan Beketov", "XJ-OPERATOR"),
    SignIn(Role.ADMINISTRATOR, "administrator@bondbook.example", PASSWORD, "Chen Jing", "XJ-OPERATOR"),
    SignIn(Role.OPERATOR, "fueller@bondbook.example", PASSWORD, "Batyr Orazov", "KEEP-URC", "URC-FUEL"),
    SignIn(Role.SUPERVISOR, "fuel@bondbook.example", PASSWORD, "Aliya Nurova", "KEEP-URC", "URC-FUEL"),
    SignIn(Role.CUSTOMS_OFFICER, "customs.fuel@bondbook.example", PASSWORD, "Qin Yue", "CUS-URC"),
    SignIn(Role.AIRLINE, "airline@bondbook.example", PASSWORD, "Elif Kaya", "AIR-TSA"),
]

_NAMES = (
    ("Wang Fang", "Ma Jun", "Timur Akhmetov", "Liu Yang"),
    ("Gulnara Saidova", "Sun Lei", "Zhou Tao", "Xu Hong"),
    ("Dilnoza Karimova", "Guo Qiang", "He Ping", "Ablet Tursun"),
    ("Zhang Rui", "Aziz Rahimov", "Lin Bo", "Hu Xia"),
    ("Reyhangul Memet", "Gao Feng", "Tang Li", "Yerlan Suleimen"),
    ("Cao Ming", "Madina Alieva", "Deng Hua", "Song Yu"),
    ("Adil Yasin", "Feng Na", "Kuang Zhi", "Peng Bin"),
    ("Shi Lan", "Bakyt Toktogul", "Yuan Hao", "Jiang Mei"),
)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works at one site: two who prepare and post, one who supervises, one who decides for customs."""

    operators: tuple[User, ...]
    supervisor: User
    officer: User


def enter_sign_ins(*, at: datetime) -> None:
    """Add everybody of DEMO_SIGN_INS in their role."""
    for one in DEMO_SIGN_INS:
        _add(one.email, one.name, Role(one.role), one.organisation, one.site, at, password=one.password)


def enter_crew(*, site: Site, number: int, at: datetime) -> Crew:
    """Add the people of a site; at the main site the ones to sign in as work too."""
    first, second, supervisor, officer = _NAMES[number]
    keeper, customs, code = site.organisation.code, site.customs_office.code, site.code.lower()
    operators = [
        _add(f"operator-{nth}.{code}@bondbook.example", name, Role.OPERATOR, keeper, site.code, at)
        for nth, name in enumerate((first, second), start=1)
    ]
    if site.code == MAIN_SITE:
        at_main_site = {f"KEEP-{MAIN_SITE}", f"CUS-{MAIN_SITE}"}
        people = {
            one.role: User.objects.get(email=one.email) for one in DEMO_SIGN_INS if one.organisation in at_main_site
        }
        return Crew((people[Role.OPERATOR], *operators), people[Role.SUPERVISOR], people[Role.CUSTOMS_OFFICER])
    return Crew(
        tuple(operators),
        _add(f"supervisor.{code}@bondbook.example", supervisor, Role.SUPERVISOR, keeper, site.code, at),
        _add(f"customs.{code}@bondbook.example", officer, Role.CUSTOMS_OFFICER, customs, "", at),
    )


def enter_fuel_crew() -> Crew:
    """The people of the tank farm; all of them are to sign in as."""
    return Crew(
        (User.objects.get(email="fueller@bondbook.example"),),
        User.objects.get(email="fuel@bondbook.example"),
        User.objects.get(email="customs.fuel@bondbook.example"),
    )


def _add(
    email: str,
    name: str,
    role: Role,
    organisation: str,
    site: str,
    at: datetime,
    *,
    password: str | None = None,
) -> User:
    # Nobody signs in as the crews, and a password takes a quarter of a second to keep.
    return add_user(
        user=User(email=email, name=name),
        password=password,
        organisation=Organisation.objects.get(code=organisation),
        role=role,
        site=Site.objects.get(code=site) if site else None,
        actor=None,
        at=at,
    )


__all__ = ["DEMO_SIGN_INS", "PASSWORD", "Crew", "SignIn", "enter_crew", "enter_fuel_crew", "enter_sign_ins"]
