"""A court that closes on a day: what becomes of its counties, its counsel and its hearings.

Comes in: a program and a `Scenario`. Goes out: the program without that court from its day on. Where the
scenario names a court that takes over, all three go there; else the counties have no court and the counsel
and hearings lose theirs. Before the day nothing changes but the hearings that lie on or after it.
Docs: docs/how-to/what-if.md. Tests: tests/programme/test_scenario_courts.py.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from posada.programme.scenario import CLOSE_COURTS, Scenario
from posada.records import Program


def close_courts(
    program: Program, scenario: Scenario, *, told: list[str], fault: Callable[[str, object, str], None]
) -> Program:
    """Close each court of the scenario. `told` and `fault` take what was done and what could not be."""
    for number, entry in enumerate(scenario.sections[CLOSE_COURTS], 1):
        court, heir, day = entry["court"], entry.get("moves_to"), entry["on"]
        known = _courts(program)
        for field, code in (("court", court), ("moves_to", heir)):
            if code is not None and code not in known:
                fault(f"{CLOSE_COURTS} {number}, {field}", code, "the code of a court of the program")
        if court == heir:
            fault(f"{CLOSE_COURTS} {number}, moves_to", heir, "another court than the one that closes")
        if court in known and (heir is None or heir in known) and isinstance(day, date):
            program = _closed(program, str(court), None if heir is None else str(heir), day)
            to = f"; its cases go to {heir}" if heir else "; no court takes over"
            later = (
                " – after the plan date: only its hearings from then on" if day > program.plan_date else ""
            )
            told.append(f"Court {court} closes on {day}{to}{later}.")
    return program


def _courts(program: Program) -> set[str]:
    """Every court that the program names; where courts.csv is there, it has them all."""
    if program.courts:
        return {court.court_code for court in program.courts}
    found = {row.court_code for row in program.court_counties} | {row.court_code for row in program.hearings}
    return found | {court for counsel in program.counsel for court in counsel.courts}


def _closed(program: Program, court: str, heir: str | None, day: date) -> Program:
    def moved(code: str) -> tuple[str, ...]:
        if code != court:
            return (code,)
        return (heir,) if heir is not None else ()

    hearings = tuple(
        replace(row, court_code=code)
        for row in program.hearings
        for code in (moved(row.court_code) if row.hearing_date >= day else (row.court_code,))
    )
    program = replace(program, hearings=tuple(dict.fromkeys(hearings)))
    if day > program.plan_date:
        return program
    acting = [
        replace(each, courts=tuple(dict.fromkeys(code for old in each.courts for code in moved(old))))
        for each in program.counsel
    ]
    idle = {each.counsel_id for each in acting if not each.courts}
    return replace(
        program,
        court_counties=tuple(
            replace(row, court_code=code) for row in program.court_counties for code in moved(row.court_code)
        ),
        counsel=tuple(each for each in acting if each.courts),
        separations=tuple(each for each in program.separations if each.counsel_id not in idle),
        overrides=tuple(each for each in program.overrides if each.counsel_id not in idle),
    )
