"""What the tables of plans hold together by themselves."""

import pytest
from django.db import IntegrityError, transaction

from posada.office.placement.models import PlannedGroup, PlanQuestion, PlanRun, UnaskedHome
from tests.office.people import group_of, home_of


def refused(*rows: object) -> bool:
    """Whether the database takes all of them but the last."""
    *taken, last = rows
    for row in taken:
        row.save()  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            last.save()  # type: ignore[attr-defined]
    except IntegrityError:
        return True
    return False


def test_at_most_one_plan_waits_to_be_solved() -> None:
    assert refused(PlanRun(number=1), PlanRun(number=2))
    assert not refused(PlanRun(number=3, state="ready"), PlanRun(number=4, state="ready"))


def test_no_two_plans_have_one_number() -> None:
    assert refused(PlanRun(number=1, state="ready"), PlanRun(number=1, state="failed"))


def test_a_plan_has_one_row_a_group_one_a_home_and_one_answer_a_question() -> None:
    run, group, home = PlanRun.objects.create(number=1), group_of(), home_of()
    assert refused(*(PlannedGroup(run=run, group=group, children_count=1) for _ in range(2)))
    assert refused(*(UnaskedHome(run=run, home=home) for _ in range(2)))
    assert refused(*(PlanQuestion(run=run, group=group, kind="explain") for _ in range(2)))
    assert refused(*(PlanQuestion(run=run, group=group, home=home, kind="pin") for _ in range(2)))
    assert not refused(PlanQuestion(run=run, group=group, home=home, kind="forbid"))


@pytest.mark.parametrize("model", [PlannedGroup, PlanQuestion, UnaskedHome])
def test_what_belongs_to_a_plan_goes_with_it(model: type) -> None:
    run = PlanRun.objects.create(number=1)
    PlannedGroup.objects.create(run=run, group=group_of(), children_count=1)
    PlanQuestion.objects.create(run=run, group=group_of(), kind="explain")
    UnaskedHome.objects.create(run=run, home=home_of())
    run.delete()
    assert model.objects.count() == 0  # type: ignore[attr-defined]
