"""Wishes that a plan touches are shown to those who may read them, and answered by them."""

from posada.office.access.roles import Role
from posada.office.casefile.models import Wish
from posada.office.placement.plan_wishes import answer_wishes, open_wishes, wishes_for
from tests.office.people import acting, home_of
from tests.office.placement.planned import plan_now, planner, small_program


def test_wishes_of_groups_children_and_used_homes_count_and_others_do_not() -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    used = run.groups.filter(home__isnull=False).first()
    assert used is not None
    wanted = [
        Wish.objects.create(group=groups[0], wished_by="family", kind="town", text="a"),
        Wish.objects.create(child=groups[1].children.first(), wished_by="child", kind="school", text="b"),
        Wish.objects.create(home=used.home, wished_by="home", kind="other", text="c"),
    ]
    Wish.objects.create(home=home_of(), wished_by="home", kind="other", text="not in the plan")
    Wish.objects.create(group=groups[0], wished_by="child", kind="town", text="answered", answer="yes")
    assert set(open_wishes(run)) == set(wanted)
    assert set(wishes_for(planner(), run)) == set(wanted)


def test_a_director_without_the_group_neither_reads_nor_answers_its_wishes() -> None:
    groups, _homes, _counsel = small_program()
    wish = Wish.objects.create(group=groups[0], wished_by="family", kind="town", text="a town")
    run, director = plan_now(), acting(Role.PROGRAM_DIRECTOR)
    assert list(wishes_for(director, run)) == []
    assert answer_wishes(director, run, {wish.pk: "no"}) == 0
    assert answer_wishes(planner(), run, {wish.pk: " the same county "}) == 1
    wish.refresh_from_db()
    assert wish.answer == "the same county"
