"""Names, contacts and enquiries for a demonstration: drawn by chance, and plainly of nobody.

Every family name ends in "Ejemplo" (example), every telephone number is one of 555-0100 to 555-0199, which are kept
for fiction (each home has its own, by area code), every street is Example Street, and every A-number begins with 000.
Comes in: a program and its seed. Goes out: the rows of people.csv and contacts.csv, and enquiries.
Docs: docs/reference/program-folder.md. Tests: tests/web/operating/test_demonstration_people.py.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from posada.records import Program

PEOPLE_FILE, CONTACTS_FILE = "people.csv", "contacts.csv"
GIRLS = (
    "Alba Azucena Brisa Celeste Coral Dalia Estrella Flor Gema Iris Jazmín Lluvia Luna Marea Miel "
    "Nieve Nube Perla"
)
BOYS = (
    "Abedul Acero Álamo Cedro Ciprés Delfín Enebro Faro Fresno Lucero Mirlo Olivo Pino Puerto Roble "
    "Río Sol Vado"
)
SECOND = (
    "Abril Alegría Aurora Bahía Camino Cielo Colina Fuente Lago Lirio Monte Otoño Paz Prado Rocío "
    "Trigo Valle Verano"
)
FAMILY = (
    "Arena Barca Campo Canto Cántaro Corriente Faro Huerta Isla Laguna Lumbre Molino Nogal Orilla "
    "Palma Puente Ribera"
)
TOWNS = "Sampleton Testville Exampleburg Mockingham Fictional-on-the-Bay"
SOURCES = ("website", "radio", "church", "friend", "school", "employer", "news")
ENQUIRIES = 230
SPANISH = "spa"


@dataclass(frozen=True, slots=True)
class Person:
    """One row of people.csv."""

    child_id: str
    given_name: str
    family_name: str
    a_number: str
    birth_country_document: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of contacts.csv."""

    home_id: str
    name: str
    street: str
    city: str
    postal_code: str
    phone: str
    email: str
    best_language: str


@dataclass(frozen=True, slots=True)
class DrawnEnquiry:
    """Somebody who offered to open a home; `contact` holds what is sealed."""

    reference: str
    kind: str
    county_fips: str
    languages: tuple[str, ...]
    beds_offered: int
    max_siblings: int
    source: str
    best_language: str
    received_at: datetime
    contact: dict[str, str]


def people_of(program: Program) -> Iterator[Person]:
    """A name and a number for every child; siblings share a family name."""
    chance = random.Random(program.seed)  # noqa: S311  names, not secrets
    family: dict[str, str] = {}
    girls, boys, second, names = (words.split() for words in (GIRLS, BOYS, SECOND, FAMILY))
    for number, child in enumerate(program.children, 1):
        if child.sibling_group_id not in family:
            family[child.sibling_group_id] = f"{chance.choice(names)} {chance.choice(second)} Ejemplo"
        given = {"F": girls, "M": boys}.get(child.sex, girls + boys)
        yield Person(
            child_id=child.child_id,
            given_name=f"{chance.choice(given)} {chance.choice(second)}",
            family_name=family[child.sibling_group_id],
            a_number=f"000-{number // 1000:03}-{number % 1000:03}",
            birth_country_document=child.country or "",
        )


def contacts_of(program: Program) -> Iterator[Contact]:
    """A name, an address and a telephone number for every home."""
    chance = random.Random(program.seed + 1)  # noqa: S311
    for number, home in enumerate(program.homes, 1):
        drawn = _contact(number, chance=chance)
        language = "es" if home.languages[:1] == (SPANISH,) else "en"
        yield Contact(home.home_id, **drawn, best_language=language)


def enquiries_of(program: Program, *, until: datetime, count: int = ENQUIRIES) -> Iterator[DrawnEnquiry]:
    """Enquiries of the two days before an instant, as after a call by a governor."""
    chance = random.Random(program.seed + 2)  # noqa: S311
    counties = [home.county_fips for home in program.homes if home.kind == "foster"]
    for number in range(1, count + 1):
        drawn = _contact(number, chance=chance)
        speaks_spanish = chance.random() < 0.3
        beds = chance.choice((1, 1, 2, 2, 2, 3, 4))
        yield DrawnEnquiry(
            reference=f"E-{number:04}",
            kind="kin" if chance.random() < 0.05 else "foster",
            county_fips=chance.choice(counties) if counties else "24510",
            languages=("eng", SPANISH) if speaks_spanish else ("eng",),
            beds_offered=beds,
            max_siblings=beds,
            source=chance.choice(SOURCES),
            best_language="es" if speaks_spanish and chance.random() < 0.4 else "en",
            received_at=until - timedelta(minutes=chance.randrange(5, 2 * 24 * 60)),
            contact={"contact_name": drawn["name"], "phone": drawn["phone"], "email": drawn["email"]},
        )


def write_people(folder: Path, program: Program) -> None:
    """Write people.csv and contacts.csv into a program folder."""
    _write(folder / PEOPLE_FILE, Person, list(people_of(program)))
    _write(folder / CONTACTS_FILE, Contact, list(contacts_of(program)))


def _contact(number: int, *, chance: random.Random) -> dict[str, str]:
    town = chance.choice(TOWNS.split())
    return {
        "name": f"{chance.choice((GIRLS + ' ' + BOYS).split())} {chance.choice(FAMILY.split())} Ejemplo",
        "street": f"{number} Example Street",
        "city": town,
        "postal_code": f"000{chance.randrange(10, 100)}",
        "phone": f"{201 + number // 100}-555-01{number % 100:02}",
        "email": f"home-{number}@example.org",
    }


def _write(path: Path, kind: type[Any], rows: Sequence[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([each.name for each in fields(kind)])
        writer.writerows(astuple(row) for row in rows)
