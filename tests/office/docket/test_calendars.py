"""Calendars hold case numbers and days, no name; a link bites the moment it is revoked, and shows one's own only."""

from datetime import date, time
from uuid import UUID

import pytest
import vobject
from django.test import Client
from icalendar import Calendar

from posada.office.access.actor import actor_of
from posada.office.access.models import RoleGrant
from posada.office.access.roles import Role
from posada.office.counsel.models import Engagement
from posada.office.docket.calendars import calendar_of, hash_of, living_link, make_link, revoke_link
from posada.office.docket.closing import excuse
from posada.office.docket.models import FeedLink
from posada.office.refusals import NotThere
from tests.office.docket.cases import attorney_of, child_of, coordinator, deadline_of, hearing_of, record
from tests.office.people import acting, browser_of, group_of


def events_of(content: bytes) -> dict[str, dict]:
    return {str(each["uid"]): each for each in Calendar.from_ical(content).walk("VEVENT")}


def test_a_deadline_is_a_whole_day_and_a_hearing_stands_at_its_court_s_clock() -> None:
    group = group_of(date(2009, 5, 1))
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    hearing_of(group, date(2026, 12, 1), kind="master", hearing_time=time(8, 30))
    hearing_of(group, date(2026, 12, 9), kind="individual")
    content = calendar_of(actor)
    found = events_of(content)
    appeal = found[f"deadline-{deadline_of(child, 'eoir.bia_appeal').deadline_id}@posada.invalid"]
    assert (appeal.decoded("dtstart"), appeal.decoded("dtend")) == (date(2026, 11, 27), date(2026, 11, 28))
    assert appeal["summary"].startswith(f"Case {child.child_id}:")
    starts = [each["dtstart"] for each in found.values() if "hearing-" in str(each["uid"])]
    assert {each.params.get("TZID") for each in starts} == {"America/New_York", None}
    text = content.decode()
    assert child.given_name not in text
    assert child.family_name not in text
    assert len(list(vobject.readOne(text).contents["vevent"])) == len(found)


def test_what_was_excused_comes_as_cancelled_with_a_higher_sequence() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    row = deadline_of(child, "eoir.bia_appeal")
    uid = f"deadline-{row.deadline_id}@posada.invalid"
    before = events_of(calendar_of(actor))[uid]
    excuse(actor, row, version=1, why="waived on the record")
    after = events_of(calendar_of(actor))[uid]
    assert after["status"] == "CANCELLED"
    assert int(after["sequence"]) > int(before["sequence"])


def test_a_link_opens_without_signing_in_and_is_dead_the_moment_it_is_revoked() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    token = make_link(actor)
    address = f"/calendar/{token}/docket.ics"
    found = Client().get(address)
    assert (found.status_code, found.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in found.headers["Cache-Control"]
    assert b"BEGIN:VEVENT" in found.content
    assert token not in repr(list(FeedLink.objects.values()))
    assert living_link(user.pk).token_hash == hash_of(token)  # type: ignore[union-attr]
    revoke_link(actor)
    assert Client().get(address).status_code == 404
    assert Client().get(f"/calendar/{hash_of(token)}/docket.ics").status_code == 404


def test_a_new_link_ends_the_old_one() -> None:
    _user, actor = attorney_of(group_of())
    old, new = make_link(actor), make_link(actor)
    assert Client().get(f"/calendar/{old}/docket.ics").status_code == 404
    assert Client().get(f"/calendar/{new}/docket.ics").status_code == 200


def test_a_link_shows_what_its_person_may_see_at_that_moment() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    token = make_link(actor)
    address = f"/calendar/{token}/docket.ics"
    Engagement.objects.update(until_date=date(2026, 11, 24), end_reason="case_closed")
    assert b"BEGIN:VEVENT" not in Client().get(address).content
    RoleGrant.objects.filter(user=user).delete()
    assert Client().get(address).status_code == 404
    assert actor_of(user).roles == frozenset()


def test_the_link_is_made_and_revoked_in_the_browser_and_shown_once() -> None:
    user, _actor = attorney_of(group_of())
    client = browser_of(user)
    shown = client.post("/agenda/calendar/", {"act": "make"}).content.decode()
    address = shown.split("http://testserver")[1].split("<")[0]
    assert Client().get(address).status_code == 200
    assert address not in client.get("/agenda/calendar/").content.decode()
    client.post("/agenda/calendar/", {"act": "revoke"})
    assert Client().get(address).status_code == 404
    assert client.get("/agenda/calendar/docket.ics").headers["Content-Disposition"].endswith('"docket.ics"')


def test_only_counsel_and_the_coordinator_have_a_calendar() -> None:
    with pytest.raises(NotThere):
        make_link(acting(Role.PLACEMENT_WORKER))
    assert isinstance(coordinator().user_id, UUID)
