"""Pages of children in a browser: found by POST, shown by role, changed by version, and within the budget."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from posada.office.access.roles import Role
from posada.office.audit.history import save_change
from posada.office.casefile.models import Note, WrittenName
from posada.office.casefile.search import index_names
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.intake.models import Child, Court, Hearing, KinLink
from tests.office.people import acting, assign, browser_of, counsel_of, group_of, home_of, person

MOST_QUERIES = 30


@pytest.fixture
def child() -> Child:
    """Ana and her brother, placed, with a hearing, counsel, kin, a note and a task."""
    group = group_of(date(2012, 3, 4), date(2015, 6, 7), given_name="Ana", family_name="Ruiz")
    home, first = home_of(), group.children.order_by("child_id")[0]
    for each in group.children.all():
        each.placements.create(home=home, from_date=today() - timedelta(days=9))
    Court.objects.create(court_code="BAL", zone="America/New_York")
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=date(2027, 1, 8), hearing_time="09:00")
    Engagement.objects.create(group=group, counsel=counsel_of(display_name="Dana Example"), from_date=today())
    KinLink.objects.create(group=group, home=home_of(kind="kin"), sponsor_category="2A", relationship="aunt")
    Note.objects.create(child=first, group=group, text="Canary-note of the office.")
    WrittenName.objects.create(child=first, authority="court", name="RUIZ ANA CANARY")
    Task.objects.create(kind="find_counsel", role=Role.LEGAL_COORDINATOR, group=group, due_on=today())
    index_names(group.children.all())
    return first


def _page(user: Any, route: str, child: Child, language: str = "en") -> Any:
    return browser_of(user, language=language).get(reverse(route, args=[child.pk]))


def test_the_file_says_who_where_and_what_comes(child: Child) -> None:
    answer = _page(person(Role.LEGAL_COORDINATOR), "child_page", child)
    shown = answer.content.decode()
    assert answer.status_code == 200
    for text in ("Ana Ruiz, 14", "09:00 EST", "Dana Example", "aunt", "RUIZ ANA CANARY", "Canary-note"):
        assert text in shown, text


@pytest.mark.parametrize("route", ["child_page", "child_print", "child_history", "child_change"])
def test_another_persons_child_is_not_there(child: Child, route: str) -> None:
    for role in (
        Role.ATTORNEY,
        Role.FOSTER_PARENT,
        Role.PROGRAM_DIRECTOR,
        Role.LICENSING_WORKER,
        Role.AUDITOR,
    ):
        assert _page(person(role), route, child).status_code == 404, role


def test_a_director_sees_a_named_case_and_an_attorney_an_own_one(child: Child) -> None:
    director, attorney = person(Role.PROGRAM_DIRECTOR), person(Role.ATTORNEY)
    assign(director, Role.PROGRAM_DIRECTOR, group=child.group)
    Engagement.objects.filter(group=child.group).update(until_date=today(), end_reason="x")
    Engagement.objects.create(group=child.group, counsel=counsel_of(user=attorney), from_date=today())
    for user in (director, attorney):
        assert "Canary-note" in _page(user, "child_page", child).content.decode()
        assert _page(user, "child_change", child).status_code == 404


def test_a_foster_parent_sees_the_smaller_page_without_any_legal_fact(child: Child) -> None:
    user = person(Role.FOSTER_PARENT)
    assign(user, Role.FOSTER_PARENT, home=child.placements.get().home)
    for route in ("child_page", "child_print"):
        shown = _page(user, route, child).content.decode()
        assert "Ana Ruiz, 14" in shown
        for hidden in (
            "BAL",
            "09:00",
            "Dana",
            "aunt",
            "Canary",
            "CANARY",
            "represented",
            "counsel",
            "Documents",
        ):
            assert hidden not in shown, hidden
    assert _page(user, "child_history", child).status_code == 404


def test_a_child_who_moved_on_is_no_longer_the_homes(child: Child) -> None:
    user = person(Role.FOSTER_PARENT)
    assign(user, Role.FOSTER_PARENT, home=child.placements.get().home)
    child.placements.update(to_date=today() - timedelta(days=1))
    assert _page(user, "child_page", child).status_code == 404


def test_search_is_by_post_and_no_name_stands_in_an_address(child: Child) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    answer = browser.post(reverse("children"), {"q": "RUÍZ, anna"})
    assert "Ana Ruiz" in answer.content.decode()
    assert "q=" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Ana Ruiz" in browser.get(reverse("children"), {"q": "zzz"}).content.decode(), (
        "a query is not read"
    )
    assert "Nobody answers" in browser.post(reverse("children"), {"q": "zzz"}).content.decode()


@pytest.mark.parametrize(("show", "found"), [("no_home", 1), ("no_counsel", 1), ("", 3), ("treasure", 3)])
def test_the_list_is_narrowed_by_what_is_missing(child: Child, show: str, found: int) -> None:
    group_of()
    answer = browser_of(person(Role.INTAKE_WORKER)).get(reverse("children"), {"show": show})
    assert len(answer.context["rows"]) == found


def test_two_people_edit_at_once_and_the_second_chooses(child: Child) -> None:
    browser, address = browser_of(person(Role.INTAKE_WORKER)), reverse("child_change", args=[child.pk])
    form = browser.get(address).context["form"]
    sent = {"version": child.version}
    for name in form.kept_fields:
        value = form[name].value()
        sent[name] = sent[f"initial-{name}"] = "" if value is None else str(value)
    other = acting(Role.PLACEMENT_WORKER)
    save_change(child, version=1, changes={"given_name": "Anna"}, actor=other, act="child.change")
    answer = browser.post(address, {**sent, "given_name": "Anita"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Anna" in shown
    assert "Anita" in shown
    chosen = {"version": 2, "both": "given_name", "choose-given_name": "yours", "given_name": "Anita"}
    assert browser.post(address, {**sent, **chosen}).status_code == 302
    child.refresh_from_db()
    assert (child.given_name, child.version) == ("Anita", 3)


def test_the_history_says_who_and_when_and_what(child: Child) -> None:
    other = acting(Role.PLACEMENT_WORKER)
    save_change(child, version=1, changes={"given_name": "Anna"}, actor=other, act="child.change")
    shown = _page(person(Role.INTAKE_WORKER), "child_history", child).content.decode()
    for text in (str(other.user), "given name", "Ana → Anna"):
        assert text in shown


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_every_page_tells_the_same_age_around_a_birthday(child: Child, days: int) -> None:
    born = today().replace(year=today().year - 15) + timedelta(days=days)
    Child.objects.filter(pk=child.pk).update(birth_date=born)
    user, age = person(Role.LEGAL_COORDINATOR), 15 if days <= 0 else 14
    for route in ("child_page", "child_print"):
        assert f"Ana Ruiz, {age}" in _page(user, route, child).content.decode()
    row = next(
        each for each in browser_of(user).get(reverse("children")).context["rows"] if each.child == child
    )
    assert row.age == age


def test_timeline_and_notes_of_a_long_file_are_paged_and_the_print_view_has_them_all(child: Child) -> None:
    Note.objects.bulk_create(Note(child=child, group=child.group, text=f"Line {n:03}.") for n in range(80))
    user = person(Role.INTAKE_WORKER)
    browser = browser_of(user)
    assert len(browser.get(reverse("child_page", args=[child.pk])).context["page"].object_list) == 25
    assert browser.get(reverse("child_page", args=[child.pk]), {"page": 4}).status_code == 200
    printed = browser.get(reverse("child_print", args=[child.pk])).content.decode()
    assert all(f"Line {n:03}." in printed for n in range(80))


@pytest.mark.parametrize("route", ["child_page", "child_print", "child_history", "child_change", "children"])
def test_pages_keep_within_the_budget_of_queries(child: Child, route: str) -> None:
    for _ in range(30):
        index_names(group_of().children.all())
    browser = browser_of(person(Role.LEGAL_COORDINATOR, Role.INTAKE_WORKER, Role.PLACEMENT_WORKER))
    address = reverse(route, args=[] if route == "children" else [child.pk])
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert browser.get(address).status_code == 200
    assert len(counted) <= MOST_QUERIES, len(counted)


def test_the_pages_speak_spanish(child: Child) -> None:
    with translation.override("es"):
        shown = _page(person(Role.INTAKE_WORKER), "child_page", child, "es").content.decode()
    assert "Lo que pasó" in shown
    assert 'lang="es"' in shown
