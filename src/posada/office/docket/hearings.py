"""Hearings at the wall clock of their place: what the office knows of each, and what it lacks.

Comes in: rows of `intake.Hearing`. Goes out: `ShownHearing`; a changed kind or hour computes the dates again.
Nothing is converted by the office's or the server's zone; a zone that is not known is said to be so.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_hearings.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.docket import hearings as core
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.docket.event_kinds import hearing_words
from posada.office.docket.models import HearingDetail
from posada.office.docket.recompute import recompute
from posada.office.intake.models import Court, Hearing
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere
from posada.office.shown_names import day_words

CHANGES_HEARINGS = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)
OF_DETAIL = ("place", "zone", "child_zone", "interpreters", "transport", "is_confirmed")
ZONES = {
    "America/New_York": gettext_lazy("Eastern"),
    "America/Chicago": gettext_lazy("Central"),
    "America/Denver": gettext_lazy("Mountain"),
    "America/Phoenix": gettext_lazy("Arizona"),
    "America/Los_Angeles": gettext_lazy("Pacific"),
    "America/Anchorage": gettext_lazy("Alaska"),
    "Pacific/Honolulu": gettext_lazy("Hawaii"),
    "America/Puerto_Rico": gettext_lazy("Atlantic (Puerto Rico)"),
    "Pacific/Guam": gettext_lazy("Guam"),
}
_STATES = {
    "America/New_York": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL LA MN MO MS OK WI",
    "America/Denver": "CO MT NM UT WY",
    "America/Los_Angeles": "CA NV WA",
    "America/Phoenix": "AZ",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
    "Pacific/Guam": "GU",
}
ZONE_OF_STATE = {state: zone for zone, states in _STATES.items() for state in states.split()}
"""States of one time zone. Where a state has two, only for a city below, or from the court’s row."""
ZONE_OF_CITY = {
    ("TX", "El Paso"): "America/Denver",
    **{
        ("TX", city): "America/Chicago"
        for city in ("Houston", "Dallas", "San Antonio", "Harlingen", "Laredo", "Conroe", "Pearsall")
    },
    **{("FL", city): "America/New_York" for city in ("Miami", "Orlando", "Pompano Beach")},
    ("TN", "Memphis"): "America/Chicago",
    ("MI", "Detroit"): "America/New_York",
    ("NE", "Omaha"): "America/Chicago",
    ("KY", "Louisville"): "America/New_York",
    ("OR", "Portland"): "America/Los_Angeles",
    ("IN", "Indianapolis"): "America/New_York",
}


@dataclass(frozen=True, slots=True)
class ShownHearing:
    """A hearing with everything known of it. `timed` None: its hour or its zone is not known."""

    row: Hearing
    detail: HearingDetail | None
    court: Court | None
    zone: str
    timed: core.Hearing | None

    @property
    def words(self) -> str:
        """What kind of hearing."""
        return hearing_words(self.row.kind)

    @property
    def when(self) -> str:
        """The time at the court, at the child's place and here, where they differ."""
        if self.timed is not None:
            return core.time_in_words(self.timed, here=settings.TIME_ZONE, language=spoken())
        day = day_words(self.row.hearing_date)
        if self.row.hearing_time is None:
            return _("%(day)s, hour not known") % {"day": day}
        said = {"day": day, "time": self.row.hearing_time.strftime("%H:%M")}
        return _("%(day)s, %(time)s at the court (time zone not known)") % said

    @property
    def interpreters(self) -> tuple[core.InterpreterNeed, ...]:
        """Who interprets; a relay is two people."""
        return _needs(self.detail)

    @property
    def lacks_interpreter(self) -> bool:
        """Whether somebody who interprets is not booked."""
        return not all(each.is_booked for each in self.interpreters)

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing on its notice is in doubt."""
        return self.detail is None or self.detail.is_confirmed


def spoken() -> str:
    """The language of the page, of those that the docket speaks."""
    return "es" if (translation.get_language() or "en").startswith("es") else "en"


def zone_of(court: Court | None, detail: HearingDetail | None = None) -> str:
    """The zone of the place of a hearing, or empty where nobody knows it."""
    if detail is not None and detail.zone:
        return detail.zone
    if court is None:
        return ""
    return court.zone or ZONE_OF_CITY.get((court.state, court.city), "") or ZONE_OF_STATE.get(court.state, "")


def hearings(actor: Actor) -> "QuerySet[Hearing]":
    """The hearings the person may see: of the groups one works on."""
    works = doors.without_home(actor)
    return Hearing.objects.filter(doors.in_groups(works), voided_at__isnull=True)


def shown(rows: Iterable[Hearing]) -> list[ShownHearing]:
    """Hearings with their details and courts, in two queries."""
    listed = list(rows)
    details = {each.hearing_id: each for each in HearingDetail.objects.filter(hearing__in=listed)}
    courts = Court.objects.in_bulk({each.court_code for each in listed})
    return [shown_with(row, details.get(row.pk), courts.get(row.court_code)) for row in listed]


def shown_with(row: Hearing, detail: HearingDetail | None, court: Court | None) -> ShownHearing:
    """One hearing with what belongs to it."""
    zone = zone_of(court, detail)
    return ShownHearing(row, detail, court, zone, _timed(row, detail, court, zone))


def _timed(row: Hearing, detail: HearingDetail | None, court: Court | None, zone: str) -> core.Hearing | None:
    if row.hearing_time is None or not zone:
        return None
    try:
        return core_hearing(row, detail, court, zone=zone, at=row.hearing_time)
    except core.NoSuchTime:
        return None


def core_hearing(
    row: Hearing, detail: HearingDetail | None, court: Court | None, *, zone: str, at: time
) -> core.Hearing:
    """The core's record; its revision rises with each change of the hearing or its details. Raises NoSuchTime."""
    return core.Hearing(
        hearing_id=row.pk.hex,
        case_id=str(row.group_id),
        kind=row.kind or "master",
        court_code=row.court_code,
        at=datetime.combine(row.hearing_date, at),
        zone=zone,
        place=(detail.place if detail else "") or (court.name if court else row.court_code),
        revision=row.version - 1 + (detail.version if detail else 0),
        is_cancelled=row.voided_at is not None,
        is_confirmed=detail is None or detail.is_confirmed,
        child_zone=(detail.child_zone or None) if detail else None,
        interpreters=_needs(detail),
    )


def _needs(detail: HearingDetail | None) -> tuple[core.InterpreterNeed, ...]:
    kept: Sequence[Mapping[str, Any]] = detail.interpreters if detail else ()
    return tuple(
        core.InterpreterNeed(each["language"], each.get("variant", ""), each["into"], each["is_booked"])
        for each in kept
    )


def change_hearing(actor: Actor, hearing: Hearing, *, version: int, changes: Mapping[str, Any]) -> Hearing:
    """Change kind, hour and details of a hearing; every date before it is computed again in the same moment.

    `changes`: kind, hearing_time, and fields of `HearingDetail`. Raises FieldsRefused, SomebodySavedFirst, NotThere.
    """
    if not doors.without_home(actor).has(*CHANGES_HEARINGS):
        raise NotThere
    doors.one(hearings(actor), hearing.pk)
    own = {name: value for name, value in changes.items() if name in ("kind", "hearing_time")}
    rest = {name: value for name, value in changes.items() if name in OF_DETAIL}
    _can_be(hearing, own, rest)
    with transaction.atomic():
        saved = save_change(hearing, version=version, changes=own, actor=actor, act="hearing.change")
        _save_detail(actor, saved, rest)
        note_change()
        recompute(actor, [hearing.group_id], because="hearing.change")
    return saved


def _save_detail(actor: Actor, hearing: Hearing, values: dict[str, Any]) -> None:
    detail = HearingDetail.objects.filter(hearing=hearing).first()
    if detail is not None:
        save_change(detail, version=detail.version, changes=values, actor=actor, act="hearing.detail")
    elif any(value not in ("", [], True) for value in values.values()):
        save_new(HearingDetail(hearing=hearing, **values), actor=actor, act="hearing.detail")


def _can_be(hearing: Hearing, own: Mapping[str, Any], rest: Mapping[str, Any]) -> None:
    at = own.get("hearing_time", hearing.hearing_time)
    for name in ("zone", "child_zone"):
        zone = rest.get(name)
        if zone and zone not in ZONES:
            raise FieldsRefused({name: gettext_lazy("Choose one of the time zones.")})
        if zone and at is not None:
            try:
                core.Hearing("", "", "", "", datetime.combine(hearing.hearing_date, at), zone, "")
            except core.NoSuchTime:
                raise FieldsRefused(
                    {"hearing_time": gettext_lazy("No clock at this place shows this hour on that day.")}
                ) from None
