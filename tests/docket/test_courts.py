"""Courts are dated records, and nothing moves silently."""

from datetime import datetime

import pytest

from posada.docket.courts import (
    CountyCourtRecord,
    CourtGap,
    CourtRecord,
    closing_touches,
    court_of_county,
    court_on,
)
from posada.docket.hearings import Hearing
from tests.docket.made import day

OLD = CourtRecord(
    "YOR", "York", "America/New_York", "old", "a notice", day("2010-01-01"), day("2021-07-31"), "PHI"
)
MOVED = CourtRecord("BAL", "Baltimore", "America/New_York", "new street", "a notice", day("2024-01-01"))
BEFORE = CourtRecord(
    "BAL", "Baltimore", "America/New_York", "old street", "list", day("2000-01-01"), day("2023-12-31")
)
COURTS = (OLD, MOVED, BEFORE)


def hearing(hearing_id: str, court: str, at: str) -> Hearing:
    return Hearing(
        hearing_id, "c1", "master", court, datetime.fromisoformat(at), "America/New_York", "Room 1"
    )


def test_a_move_is_a_new_record_and_the_old_one_stays() -> None:
    assert court_on(COURTS, "BAL", on=day("2023-12-31")).address == "old street"
    assert court_on(COURTS, "BAL", on=day("2024-01-01")).address == "new street"


def test_a_closed_court_names_its_successor_and_a_phantom_code_is_a_gap() -> None:
    with pytest.raises(CourtGap, match="its successor is PHI"):
        court_on(COURTS, "YOR", on=day("2022-01-01"))
    with pytest.raises(CourtGap, match="no court 'XXX'"):
        court_on(COURTS, "XXX", on=day("2022-01-01"))
    with pytest.raises(CourtGap, match="not on record for 1999"):
        court_on(COURTS, "BAL", on=day("1999-01-01"))


def test_a_closing_lists_every_hearing_address_and_counsel_that_still_points_to_it() -> None:
    found = closing_touches(
        OLD,
        hearings=[
            hearing("h2", "YOR", "2021-08-02T09:00"),
            hearing("h1", "YOR", "2021-08-01T09:00"),
            hearing("h3", "YOR", "2021-07-31T09:00"),
            hearing("h4", "BAL", "2021-08-02T09:00"),
        ],
        filing_addresses=[("address 1", "YOR"), ("address 2", "BAL")],
        counsel=[("lawyer 2", "YOR"), ("lawyer 1", "YOR")],
    )
    assert [each.hearing_id for each in found.hearings] == ["h1", "h2"]
    assert found.filing_addresses == ("address 1",)
    assert found.counsel == ("lawyer 1", "lawyer 2")
    assert found.successor == "PHI"
    with pytest.raises(ValueError, match="no last day"):
        closing_touches(MOVED, hearings=(), filing_addresses=(), counsel=())


def test_the_court_of_a_county_is_dated_and_an_override_wins() -> None:
    listed = CountyCourtRecord("24031", "BAL", "list", day("2010-01-01"), day("2020-12-31"))
    now = CountyCourtRecord("24031", "HYA", "list", day("2021-01-01"))
    other = CountyCourtRecord("24031", "BAL", "ordered", day("2020-06-01"), overridden_by="coordinator")
    assert court_of_county((listed, now), "24031", on=day("2020-12-31")).court_code == "BAL"
    assert court_of_county((listed, now, other), "24031", on=day("2022-01-01")).court_code == "BAL"
    with pytest.raises(CourtGap, match="county 24033"):
        court_of_county((listed,), "24033", on=day("2020-12-31"))
