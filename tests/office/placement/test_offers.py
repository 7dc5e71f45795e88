"""An approved plan becomes offers, each only where it may; what lapses or comes back is somebody's task."""

from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail as outbox
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.desk.models import Mail, Task
from posada.office.intake.models import ProgramSettings
from posada.office.licensing.models import Home, LicenseException
from posada.office.placement import offers
from posada.office.placement.models import Offer
from posada.office.program import read_program
from posada.office.refusals import NotThere, Refusal, SomebodySavedFirst
from tests.office.people import acting, group_of, home_of, person
from tests.office.placement.offered import offer_of, parent_of, run_of, the_day, tomorrow, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _codes(not_sent: list[offers.NotSent]) -> list[str]:
    return [fault.code for each in not_sent for fault in each.faults]


def test_an_approved_plan_becomes_offers_that_hold_their_beds() -> None:
    worker, group, home = acting(Role.PLACEMENT_WORKER), group_of(), home_of()
    sent, not_sent = offers.send_offers(worker, run_of((group, home)), expires_at=tomorrow())
    assert ([each.group_id for each in sent], not_sent) == ([group.pk], [])
    assert [(each.action, each.home_id) for each in read_program().overrides] == [("pin", home.home_id)]
    assert offers.send_offers(worker, run_of((group, home)), expires_at=tomorrow()) == ([], [])


@pytest.mark.parametrize("state", ["ready", "queued", "failed"])
def test_a_plan_that_is_not_approved_becomes_no_offer(state: str) -> None:
    run = run_of((group_of(), home_of()), state=state)
    with pytest.raises(offers.NotApproved):
        offers.send_offers(acting(Role.PLACEMENT_WORKER), run, expires_at=tomorrow())


def test_only_a_placement_worker_sends_and_only_for_own_groups() -> None:
    run = run_of((group_of(), home_of()))
    with pytest.raises(NotThere):
        offers.send_offers(acting(Role.LICENSING_WORKER), run, expires_at=tomorrow())
    near = acting(Role.PLACEMENT_WORKER, whole_program=False)
    assert offers.send_offers(near, run, expires_at=tomorrow()) == ([], [])


def test_some_groups_of_a_plan_may_be_chosen() -> None:
    one, other = group_of(), group_of()
    run = run_of((one, home_of()), (other, home_of()))
    sent, _ = offers.send_offers(acting(Role.PLACEMENT_WORKER), run, groups=[other.pk], expires_at=tomorrow())
    assert [each.group_id for each in sent] == [other.pk]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "on_hold"}, "not_open"),
        ({"state": "closed"}, "not_open"),
        ({"held_reason": "incomplete_separation"}, "not_open"),
        ({"license_to": date(2026, 11, 30)}, "license"),
        ({"checks_clear_until": date(2026, 11, 1)}, "checks"),
        ({"checks_clear_until": None}, "checks"),
        ({"beds_any": 0, "beds_boys": 1}, "beds"),
        ({"age_max": 6}, "age"),
    ],
)
def test_no_offer_goes_to_a_home_that_may_not_receive_the_group(fields: dict, code: str) -> None:
    run = run_of((group_of(), home_of(**fields)))
    sent, not_sent = offers.send_offers(acting(Role.PLACEMENT_WORKER), run, expires_at=tomorrow())
    assert (sent, code in _codes(not_sent)) == ([], True)


def test_a_bed_that_another_offer_holds_is_not_offered_again() -> None:
    home = home_of(beds_any=1)
    offer_of(group_of(), home)
    _, not_sent = offers.send_offers(
        acting(Role.PLACEMENT_WORKER), run_of((group_of(), home)), expires_at=tomorrow()
    )
    assert _codes(not_sent) == ["beds"]


def test_no_offer_goes_out_before_the_license_exception_is_approved() -> None:
    seven = group_of(*[date(2010 + n, 1, 1) for n in range(7)])
    home = home_of(licensed_capacity=8, beds_any=8)
    worker, run = acting(Role.PLACEMENT_WORKER), run_of((seven, home))
    _, not_sent = offers.send_offers(worker, run, expires_at=tomorrow())
    assert _codes(not_sent) == ["license_exception"]
    asked = LicenseException.objects.create(
        home=home,
        group=seven,
        rule="household.siblings_max",
        from_date=date(2026, 11, 1),
        to_date=date(2027, 11, 1),
        reason="to keep seven siblings together",
        asked_by=person(Role.LICENSING_WORKER),
    )
    assert offers.send_offers(worker, run, expires_at=tomorrow())[0] == []
    LicenseException.objects.filter(pk=asked.pk).update(approved_by=person(Role.PROGRAM_DIRECTOR))
    assert len(offers.send_offers(worker, run, expires_at=tomorrow())[0]) == 1


def test_no_offer_goes_to_an_incomplete_address() -> None:
    home = home_of(is_multi_unit=True)
    whole = {"street": "1 Planted Street", "city": "Nowhere", "postal_code": "00000"}
    doors.seal_fields(home, whole)
    worker, run = acting(Role.PLACEMENT_WORKER), run_of((group_of(), home))
    assert _codes(offers.send_offers(worker, run, expires_at=tomorrow())[1]) == ["address_incomplete"]
    doors.seal_fields(home, {"unit": "4 B", "email": "home@example.invalid"})
    assert len(offers.send_offers(worker, run, expires_at=tomorrow())[0]) == 1
    assert outbox.outbox[-1].to == ["home@example.invalid"]


def test_an_address_that_nobody_knows_is_refused_outside_a_demonstration(settings) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    run = run_of((group_of(), home_of()))
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, demonstration=False)
    _, not_sent = offers.send_offers(acting(Role.PLACEMENT_WORKER), run, expires_at=tomorrow())
    assert "address_incomplete" in _codes(not_sent)


def test_a_muted_program_holds_its_mail_and_never_sends_it_by_itself() -> None:
    ProgramSettings.objects.update(is_muted=True)
    offers.send_offers(acting(Role.PLACEMENT_WORKER), run_of((group_of(), home_of())), expires_at=tomorrow())
    ProgramSettings.objects.update(is_muted=False)
    offers.deliver_waiting()
    assert (outbox.outbox, Mail.objects.get().state) == ([], Mail.State.HELD)


def test_a_bounce_opens_a_task_at_once_and_stops_the_clock() -> None:
    home = home_of()
    parent_of(home, email="parent@example.invalid")
    offers.send_offers(acting(Role.PLACEMENT_WORKER), run_of((group_of(), home)), expires_at=tomorrow())
    sent = Mail.objects.get()
    for _again in range(2):
        offers.note_bounce(sent.message_id)
    assert Task.objects.get(kind="offer_not_delivered").role == Role.PLACEMENT_WORKER
    assert offers.lapse_offers(timezone.now() + timedelta(days=30)) == 0
    assert Offer.objects.get().state == Offer.State.NOT_DELIVERED
    assert [each.action for each in read_program().overrides] == ["pin"], "the bed stays held"


def test_three_soft_failures_are_a_bounce(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def refuse(*_: object, **__: object) -> int:
        raise SMTPException

    monkeypatch.setattr("posada.office.desk.mailing.EmailMessage.send", refuse)
    home = home_of()
    parent_of(home, email="parent@example.invalid")
    offers.send_offers(acting(Role.PLACEMENT_WORKER), run_of((group_of(), home)), expires_at=tomorrow())
    assert Mail.objects.get().state == Mail.State.QUEUED
    offers.deliver_waiting()
    offers.deliver_waiting()
    assert (Mail.objects.get().state, Offer.objects.get().state) == ("bounced", "not_delivered")


def test_sending_again_makes_a_new_link_and_kills_the_old_one() -> None:
    worker = acting(Role.PLACEMENT_WORKER)
    offer = offer_of(group_of(), home_of(), state="not_delivered")
    again = offers.send_again(worker, offer, version=1, expires_at=tomorrow())
    assert (again.state, again.token_hash == offer.token_hash) == ("open", False)
    with pytest.raises(SomebodySavedFirst):
        offers.send_again(worker, again, version=1, expires_at=tomorrow())


def test_an_offer_lapses_once_and_its_group_is_somebodys_task() -> None:
    offer = offer_of(group_of(), home_of(), expires_at=timezone.now() - timedelta(minutes=1))
    assert (offers.lapse_offers(), offers.lapse_offers()) == (1, 0)
    assert Task.objects.get(kind="offer_lapsed").values == {"offer": str(offer.pk)}
    offer.refresh_from_db()
    assert offer.state == Offer.State.LAPSED


def test_a_home_that_is_silent_three_times_leaves_the_plan_until_it_is_called() -> None:
    home = home_of()
    for _time in range(3):
        offer_of(group_of(), home, expires_at=timezone.now() - timedelta(minutes=1))
    offers.lapse_offers()
    home.refresh_from_db()
    assert (home.state, home.state_reason, home.silent_offers) == (Home.State.ON_HOLD, "silent_to_offers", 3)
    assert Task.objects.filter(kind="home_silent", home=home).count() == 1
    assert home.home_id in read_program().closed_homes


def test_an_offer_is_withdrawn_with_a_reason_and_only_while_it_stands() -> None:
    worker, offer = acting(Role.PLACEMENT_WORKER), offer_of(group_of(), home_of())
    with pytest.raises(Refusal):
        offers.withdraw(worker, offer, version=1, reason=" ")
    closed = offers.withdraw(worker, offer, version=1, reason="kin were found")
    assert closed.state == Offer.State.WITHDRAWN
    with pytest.raises(Refusal):
        offers.withdraw(worker, closed, version=closed.version, reason="again")


def test_a_time_that_has_passed_is_refused() -> None:
    run = run_of((group_of(), home_of()))
    with pytest.raises(Refusal):
        offers.send_offers(acting(Role.PLACEMENT_WORKER), run, expires_at=timezone.now())
    assert offers.default_expiry().hour == 20
