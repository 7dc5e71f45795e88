"""Which homes and counsel might help most: drawn from who waits, screened without solving anything.

Comes in: a program and its plan. Goes out: `Wanted`, homes first, each kind from the most promising down.
A home is wanted for children who wait: their languages, their number together, their needs; if there are few
such kinds, also for those who share no language with their home, or whose court has no counsel left. Counsel
are wanted at courts where groups go without. What each would really gain is for `recruit` to find out.
Docs: docs/how-to/whom-to-recruit.md. Tests: tests/placement/test_recruit_wanted.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median_low

from posada.placement.problem import Group, Problem
from posada.records import Counsel, GroupPlan, Home, Plan, Program
from posada.rulebook.policy import Policy

HOME, COUNSEL = "home", "counsel"
USUAL_BEDS, USUAL_SLOTS = 2, 1
"""Where the program has no foster home, or no counsel, to go by."""
LICENSED_DAYS = 365
LANGUAGES_AT_A_COURT = 2
MORE_KINDS = 3
"""Homes for children who have one already that are tried, of each sort: they gain on lower levels only."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A home or counsel that could be found. `place` is a county's FIPS code, or a court's code.

    `reach` counts the children of the very kind that it is wanted for. `floor` children gain on
    `floor_level` if everybody else stays where the plan has them: so many gain at least.
    """

    kind: str
    place: str
    languages: tuple[str, ...]
    beds: int | None = None
    max_siblings: int | None = None
    needs: tuple[str, ...] = ()
    slots: int | None = None
    home_kind: str = ""
    reach: int = 0
    floor: int = 0
    floor_level: str = ""


@dataclass(frozen=True, slots=True)
class Usual:
    """What an ordinary new home or counsel of this program is like, by those it has."""

    beds: int
    slots: int
    cost_cents: int | None


def usual_of(program: Program) -> Usual:
    """The middle values of the program's own foster homes and counsel."""
    foster = [home for home in program.homes if home.kind == "foster"]
    beds = [home.licensed_capacity for home in foster if home.licensed_capacity > 0]
    costs = [h.cost_cents_per_child_day for h in foster if h.cost_cents_per_child_day is not None]
    slots = [counsel.open_slots for counsel in program.counsel if counsel.open_slots > 0]
    return Usual(
        beds=median_low(beds) if beds else USUAL_BEDS,
        slots=median_low(slots) if slots else USUAL_SLOTS,
        cost_cents=median_low(costs) if costs else None,
    )


def wanted_homes(program: Program, problem: Problem, plan: Plan, *, most: int) -> list[Wanted]:
    """At most `most` homes, the most promising first."""
    county = best_county(program, plan)
    if county is None:
        return []
    placed = {row.sibling_group_id for row in plan.groups}
    waiting = [g for g in problem.groups if g.group_id not in placed and not g.standing_homes]
    beds = usual_of(program).beds
    found = sorted(_for_those_who_wait(waiting, problem, beds=beds, county=county), key=_promise)
    if len(found) < most:
        found += _for_those_who_could_be_better_off(program, problem, plan, beds=beds, county=county)
    return _without_doubles(found)[:most]


def wanted_counsel(program: Program, problem: Problem, plan: Plan, *, most: int) -> list[Wanted]:
    """At most `most` counsel, the most promising first: one with the usual slots at a court, by language."""
    slots = usual_of(program).slots
    at_court: dict[str, list[Group]] = defaultdict(list)
    for row in plan.unrepresented:
        if row.court_code is not None:
            at_court[row.court_code].append(problem.groups[problem.group_index[row.sibling_group_id]])
    found = []
    for court, groups in at_court.items():
        floor = sum(sorted((group.size for group in groups), reverse=True)[:slots])
        for language, speak in _languages(groups).most_common(LANGUAGES_AT_A_COURT):
            spoken = (language,) if language else ()
            found.append(
                Wanted(
                    COUNSEL,
                    court,
                    spoken,
                    slots=slots,
                    reach=speak,
                    floor=floor,
                    floor_level="children_represented",
                )
            )
    return sorted(found, key=_promise)[:most]


def with_wanted(program: Program, wanted: Sequence[Wanted], *, policy: Policy) -> Program:
    """The program with such homes and counsel in it, all their papers in order."""
    usual = usual_of(program)
    taken = {home.home_id for home in program.homes} | {one.counsel_id for one in program.counsel}
    names = (name for name in (f"new-{n}" for n in range(1, 10**9)) if name not in taken)
    homes, counsel = list(program.homes), list(program.counsel)
    for each, name in zip(wanted, names, strict=False):
        if each.kind == HOME:
            homes.append(_home(each, name, program, policy=policy, cost_cents=usual.cost_cents))
        else:
            counsel.append(Counsel(name, (each.place,), each.slots or 0, each.languages))
    return replace(program, homes=tuple(homes), counsel=tuple(counsel))


def _home(each: Wanted, name: str, program: Program, *, policy: Policy, cost_cents: int | None) -> Home:
    today, beds = program.plan_date, each.beds or 0
    return Home(
        home_id=name,
        kind=each.home_kind,
        county_fips=each.place,
        licensed_capacity=beds,
        license_from=today,
        license_to=today + timedelta(days=max(LICENSED_DAYS, policy.license_days_left)),
        checks_clear_until=today + timedelta(days=LICENSED_DAYS),
        beds_girls=0,
        beds_boys=0,
        beds_any=beds,
        max_siblings=each.max_siblings,
        languages=each.languages,
        abilities=each.needs,
        cost_cents_per_child_day=cost_cents,
    )


def best_county(program: Program, plan: Plan, *, court: str | None = None) -> str | None:
    """The county of most homes, before all one whose court has counsel with slots left.

    Where there is no home yet, that of most children, or else a court's; None where no county is named.
    `court`: only counties of this court, if there are any with a home.
    """
    court_of = {row.county_fips: row.court_code for row in program.court_counties}
    free = _courts_with_slots_left(program, plan)
    homes = Counter(home.county_fips for home in program.homes)
    children = Counter(child.location_fips for child in program.children if child.location_fips is not None)
    known = homes or children or Counter(list(court_of))
    mine = [county for county in known if court is not None and court_of.get(county) == court]
    best = sorted(
        mine or known, key=lambda county: (court_of.get(county) not in free, -known[county], county)
    )
    return best[0] if best else None


def _courts_with_slots_left(program: Program, plan: Plan) -> dict[str, int]:
    used = Counter(row.counsel_id for row in plan.groups if row.counsel_id is not None)
    left: dict[str, int] = defaultdict(int)
    for counsel in program.counsel:
        for court in counsel.courts:
            left[court] += counsel.open_slots - used[counsel.counsel_id]
    return {court: slots for court, slots in left.items() if slots > 0}


def _without_doubles(found: Sequence[Wanted]) -> list[Wanted]:
    """Without a home that differs from an earlier one only in taking fewer siblings."""
    kept: dict[tuple[object, ...], Wanted] = {}
    for each in found:
        key = (each.place, each.languages, each.beds, each.needs)
        if key not in kept or (each.max_siblings or 0) > (kept[key].max_siblings or 0):
            kept[key] = each
    return list(kept.values())


def _promise(wanted: Wanted) -> tuple[object, ...]:
    """Sorts the most promising first; of those alike, the one that asks for less."""
    asks = (wanted.beds or 0, len(wanted.needs), wanted.needs, wanted.languages, wanted.place)
    return (-wanted.floor, -wanted.reach, *asks)


def _languages(groups: Iterable[Group]) -> Counter[str]:
    """Best languages of children ("" where none is known), the most frequent first, then by name."""
    counts = Counter(
        child.languages[0] if child.languages else "" for group in groups for child in group.children
    )
    known = {language: count for language, count in counts.items() if language}
    return Counter(dict(sorted((known or counts).items(), key=lambda pair: (-pair[1], pair[0]))))


def _language_of(group: Group) -> str:
    return next(iter(_languages([group])))


def _for_those_who_wait(
    waiting: Sequence[Group], problem: Problem, *, beds: int, county: str
) -> Iterator[Wanted]:
    """One kind of home for each (needs, language, beds) among the groups, willing to take the largest."""
    by_size = sorted(waiting, key=lambda g: (-g.size_all, g.group_id))
    kinds: dict[tuple[tuple[str, ...], str, int], list[Group]] = defaultdict(list)
    for group in by_size:
        key = (tuple(sorted(group.needs)), _language_of(group), _beds_for(group, problem.policy, usual=beds))
        kinds[key].append(group)
    for (needs, language, room), groups in kinds.items():
        most = groups[0].size_all
        is_foster = most <= problem.policy.household_siblings_max
        yield Wanted(
            HOME,
            county,
            (language,) if language else (),
            beds=room,
            max_siblings=most,
            needs=needs,
            home_kind="foster" if is_foster else "group",
            reach=sum(group.size for group in groups),
            floor=_filled(groups, by_size, problem, beds=room, most=most, is_foster=is_foster),
            floor_level="children_placed",
        )


def _beds_for(group: Group, policy: Policy, *, usual: int) -> int:
    """As many as the siblings need, and no fewer than a usual home has within the household rule."""
    return max(group.size, min(usual, policy.household_max))


def _filled(
    own: Sequence[Group], others: Sequence[Group], problem: Problem, *, beds: int, most: int, is_foster: bool
) -> int:
    """Children whom such a home takes lawfully, none of whom has a home: first its own kind, then others."""
    policy, needs = problem.policy, own[0].needs
    chosen: list[Group] = []
    size = infants = 0
    for group in (*own, *others):
        room = beds if not chosen else min(beds, policy.household_max) if is_foster else beds
        is_lawful = group.size_all <= most and group.needs <= needs and size + group.size <= room
        if is_foster and policy.under_two_max is not None:
            is_lawful = is_lawful and infants + group.under_two <= policy.under_two_max
        apart = problem.separated_groups.get(group.group_id, frozenset())
        if not is_lawful or group in chosen or any(each.group_id in apart for each in chosen):
            continue
        chosen.append(group)
        size, infants = size + group.size, infants + group.under_two
        if size >= room:
            break
    return size


def _for_those_who_could_be_better_off(
    program: Program, problem: Problem, plan: Plan, *, beds: int, county: str
) -> Iterator[Wanted]:
    """Homes for children who live with strangers in another language, or far from counsel with slots left."""
    groups = {group.group_id: group for group in problem.groups}
    with_strangers = [row for row in plan.groups if not row.kin]
    unlike = [row for row in with_strangers if not all(row.children_sharing_language)]
    yield from _some(unlike, groups, problem, beds=beds, county=county)
    lonely = {row.sibling_group_id for row in plan.unrepresented}
    alone = [row for row in with_strangers if row.sibling_group_id in lonely]
    courts = sorted(_courts_with_slots_left(program, plan).items(), key=lambda pair: (-pair[1], pair[0]))
    for court, _ in courts[:MORE_KINDS]:
        there = best_county(program, plan, court=court) or county
        yield from list(_some(alone, groups, problem, beds=beds, county=there))[:1]


def _some(
    rows: Sequence[GroupPlan], groups: Mapping[str, Group], problem: Problem, *, beds: int, county: str
) -> Iterator[Wanted]:
    found = _for_those_who_wait(
        [groups[row.sibling_group_id] for row in rows], problem, beds=beds, county=county
    )
    # They have a home: nobody is placed by it, so that the floor on level 1 is zero.
    yield from sorted((replace(each, floor=0) for each in found), key=_promise)[:MORE_KINDS]
