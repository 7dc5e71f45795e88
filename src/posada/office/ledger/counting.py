"""Counts the program for its public figures: whole counts of today, which only the office sees.

Comes in: the database. Goes out: `posada.ledger.publish.Counted`. A child counts once: in the home that she came to
last, among those in which she has a stay today; one who is gone for good does not count.
Docs: docs/explanation/published-figures.md. Tests: tests/office/ledger/test_counting.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from posada.ledger.entry import Entry, sums
from posada.ledger.minimal_cost import compare, cost_of_book
from posada.ledger.money_told import MonthCost, PriceList
from posada.ledger.month_close import last_day
from posada.ledger.publish import Counted
from posada.ledger.rates import DONATED, KIN, NoRate, RateTable
from posada.ledger.two_versions import Cells
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.ledger.bookkeeping import OF_KIND, month_page, rates
from posada.office.ledger.models import ClosedMonth
from posada.office.licensing.models import Home
from posada.office.placement.endings import gone_children
from posada.office.placement.models import Placement
from posada.office.program import settings_of_program

A_YEAR = timedelta(days=365)
ACTS = (Engagement.Scope.FULL, Engagement.Scope.LIMITED)
"""Scopes in which counsel acts for a group; a clinic is advice."""


def count() -> Counted:
    """The program as it stands today."""
    on, settings = today(), settings_of_program()
    groups = dict(_children(on).values_list("pk", "group_id"))
    homes = {child: place for child, place in _homes(on).items() if child in groups}
    acting = set(_acting(on).values_list("group_id", flat=True))
    return Counted(
        on=on,
        state=settings.state,
        title=settings.name,
        places=_places(groups, homes, acting),
        counties=Counter(county for _, _, county in homes.values()),
        siblings=_siblings(groups, homes),
        days_to_home=_days(_first_homes(), since=on - A_YEAR),
        days_to_counsel=_days(_first_counsel(), since=on - A_YEAR),
        month=_month(),
    )


def _children(on: date) -> Any:
    rows = Child.objects.filter(
        voided_at__isnull=True, merged_into__isnull=True, group__voided_at__isnull=True
    )
    return rows.exclude(pk__in=gone_children(on))


def _homes(on: date) -> dict[Any, tuple[Any, str, str]]:
    """Child → home, kind and county, of the stay that began last."""
    rows = Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=on), from_date__lte=on, voided_at__isnull=True
    ).order_by("from_date", "home__home_id")
    told = rows.values_list("child_id", "home_id", "home__kind", "home__county_fips")
    return {child: (home, kind, county) for child, home, kind, county in told.iterator(chunk_size=5_000)}


def _acting(on: date) -> Any:
    return Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=on),
        from_date__lte=on,
        scope__in=ACTS,
        voided_at__isnull=True,
    )


def _places(groups: dict[Any, Any], homes: dict[Any, tuple[Any, str, str]], acting: set[Any]) -> Cells:
    found: Counter[tuple[str, str]] = Counter()
    for child, group in groups.items():
        where = homes[child][1] if child in homes else "waiting"
        found[where, "with_counsel" if group in acting else "without_counsel"] += 1
    return dict(found)


def _siblings(groups: dict[Any, Any], homes: dict[Any, tuple[Any, str, str]]) -> tuple[int, int]:
    """Children with siblings who have a home, and those of them who live with all of these."""
    lived: dict[Any, list[Any]] = defaultdict(list)
    for child, (home, _, _) in homes.items():
        lived[groups[child]].append(home)
    shared = [places for places in lived.values() if len(places) > 1]
    return sum(map(len, shared)), sum(len(places) for places in shared if len(set(places)) == 1)


def _first_homes() -> Any:
    rows = Placement.objects.filter(voided_at__isnull=True, child__voided_at__isnull=True)
    return rows.values_list("child_id", "child__arrived_on", "from_date").iterator(chunk_size=5_000)


def _first_counsel() -> Any:
    rows = Child.objects.filter(
        voided_at__isnull=True,
        merged_into__isnull=True,
        group__engagements__voided_at__isnull=True,
        group__engagements__scope__in=ACTS,
    )
    return rows.values_list("pk", "arrived_on", "group__engagements__from_date").iterator(chunk_size=5_000)


def _days(rows: Any, *, since: date) -> list[int]:
    first: dict[Any, tuple[date, date]] = {}
    for child, arrived, on in rows:
        if arrived and on and (child not in first or on < first[child][1]):
            first[child] = arrived, on
    return [(on - arrived).days for arrived, on in first.values() if since < on <= today() and on >= arrived]


def _month() -> MonthCost | None:
    closed = ClosedMonth.objects.order_by("-month").first()
    if closed is None:
        return None
    book, table = month_page(closed.month).book, rates()
    cost, last = cost_of_book(book, rates=table), last_day(closed.month)
    of_kind = {name: n for name, n in closed.children.items() if name.startswith(OF_KIND)}
    return MonthCost(
        last,
        cents=sums(book.entries, by="payer"),
        children={name: n for name, n in closed.children.items() if name not in of_kind},
        nights=closed.nights,
        kinds={name.removeprefix(OF_KIND): n for name, n in of_kind.items()},
        kin_nights=sum(each.quantity for each in book.entries if each.kind == KIN),
        prices=_prices(book.entries, table, on=last),
        beside=compare(cost, on=last, rates=table) if cost else None,
    )


def _prices(entries: Iterable[Entry], table: RateTable, *, on: date) -> PriceList | None:
    """What a day costs in the homes that the program has, whether anybody lives there or not."""
    found: dict[bool, list[int]] = {True: [], False: []}
    rows = Home.objects.filter(voided_at__isnull=True).values_list("kind", "cost_cents_per_child_day")
    for kind, own in rows.distinct():
        rate = table.on(kind, on)
        found[kind == KIN] += [own] if own is not None else [] if isinstance(rate, NoRate) else [rate.cents]
    for each in entries:  # a price that was agreed then, and is another now
        if each.payer != DONATED:
            found[each.kind == KIN].append(each.cents_each)
    if not all(found.values()):
        return None
    return PriceList(*((min(found[is_kin]), max(found[is_kin])) for is_kin in (True, False)))
