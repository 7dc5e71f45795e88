"""A move tells what it touches before it is saved, and does not move the case."""

from datetime import date, timedelta

import pytest

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.counsel.models import Engagement
from posada.office.desk.models import Task
from posada.office.intake.models import CourtCounty, Hearing
from posada.office.placement import moves
from posada.office.placement.answers import CannotTake
from posada.office.placement.models import CheckIn, Placement
from posada.office.placement.placed import ChangedSince, placements_of
from posada.office.program import read_program
from posada.office.refusals import FieldsRefused
from tests.office.people import TODAY, acting, counsel_of, home_of
from tests.office.placement.offered import placed, seen, the_day, without_solving


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    the_day()
    return without_solving(monkeypatch)


@pytest.fixture
def worker() -> Actor:
    return acting(Role.PLACEMENT_WORKER)


def test_a_move_warns_about_school_counsel_court_and_venue_before_it_is_saved() -> None:
    group, _home = placed()
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=date(2027, 1, 12))
    CourtCounty.objects.create(county_fips="51059", court_code="STE")
    Engagement.objects.create(group=group, counsel=counsel_of(), from_date=TODAY)
    told = {each.kind: each for each in moves.consequences(group, home_of(county_fips="51059"), on=TODAY)}
    assert set(told) == {"school", "counsel", "address_form", "court", "venue"}
    assert "STE" in told["venue"].text
    assert "BAL" in told["court"].text
    assert Task.objects.filter(kind__startswith="move_").count() == 0


def test_the_change_of_address_is_dated_by_the_dockets_rule_with_its_citation() -> None:
    told = moves.consequences(placed()[0], home_of(), on=TODAY)
    form = next(each for each in told if each.kind == "address_form")
    said = moves.address_form_due(TODAY)
    assert said is not None
    assert form.due_on == said.day
    assert TODAY < form.due_on <= TODAY + timedelta(days=7)
    assert "1003.15(d)(2)" in form.citation
    assert "24 November 2026" in form.arithmetic


def test_a_move_keeps_the_group_together_and_opens_a_task_for_each_thing(worker: Actor) -> None:
    group, home = placed(date(2012, 1, 1), date(2015, 1, 1))
    Placement.objects.update(from_date=TODAY - timedelta(days=20))
    to = home_of(county_fips="24033")
    came = moves.move(worker, group, to, on=TODAY, seen=seen(group), reason="nearer to the aunt")
    assert {each.home_id for each in came} == {to.pk}
    old = Placement.objects.filter(home=home)
    assert {(each.to_date, each.ending) for each in old} == {(TODAY - timedelta(days=1), "moved")}
    kinds = set(Task.objects.filter(kind__startswith="move_").values_list("kind", flat=True))
    assert kinds == {"move_school", "move_counsel", "move_address_form", "move_court"}
    assert {each.home_id for each in CheckIn.objects.filter(voided_at=None, due_on__gte=TODAY)} == {to.pk}
    assert {each.home_id for each in read_program().placements} == {to.home_id}


def test_a_back_dated_move_counts_from_the_day_it_happened(worker: Actor) -> None:
    group, _home = placed()
    Placement.objects.update(from_date=TODAY - timedelta(days=20))
    on = TODAY - timedelta(days=10)
    moves.move(worker, group, home_of(), on=on, seen=seen(group), reason="told late")
    assert placements_of(group)[0].from_date == on
    assert Task.objects.get(kind="move_address_form").due_on < TODAY


def test_a_move_into_a_home_without_a_bed_is_refused_with_its_rule(worker: Actor) -> None:
    group, _home = placed()
    before = seen(group)
    with pytest.raises(CannotTake) as refused:
        moves.move(worker, group, home_of(beds_any=0, beds_boys=2), on=TODAY, seen=before, reason="x")
    assert (refused.value.code, seen(group)) == ("beds", before)


def test_nobody_moves_to_where_they_live_or_in_the_future_or_what_they_did_not_see(worker: Actor) -> None:
    group, home = placed()
    with pytest.raises(FieldsRefused):
        moves.move(worker, group, home, on=TODAY, seen=seen(group), reason="x")
    with pytest.raises(FieldsRefused):
        moves.move(worker, group, home_of(), on=TODAY + timedelta(days=1), seen=seen(group), reason="x")
    with pytest.raises(ChangedSince):
        moves.move(worker, group, home_of(), on=TODAY, seen="old", reason="x")


def test_after_a_disruption_the_group_is_planned_again_together_and_elsewhere(
    worker: Actor, asked: list[str]
) -> None:
    group, home = placed(date(2012, 1, 1), date(2015, 1, 1))
    Placement.objects.update(from_date=TODAY - timedelta(days=20))
    moves.disrupt(worker, group, on=TODAY, cause="home_asked", seen=seen(group))
    program = read_program()
    assert (program.placements, len(program.children)) == ((), 2)
    assert [(each.action, each.home_id) for each in program.overrides] == [("forbid", home.home_id)]
    assert Task.objects.filter(kind="disrupted", group=group).count() == 1
    assert asked == ["asked"]


def test_a_disruption_has_a_coded_cause(worker: Actor) -> None:
    group, _home = placed()
    with pytest.raises(FieldsRefused):
        moves.disrupt(worker, group, on=TODAY, cause="bad luck", seen=seen(group))
    with pytest.raises(FieldsRefused):
        moves.disrupt(worker, group, on=TODAY + timedelta(days=1), cause="safety", seen=seen(group))
