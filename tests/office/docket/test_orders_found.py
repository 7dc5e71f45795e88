"""An order found on intake becomes tasks with their days; what is not known is a task to find it out."""

from datetime import date

import pytest

from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.docket.models import Deadline, DocketEvent, OrderFound
from posada.office.docket.orders_found import ASKED, QUESTIONS, check_order
from posada.office.refusals import FieldsRefused, NotThere
from tests.office.docket.cases import child_of
from tests.office.people import acting, browser_of, group_of, person

ABSENT = {"in_absentia": True, "notice_address_was_right": False, "had_counsel": False}


def test_an_order_in_absentia_opens_motion_stay_and_its_dates() -> None:
    child, actor = child_of(), acting(Role.INTAKE_WORKER)
    check_order(actor, child, on=date(2026, 10, 1), facts=ABSENT, evidence="order in the file")
    kinds = set(Task.objects.values_list("kind", flat=True))
    assert {"order_motion_no_notice", "order_motion_exceptional", "order_file_stay_with_motion"} <= kinds
    assert "order_ask_was_appealed" in kinds
    assert "order_ask_had_counsel" not in kinds
    due = Task.objects.get(kind="order_motion_exceptional").due_on
    assert due == Deadline.objects.get(rule_id="eoir.in_absentia_exceptional").day == date(2027, 3, 30)
    assert Deadline.objects.get(rule_id="eoir.in_absentia_no_notice").day is None


def test_the_same_order_twice_opens_nothing_twice() -> None:
    child, actor = child_of(), acting(Role.INTAKE_WORKER)
    for _ in range(2):
        check_order(actor, child, on=date(2026, 10, 1), facts=ABSENT, evidence="order in the file")
    assert OrderFound.objects.count() == DocketEvent.objects.count() == 1
    assert Task.objects.count() == len(set(Task.objects.values_list("once_key", flat=True)))


def test_nothing_known_asks_everything_and_records_no_event() -> None:
    child = child_of()
    check_order(acting(Role.LEGAL_COORDINATOR), child, on=date(2026, 10, 1), facts={}, evidence="a letter")
    asked = Task.objects.filter(kind__startswith="order_ask_")
    assert asked.count() == len(ASKED)
    assert not DocketEvent.objects.exists()
    assert set(QUESTIONS) == set(ASKED)


def test_of_an_estimated_birth_the_age_is_asked() -> None:
    child = child_of(group_of(birth_date_basis="estimated"))
    check_order(acting(Role.INTAKE_WORKER), child, on=date(2026, 10, 1), facts=ABSENT, evidence="a letter")
    assert Task.objects.filter(kind="order_ask_age_at_order").exists()


def test_an_order_of_a_day_to_come_without_a_paper_or_by_another_is_refused() -> None:
    child, actor = child_of(), acting(Role.INTAKE_WORKER)
    with pytest.raises(FieldsRefused):
        check_order(actor, child, on=date(2026, 12, 1), facts={}, evidence="a letter")
    with pytest.raises(FieldsRefused):
        check_order(actor, child, on=date(2026, 10, 1), facts={}, evidence="")
    with pytest.raises(NotThere):
        check_order(acting(Role.PLACEMENT_WORKER), child, on=date(2026, 10, 1), facts={}, evidence="a letter")
    assert not Task.objects.exists()


def test_the_tasks_are_in_words_on_the_desk() -> None:
    child = child_of()
    client = browser_of(person(Role.INTAKE_WORKER))
    form = {"on": "2026-10-01", "evidence": "a letter", "in_absentia": "yes"}
    assert client.post(f"/children/{child.pk}/order/", form).status_code == 302
    desk = browser_of(person(Role.LEGAL_COORDINATOR)).get("/tasks/").content.decode()
    assert "Order of Thu 1 Oct 2026: motion to rescind, exceptional circumstances" in desk
