"""Two plans, line by line."""

from posada.office.access.roles import Role
from posada.office.placement.models import Override
from posada.office.placement.plan_compare import changed_rows, in_words, only_in
from tests.office.people import acting, home_of
from tests.office.placement.planned import plan_now, planner, siblings, small_program, tonight


def test_of_a_plan_and_itself_nothing_differs() -> None:
    small_program()
    run = plan_now()
    assert list(changed_rows(planner(), run, run)) == []


def test_who_moves_who_gains_and_who_loses_is_told_with_home_and_counsel() -> None:
    groups, homes, counsel = small_program()
    first = plan_now()
    assert first.groups.get(group=groups[0]).home == homes[0]
    assert first.groups.get(group=groups[0]).counsel == counsel
    Override.objects.create(action="forbid", group=groups[0], home=homes[0], reason="too near")
    second = plan_now()
    found = {row.group_id: in_words(row) for row in changed_rows(planner(), first, second)}
    lost = found[groups[0].pk]
    assert lost.home is not None
    assert (lost.home.before, lost.home.after) == (homes[0].home_id, None)
    assert lost.counsel is not None
    assert (lost.counsel.before, lost.counsel.after) == (counsel.counsel_id, None)
    gained = found[groups[1].pk]
    assert gained.counsel is not None
    assert (gained.counsel.before, gained.counsel.after) == (None, counsel.counsel_id)


def test_groups_that_only_one_plan_is_about_are_told_apart() -> None:
    tonight()
    home_of()
    here = siblings(9)
    first = plan_now()
    new = siblings(3)
    here.voided_at = here.entered_at
    here.save()
    here.children.update(voided_at=here.entered_at)
    second = plan_now()
    assert [row.group for row in only_in(planner(), second, other=first)] == [new]
    assert list(only_in(planner(), first, other=second)) == []


def test_a_director_compares_assigned_groups_only() -> None:
    groups, homes, _counsel = small_program()
    first = plan_now()
    Override.objects.create(action="forbid", group=groups[0], home=homes[0], reason="too near")
    assert list(changed_rows(acting(Role.PROGRAM_DIRECTOR), first, plan_now())) == []
