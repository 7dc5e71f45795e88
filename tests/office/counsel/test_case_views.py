"""From a group without counsel to an engagement and its end, in a browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from posada.office.access.roles import Role
from posada.office.counsel.models import ConflictCheck, ConflictParty, Engagement
from posada.office.day import today
from posada.office.intake.models import Hearing, Separation
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import browser_of, counsel_of, group_of, person


@pytest.fixture
def desk() -> Any:
    return browser_of(person(Role.LEGAL_COORDINATOR))


def _check(desk: Any, group: Any, counsel: Any) -> str:
    answer = desk.post(reverse("conflict_check", args=[group.pk]), {"counsel": counsel.pk})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_group_is_checked_engaged_and_ended(desk: Any) -> None:
    group, counsel = group_of(languages=["mam"]), counsel_of(display_name="Dana Example", languages=["mam"])
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=today() + timedelta(days=9))
    shown = desk.get(reverse("group_counsel", args=[group.pk])).content.decode()
    assert "Dana Example" in shown
    assert "Mam" in shown
    address = _check(desk, group, counsel)
    assert "No conflict found for Dana Example" in desk.get(address).content.decode()
    assert desk.post(address, {"scope": "full", "from_date": today()}).status_code == 302
    engagement = Engagement.objects.get()
    assert "Record the end" in desk.get(reverse("group_counsel", args=[group.pk])).content.decode()
    sent = {"version": engagement.version, "until_date": today(), "kind": "scope_done", "words": ""}
    assert desk.post(reverse("engagement_end", args=[engagement.pk]), sent).status_code == 302
    engagement.refresh_from_db()
    assert (engagement.until_date, engagement.end_reason) == (today(), "scope_done")


def test_what_the_check_found_is_shown_dated_and_has_to_be_cleared(desk: Any) -> None:
    group, counsel, client = group_of(), counsel_of(), group_of(given_name="Ana", family_name="Ruiz")
    engaged(coordinator(), counsel, client)
    party = {"name": "RUIZ Ana", "relation": "accused"}
    assert desk.post(reverse("party_add", args=[group.pk]), party).status_code == 302
    address = _check(desk, group, counsel)
    shown = desk.get(address).content.decode()
    assert "accused in the other’s case" in shown
    assert today().isoformat() in shown
    assert desk.post(address, {"scope": "full", "from_date": today()}).status_code == 422
    cleared = {"scope": "full", "from_date": today(), "cleared_reason": "Another Ana Ruiz, aged 60."}
    assert desk.post(address, cleared).status_code == 302
    assert "Another Ana Ruiz" in desk.get(reverse("group_counsel", args=[group.pk])).content.decode()


def test_what_cannot_be_cleared_has_no_form(desk: Any) -> None:
    group, counsel = group_of(), counsel_of()
    Separation.objects.create(group=group, counsel=counsel, reason="acted for the accused")
    shown = desk.get(_check(desk, group, counsel)).content.decode()
    assert "Choose another one" in shown
    assert "Begin the engagement" not in shown


def test_the_last_slot_and_a_second_full_counsel_are_refused_with_a_sentence(desk: Any) -> None:
    counsel, group = counsel_of(open_slots=0), group_of()
    answer = desk.post(_check(desk, group, counsel), {"scope": "full", "from_date": today()})
    assert (answer.status_code, "no open slot left" in answer.content.decode()) == (409, True)
    engaged(coordinator(), counsel_of(), group)
    answer = desk.post(_check(desk, group, counsel_of()), {"scope": "full", "from_date": today()})
    assert (answer.status_code, "Another counsel acts" in answer.content.decode()) == (409, True)


def test_a_check_without_a_counsel_is_refused(desk: Any) -> None:
    for sent in ({}, {"counsel": "x"}):
        assert desk.post(reverse("conflict_check", args=[group_of().pk]), sent).status_code == 422
    assert not ConflictCheck.objects.exists()


def test_a_person_in_the_case_changes_and_is_taken_out(desk: Any) -> None:
    group = group_of()
    desk.post(reverse("party_add", args=[group.pk]), {"name": "Juan Paz", "relation": "parent"})
    party = ConflictParty.objects.get()
    sent = {"version": 1, "relation": "accused"}
    assert desk.post(reverse("party_change", args=[party.pk]), sent).status_code == 302
    assert desk.post(reverse("party_change", args=[party.pk]), {**sent, "relation": "kin"}).status_code == 409
    void = {"version": 2, "reason": "Another case."}
    assert desk.post(reverse("party_void", args=[party.pk]), void).status_code == 302
    assert "Juan Paz" not in desk.get(reverse("group_counsel", args=[group.pk])).content.decode()


def test_an_engagement_by_mistake_is_taken_back(desk: Any) -> None:
    engagement = engaged(coordinator(), counsel_of(), group_of())
    sent = {"version": engagement.version, "reason": "Wrong group."}
    assert desk.post(reverse("engagement_void", args=[engagement.pk]), sent).status_code == 302
    assert desk.get(reverse("group_counsel", args=[engagement.group_id])).status_code == 200


def test_an_attorney_sees_own_groups_nearest_hearing_first_and_those_covered(desk: Any) -> None:
    user, actor = person(Role.ATTORNEY), coordinator()
    own, ill = counsel_of(user=user, open_slots=5), counsel_of(display_name="Ill Counsel")
    late, soon, covered = group_of(), group_of(), group_of()
    for group, days in ((late, 40), (soon, 4)):
        Hearing.objects.create(group=group, court_code="BAL", hearing_date=today() + timedelta(days=days))
        engaged(actor, own, group)
    engaged(actor, ill, covered)
    ill.covers.create(covered_by=own, from_date=today(), to_date=today())
    browser = browser_of(user)
    answer = browser.get(reverse("my_groups"))
    assert [each.group for each in answer.context["page"]] == [soon, late, covered]
    assert "for Ill Counsel" in answer.content.decode()
    of_the_ill = Engagement.objects.get(group=covered)
    assert browser.get(reverse("engagement_end", args=[of_the_ill.pk])).status_code == 404
    assert browser.get(reverse("counsel_desk")).status_code == 404


def test_every_page_opens_after_each_kind_of_record_was_voided(desk: Any) -> None:
    actor, group, counsel = coordinator(), group_of(), counsel_of()
    desk.post(reverse("party_add", args=[group.pk]), {"name": "Juan Paz", "relation": "parent"})
    hearing = Hearing.objects.create(group=group, court_code="BAL", hearing_date=today())
    engagement = engaged(actor, counsel, group)
    for record in (ConflictParty.objects.get(), hearing, engagement, ConflictCheck.objects.all()[0], counsel):
        type(record).objects.filter(pk=record.pk).update(voided_at=timezone.now(), voided_reason="mistake")
        assert desk.get(reverse("group_counsel", args=[group.pk])).status_code == 200, record
