"""The agenda and a child's docket: each sees one's own, in few questions, and nothing is changed by looking."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.docket.models import Deadline, DocketEvent
from posada.office.docket.recompute import recompute, recompute_all
from posada.office.intake.models import Child, SiblingGroup
from tests.office.docket.cases import (
    LATE_NOVEMBER,
    attorney_of,
    child_of,
    coordinator,
    deadline_of,
    hearing_of,
    record,
)
from tests.office.people import browser_of, counsel_of, group_of, person

MOST_QUERIES = 30


def page(client, address: str) -> str:  # type: ignore[no-untyped-def]
    found = client.get(address)
    assert found.status_code == 200, address
    return found.content.decode()


def test_an_attorney_sees_her_own_cases_only() -> None:
    mine, other = group_of(), group_of()
    user, actor = attorney_of(mine)
    record(actor, child_of(mine), "ij_decision", date(2026, 11, 16))
    record(coordinator(), child_of(other), "ij_decision", date(2026, 11, 16))
    text = page(browser_of(user), "/agenda/")
    assert child_of(mine).name in text
    assert child_of(other).name not in text
    boss = person(Role.LEGAL_COORDINATOR)
    text = page(browser_of(boss), "/agenda/")
    assert child_of(mine).name in text
    assert child_of(other).name in text


def test_a_line_shows_rule_arithmetic_standing_and_that_nobody_signed_it() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    text = page(browser_of(user), "/agenda/")
    for wanted in (
        "eoir.bia_appeal",
        "16 November 2026 + 10 days = Thursday 26 November 2026, Thanksgiving Day → Friday 27 November 2026",
        "uncertain",
        "not signed off by counsel",
        "In the other reading",
        "at risk: 2 working days left",
        "The courts are closed on",
        "No date",
    ):
        assert wanted in text, wanted


def test_what_is_overdue_comes_first_and_counts_in_the_heading() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "address_changed", date(2026, 11, 10))
    record(actor, child, "filing_received_by_court", date(2026, 11, 23))
    text = page(browser_of(user), "/agenda/?show=all")
    assert "One date is overdue" in text
    assert text.index("Overdue") < text.index("Later")
    assert "8 days overdue" in text


def test_nothing_is_overdue_on_its_last_day() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    record(actor, child_of(group), "address_changed", date(2026, 11, 19))
    assert Deadline.objects.get(rule_id="eoir.address_court").day == LATE_NOVEMBER
    text = page(browser_of(user), "/agenda/")
    assert "due today" in text
    assert "Nothing is overdue" not in text or "overdue, " not in text


def test_brothers_and_sisters_with_the_same_date_are_one_line() -> None:
    group = group_of(date(2012, 1, 1), date(2014, 1, 1))
    user, actor = attorney_of(group)
    record(actor, child_of(group), "address_changed", date(2026, 11, 20), siblings=True)
    assert page(browser_of(user), "/agenda/").count("<code>eoir.address_court</code>") == 1


def test_a_hearing_stands_among_the_dates_at_the_hour_of_its_court() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    hearing_of(group, date(2026, 12, 1), kind="master", hearing_time="08:30")
    text = page(browser_of(user), "/agenda/")
    assert "Tuesday 1 December 2026, 8:30 at the court (Eastern)" in text
    assert "transport not confirmed" in text


def test_the_agenda_is_quick_and_asks_little_with_five_thousand_cases(django_user_model) -> None:  # type: ignore[no-untyped-def]
    groups = SiblingGroup.objects.bulk_create(
        [SiblingGroup(sibling_group_id=f"L-{number:05}") for number in range(5_000)]
    )
    Child.objects.bulk_create(
        [
            Child(
                child_id=f"L-{number:05}-1",
                group=group,
                birth_date=date(2009, 1, 1) + timedelta(days=number % 2_000),
                sex="F",
            )
            for number, group in enumerate(groups)
        ]
    )
    recompute_all()
    assert Deadline.objects.count() >= 20_000
    client = browser_of(person(Role.LEGAL_COORDINATOR))
    page(client, "/agenda/")
    for address in ("/agenda/", "/agenda/?show=all&page=300", "/agenda/?show=at_risk", "/agenda/no-date/"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, address)
        assert len(asked) <= MOST_QUERIES, address


@pytest.mark.parametrize("address", ["/agenda/", "/agenda/print/", "/agenda/no-date/", "/agenda/watch/"])
def test_pages_in_spanish_hold_no_english(address: str) -> None:
    group = group_of()
    user, actor = attorney_of(group)
    type(user).objects.filter(pk=user.pk).update(language="es")
    record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    hearing_of(group, date(2026, 12, 1), kind="master")
    recompute(actor, [group.pk], because="test")
    text = re.sub(r"<[^>]*>", " ", page(browser_of(user, language="es"), address))
    for english in ("overdue", "working day", "No date", "Hearing", "Who brings", "in force", "the court"):
        assert english not in text, english


def test_the_week_on_paper_names_every_date_of_it() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    record(actor, child_of(group), "nta_served", date(2026, 11, 2))
    text = page(browser_of(user), "/agenda/print/")
    assert "Appeal to the Board (EOIR-26)" in text
    assert "window" not in text.lower()


def test_a_coordinator_can_look_at_one_counsel_s_dates() -> None:
    mine, other = group_of(), group_of()
    boss, actor = person(Role.LEGAL_COORDINATOR), coordinator()
    counsel = counsel_of()
    from tests.office.docket.cases import engage

    engage(counsel, mine)
    for group in (mine, other):
        record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    text = page(browser_of(boss), f"/agenda/?counsel={counsel.pk}")
    assert child_of(mine).name in text
    assert child_of(other).name not in text


def test_recording_in_the_browser_gives_the_date_on_the_docket() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    client, child = browser_of(user), child_of(group)
    form = {"name": "last_arrival", "on": "2026-10-01", "evidence": "I-94"}
    done = client.post(f"/children/{child.pk}/docket/event/", form)
    assert (done.status_code, done.headers["Location"]) == (302, f"/children/{child.pk}/docket/")
    text = page(client, f"/children/{child.pk}/docket/")
    assert "1 October 2026 + 1 year = Friday 1 October 2027" in text
    assert "I-94" in text
    bad = client.post(f"/children/{child.pk}/docket/event/", {**form, "on": "2026-12-01"})
    assert bad.status_code == 422
    assert DocketEvent.objects.count() == 1


def test_a_mistake_is_taken_out_in_the_browser_and_stays_to_be_seen() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    child = child_of(group)
    event = record(actor, child, "ij_decision", date(2026, 11, 16))
    client = browser_of(user)
    reason = {"version": "1", "reason": "the brother's paper"}
    assert client.post(f"/docket-events/{event.pk}/void/", reason).status_code == 302
    text = page(client, f"/children/{child.pk}/docket/")
    assert "taken out as a mistake" in text
    assert deadline_of(child, "eoir.bia_appeal").state == "superseded"
    assert "superseded by an event" in text


def test_a_child_s_docket_asks_little_however_long_it_is() -> None:
    group = group_of(date(2012, 1, 1), date(2014, 1, 1))
    user, actor = attorney_of(group)
    child = child_of(group)
    for back in range(12):
        record(actor, child, "filing_received_by_court", today() - timedelta(days=back))
        hearing_of(group, today() + timedelta(days=back), kind="master")
    client = browser_of(user)
    with CaptureQueriesContext(connection) as asked:
        page(client, f"/children/{child.pk}/docket/")
    assert len(asked) <= MOST_QUERIES


def test_a_director_s_watch_says_what_is_missing_and_not_whose() -> None:
    group = group_of()
    hearing_of(group, date(2026, 12, 1), kind="master", hearing_time="08:30")
    text = page(browser_of(person(Role.PROGRAM_DIRECTOR)), "/agenda/watch/")
    assert "no counsel" in text
    assert child_of(group).name not in text
    assert str(child_of(group).pk) not in text
    assert group.sibling_group_id not in text
