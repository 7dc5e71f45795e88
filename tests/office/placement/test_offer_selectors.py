"""Lists of offers; every figure is the count of the list that it opens."""

from datetime import date

import pytest

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.placement import answers
from posada.office.placement.models import Offer
from posada.office.placement.offer_selectors import (
    SHOWN,
    STATES,
    counts_by_state,
    newest_approved,
    offers_shown,
    ready_rows,
    seen_faults,
)
from tests.office.people import acting, group_of, home_of
from tests.office.placement.offered import offer_of, placed, run_of, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def test_each_figure_is_the_count_of_the_list_behind_it() -> None:
    worker = acting(Role.PLACEMENT_WORKER)
    for state in Offer.State.values:
        offer_of(group_of(), home_of(), state=state)
    for show, count in counts_by_state(worker).items():
        assert offers_shown(worker, show).count() == count == 1
    assert set(STATES) == set(Offer.State.values)
    assert {state for _words, states in SHOWN.values() for state in states} == set(Offer.State.values)


def test_only_groups_that_wait_and_were_not_asked_are_ready() -> None:
    worker = acting(Role.PLACEMENT_WORKER)
    waits, asked, (lives, home) = group_of(), group_of(), placed()
    offer_of(asked, home_of())
    run = run_of((waits, home_of()), (asked, home_of()), (lives, home))
    assert [each.group for each in ready_rows(worker, run)] == [waits]
    assert ready_rows(acting(Role.PLACEMENT_WORKER, whole_program=False), run).count() == 0


def test_a_group_whose_stay_broke_off_is_ready_again() -> None:
    from posada.office.placement.moves import disrupt
    from tests.office.people import TODAY
    from tests.office.placement.offered import seen

    group, _home = placed()
    from datetime import timedelta

    from posada.office.placement.models import Placement

    Placement.objects.update(from_date=TODAY - timedelta(days=5))
    disrupt(acting(Role.PLACEMENT_WORKER), group, on=TODAY, cause="safety", seen=seen(group))
    run = run_of((group, home_of()))
    assert [each.group for each in ready_rows(acting(Role.PLACEMENT_WORKER), run)] == [group]


def test_what_can_be_seen_is_told_before_it_is_sent() -> None:
    run = run_of(
        (group_of(), home_of(state="closed")),
        (group_of(), home_of(license_to=date(2026, 1, 1))),
        (group_of(), home_of(checks_clear_until=None)),
    )
    run.groups.update(license_exception=True)
    half = home_of()
    doors.seal_fields(half, {"street": "1 A"})
    run_rows = list(ready_rows(acting(Role.PLACEMENT_WORKER), run))
    codes = {fault.code for found in seen_faults(run_rows).values() for fault in found}
    assert codes == {"not_open", "license", "checks", "license_exception"}
    other = list(ready_rows(acting(Role.PLACEMENT_WORKER), run_of((group_of(), half))))
    assert [fault.code for fault in seen_faults(other)[other[0].pk]] == ["address_incomplete"]


def test_offers_follow_from_the_newest_approved_plan() -> None:
    assert newest_approved() is None
    run_of(state="ready")
    newest = run_of()
    run_of(state="failed")
    assert newest_approved() == newest
    assert answers.find_open("nothing") is None
