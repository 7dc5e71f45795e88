"""Who is alone and why, and who could act."""

from datetime import timedelta

from posada.office.access.roles import Role
from posada.office.counsel import selectors
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.intake.models import Hearing
from posada.office.placement.models import PlannedGroup, PlanRun
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import acting, counsel_of, group_of


def test_advice_at_a_clinic_leaves_a_group_alone_and_a_planned_beginning_does_too() -> None:
    actor, group, other = coordinator(), group_of(), group_of()
    engaged(actor, counsel_of(), group, scope="clinic")
    engaged(actor, counsel_of(), other, from_date=today() + timedelta(days=4))
    assert set(selectors.unrepresented(actor)) == {group, other}
    Engagement.objects.filter(group=group).update(scope="limited")
    assert set(selectors.unrepresented(actor)) == {other}


def test_the_reason_follows_the_court_of_the_hearing_or_of_the_last_plan() -> None:
    actor, group = coordinator(), group_of()
    counsel_of(courts=["BAL"], open_slots=1)

    def told() -> str:
        return str(selectors.alone(selectors.unrepresented(actor))[0].reason)

    assert "No court is known" in told()
    run = PlanRun.objects.create(number=1, state="ready")
    PlannedGroup.objects.create(run=run, group=group, children_count=1, court_code="NYC")
    assert "Nobody in the program acts at this court" in told()
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=today())
    assert "Run the conflict check" in told()


def test_a_hearing_that_is_past_or_voided_is_not_the_next() -> None:
    actor, group = coordinator(), group_of()
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=today() - timedelta(days=1))
    assert selectors.alone(selectors.unrepresented(actor))[0].hearing is None


def test_candidates_stand_by_court_then_slots_then_languages() -> None:
    group = group_of(languages=["mam", "spa"])
    away = counsel_of(courts=["NYC"], languages=["mam"])
    full = counsel_of(open_slots=0, languages=["mam"])
    speaks, silent = counsel_of(languages=["spa"]), counsel_of(languages=["eng"])
    found = selectors.candidates(coordinator(), group, court="BAL")
    assert [each.counsel for each in found] == [speaks, silent, full, away]
    assert found[0].shares == ("spa",)


def test_the_overview_counts_what_its_lists_hold() -> None:
    actor = coordinator()
    alone, held = group_of(), group_of()
    Hearing.objects.create(group=alone, court_code="BAL", hearing_date=today() + timedelta(days=9))
    engaged(actor, counsel_of(open_slots=3, malpractice_until=today() + timedelta(days=5)), held)
    counts = selectors.overview(actor, soon=today() + timedelta(days=30))
    assert (counts.alone, counts.soon, counts.engagements) == (1, 1, 1)
    assert (counts.open_slots, counts.cover_ends, counts.hits) == (2, 1, 0)
    assert counts.alone == len(selectors.alone(selectors.unrepresented(actor)))


def test_the_nearest_are_the_first_of_the_whole_list() -> None:
    actor, groups = coordinator(), [group_of() for _ in range(4)]
    for days, group in zip((9, 3, 3, 5), groups, strict=True):
        Hearing.objects.create(group=group, court_code="BAL", hearing_date=today() + timedelta(days=days))
    Hearing.objects.create(group=groups[0], court_code="NYC", hearing_date=today() + timedelta(days=4))
    engaged(actor, counsel_of(), groups[1])
    whole = selectors.alone(selectors.unrepresented(actor))
    for most in (1, 2, 3, 5):
        assert selectors.nearest_alone(actor, most=most) == whole[:most]
    group_of()
    assert len(selectors.nearest_alone(actor, most=5)) == 4


def test_an_attorney_reads_no_list_of_the_desk() -> None:
    group_of()
    assert not selectors.unrepresented(acting(Role.ATTORNEY)).exists()
    assert selectors.counsel_list(acting(Role.ATTORNEY)) == ([], [])
