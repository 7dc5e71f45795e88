"""Several ordered lists of keys are one list by day: nothing is lost, nothing told twice, on any page."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import CharField, Value

from posada.office.docket.keys_by_day import KeysByDay
from posada.office.docket.models import Deadline
from posada.office.intake.models import Hearing
from tests.office.docket.cases import child_of, coordinator, hearing_of, record
from tests.office.people import group_of


def _both() -> KeysByDay:
    dates = Deadline.objects.filter(day__isnull=False).order_by("day", "group_id", "rule_id", "pk")
    heard = Hearing.objects.annotate(rule_id=Value("", output_field=CharField()))
    return KeysByDay(
        heard.order_by("hearing_date", "group_id", "pk").values_list(
            "hearing_date", "group_id", "rule_id", "pk"
        ),
        dates.values_list("day", "group_id", "rule_id", "pk"),
    )


def test_every_key_stands_on_one_page_and_the_days_run_on() -> None:
    for ahead in range(5):
        record(coordinator(), child_of(), "ij_decision", date(2026, 11, 16))
        hearing_of(group_of(), date(2026, 12, 16) + timedelta(days=ahead))
    pages = Paginator(_both(), 3)
    seen = [key for number in pages.page_range for key in pages.get_page(number).object_list]
    assert len(seen) == pages.count == Deadline.objects.filter(day__isnull=False).count() + 5
    assert len({key[-1] for key in seen}) == len(seen)
    assert [key[:2] for key in seen] == sorted(key[:2] for key in seen)


def test_of_one_day_and_group_the_hearing_comes_first() -> None:
    group = group_of()
    child = child_of(group)
    record(coordinator(), child, "ij_decision", date(2026, 11, 16))
    row = Deadline.objects.exclude(day=None).first()
    assert row is not None and row.day is not None
    hearing_of(group, row.day)
    at = [key for key in _both()[0:50] if key[0] == row.day]
    assert at[0][2] == ""


def test_no_part_is_an_empty_list() -> None:
    assert KeysByDay().count() == len(KeysByDay()) == 0
    assert KeysByDay()[0:10] == []
