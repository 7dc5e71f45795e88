"""Figures of placed children are counted from the lists that they open."""

from datetime import timedelta

import pytest

from posada.office.access.roles import Role
from posada.office.placement import check_ins
from posada.office.placement.models import CheckIn, Placement
from posada.office.placement.placed_selectors import (
    arrivals_shown,
    check_in_rate,
    check_ins_shown,
    endings_counted,
    groups_shown,
    homes_by_group,
    kind_of,
)
from tests.office.people import TODAY, acting, group_of, home_of
from tests.office.placement.offered import placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def test_overdue_check_ins_come_first_and_only_to_whom_they_belong() -> None:
    group, home = placed()
    CheckIn.objects.filter(kind="day_30").update(due_on=TODAY - timedelta(days=9))
    CheckIn.objects.filter(kind="day_7").update(due_on=TODAY - timedelta(days=2))
    worker = acting(Role.PLACEMENT_WORKER)
    assert [each.kind for each in check_ins_shown(worker)] == ["day_30", "day_7"]
    assert check_ins_shown(worker, "all").count() == 4
    assert check_ins_shown(acting(Role.FOSTER_PARENT)).count() == 0
    assert list(groups_shown(worker)) == list(arrivals_shown(worker)) == [group]
    assert homes_by_group([group])[group.pk].home == home


def test_the_rate_counts_tried_refused_and_unknown_beside_the_done() -> None:
    placed()
    worker = acting(Role.PLACEMENT_WORKER)
    CheckIn.objects.update(due_on=TODAY - timedelta(days=1))
    for row, outcome in zip(
        CheckIn.objects.order_by("kind"), ("safe", "refused", "not_reached"), strict=False
    ):
        check_ins.record(worker, row, version=1, outcome=outcome, on=TODAY)
    rate = check_in_rate(CheckIn.objects.all())
    assert (rate.due, rate.done, rate.not_reached, rate.refused, rate.no_result) == (4, 1, 1, 1, 1)
    assert rate.share == 25
    assert check_in_rate(CheckIn.objects.none()).share is None


def test_endings_are_counted_by_code_with_unknown_always_shown() -> None:
    for ending in ("reunified", "reunified", "unknown", "disrupted"):
        Placement.objects.create(
            child=group_of().children.get(), home=home_of(), from_date=TODAY, to_date=TODAY, ending=ending
        )
    counted = [(code, count) for code, _words, count in endings_counted(Placement.objects.all())]
    assert counted == [("reunified", 2), ("disrupted", 1), ("unknown", 1)]
    assert [(code, n) for code, _w, n in endings_counted(Placement.objects.none())] == [("unknown", 0)]


def test_kinds_of_check_ins_are_in_words() -> None:
    kinds = [
        str(kind_of(CheckIn(kind=kind))) for kind in ("day_7", "month_2", "month_n", "post_release", "x")
    ]
    assert kinds == ["Day 7", "Month 2", "Monthly visit", "Post-release call", "x"]
