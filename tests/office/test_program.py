"""The office's tables become the program that plans are made from."""

from datetime import date, timedelta

from django.utils import timezone

from posada.office.counsel.models import Engagement
from posada.office.intake.models import CourtCounty, KinLink, ProgramSettings, Separation
from posada.office.placement.models import Offer, Override
from posada.office.program import note_change, read_program
from posada.placement.check import violations
from posada.placement.plan import make_plan
from posada.rulebook.changed import policy_of
from tests.office.people import TODAY, counsel_of, group_of, home_of


def test_what_the_office_holds_can_be_planned() -> None:
    ProgramSettings.objects.create(pk=1, plan_date=TODAY, state="MD")
    together, home = group_of(date(2015, 1, 1), date(2017, 1, 1)), home_of()
    home_of(state="on_hold")
    program = read_program()
    policy = policy_of(program)
    plan = make_plan(program, policy=policy)
    assert [(each.sibling_group_id, each.home_id) for each in plan.groups] == [
        (together.sibling_group_id, home.home_id)
    ]
    assert violations(plan, program, policy=policy) == []


def test_an_open_offer_holds_its_bed_and_a_declined_home_is_not_asked_again() -> None:
    group, asked, refused = group_of(), home_of(), home_of()
    for home, state in ((asked, "open"), (refused, "declined")):
        Offer.objects.create(
            group=group,
            home=home,
            state=state,
            children_count=1,
            token_hash=state,
            expires_at=timezone.now() + timedelta(days=1),
        )
    told = {(each.action, each.home_id) for each in read_program().overrides}
    assert told == {("pin", asked.home_id), ("forbid", refused.home_id)}


def test_countries_stay_in_the_office_and_ended_overrides_are_forgotten() -> None:
    group = group_of(country="GTM")
    Override.objects.create(
        action="forbid", group=group, home=home_of(), reason="too far", ended_at=timezone.now()
    )
    program = read_program()
    assert program.children[0].country is None
    assert program.overrides == ()
    assert read_program(with_country=True).children[0].country == "GTM"


def test_each_change_is_counted() -> None:
    note_change()
    note_change()
    assert ProgramSettings.objects.get(pk=1).changed_number == 2


def test_a_home_that_let_three_offers_pass_takes_nobody_until_somebody_has_called() -> None:
    silent, answering = home_of(silent_offers=3), home_of(silent_offers=2)
    assert read_program().closed_homes == {silent.home_id}
    silent.silent_offers = 0
    silent.save()
    assert read_program().closed_homes == frozenset()
    assert answering.home_id in {each.home_id for each in read_program().homes}


def test_rows_about_what_is_not_in_the_program_are_left_out() -> None:
    group, home = group_of(), home_of()
    for left in (home_of(state="preparing"), home_of(voided_at=timezone.now())):
        Override.objects.create(action="pin", group=group, home=left, reason="their aunt")
        Separation.objects.create(group=group, home=left, reason="an order")
        KinLink.objects.create(group=group, home=left, sponsor_category="1")
    Separation.objects.create(group=group, home=home, reason="an order")
    program = read_program()
    assert (program.overrides, program.kin) == ((), ())
    assert [each.home_id for each in program.separations] == [home.home_id]


def test_a_group_that_waits_and_has_counsel_keeps_it_and_takes_no_other_place() -> None:
    ProgramSettings.objects.create(pk=1, plan_date=TODAY, state="MD")
    first, second = group_of(), group_of()
    CourtCounty.objects.create(county_fips="24031", court_code="BAL")
    home_of()
    theirs = counsel_of(open_slots=0)
    Engagement.objects.create(counsel=theirs, group=second, from_date=TODAY)
    program = read_program()
    plan = make_plan(program, policy=policy_of(program))
    matched = {each.sibling_group_id: each.counsel_id for each in plan.groups}
    assert matched == {first.sibling_group_id: None, second.sibling_group_id: theirs.counsel_id}
