"""Rows of files as records of the office, and single columns as its fields.

Comes in: a row that was accepted, and where what it names stands. Goes out: a model that is not saved yet.
Tests: tests/office/intake/test_services.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import JSONField, Model

from posada.office.counsel.models import Counsel
from posada.office.intake.bulk import batches
from posada.office.intake.models import (
    Child,
    Court,
    CourtCounty,
    Hearing,
    KinLink,
    Opening,
    Separation,
    SiblingGroup,
)
from posada.office.intake.sealed_tables import PAGE_LANGUAGES, Contact, Person
from posada.office.intake.shapes import Shape
from posada.office.licensing.models import Home
from posada.office.placement.models import Override, Placement

BY_CHECKS, BY_LICENSE = "checks", "license"
"""Why an import does not open a home; such a home is opened by a later import that mends it."""


class NamesNothing(Exception):
    """A row names a record that was voided or merged."""


@dataclass(slots=True)
class Places:
    """Where the records of folder ids stand: id → primary key."""

    groups: dict[str, UUID] = field(default_factory=dict)
    homes: dict[str, UUID] = field(default_factory=dict)
    counsel: dict[str, UUID] = field(default_factory=dict)
    children: dict[str, UUID] = field(default_factory=dict)

    def find(self, kind: str, folder_id: str | None) -> UUID | None:
        """The primary key; None for no id. Raises NamesNothing."""
        if folder_id is None:
            return None
        try:
            return getattr(self, kind)[folder_id]
        except KeyError:
            raise NamesNothing(folder_id) from None


_KINDS: dict[str, tuple[type[Model], str]] = {
    "groups": (SiblingGroup, "sibling_group_id"),
    "homes": (Home, "home_id"),
    "counsel": (Counsel, "counsel_id"),
    "children": (Child, "child_id"),
}


def look_up(places: Places, kind: str, ids: Iterable[str | None]) -> None:
    """Note where these records stand, those that were not voided or merged."""
    model, column = _KINDS[kind]
    here: dict[str, UUID] = getattr(places, kind)
    # No record has a NUL in its id, and PostgreSQL refuses to be asked for one.
    wanted = sorted({each for each in ids if each is not None and "\0" not in each} - set(here))
    rows = model._base_manager.filter(voided_at__isnull=True)
    if kind == "children":
        rows = rows.filter(merged_into__isnull=True)
    for batch in batches(wanted, size=500):
        here.update(rows.filter(**{f"{column}__in": batch}).values_list(column, "pk"))


def child_of(row: Any, *, places: Places, person: Person | None) -> Child:
    """A new child. Raises NamesNothing."""
    return Child(
        child_id=row.child_id,
        group_id=places.find("groups", row.sibling_group_id),
        given_name=person.given_name if person else "",
        family_name=person.family_name if person else "",
        birth_date=row.birth_date,
        sex=row.sex,
        languages=list(row.languages),
        country=row.country or "",
        arrived_on=row.arrived_on,
        needs=list(row.needs),
        location_fips=row.location_fips or "",
    )


def home_of(row: Any, *, contact: Contact | None, on: date) -> Home:
    """A new home: open only where its license and its checks stand on the day."""
    state, why = home_state(row.kind, row.license_from, row.license_to, row.checks_clear_until, on=on)
    names = ("home_id", "kind", "county_fips", "licensed_capacity", "license_from", "license_to")
    beds = ("beds_girls", "beds_boys", "beds_any", "age_min", "age_max", "max_siblings")
    more = ("checks_clear_until", "cost_cents_per_child_day")
    return Home(
        **{name: getattr(row, name) for name in (*names, *beds, *more)},
        **{name: list(getattr(row, name)) for name in ("accepts_sexes", "languages", "abilities")},
        own_children_birth_dates=[each.isoformat() for each in row.own_children_birth_dates],
        best_language=page_language(contact.best_language) if contact else "",
        state=state,
        state_reason=why,
    )


def page_language(code: str) -> str:
    """A language as the office's letters name it."""
    return PAGE_LANGUAGES.get(code.strip(), code.strip())


def home_state(
    kind: str, license_from: date | None, license_to: date | None, checks: date | None, *, on: date
) -> tuple[str, str]:
    """Whether an import may open a home on a day, and why not. Source: rules `checks` and `license` of a plan."""
    if checks is None or checks < on:
        return Home.State.ON_HOLD, BY_CHECKS
    licensed = license_from is not None and license_to is not None and license_from <= on <= license_to
    if kind != "kin" and not licensed:
        return Home.State.ON_HOLD, BY_LICENSE
    return Home.State.OPEN, ""


def other_of(file: str, row: Any, *, places: Places, by: UUID | None) -> Model:
    """A new record of any other file. Raises NamesNothing."""
    if file == "courts.csv":
        return Court(**{name: getattr(row, name) for name in type(row).__slots__})
    if file == "court_counties.csv":
        return CourtCounty(county_fips=row.county_fips, court_code=row.court_code)
    if file == "counsel.csv":
        lists = ("courts", "languages", "case_types")
        plain = ("counsel_id", "open_slots", "organisation", "available_from")
        return Counsel(
            **{name: getattr(row, name) for name in plain},
            **{name: list(getattr(row, name)) for name in lists},
        )
    home = places.find("homes", getattr(row, "home_id", None))
    if file == "openings.csv":
        return Opening(home_id=home, opens_on=row.opens_on, closes_on=row.closes_on)
    if file == "placements.csv":
        child = places.find("children", row.child_id)
        return Placement(child_id=child, home_id=home, from_date=row.from_date, to_date=row.to_date)
    group = places.find("groups", row.sibling_group_id)
    if file == "kin.csv":
        kin = {"sponsor_category": row.sponsor_category, "relationship": row.relationship}
        return KinLink(group_id=group, home_id=home, **kin)
    if file == "hearings.csv":
        return Hearing(group_id=group, court_code=row.court_code, hearing_date=row.hearing_date)
    counsel = places.find("counsel", row.counsel_id)
    if file == "separations.csv":
        other = places.find("groups", row.other_group_id)
        return Separation(
            group_id=group,
            other_group_id=other,
            home_id=home,
            counsel_id=counsel,
            reason=row.reason,
            author_id=by,
        )
    return Override(
        action=row.action, group_id=group, home_id=home, counsel_id=counsel, reason=row.reason, by_text=row.by
    )


def field_value(shape: Shape, column: str, value: Any, *, places: Places) -> tuple[str, Any]:
    """The model's field for a column, and the value as it keeps it. Raises NamesNothing."""
    if column == "sibling_group_id":
        return "group_id", places.find("groups", value)
    name = shape.path(column)
    kept = shape.model._meta.get_field(name)
    if isinstance(kept, JSONField):
        return name, [each.isoformat() if isinstance(each, date) else each for each in value or ()]
    if value is None and not kept.null:
        return name, ""
    return name, value
