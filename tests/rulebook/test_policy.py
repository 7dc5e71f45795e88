"""A resolved policy is a value: nobody can change a number of it on the way."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from posada.rulebook import resolve_policy, shipped_policies


@pytest.mark.parametrize("name", shipped_policies())
def test_a_policy_cannot_be_changed_and_its_exception_is_above_its_rule(name: str) -> None:
    policy = resolve_policy(name, on=date(2026, 12, 1))
    with pytest.raises(FrozenInstanceError):
        policy.household_max = 7  # type: ignore[misc]
    assert policy.household_max <= policy.household_siblings_max
    assert policy == resolve_policy(name, on=date(2026, 12, 1))
