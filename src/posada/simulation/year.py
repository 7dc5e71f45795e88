"""A year of arrivals: the folder's own, or one drawn from it by a seed.

A drawn year takes as many sibling groups as the folder has (times `arrivals`), each with everything that is
its own – kin homes, hearings, separations – and lets it arrive when another group of the folder did, a few
days sooner or later. Birth dates and hearings move with the arrival, so that ages on arrival stay. Homes open
and close a few days sooner or later, too.
Comes in: a `Program`, days, a seed. Goes out: `Year`; the same seed gives the same year, whatever the order
of rows. Docs: docs/how-to/simulate-a-year.md. Tests: tests/simulation/test_year.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from posada.records import Child, Home, Opening, Program

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """`days` days from `start` on; `arrival` has every group that comes, or waits on the first day."""

    program: Program
    start: date
    days: int
    arrival: Mapping[str, date]
    is_drawn: bool = False

    @property
    def last(self) -> date:
        """The last day."""
        return self.start + (self.days - 1) * DAY


def window(program: Program, *, days: int) -> date:
    """The first day: the plan date; or `days` before it, where nobody arrives in the days after it."""
    last = program.plan_date + (days - 1) * DAY
    if any(c.arrived_on and program.plan_date <= c.arrived_on <= last for c in program.children):
        return program.plan_date
    first = program.plan_date - days * DAY
    came = any(c.arrived_on and first < c.arrived_on <= program.plan_date for c in program.children)
    return first if came else program.plan_date


def as_it_is(program: Program, *, start: date, days: int) -> Year:
    """The folder's own year. Who came before `start`, or on a day not known, waits from the first day on."""
    last = start + (days - 1) * DAY
    when = {group: max(day, start) for group, day in _arrivals(program, start=start).items()}
    return Year(program, start, days, {g: day for g, day in sorted(when.items()) if day <= last})


def drawn(program: Program, *, start: date, days: int, seed: int, arrivals: float, shift: int) -> Year:
    """A year drawn by `seed` from the groups that arrive in the folder's own; see the module.

    `arrivals` scales how many come, `shift` is the most days sooner or later. Who waits on the first day of
    the folder's own year, or lives in a home already, is in every year.
    """
    own = as_it_is(program, start=start, days=days)
    placed = {p.child_id for p in program.placements}
    settled = {c.sibling_group_id for c in program.children if c.child_id in placed}
    stays = settled | set(program.held_groups)
    coming = [g for g, day in own.arrival.items() if day > start and g not in stays]
    waiting = {g: day for g, day in own.arrival.items() if g not in set(coming)}
    copies = copies_of(
        coming,
        days_to_draw=[own.arrival[g] for g in coming],
        count=round(arrivals * len(coming)),
        chance=Random(f"{seed}:year"),  # noqa: S311  synthetic years, no secret
        shift=shift,
        first=start,
        last=own.last,
    )
    chance = Random(f"{seed}:openings")  # noqa: S311
    program = replace(program, openings=_openings_moved(program, chance=chance, shift=shift))
    drawn_program = _with_copies(program, keep=_kept(program, coming), copies=copies, own=own)
    return Year(drawn_program, start, days, waiting | {c.new_id: c.day for c in copies}, is_drawn=True)


@dataclass(frozen=True, slots=True)
class Copy:
    """A group that comes again, under a new id, on a day."""

    group: str
    new_id: str
    day: date


def copies_of(
    groups: list[str],
    *,
    days_to_draw: list[date],
    count: int,
    chance: Random,
    shift: int,
    first: date,
    last: date,
) -> list[Copy]:
    """`count` groups drawn with replacement, each with another's day of arrival, moved within the window."""
    found = []
    for number in range(count if groups else 0):
        group = groups[int(chance.random() * len(groups))]
        day = days_to_draw[int(chance.random() * len(groups))]
        moved = day + (int(chance.random() * (2 * shift + 1)) - shift) * DAY
        found.append(Copy(group, f"{group}~{number + 1}", min(max(moved, first), last)))
    return found


def _openings_moved(program: Program, *, chance: Random, shift: int) -> tuple[Opening, ...]:
    """Each home opens and closes a few days sooner or later."""
    found = []
    for row in sorted(program.openings, key=lambda o: (o.home_id, o.opens_on)):
        moved = (int(chance.random() * (2 * shift + 1)) - shift) * DAY
        closes_on = row.closes_on + moved if row.closes_on else None
        found.append(replace(row, opens_on=row.opens_on + moved, closes_on=closes_on))
    return tuple(found)


def _arrivals(program: Program, *, start: date) -> dict[str, date]:
    """Group -> the day on which the last of its children arrived; `start` where that is not known."""
    when: dict[str, date] = {}
    for child in program.children:
        day = child.arrived_on or start
        when[child.sibling_group_id] = max(day, when.get(child.sibling_group_id, day))
    return when


def _kept(program: Program, coming: Iterable[str]) -> set[str]:
    gone = set(coming)
    return {c.sibling_group_id for c in program.children} - gone


def _with_copies(program: Program, *, keep: set[str], copies: list[Copy], own: Year) -> Program:
    """The program with the kept groups and the copies, each copy with kin homes of its own."""
    of_group: dict[str, list[Child]] = defaultdict(list)
    for child in program.children:
        of_group[child.sibling_group_id].append(child)
    homes = {home.home_id: home for home in program.homes}
    kin_of: dict[str, list[str]] = defaultdict(list)
    for link in program.kin:
        kin_of[link.sibling_group_id].append(link.home_id)
    new_homes: dict[str, Home] = {}
    new_home_of: dict[tuple[str, str], str] = {}
    children = [c for c in program.children if c.sibling_group_id in keep]
    new_ids: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        new_ids[copy.group].append(copy)
        tail, moved = copy.new_id.removeprefix(copy.group), copy.day - own.arrival[copy.group]
        children += [_moved(child, copy=copy, tail=tail, moved=moved) for child in of_group[copy.group]]
        for home_id in kin_of[copy.group]:
            if homes[home_id].kind == "kin":
                new_homes[home_id + tail] = replace(homes[home_id], home_id=home_id + tail)
                new_home_of[copy.new_id, home_id] = home_id + tail
    return replace(
        program,
        children=tuple(sorted(children, key=lambda c: c.child_id)),
        homes=tuple(sorted([*_homes_kept(program, keep), *new_homes.values()], key=lambda h: h.home_id)),
        **_tables_of_copies(program, keep=keep, new_ids=new_ids, new_home_of=new_home_of, own=own),
    )


def _homes_kept(program: Program, keep: set[str]) -> list[Home]:
    """All homes but those of kin whose groups are all drawn anew: their copies bring their own."""
    linked = {link.home_id for link in program.kin if link.sibling_group_id in keep}
    linked |= {placement.home_id for placement in program.placements}
    return [home for home in program.homes if home.kind != "kin" or home.home_id in linked]


def _moved(child: Child, *, copy: Copy, tail: str, moved: timedelta) -> Child:
    return replace(
        child,
        child_id=child.child_id + tail,
        sibling_group_id=copy.new_id,
        birth_date=child.birth_date + moved,
        arrived_on=copy.day,
    )


def _tables_of_copies(
    program: Program,
    *,
    keep: set[str],
    new_ids: Mapping[str, list[Copy]],
    new_home_of: Mapping[tuple[str, str], str],
    own: Year,
) -> dict[str, Any]:
    """The tables that name groups, with every row of a copied group under each of its new ids."""

    def ids(group: str | None) -> list[Copy]:
        if group is None or group in keep:
            return [Copy(group or "", group or "", own.arrival.get(group or "", own.start))]
        return new_ids.get(group, [])

    def home(copy: Copy, home_id: str | None) -> str | None:
        return home_id if home_id is None else new_home_of.get((copy.new_id, home_id), home_id)

    hearings, kin, overrides, separations = [], [], [], []
    for row in program.hearings:
        for copy in ids(row.sibling_group_id):
            moved = copy.day - own.arrival.get(row.sibling_group_id, copy.day)
            day = row.hearing_date + moved
            hearings.append(replace(row, sibling_group_id=copy.new_id, hearing_date=day))
    for link in program.kin:
        for copy in ids(link.sibling_group_id):
            own_home = home(copy, link.home_id) or link.home_id
            kin.append(replace(link, sibling_group_id=copy.new_id, home_id=own_home))
    for order in program.overrides:
        for copy in ids(order.sibling_group_id):
            overrides.append(replace(order, sibling_group_id=copy.new_id, home_id=home(copy, order.home_id)))
    for apart in program.separations:
        for copy in ids(apart.sibling_group_id):
            for other in ids(apart.other_group_id):
                separations.append(
                    replace(
                        apart,
                        sibling_group_id=copy.new_id,
                        other_group_id=other.new_id or None,
                        home_id=home(copy, apart.home_id),
                    )
                )
    return {
        "hearings": tuple(hearings),
        "kin": tuple(kin),
        "overrides": tuple(overrides),
        "separations": tuple(separations),
    }
