"""Constraints of the desk's tables hold in the database itself."""

import pytest
from django.db import IntegrityError, transaction

from posada.office.access.roles import Role
from posada.office.desk.models import Confirmation, Mail, Task
from tests.office.people import TODAY, counsel_of, home_of, person


def _twice(make) -> None:  # type: ignore[no-untyped-def]
    make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_one_open_task_a_cause_and_one_digest_a_day_and_one_confirmation_a_month() -> None:
    user, home, counsel = person(), home_of(), counsel_of()
    _twice(lambda: Task.objects.create(kind="x", role=Role.AUDITOR, once_key="cause"))
    _twice(lambda: Mail.objects.create(kind="digest", user=user, day=TODAY))
    _twice(lambda: Confirmation.objects.create(month=TODAY, home=home, listed=1))
    _twice(lambda: Confirmation.objects.create(month=TODAY, counsel=counsel, listed=1))


def test_a_confirmation_is_of_a_home_or_a_counsel_and_never_of_both() -> None:
    for both in ({}, {"home": home_of(), "counsel": counsel_of()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.create(month=TODAY, listed=1, **both)
