"""A court closes: before its day only its later hearings move, from its day on all that named it."""

from datetime import date, timedelta

from posada.programme.scenario import SECTIONS, Scenario
from posada.programme.scenario_courts import close_courts
from posada.records import Counsel, Court, CourtCounty, Hearing, Override, Program, Separation
from tests.placement.random_programs import TODAY
from tests.placement.test_recruit_wanted import short_of_homes

DAY = timedelta(days=1)


def courts() -> Program:
    return short_of_homes(
        court_counties=(CourtCounty("24510", "BAL"), CourtCounty("24033", "HYA")),
        counsel=(Counsel("k1", ("BAL", "HYA"), 3), Counsel("k2", ("HYA",), 3)),
        hearings=(Hearing("g1", "HYA", TODAY + 5 * DAY), Hearing("g2", "HYA", TODAY + 9 * DAY)),
        separations=(Separation("g1", "synthetic", counsel_id="k2"),),
        overrides=(Override("forbid", "g2", "synthetic", "a worker", counsel_id="k2"),),
    )


def closed(
    program: Program, on: date, *, heir: str | None, court: str = "HYA"
) -> tuple[Program, list[str], list[str]]:
    told: list[str] = []
    faults: list[str] = []
    entry = {"court": court, "on": on, "moves_to": heir}
    scenario = Scenario(
        "s.toml", "", TODAY, None, {**dict.fromkeys(SECTIONS, ()), "close_courts": [entry]}, ()
    )

    def fault(where: str, found: object, wanted: str) -> None:
        faults.append(f"{where}: {found}; {wanted}")

    return close_courts(program, scenario, told=told, fault=fault), told, faults


def test_before_its_day_only_its_later_hearings_move() -> None:
    found, told, _ = closed(courts(), TODAY + 6 * DAY, heir="BAL")
    assert [hearing.court_code for hearing in found.hearings] == ["HYA", "BAL"]
    assert (found.counsel, found.court_counties) == (courts().counsel, courts().court_counties)
    assert told == [
        "Court HYA closes on 2014-08-07; its cases go to BAL – after the plan date: "
        "only its hearings from then on."
    ]


def test_from_its_day_on_all_goes_to_the_court_that_takes_over() -> None:
    found, _, _ = closed(courts(), TODAY, heir="BAL")
    assert {row.court_code for row in found.court_counties} == {"BAL"}
    assert [one.courts for one in found.counsel] == [("BAL",), ("BAL",)]
    assert {hearing.court_code for hearing in found.hearings} == {"BAL"}


def test_where_no_court_takes_over_its_counties_counsel_and_hearings_lose_theirs() -> None:
    found, _, _ = closed(courts(), TODAY, heir=None)
    assert found.court_counties == (CourtCounty("24510", "BAL"),)
    assert [(one.counsel_id, one.courts) for one in found.counsel] == [("k1", ("BAL",))]
    assert (found.hearings, found.separations, found.overrides) == ((), (), ())


def test_courts_that_the_program_does_not_have_are_refused() -> None:
    for court, heir, field in (("X", None, "court"), ("HYA", "X", "moves_to"), ("HYA", "HYA", "moves_to")):
        found, _, faults = closed(courts(), TODAY, heir=heir, court=court)
        assert len(faults) == 1
        assert faults[0].startswith(f"close_courts 1, {field}: ")
        assert court == heir or found == courts()
    listed = short_of_homes(courts=(Court("BAL"),))
    assert closed(listed, TODAY, heir=None)[2]
