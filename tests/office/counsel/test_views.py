"""The desk in a browser: entering, changing, standing in, handing over, deactivating."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel, Cover, Engagement
from posada.office.day import today
from posada.office.intake.models import Hearing
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import browser_of, counsel_of, group_of, person

MOST_QUERIES = 30
TYPED = {
    "counsel_id": "K-new",
    "display_name": "Dana Example",
    "kind": "attorney",
    "bar_number": "12345",
    "bar_state": "MD",
    "courts": "BAL, HYV",
    "languages": "spa; eng",
    "open_slots": "3",
}


@pytest.fixture
def desk() -> Any:
    return browser_of(person(Role.LEGAL_COORDINATOR))


def test_a_counsel_is_entered_and_shown(desk: Any) -> None:
    answer = desk.post(reverse("counsel_new"), TYPED)
    counsel = Counsel.objects.get()
    assert answer.headers["Location"] == reverse("counsel_page", args=[counsel.pk])
    assert (counsel.courts, counsel.languages, counsel.open_slots) == (["BAL", "HYV"], ["spa", "eng"], 3)
    shown = desk.get(answer.headers["Location"]).content.decode()
    for text in ("Dana Example has 3 open slots", "12345", "MD", "BAL, HYV"):
        assert text in shown
    assert (
        "Dana Example" in desk.get(reverse("counsel_desk"), {"court": "HYV", "show": "free"}).content.decode()
    )
    assert "Dana Example" not in desk.get(reverse("counsel_desk"), {"court": "NYC"}).content.decode()


@pytest.mark.parametrize(
    ("name", "typed"), [("bar_state", ""), ("languages", "Spanish"), ("open_slots", "-1")]
)
def test_what_cannot_be_taken_is_told_at_its_field(desk: Any, name: str, typed: str) -> None:
    answer = desk.post(reverse("counsel_new"), {**TYPED, name: typed})
    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert not Counsel.objects.exists()


def test_a_slot_that_was_taken_meanwhile_is_seen_before_the_form_is_saved(desk: Any) -> None:
    counsel = counsel_of(display_name="Dana Example", open_slots=5)
    address = reverse("counsel_change", args=[counsel.pk])
    form = desk.get(address).context["form"]
    sent: dict[str, Any] = {"version": counsel.version}
    for name in form.kept_fields:
        value = form[name].value()
        sent[name] = sent[f"initial-{name}"] = "" if value is None else str(value)
    engaged(coordinator(), counsel, group_of())
    answer = desk.post(address, {**sent, "open_slots": "9"})
    assert answer.status_code == 409
    assert [(line.theirs, line.yours) for line in answer.context["lines"]] == [("4", "9")]


def test_somebody_stands_in(desk: Any) -> None:
    counsel, by = counsel_of(), counsel_of(display_name="Stand In")
    sent = {
        "covered_by": by.pk,
        "from_date": today(),
        "to_date": today() + timedelta(days=3),
        "reason": "ill",
    }
    assert desk.post(reverse("cover_add", args=[counsel.pk]), sent).status_code == 302
    assert Cover.objects.get().covered_by == by
    assert "Stand In stands in until" in desk.get(reverse("counsel_page", args=[counsel.pk])).content.decode()


def test_deactivation_is_refused_then_everything_is_handed_over(desk: Any) -> None:
    leaves, takes = counsel_of(), counsel_of()
    engaged(coordinator(), leaves, group_of())
    leaves.refresh_from_db()
    address, sent = (
        reverse("counsel_deactivate", args=[leaves.pk]),
        {"version": leaves.version, "reason": "Left."},
    )
    assert desk.post(address, {**sent, "reason": "Left the firm."}).status_code == 409
    handed = desk.post(
        reverse("counsel_hand_over", args=[leaves.pk]), {"to": takes.pk, "words": "Left the firm."}
    )
    assert handed.status_code == 302
    leaves.refresh_from_db()
    done = desk.post(address, {"version": leaves.version, "reason": "Left the firm."})
    assert done.status_code == 302
    assert "deactivated" in desk.get(reverse("counsel_page", args=[leaves.pk])).content.decode()


def test_the_unrepresented_stand_nearest_hearing_first_with_a_reason(desk: Any) -> None:
    later, sooner, never = group_of(), group_of(), group_of()
    for group, days in ((later, 40), (sooner, 4)):
        Hearing.objects.create(group=group, court_code="BAL", hearing_date=today() + timedelta(days=days))
    counsel_of(courts=["BAL"], open_slots=0)
    rows = desk.get(reverse("unrepresented")).context["rows"]
    assert [row.group for row in rows] == [sooner, later, never]
    assert "as many groups as they offered" in str(rows[0].reason)
    assert "No court is known" in str(rows[2].reason)
    assert "4" in desk.get(reverse("counsel_desk")).content.decode()


@pytest.mark.parametrize("route", ["counsel_desk", "unrepresented"])
def test_the_lists_keep_within_the_budget_of_queries(desk: Any, route: str) -> None:
    for _ in range(30):
        Hearing.objects.create(group=group_of(), court_code="BAL", hearing_date=today() + timedelta(days=4))
        counsel_of()
    desk.get(reverse(route))
    with CaptureQueriesContext(connection) as counted:
        assert desk.get(reverse(route)).status_code == 200
    assert len(counted) <= MOST_QUERIES, len(counted)


def test_every_page_opens_after_what_stands_around_a_counsel_was_voided(desk: Any) -> None:
    counsel, mentor = counsel_of(mentor=counsel_of()), Counsel.objects.order_by("counsel_id")[0]
    engagement = engaged(coordinator(), counsel, group_of())
    cover = Cover.objects.create(counsel=counsel, covered_by=mentor, from_date=today(), to_date=today())
    for record in (engagement, cover, mentor, engagement.group):
        type(record).objects.filter(pk=record.pk).update(voided_at=timezone.now(), voided_reason="mistake")
        for address in (
            reverse("counsel_desk"),
            reverse("unrepresented"),
            reverse("counsel_page", args=[counsel.pk]),
            reverse("counsel_change", args=[counsel.pk]),
        ):
            assert desk.get(address).status_code == 200, (record, address)
    assert Engagement.objects.count() == 1


def test_the_desk_speaks_spanish() -> None:
    browser = browser_of(person(Role.LEGAL_COORDINATOR), language="es")
    group_of()
    with translation.override("es"):
        shown = browser.get(reverse("counsel_desk")).content.decode()
    assert "sin representante" in shown
