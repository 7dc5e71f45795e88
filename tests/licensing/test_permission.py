"""License exceptions stand only when another person approved them, and only for their days."""

from dataclasses import replace
from datetime import date

import pytest

from posada.licensing.permission import PENDING_CHECK, Permission

GIVEN = Permission(
    permission_id="p1",
    home_id="home",
    rule_id=PENDING_CHECK,
    reason="class is full",
    from_date=date(2026, 11, 1),
    to_date=date(2026, 12, 1),
    asked_by="ana",
    approved_by="ben",
    approved_on=date(2026, 11, 2),
)  # type: ignore[arg-type]


def test_a_permission_stands_from_its_approval_through_its_last_day() -> None:
    assert not GIVEN.stands(date(2026, 11, 1))
    assert GIVEN.stands(date(2026, 11, 2))
    assert GIVEN.stands(date(2026, 12, 1))
    assert not GIVEN.stands(date(2026, 12, 2))


@pytest.mark.parametrize(
    "spoiled", [{"approved_by": None}, {"approved_by": "ana"}, {"approved_on": None}, {"reason": " "}]
)
def test_a_permission_that_nobody_else_approved_never_stands(spoiled: dict[str, str | None]) -> None:
    assert not replace(GIVEN, **spoiled).stands(date(2026, 11, 15))  # type: ignore[arg-type]
