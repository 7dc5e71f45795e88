"""A scenario file: what would be different, in one small TOML file. Read strictly, every fault told at once.

Comes in: the file and the plan date of the program. Goes out: `Scenario`, or ScenarioRefused with one line
for each fault: file, field, what was found, what was wanted. `scenario_apply` makes the program of it.
Docs: docs/how-to/what-if.md. Tests: tests/programme/test_scenario.py.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from posada.programme.cells import BadCell, Cell, cell_parser
from posada.programme.errors import ScenarioRefused
from posada.programme.printable import shown
from posada.programme.read import NotReadable, read_bytes
from posada.programme.rule_changes import KEY, rule_changes
from posada.programme.settings import LAST_PLAN_DATE
from posada.programme.tables import Column, Kind
from posada.records import RuleChange

KIN_HOMES, HOMES, BEDS, REMOVE_HOMES = "kin_homes", "homes", "beds", "remove_homes"
COUNSEL, REMOVE_COUNSEL, CLOSE_COURTS = "counsel", "remove_counsel", "close_courts"
LEAST_ONE = ("count", "beds", "more", "max_siblings")
"""Counts of which nought would say nothing."""


def _must(name: str, kind: Kind, *choices: str) -> Column:
    return Column(name, kind, required=True, filled=True, choices=choices)


def _may(name: str, kind: Kind, *choices: str) -> Column:
    return Column(name, kind, choices=choices)


SECTIONS: dict[str, tuple[Column, ...]] = {
    KIN_HOMES: (
        _must("count", Kind.COUNT),
        _must("county", Kind.COUNTY),
        _may("beds", Kind.COUNT),
        _may("sponsor_category", Kind.CHOICE, "1", "2A", "2B", "3"),
    ),
    HOMES: (
        _must("count", Kind.COUNT),
        _must("county", Kind.COUNTY),
        _must("beds", Kind.COUNT),
        _may("kind", Kind.CHOICE, "foster", "group"),
        _may("max_siblings", Kind.COUNT),
        _may("languages", Kind.LANGUAGES),
        _may("abilities", Kind.WORDS),
        _may("cost_cents_per_child_day", Kind.COUNT),
    ),
    BEDS: (_must("more", Kind.COUNT), _may("home", Kind.ID), _may("county", Kind.COUNTY)),
    REMOVE_HOMES: (_must("home", Kind.ID),),
    COUNSEL: (
        _must("count", Kind.COUNT),
        _must("courts", Kind.WORDS),
        _must("open_slots", Kind.COUNT),
        _may("languages", Kind.LANGUAGES),
    ),
    REMOVE_COUNSEL: (_must("counsel", Kind.ID),),
    CLOSE_COURTS: (_must("court", Kind.ID), _must("on", Kind.DATE), _may("moves_to", Kind.ID)),
}
"""Section -> its fields; each section is a list of tables, [[section]]."""
_SINGLE = ("name", "plan_date", "seed")
MOST_ADDED = 10_000
Entry = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What would be different. `sections`: section -> entries in their order, fields as values."""

    file: str
    name: str
    plan_date: date
    seed: int | None
    sections: Mapping[str, Sequence[Entry]]
    rule_changes: tuple[RuleChange, ...]


def read_scenario(path: Path, *, plan_date: date) -> Scenario:
    """Read a scenario file. `plan_date`: the program's. Raises ScenarioRefused."""
    if not path.exists():
        raise ScenarioRefused((f"{path}: there is no such file.",))
    try:
        raw = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except NotReadable as error:
        raise ScenarioRefused((f"{path}: {error}.",)) from error
    except UnicodeDecodeError as error:
        raise ScenarioRefused((f"{path}: it is not UTF-8 text; save it as UTF-8.",)) from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ScenarioRefused((f"{path}: not readable as TOML: {shown(str(error))}.",)) from error
    faults = _Faults(path.name)
    for key in sorted(set(raw) - {*_SINGLE, *SECTIONS, KEY}):
        faults.add(shown(key), "this key", f"one of {', '.join((*_SINGLE, *SECTIONS, KEY))}")
    sections = {key: _entries(key, raw.get(key, []), faults, plan_date=plan_date) for key in SECTIONS}
    changes, wrong = rule_changes(raw.get(KEY, []))
    for where, found, wanted in wrong:
        faults.add(where, found, wanted)
    scenario = Scenario(
        file=path.name,
        name=_name(raw.get("name", ""), faults),
        plan_date=_plan_date(raw.get("plan_date", plan_date), faults, least=plan_date),
        seed=_seed(raw.get("seed"), faults),
        sections=sections,
        rule_changes=changes,
    )
    is_empty = not any(sections.values()) and not changes and scenario.plan_date == plan_date
    if is_empty and not faults.lines:
        faults.add(
            "the file", "nothing that would be different", f"at least one of {', '.join(SECTIONS)}, {KEY}"
        )
    faults.raise_any()
    return scenario


class _Faults:
    """Faults as lines: file, field, found, wanted."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[str] = []

    def add(self, field: str, found: str, wanted: str) -> None:
        self.lines.append(f"{self.file}, {field}: found {found}; wanted {wanted}.")

    def raise_any(self) -> None:
        if self.lines:
            raise ScenarioRefused(tuple(self.lines))


def _entries(key: str, raw: object, faults: _Faults, *, plan_date: date) -> list[Entry]:
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        faults.add(key, shown(str(raw)), f"tables headed [[{key}]]")
        return []
    return [
        _entry(f"{key} {number}", SECTIONS[key], each, faults, plan_date=plan_date)
        for number, each in enumerate(raw, 1)
    ]


def _entry(
    where: str, columns: Sequence[Column], raw: Mapping[str, object], faults: _Faults, *, plan_date: date
) -> Entry:
    names = [column.name for column in columns]
    for key in sorted(set(raw) - set(names)):
        faults.add(f"{where}, {shown(key)}", "this key", f"one of {', '.join(names)}")
    found: dict[str, Cell] = {}
    for column in columns:
        given = raw.get(column.name)
        text = "" if given is None else _as_text(given)
        try:
            value = cell_parser(column, plan_date=plan_date)(text)
            if value == 0 and column.name in LEAST_ONE:
                raise BadCell("a whole number of 1 or more")
            if column.name == "count" and isinstance(value, int) and value > MOST_ADDED:
                raise BadCell(f"a whole number of at most {MOST_ADDED:,}")
            found[column.name] = value
        except BadCell as error:
            faults.add(f"{where}, {column.name}", shown(text) if text else "nothing", error.wanted)
    return found


def _as_text(value: object) -> str:
    """A TOML value as the cell of a table would hold it; what no cell holds is refused by its reader."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ";".join(value)
    return str(value)


def _name(raw: object, faults: _Faults) -> str:
    if not isinstance(raw, str) or not raw.isprintable():
        faults.add("name", shown(str(raw)), "a text on one line, in quotes")
        return ""
    return raw


def _plan_date(raw: object, faults: _Faults, *, least: date) -> date:
    if isinstance(raw, datetime) or not isinstance(raw, date) or not least <= raw <= LAST_PLAN_DATE:
        faults.add("plan_date", shown(str(raw)), f"a date without quotes, not before the program's, {least}")
        return least
    return raw


def _seed(raw: object, faults: _Faults) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < 2**31:
        faults.add("seed", shown(str(raw)), f"a whole number from 0 to {2**31 - 1:,}")
        return None
    return raw
