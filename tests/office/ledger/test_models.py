"""What the tables themselves refuse."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from posada.office.access.roles import Role
from posada.office.ledger.models import ClosedMonth, HoursGiven
from tests.office.people import counsel_of, person


def test_a_month_is_closed_once_and_by_two() -> None:
    one, two = person(Role.PROGRAM_DIRECTOR), person(Role.ADMINISTRATOR)
    told = {"month": date(2026, 10, 1), "closed_on": date(2026, 11, 2), "sha256": "0" * 64, "nights": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedMonth.objects.create(asked_by=one, agreed_by=one, **told)
    ClosedMonth.objects.create(asked_by=one, agreed_by=two, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedMonth.objects.create(asked_by=one, agreed_by=two, **told)


@pytest.mark.parametrize("minutes", [0, 1_441])
def test_a_day_has_one_to_1440_minutes(minutes: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursGiven.objects.create(counsel=counsel_of(), given_on=date(2026, 11, 2), minutes=minutes)
