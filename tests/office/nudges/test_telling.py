"""What waits is told once, to those whose right it is at that moment, and never at night or from a muted copy."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from posada.office.access.models import Assignment, RoleGrant
from posada.office.access.roles import Role
from posada.office.intake.models import ProgramSettings
from posada.office.nudges.models import Browser, Told
from posada.office.nudges.telling import tell_staff
from posada.office.placement.models import Offer
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, record
from tests.office.nudges.desks import desk, told
from tests.office.people import group_of, home_of, person
from tests.push.fake_service import Service


def at(hour: int) -> datetime:
    """Today at an hour of the office's time."""
    here = timezone.localtime().astimezone(ZoneInfo(django_settings.TIME_ZONE))
    return here.replace(hour=hour, minute=30)


@pytest.fixture(autouse=True)
def _day(_database: None) -> None:
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})


def answered(**more: Any) -> Offer:
    """An offer to which a home has just said yes."""
    now = timezone.now()
    number = Offer.objects.count()
    return Offer.objects.create(
        group=group_of(),
        home=home_of(),
        state="accepted",
        children_count=1,
        answered_at=now,
        expires_at=now + timedelta(days=1),
        token_hash=f"{number:064}",
        **more,
    )


def test_an_answered_offer_is_told_once_in_the_person_s_language(service: Service) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered", language="es")
    assert tell_staff(at=at(10)) == 0
    answered(), answered()
    assert tell_staff(at=at(10)) == 1
    assert tell_staff(at=at(11)) == 0
    assert [each["title"] for each in told(service)] == ["Respondieron a una oferta."]
    answered()
    assert tell_staff(at=at(12)) == 1


def test_at_night_nothing_is_sent_and_in_the_morning_it_is(service: Service) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    answered()
    assert tell_staff(at=at(3)) == tell_staff(at=at(22)) == 0 and not Told.objects.exists()
    assert tell_staff(at=at(7)) == 1


def test_a_muted_copy_tells_nobody(service: Service) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    answered()
    ProgramSettings.objects.update(is_muted=True)
    assert tell_staff(at=at(10)) == 0 and sum(service.asked.values()) == 0


def test_a_near_date_is_told_once_a_day_to_those_whose_case_it_is(service: Service) -> None:
    mine, other = group_of(), group_of()
    user, _actor = attorney_of(mine)
    desk(service, user, "deadline-near")
    stranger, _actor = attorney_of(other)
    desk(service, stranger, "deadline-near", path="/ok/2")
    record(coordinator(), child_of(mine), "address_changed", date(2026, 11, 19))
    assert tell_staff(at=at(7)) == 0
    assert tell_staff(at=at(8)) == 1
    assert tell_staff(at=at(9)) == 0
    assert [each["link"] for each in told(service)] == ["/agenda/"] and told(service, "/ok/2") == []


@pytest.mark.parametrize("taken", ["role", "assignment", "account", "session"])
def test_a_right_that_was_removed_tells_nothing_more(service: Service, taken: str) -> None:
    seen = desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    answered()
    if taken == "role":
        RoleGrant.objects.filter(user=seen.user).update(until_at=timezone.now())
    elif taken == "assignment":
        Assignment.objects.filter(user=seen.user).update(until_at=timezone.now())
    elif taken == "account":
        type(seen.user).objects.filter(pk=seen.user.pk).update(is_active=False)
    else:
        seen.client.logout()
    assert tell_staff(at=at(10)) == 0
    assert sum(service.asked.values()) == 0


def test_what_is_gone_is_deleted_and_what_was_busy_is_tried_again(service: Service) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered", path="/gone/1")
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered", path="/full/1")
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    answered()
    assert tell_staff(at=at(10)) == 1
    assert Browser.objects.count() == 2 and Told.objects.count() == 1
    before = service.asked["/full/1"]
    assert tell_staff(at=at(10)) == 0
    assert service.asked["/full/1"] > before and service.asked["/ok/1"] == 1


def test_what_was_answered_before_the_switch_is_not_told(service: Service) -> None:
    answered()
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    assert tell_staff(at=at(10)) == 0


def test_one_browser_that_does_not_open_keeps_nothing_from_the_others(service: Service) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    Browser.objects.update(sealed=b"sealed by another office")
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    answered()
    assert tell_staff(at=at(10)) == 1
    assert Told.objects.count() == 1


def test_where_sending_itself_fails_nothing_counts_as_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    answered()
    with monkeypatch.context() as patch:
        patch.setattr("posada.office.nudges.telling.send", _fails)
        with pytest.raises(OSError):
            tell_staff(at=at(10))
    assert Told.objects.count() == 0
    assert tell_staff(at=at(11)) == 1


def _fails(*_: Any, **__: Any) -> Any:
    raise OSError("no network")
