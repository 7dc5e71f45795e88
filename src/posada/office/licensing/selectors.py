"""What licensing pages show: the triage queue with its reasons, an enquiry, homes, and what expires.

Docs: docs/how-to/license-a-home.md. Tests: tests/office/licensing/test_enquiry_views.py.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, overload
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from posada.ledger.figures import hide_small_table
from posada.licensing.check_types import CheckRules, days_or_count
from posada.licensing.checks import MissingCheck, missing_checks
from posada.licensing.enquiry import PATH, Stage
from posada.licensing.expiry import Expires, Expiring, KnownEnd, expiring
from posada.licensing.funnel import Course, funnel, median_hours_to_answer
from posada.licensing.triage import Ranked, Shortage, in_order, shortages_of
from posada.licensing.wording import missing_in_words, reason_in_words
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.licensing.facts import enquiry_of, facts_of, household_of, rules_today, with_all
from posada.office.licensing.models import Enquiry, Home
from posada.office.placement.models import Placement, PlanRun
from posada.office.program import settings_of_program

WAITING = (Stage.ENQUIRY, Stage.TRIAGE)
ON_THE_WAY = (*WAITING, Stage.APPLICATION, Stage.CHECKS, Stage.HOME_STUDY, Stage.DECISION, Stage.ON_HOLD)


def told() -> str:
    """The language of the page, as the words of the pure rooms know it."""
    return "es" if (get_language() or "en").startswith("es") else "en"


def shortages() -> tuple[Shortage, ...]:
    """What the newest finished plan says is short; empty before the first plan."""
    done = (
        PlanRun.objects.filter(state__in=("ready", "approved"))
        .exclude(shortages=[])
        .order_by("-number")
        .first()
    )
    rows = [row for row in (done.shortages if done else []) if row.get("kind", "home") == "home"]
    return shortages_of(rows)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One enquiry of the queue and, in words, why it stands where it does."""

    row: Enquiry
    why: list[str]
    gained: int
    waiting_days: int


class Queue(Sequence[QueueLine]):
    """The lines of a queue; each is put into words only when it is looked at."""

    def __init__(self, rows: dict[str, Enquiry], ranked: Sequence[Ranked]) -> None:
        self.rows = rows
        self.ranked = ranked

    def __len__(self) -> int:
        return len(self.ranked)

    @overload
    def __getitem__(self, at: int) -> QueueLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[QueueLine]: ...
    def __getitem__(self, at: int | slice) -> QueueLine | list[QueueLine]:
        if isinstance(at, slice):
            return [_line(self.rows[each.enquiry.enquiry_id], each) for each in self.ranked[at]]
        return _line(self.rows[self.ranked[at].enquiry.enquiry_id], self.ranked[at])


def queue(actor: Actor, *, owner: str = "", county: str = "", stage: str = "") -> Queue:
    """Enquiries that wait for a call or are on their way, whom to call first at the front."""
    rows = doors.enquiries(actor).select_related("owner")
    rows = rows.filter(stage=stage) if stage else rows.filter(stage__in=WAITING)
    if owner == "none":
        rows = rows.filter(owner__isnull=True)
    elif owner:
        rows = rows.filter(owner_id=owner)
    if county:
        rows = rows.filter(county_fips=county)
    found = {str(each.pk): each for each in rows}
    within = days_or_count(settings_of_program().policy, "enquiry.owner_days", on=today())
    ranked = in_order(map(enquiry_of, found.values()), shortages=shortages(), on=today(), owner_within=within)
    return Queue(found, ranked)


def _line(row: Enquiry, ranked: Ranked) -> QueueLine:
    why = [reason_in_words(each, language=told()) for each in ranked.reasons]
    waiting = (today() - row.since).days
    return QueueLine(row, why, ranked.children_gained, max(0, waiting))


def counts(actor: Actor) -> dict[str, Any]:
    """The four figures over the queue."""
    rows = doors.enquiries(actor)
    by_stage = Counter(dict(rows.values_list("stage").annotate(n=Count("pk"))))
    oldest = rows.filter(first_answer_at__isnull=True, stage__in=WAITING).order_by("received_at").first()
    return {
        "waiting": sum(by_stage[each] for each in WAITING),
        "no_owner": rows.filter(owner__isnull=True, stage__in=WAITING).count(),
        "applied": sum(by_stage[each] for each in ON_THE_WAY) - sum(by_stage[each] for each in WAITING),
        "stages": [(each.value, by_stage[each]) for each in PATH],
        "oldest_days": max(0, (today() - oldest.since).days) if oldest else None,
        "shortages": len(shortages()),
    }


def workers() -> QuerySet[User]:
    """Licensing workers with the number of enquiries on their desks."""
    open_now = Q(enquiries__stage__in=ON_THE_WAY, enquiries__voided_at__isnull=True)
    rows = User.objects.filter(
        is_active=True, grants__role=Role.LICENSING_WORKER, grants__until_at__isnull=True
    ).distinct()
    return rows.annotate(on_desk=Count("enquiries", filter=open_now, distinct=True)).order_by("display_name")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check that is not clear, in words, with the rule that demands it."""

    missing: MissingCheck
    words: str
    who: str


def missing_of(home: Home, rules: CheckRules) -> list[CheckLine]:
    """What is missing in a home from `with_all`, by name."""
    facts = facts_of(home)
    labels = {str(each.pk): each.label for each in home.members.all()}
    found = missing_checks(household_of(home), facts.checks, rules=rules, on=today())
    return [
        CheckLine(each, missing_in_words(each, language=told()), labels.get(each.member_id or "", ""))
        for each in found
    ]


def homes_list(actor: Actor, *, state: str = "", county: str = "", kind: str = "") -> QuerySet[Home]:
    """Homes by state and county, with how many children live there now."""
    standing = Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=today()), home=OuterRef("pk"), voided_at__isnull=True
    )
    # Counted for the homes of the page alone: a join would count for all of them before the first is shown.
    counted = standing.order_by().values("home").annotate(n=Count("pk")).values("n")
    rows = doors.homes(actor).annotate(living=Coalesce(Subquery(counted), 0))
    for name, value in (("state", state), ("county_fips", county), ("kind", kind)):
        if value:
            rows = rows.filter(**{name: value})
    return rows.order_by("home_id")


def expiring_soon(
    actor: Actor, *, days: int | None = None, most: int | None = None
) -> tuple[tuple[Expiring, Home | None], ...]:
    """What ends in the next days (60, by policy): licenses, checks, exceptions, birthdays, agreed lengths.

    `most`: only the first so many.
    """
    ahead = days or days_or_count(settings_of_program().policy, "expiry.days_ahead", on=today())
    open_homes = with_all(doors.homes(actor).filter(state=Home.State.OPEN, has_typed_checks=True))
    by_id = {str(each.pk): each for each in open_homes}
    typed = expiring(
        [facts_of(each) for each in by_id.values()],
        rules=rules_today(),
        on=today(),
        days=ahead,
        lengths=[KnownEnd(str(home), on) for home, on in _lengths(actor, ahead)],
    )
    lines = [(each, by_id.get(each.subject_id)) for each in typed]
    lines += _as_imported(actor, ahead, most=most)
    return tuple(sorted(lines, key=lambda line: (line[0].on, line[0].what, line[0].subject_id))[:most])


def _lengths(actor: Actor, ahead: int) -> list[tuple[UUID, date]]:
    rows = Placement.objects.filter(
        to_date__isnull=True,
        voided_at__isnull=True,
        expected_until__gte=today(),
        expected_until__lte=today() + timedelta(days=ahead),
    )
    found = set(rows.values_list("home_id", "expected_until"))
    homes = doors.homes(actor).in_bulk([home for home, _ in found])
    return sorted((home, on) for home, on in found if home in homes)


def _as_imported(actor: Actor, ahead: int, *, most: int | None) -> list[tuple[Expiring, Home | None]]:
    """Homes whose days came with an import: the earlier of license and checks."""
    until = today() + timedelta(days=ahead)
    rows = doors.homes(actor).filter(state=Home.State.OPEN, has_typed_checks=False)
    lines: list[tuple[Expiring, Home | None]] = []
    for what, name in ((Expires.LICENSE, "license_to"), (Expires.CHECK, "checks_clear_until")):
        ending = rows.filter(**{f"{name}__gte": today(), f"{name}__lte": until}).order_by(name, "home_id")
        for home in ending[:most]:
            on = getattr(home, name)
            lines.append((Expiring(on, what, str(home.pk), days_left=(on - today()).days), home))
    return lines


def courses(actor: Actor) -> list[Course]:
    """How each enquiry went, for the funnel."""
    made = []
    for each in doors.enquiries(actor):
        made.append(
            Course(
                enquiry_id=str(each.pk),
                furthest=Stage(each.furthest),
                source=each.source or "unknown",
                language=(each.languages or ["unknown"])[0],
                county_fips=each.county_fips,
                received_at=each.received_at,
                first_answer_at=each.first_answer_at,
                ending=each.ending_reason,
            )
        )
    return made


def funnel_shown(actor: Actor, *, by: str) -> tuple[dict[str, dict[str, int | None]], float | None]:
    """The funnel with small cells hidden, and the median hours to the first answer."""
    went = courses(actor)
    shown = funnel(went, by=by, hide=hide_small_table)
    return {row: dict(cells) for row, cells in shown.items()}, median_hours_to_answer(went)
