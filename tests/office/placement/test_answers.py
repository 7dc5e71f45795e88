"""A home says yes or no, in two taps; one bed is given once; the others are told why."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from posada.office.access.actor import actor_of, machine
from posada.office.access.roles import Role
from posada.office.audit.models import Entry, Revision
from posada.office.desk.models import Task
from posada.office.licensing.models import Home
from posada.office.placement import answers, offers
from posada.office.placement.models import CheckIn, Offer, Placement
from posada.office.program import read_program
from tests.office.people import TODAY, acting, counsel_of, group_of, home_of
from tests.office.placement.offered import offer_of, parent_of, the_day, without_solving

LINK = machine("link of an offer")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def test_a_yes_places_every_child_and_says_what_comes_next() -> None:
    group, home = group_of(date(2015, 1, 1), date(2017, 1, 1)), home_of()
    offer = offer_of(group, home, counsel=counsel_of())
    parent = parent_of(home)
    answers.accept(actor_of(parent), offer)
    placements = Placement.objects.filter(home=home)
    assert {each.from_date for each in placements} == {TODAY}
    assert {each.expected_until for each in placements} == {TODAY + timedelta(days=90)}
    kinds = list(CheckIn.objects.order_by("due_on").values_list("kind", flat=True))
    assert kinds == ["day_7", "day_30", "month_2", "day_90"]
    assert set(Task.objects.values_list("kind", flat=True)) == {"arrival_to_confirm", "propose_engagement"}
    assert Revision.objects.filter(act="home.receive").count() == 1
    assert Entry.objects.filter(act="offer.accept", actor=parent.pk).count() == 1
    assert read_program().overrides == ()


def test_a_double_click_changes_nothing() -> None:
    offer = offer_of(group_of(), home_of())
    first, second = answers.accept(LINK, offer), answers.accept(LINK, offer)
    assert (first.state, first.version) == (second.state, second.version) == ("accepted", 2)
    assert Placement.objects.count() == 1
    declined = offer_of(group_of(), home_of())
    assert answers.decline(LINK, declined).version == answers.decline(LINK, declined).version
    assert Task.objects.filter(kind="offer_declined").count() == 1


def test_a_yes_cannot_become_a_no() -> None:
    offer = offer_of(group_of(), home_of())
    answers.accept(LINK, offer)
    with pytest.raises(answers.Over):
        answers.decline(LINK, offer)


def test_the_last_bed_goes_to_the_first_and_the_second_is_told_why() -> None:
    home = home_of(beds_any=1)
    first, second = offer_of(group_of(), home), offer_of(group_of(), home)
    answers.accept(LINK, first)
    with pytest.raises(answers.CannotTake) as refused:
        answers.accept(LINK, second)
    assert (refused.value.code, "bed" in str(refused.value.message)) == ("beds", True)
    second.refresh_from_db()
    assert (second.state, second.ending_reason) == (Offer.State.WITHDRAWN, "beds")
    assert Task.objects.filter(kind="offer_refused", group=second.group).count() == 1


def test_a_license_that_lapsed_since_is_refused_with_rule_and_date() -> None:
    offer = offer_of(group_of(), home_of())
    Home.objects.update(license_to=date(2026, 11, 20))
    with pytest.raises(answers.CannotTake) as refused:
        answers.accept(LINK, offer)
    assert (refused.value.code, refused.value.fault.day) == ("license", date(2026, 11, 20))
    assert "20 Nov 2026" in str(refused.value.message)
    assert not Placement.objects.exists()


def test_a_check_that_ended_since_is_refused_with_its_day() -> None:
    offer = offer_of(group_of(), home_of())
    Home.objects.update(checks_clear_until=date(2026, 11, 19))
    with pytest.raises(answers.CannotTake, match="19 Nov 2026"):
        answers.accept(LINK, offer)


def test_a_no_needs_no_reason_and_the_group_goes_back_to_the_board() -> None:
    group, home = group_of(), home_of()
    offer = offer_of(group, home)
    declined = answers.decline(LINK, offer)
    assert (declined.state, declined.ending_reason) == (Offer.State.DECLINED, "")
    assert Task.objects.filter(kind="offer_declined", group=group).count() == 1
    assert [(each.action, each.home_id) for each in read_program().overrides] == [("forbid", home.home_id)]


def test_an_answer_ends_the_silence_of_a_home() -> None:
    home = home_of(silent_offers=2)
    answers.decline(LINK, offer_of(group_of(), home))
    home.refresh_from_db()
    assert home.silent_offers == 0


def test_after_two_declined_offers_a_home_is_asked_what_it_is_open_to() -> None:
    home = home_of()
    answers.decline(LINK, offer_of(group_of(), home))
    assert not Task.objects.filter(kind="ask_open_to").exists()
    answers.decline(LINK, offer_of(group_of(), home))
    assert Task.objects.get(kind="ask_open_to").role == Role.LICENSING_WORKER


def test_a_lapsed_offer_can_be_answered_no_more_even_before_the_job_has_run() -> None:
    offer = offer_of(group_of(), home_of(), expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (answers.accept, answers.decline):
        with pytest.raises(answers.Over):
            answer(LINK, offer)
    assert answers.find_open(offer.token_hash) is None


def test_an_offer_that_was_not_delivered_is_answered_by_phone_late() -> None:
    worker = acting(Role.PLACEMENT_WORKER)
    offer = offer_of(group_of(), home_of(), expires_at=timezone.now() - timedelta(days=2))
    Offer.objects.filter(pk=offer.pk).update(state="open", expires_at=timezone.now() + timedelta(days=1))
    offers.stop_clock(LINK, offer)
    answers.accept(worker, offer)
    assert Task.objects.get(kind="offer_not_delivered").outcome == "accepted"


def test_kin_have_the_same_path_with_services_after_release() -> None:
    from posada.office.intake.models import KinLink

    group, home = group_of(), home_of(kind="kin", license_from=None, license_to=None)
    KinLink.objects.create(group=group, home=home, sponsor_category="2A", relationship="aunt")
    answers.accept(LINK, offer_of(group, home))
    assert Task.objects.filter(kind="post_release_services", group=group).count() == 1
    assert CheckIn.objects.filter(kind="post_release").count() == 1
    assert CheckIn.objects.filter(kind__startswith="day_").count() == 3


def test_children_who_found_a_home_elsewhere_are_not_placed_twice() -> None:
    group = group_of()
    offer = offer_of(group, home_of())
    Placement.objects.create(child=group.children.get(), home=home_of(), from_date=TODAY)
    with pytest.raises(answers.CannotTake) as refused:
        answers.accept(LINK, offer)
    assert refused.value.code == "nobody_waits"
