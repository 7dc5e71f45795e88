"""Incidents have the day they happened, the day they were entered, and a report that is due."""

from datetime import timedelta

import pytest

from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.placement import incidents
from posada.office.refusals import FieldsRefused
from tests.office.people import TODAY, acting
from tests.office.placement.offered import placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def test_an_incident_opens_its_report_from_the_day_it_happened() -> None:
    group, home = placed()
    before = TODAY - timedelta(days=3)
    incidents.record(
        acting(Role.PLACEMENT_WORKER), group, home, happened_on=before, kind="school", text="a quarrel"
    )
    task = Task.objects.get(kind="incident_report")
    assert task.due_on == before + timedelta(days=1)
    assert "quarrel" not in str(task.values)


def test_each_wrong_field_is_named() -> None:
    group, home = placed()
    with pytest.raises(FieldsRefused) as refused:
        incidents.record(
            acting(Role.PLACEMENT_WORKER),
            group,
            home,
            happened_on=TODAY + timedelta(days=1),
            kind="storm",
            text=" ",
        )
    assert set(refused.value.faults) == {"kind", "happened_on", "text"}
