"""Pages of children who live in a home."""

from datetime import timedelta

import pytest
from django.urls import reverse

from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.placement.models import CheckIn, Incident, Placement
from tests.office.people import TODAY, browser_of, home_of, person
from tests.office.placement.offered import placed, seen, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


@pytest.fixture
def me():  # type: ignore[no-untyped-def]
    return browser_of(person(Role.PLACEMENT_WORKER))


def _to(name: str, group) -> str:  # type: ignore[no-untyped-def]
    return reverse(name, args=[group.pk])


def test_the_list_begins_with_what_is_overdue(me) -> None:  # type: ignore[no-untyped-def]
    placed()
    CheckIn.objects.filter(kind="day_7").update(due_on=TODAY - timedelta(days=1))
    page = me.get(reverse("placed")).content.decode()
    assert "1 check-in is overdue" in page
    assert "Day 7" in page
    assert "Day 30" not in page
    for show in ("soon", "arrivals", "homes", "all", "nonsense"):
        assert me.get(reverse("placed"), {"show": show}).status_code == 200


def test_an_arrival_is_confirmed_or_denied(me) -> None:  # type: ignore[no-untyped-def]
    group, _home = placed()
    assert "Did they arrive?" in me.get(_to("placed_group", group)).content.decode()
    assert me.post(_to("placed_arrival", group), {"seen": seen(group), "on": "soon"}).status_code == 422
    me.post(_to("placed_arrival", group), {"seen": seen(group), "on": TODAY.isoformat()})
    assert Placement.objects.get().arrived_confirmed_at is not None
    other, _home = placed()
    me.post(_to("placed_arrival", other), {"seen": seen(other), "never": "1"})
    assert "lives in no home now" in me.get(_to("placed_group", other)).content.decode()


def test_a_check_in_is_written_down_and_a_stale_form_gets_both_versions(me) -> None:  # type: ignore[no-untyped-def]
    group, _home = placed()
    row = CheckIn.objects.order_by("due_on")[0]
    address = reverse("check_in", args=[row.pk])
    form = {"version": "1", "outcome": "not_reached", "on": TODAY.isoformat(), "note": "nobody there"}
    assert me.get(address).status_code == 200
    assert me.post(address, {**form, "outcome": ""}).status_code == 422
    assert me.post(address, form).status_code == 302
    stale = me.post(address, {**form, "outcome": "refused"})
    assert (stale.status_code, b"Somebody else saved first" in stale.content) == (409, True)
    page = me.get(_to("placed_group", group)).content.decode()
    assert "nobody there" in page
    assert "not done" in page


def test_a_move_is_told_before_it_is_saved(me) -> None:  # type: ignore[no-untyped-def]
    group, _home = placed()
    to = home_of(county_fips="24033")
    form = {"seen": seen(group), "to": str(to.pk), "on": TODAY.isoformat(), "reason": "nearer to school"}
    assert me.get(_to("placed_move", group)).status_code == 200
    told = me.post(_to("placed_move", group), form).content.decode()
    assert "EOIR-33/IC" in told
    assert "1003.15(d)(2)" in told
    assert Placement.objects.filter(home=to).count() == 0
    assert me.post(_to("placed_move", group), {**form, "sure": "1"}).status_code == 302
    assert Placement.objects.filter(home=to).count() == 1
    assert Task.objects.filter(kind="move_address_form").exists()


def test_a_move_that_may_not_be_says_the_rule_and_offers_no_button(me) -> None:  # type: ignore[no-untyped-def]
    group, _home = placed()
    full = home_of(beds_any=0)
    form = {"seen": seen(group), "to": str(full.pk), "on": TODAY.isoformat(), "reason": "x"}
    page = me.post(_to("placed_move", group), form).content.decode()
    assert "too few of the right beds" in page
    assert 'name="sure"' not in page


def test_what_happened_how_it_ended_and_how_it_broke_off_are_written_down(me) -> None:  # type: ignore[no-untyped-def]
    group, _home = placed()
    said = {"happened_on": TODAY.isoformat(), "kind": "school", "text": "a quarrel at school"}
    assert me.post(_to("placed_incident", group), {**said, "kind": ""}).status_code == 422
    assert me.post(_to("placed_incident", group), said).status_code == 302
    assert Incident.objects.count() == 1
    ending = {"seen": seen(group), "on": (TODAY + timedelta(days=1)).isoformat(), "kind": "left"}
    assert me.post(_to("placed_end", group), ending).status_code == 422
    assert me.post(_to("placed_end", group), {**ending, "on": TODAY.isoformat()}).status_code == 302
    assert me.post(_to("placed_end", group), {**ending, "on": TODAY.isoformat()}).status_code == 409
    other, _home = placed()
    broke = {"seen": seen(other), "on": TODAY.isoformat(), "cause": "safety"}
    assert me.get(_to("placed_broke_off", other)).status_code == 200
    assert me.post(_to("placed_broke_off", other), broke).status_code == 302
    assert "Broke off" in me.get(_to("placed_group", other)).content.decode()


def test_nobody_opens_a_group_that_is_not_theirs(me) -> None:  # type: ignore[no-untyped-def]
    group, _home = placed()
    stranger = browser_of(person(Role.PLACEMENT_WORKER, whole_program=False))
    for name in ("placed_group", "placed_move", "placed_end", "placed_broke_off", "placed_incident"):
        assert stranger.get(_to(name, group)).status_code == 404
        assert browser_of(person(Role.LICENSING_WORKER)).get(_to(name, group)).status_code == 404


def test_the_list_stays_within_its_queries(me, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _n in range(8):
        placed()
    CheckIn.objects.update(due_on=TODAY - timedelta(days=1))
    for show in ("overdue", "homes"):
        with django_assert_max_num_queries(30):
            me.get(reverse("placed"), {"show": show})
