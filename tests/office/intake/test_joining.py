"""A sibling who is recognized later: what it means is shown first, then both are one group with all their papers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from posada.office.access.roles import Role
from posada.office.casefile.models import Note
from posada.office.counsel.models import Engagement
from posada.office.desk.models import Task
from posada.office.desk.task_words import all_words
from posada.office.intake import joining
from posada.office.intake.joining import LookFirst, join, meaning
from posada.office.intake.models import Child, Hearing, SiblingGroup
from posada.office.intake.task_words import WORDS
from posada.office.placement.models import Offer, Placement
from posada.office.refusals import Refusal
from tests.office.people import acting, counsel_of, group_of, home_of

BORN = date(2014, 5, 1)


def living(*birth_dates: date, **home: object) -> SiblingGroup:
    """A group that lives in a home."""
    group, where = group_of(*birth_dates), home_of(**home)
    for child in group.children.all():
        Placement.objects.create(child=child, home=where, from_date=date(2026, 11, 1))
    return group


@pytest.mark.parametrize(
    ("home", "outcome"),
    [
        ({}, "fits_same_home"),
        ({"licensed_capacity": 1, "beds_any": 1}, "solve_again"),
        (
            {"own_children_birth_dates": ["2010-01-01"] * 5, "licensed_capacity": 6, "beds_any": 6},
            "needs_exception",
        ),
    ],
)
def test_what_joining_means_follows_from_the_rules_of_the_home(home: dict[str, object], outcome: str) -> None:
    group, joins = living(BORN, **home), group_of(date(2016, 1, 1))
    assert meaning(group, joins=joins).outcome == outcome
    assert joins.children.count() == 1


def test_joining_nobody_placed_needs_no_second_look_but_groups_always_do() -> None:
    assert meaning(group_of(), joins=group_of()).opens == ()
    with pytest.raises(LookFirst):
        join(acting(Role.INTAKE_WORKER), group_of(), group_of(), seen=False, reason="the same mother")


def test_children_and_papers_come_along_and_nothing_is_deleted() -> None:
    actor, group, joins = acting(Role.INTAKE_WORKER), group_of(), group_of()
    Note.objects.create(group=joins, text="a letter")
    Hearing.objects.create(group=joins, court_code="BAL", hearing_date=date(2027, 1, 1))
    join(actor, group, joins, seen=True, reason="the same mother")
    assert group.children.count() == 2
    assert group.notes.count() == group.hearings.count() == 1
    joins.refresh_from_db()
    assert (joins.voided_reason, SiblingGroup.objects.count()) == ("the same mother", 2)
    assert Child.objects.count() == 2


def test_counsel_and_hearings_are_looked_at_again() -> None:
    actor, group, joins = acting(Role.INTAKE_WORKER), living(BORN), group_of()
    Engagement.objects.create(group=group, counsel=counsel_of(), from_date=date(2026, 11, 1))
    Hearing.objects.create(group=joins, court_code="BAL", hearing_date=date(2030, 1, 1))
    join(actor, group, joins, seen=True, reason="the same mother")
    kinds = set(Task.objects.filter(kind__startswith="joined_").values_list("kind", flat=True))
    assert kinds == {"joined_conflict_check", "joined_joint_hearing"}
    assert kinds <= set(all_words())
    assert {f"joined_{code}" for code in joining.WHOSE} == set(WORDS)


def test_two_open_offers_are_not_made_one() -> None:
    group, joins = group_of(), group_of()
    for each in (group, joins):
        Offer.objects.create(
            group=each,
            home=home_of(),
            children_count=1,
            token_hash=each.sibling_group_id,
            expires_at=timezone.now() + timedelta(days=1),
        )
    with pytest.raises(Refusal):
        join(acting(Role.INTAKE_WORKER), group, joins, seen=True, reason="the same mother")
    assert joins.children.count() == 1
