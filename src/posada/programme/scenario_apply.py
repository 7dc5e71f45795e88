"""The program as it would be under a scenario: an ordinary program that everything else works on.

Comes in: a program and a `Scenario`. Goes out: the changed program and, in words, what was done. The order:
plan date, rules, courts, removals, beds, what is added. Children's countries are left out of it, as out of
every output. Docs: docs/how-to/what-if.md. Tests: tests/programme/test_scenario_apply.py.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from posada.programme.cells import ADULT_AGE
from posada.programme.errors import ScenarioRefused
from posada.programme.scenario import (
    BEDS,
    COUNSEL,
    HOMES,
    KIN_HOMES,
    REMOVE_COUNSEL,
    REMOVE_HOMES,
    Scenario,
)
from posada.programme.scenario_courts import close_courts
from posada.records import Counsel, Home, KinLink, Program
from posada.records.people import age_on

PAPERS_DAYS = 365
"""New homes have their license and checks for so long from the plan date on."""


def apply_scenario(program: Program, scenario: Scenario) -> tuple[Program, tuple[str, ...]]:
    """The program under the scenario, and lines that tell what was changed.

    Raises ScenarioRefused, with one line for each thing that the program does not have.
    """
    change = _Change(program, scenario)
    change.leave_out_what_was_refused()
    change.move_plan_date()
    change.rules()
    change.courts()
    change.remove()
    change.beds()
    change.add()
    if change.faults:
        raise ScenarioRefused(tuple(change.faults))
    name = " – ".join(part for part in (program.name, scenario.name) if part)
    made = replace(change.program, name=name, rejections=(), warnings=(), input_sha256="")
    if not made.children or not made.homes:
        raise ScenarioRefused((f"{scenario.file}: no child, or no home, would be left to plan.",))
    return made, tuple(change.told)


class _Change:
    """A program being changed; `told` says what was done, `faults` what could not be."""

    def __init__(self, program: Program, scenario: Scenario) -> None:
        children = tuple(replace(child, country=None) for child in program.children)
        self.program = replace(program, children=children)
        self.scenario = scenario
        self.told: list[str] = []
        self.faults: list[str] = []
        self.numbers: dict[str, count[int]] = {}
        self.taken = {home.home_id for home in program.homes} | {one.counsel_id for one in program.counsel}
        seed = program.seed if scenario.seed is None else scenario.seed
        self.random = Random(seed)  # noqa: S311  a draw that anybody can repeat, not a secret

    def entries(self, section: str) -> Iterator[tuple[str, Any]]:
        """Each entry of a section with its place in the file."""
        for number, entry in enumerate(self.scenario.sections[section], 1):
            yield f"{section} {number}", entry

    def fault(self, where: str, found: object, wanted: str) -> None:
        self.faults.append(f"{self.scenario.file}, {where}: found {found}; wanted {wanted}.")

    def leave_out_what_was_refused(self) -> None:
        """Groups that a refused row holds back stay held: they are left out. Closed homes stay closed."""
        program = self.program
        if program.held_groups:
            self._drop_groups(set(program.held_groups))
            self.told.append(
                f"{_counted(len(program.held_groups), 'group')} left out: a row of theirs was refused."
            )
        if program.closed_homes:
            homes = tuple(
                replace(home, checks_clear_until=None) if home.home_id in program.closed_homes else home
                for home in program.homes
            )
            self.program = replace(self.program, homes=homes)
            self.told.append(
                f"{_counted(len(program.closed_homes), 'home')} closed: a protective row was refused."
            )
        self.program = replace(self.program, held_groups={}, closed_homes=frozenset())

    def _drop_groups(self, groups: set[str]) -> None:
        p = self.program
        gone = {child.child_id for child in p.children if child.sibling_group_id in groups}
        self.program = replace(
            p,
            children=tuple(c for c in p.children if c.sibling_group_id not in groups),
            kin=tuple(k for k in p.kin if k.sibling_group_id not in groups),
            hearings=tuple(h for h in p.hearings if h.sibling_group_id not in groups),
            separations=tuple(
                s for s in p.separations if not {s.sibling_group_id, s.other_group_id} & groups
            ),
            overrides=tuple(o for o in p.overrides if o.sibling_group_id not in groups),
            placements=tuple(each for each in p.placements if each.child_id not in gone),
        )

    def move_plan_date(self) -> None:
        """Whoever is grown by then is no child of the program any more."""
        day = self.scenario.plan_date
        if day == self.program.plan_date:
            return
        grown = {c.child_id for c in self.program.children if age_on(c.birth_date, day) >= ADULT_AGE}
        left = {c.sibling_group_id for c in self.program.children if c.child_id not in grown}
        self._drop_groups({c.sibling_group_id for c in self.program.children} - left)
        self.program = replace(
            self.program,
            plan_date=day,
            children=tuple(c for c in self.program.children if c.child_id not in grown),
            placements=tuple(each for each in self.program.placements if each.child_id not in grown),
        )
        self.told.append(
            f"The plan date is {day}; {_counted(len(grown), 'child', 'children')} left out: grown by then."
        )

    def rules(self) -> None:
        changes = self.scenario.rule_changes
        self.program = replace(self.program, rule_changes=(*self.program.rule_changes, *changes))
        for change in changes:
            later = " – after the plan date" if change.from_date > self.program.plan_date else ""
            self.told.append(f"Rule {change.rule} is {change.value} from {change.from_date} on{later}.")

    def courts(self) -> None:
        self.program = close_courts(self.program, self.scenario, told=self.told, fault=self.fault)

    def remove(self) -> None:
        for where, entry in self.entries(REMOVE_HOMES):
            self._remove_home(f"{where}, home", entry["home"])
        for where, entry in self.entries(REMOVE_COUNSEL):
            counsel_id, p = entry["counsel"], self.program
            if all(each.counsel_id != counsel_id for each in p.counsel):
                self.fault(f"{where}, counsel", counsel_id, "the id of counsel of the program")
                continue
            self.program = replace(
                p,
                counsel=tuple(each for each in p.counsel if each.counsel_id != counsel_id),
                separations=tuple(each for each in p.separations if each.counsel_id != counsel_id),
                overrides=tuple(each for each in p.overrides if each.counsel_id != counsel_id),
            )
            self.told.append(f"Removed: counsel {counsel_id}.")

    def _remove_home(self, where: str, home_id: str) -> None:
        p = self.program
        if all(home.home_id != home_id for home in p.homes):
            self.fault(where, home_id, "the id of a home of the program")
            return
        if any(each.home_id == home_id and each.stands_on(p.plan_date) for each in p.placements):
            self.fault(where, home_id, "a home in which no child lives: end these placements first")
            return
        self.program = replace(
            p,
            homes=tuple(home for home in p.homes if home.home_id != home_id),
            kin=tuple(each for each in p.kin if each.home_id != home_id),
            separations=tuple(each for each in p.separations if each.home_id != home_id),
            overrides=tuple(each for each in p.overrides if each.home_id != home_id),
            openings=tuple(each for each in p.openings if each.home_id != home_id),
            placements=tuple(each for each in p.placements if each.home_id != home_id),
        )
        self.told.append(f"Removed: home {home_id}.")

    def beds(self) -> None:
        for where, entry in self.entries(BEDS):
            home_id, county = entry.get("home"), entry.get("county")
            if home_id is not None and county is not None:
                self.fault(where, "home and county", "one of them, or neither for every foster home")
                continue
            chosen = {
                home.home_id
                for home in self.program.homes
                if home.home_id == home_id
                or (home_id is None and home.kind == "foster" and county in (None, home.county_fips))
            }
            if not chosen and home_id is not None:
                self.fault(f"{where}, home", home_id, "the id of a home of the program")
            elif not chosen:
                self.fault(f"{where}, county", county or "nothing", "a county with a foster home in it")
            homes = (
                _with_beds(home, entry["more"]) if home.home_id in chosen else home
                for home in self.program.homes
            )
            self.program = replace(self.program, homes=tuple(homes))
            self.told.append(
                f"{_counted(len(chosen), 'home')} with {_counted(entry['more'], 'bed')} more each."
            )

    def add(self) -> None:
        for where, entry in self.entries(KIN_HOMES):
            self._add_kin_homes(where, entry)
        for _, entry in self.entries(HOMES):
            self._add(homes=[self._home(entry) for _ in range(entry["count"])])
            kind = entry.get("kind") or "foster"
            self.told.append(f"{_counted(entry['count'], f'{kind} home')} added in county {entry['county']}.")
        for where, entry in self.entries(COUNSEL):
            self._add_counsel(where, entry)

    def _add_kin_homes(self, where: str, entry: Any) -> None:
        p = self.program
        placed = {each.child_id for each in p.placements if each.stands_on(p.plan_date)}
        sizes: dict[str, int] = {}
        for child in p.children:
            if child.child_id not in placed:
                sizes[child.sibling_group_id] = sizes.get(child.sibling_group_id, 0) + 1
        without = sorted(set(sizes) - {link.sibling_group_id for link in p.kin})
        if entry["count"] > len(without):
            self.fault(
                f"{where}, count",
                entry["count"],
                f"at most {len(without):,}: so many groups wait without kin",
            )
            return
        for group in sorted(self.random.sample(without, entry["count"])):
            beds = entry.get("beds") or sizes[group]
            home = self._home({"county": entry["county"], "beds": beds, "kind": "kin"})
            link = KinLink(group, home.home_id, entry.get("sponsor_category") or "2A")
            self._add(homes=[home], kin=[link])
        self.told.append(
            f"{_counted(entry['count'], 'kin home')} added in county {entry['county']}, "
            "for groups without kin, drawn by chance."
        )

    def _add_counsel(self, where: str, entry: Any) -> None:
        courts = entry["courts"]
        known = {court.court_code for court in self.program.courts}
        known |= {row.court_code for row in self.program.court_counties}
        known |= {court for each in self.program.counsel for court in each.courts}
        unknown = [court for court in courts if known and court not in known]
        if unknown:
            self.fault(f"{where}, courts", ", ".join(unknown), "codes of courts of the program")
            return
        languages = entry.get("languages") or ()
        names = [self._name("counsel") for _ in range(entry["count"])]
        self._add(counsel=[Counsel(name, courts, entry["open_slots"], languages) for name in names])
        self.told.append(f"{entry['count']:,} counsel added at {', '.join(courts)}.")

    def _home(self, entry: Any) -> Home:
        today, beds, kind = self.program.plan_date, entry["beds"], entry.get("kind") or "foster"
        ends = today + timedelta(days=PAPERS_DAYS)
        return Home(
            home_id=self._name(f"{kind}-home"),
            kind=kind,
            county_fips=entry["county"],
            licensed_capacity=beds,
            license_from=None if kind == "kin" else today,
            license_to=None if kind == "kin" else ends,
            checks_clear_until=ends,
            beds_girls=0,
            beds_boys=0,
            beds_any=beds,
            max_siblings=entry.get("max_siblings"),
            languages=entry.get("languages") or (),
            abilities=entry.get("abilities") or (),
            cost_cents_per_child_day=entry.get("cost_cents_per_child_day"),
        )

    def _name(self, what: str) -> str:
        """An id that nothing in the program has."""
        numbered = (f"what-if-{what}-{number}" for number in self.numbers.setdefault(what, count(1)))
        return next(name for name in numbered if name not in self.taken)

    def _add(self, **rows: list[Any]) -> None:
        more: dict[str, Any] = {name: (*getattr(self.program, name), *added) for name, added in rows.items()}
        self.program = replace(self.program, **more)


def _with_beds(home: Home, more: int) -> Home:
    return replace(home, licensed_capacity=home.licensed_capacity + more, beds_any=home.beds_any + more)


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
