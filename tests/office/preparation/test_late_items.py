"""What is late stands on the agenda beside the dates, for whoever prepares the case, and for nobody else."""

from datetime import date
from typing import Any

from django.urls import reverse

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.docket.models import Deadline
from posada.office.docket.recompute import recompute_all
from posada.office.intake.models import Child
from posada.office.preparation.checklists import NewMark, checklist_named, mark_item
from posada.office.preparation.late_items import late_cases
from tests.office.docket.cases import (
    LATE_NOVEMBER,
    attorney_of,
    child_of,
    coordinator,
    engage,
    hearing_of,
    record,
)
from tests.office.people import acting, browser_of, counsel_of, group_of, person

SOON = date(2026, 11, 25)


def late_appeal(actor: Actor, child: Child, *, day: date = SOON) -> Deadline:
    record(actor, child, "ij_decision", date(2026, 11, 16))
    row = Deadline.objects.get(child=child, rule_id="eoir.bia_appeal")
    Deadline.objects.filter(pk=row.pk).update(day=day)
    return row


def test_a_case_with_late_items_is_named_with_its_date(child: Child, lawyer: tuple[User, Actor]) -> None:
    late_appeal(lawyer[1], child)
    (found,) = late_cases(lawyer[1]).lines
    assert (found.child, found.checklist.checklist_id, found.day) == (child, "appeal", SOON)
    assert found.items


def test_what_is_ticked_is_late_no_more(child: Child, lawyer: tuple[User, Actor]) -> None:
    late_appeal(lawyer[1], child)
    for item in late_cases(lawyer[1]).lines[0].items:
        told = NewMark("done", LATE_NOVEMBER)
        mark_item(lawyer[1], child, checklist_named("appeal"), item.item_id, told, version=0)
    assert late_cases(lawyer[1]).lines == ()


def test_a_far_date_makes_nothing_late(child: Child, lawyer: tuple[User, Actor]) -> None:
    late_appeal(lawyer[1], child, day=date(2027, 2, 10))
    assert late_cases(lawyer[1]).lines == ()


def test_a_date_of_a_hearing_is_a_date_of_brothers_and_sisters(lawyer: tuple[User, Actor]) -> None:
    group = group_of(date(2014, 5, 1), date(2016, 5, 1))
    actor = attorney_of(group)[1]
    hearing_of(group, date(2027, 1, 20), kind="individual", hearing_time="13:00")
    recompute_all()
    Deadline.objects.filter(group=group, rule_id="eoir.individual_filing").update(day=SOON)
    assert {each.child for each in late_cases(actor).lines} == set(group.children.all())
    assert late_cases(lawyer[1]).lines == ()


def test_the_coordinator_sees_all_or_those_of_one_counsel(child: Child, lawyer: tuple[User, Actor]) -> None:
    other = child_of(group_of())
    for each in (child, other):
        late_appeal(coordinator(), each)
    counsel = counsel_of()
    engage(counsel, other.group)
    assert {each.child for each in late_cases(coordinator()).lines} == {child, other}
    assert [each.child for each in late_cases(coordinator(), counsel=counsel).lines] == [other]
    assert [each.child for each in late_cases(lawyer[1]).lines] == [child]
    assert late_cases(acting(Role.PLACEMENT_WORKER)).lines == ()


def test_the_agenda_says_it_in_both_languages_and_leads_to_the_list(
    child: Child, lawyer: tuple[User, Actor], django_assert_max_num_queries: Any
) -> None:
    late_appeal(lawyer[1], child)
    for place in range(6):
        sister = Child.objects.create(
            group=child.group,
            child_id=f"S-{place}",
            given_name=f"S{place}",
            birth_date=date(2015, 1, 1 + place),
        )
        late_appeal(lawyer[1], sister)
    client = browser_of(lawyer[0])
    client.get(reverse("late_items"))  # the first page after signing in also notes the device
    with django_assert_max_num_queries(30):
        text = client.get(reverse("agenda")).content.decode()
    assert "In 7 cases, something to prepare is late" in text and reverse("late_items") in text
    with django_assert_max_num_queries(30):
        listed = client.get(reverse("late_items")).content.decode()
    assert all(f"S{place}" in listed for place in range(6))
    spanish = browser_of(lawyer[0], language="es")
    assert "En 7 casos hay algo por preparar que va tarde" in spanish.get(reverse("agenda")).content.decode()


def test_an_address_that_is_no_id_shows_everybody_s() -> None:
    client = browser_of(person(Role.LEGAL_COORDINATOR))
    assert client.get(reverse("late_items") + "?counsel=x").status_code == 200
