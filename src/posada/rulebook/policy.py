"""The placement policy of a day: the numbers of the hard rules, each from dated, cited data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Policy:
    """The hard rules' numbers as they stand on `on`. Sources stay with the rules (`posada rules`)."""

    name: str
    title: str
    on: date
    license_days_left: int  # days that a license must still run after the plan date
    household_max: int  # children in a household, the home's own included where `household_counts_own`
    household_siblings_max: int  # ... where all placed children are one sibling group
    household_counts_own: bool
    under_two_max: int | None  # children under `under_two_age` in a household, own included; None: no rule
    under_two_age: int
    adult_age: int  # an own child of this age or more is not counted
    household_kinds: tuple[str, ...]  # kinds of home that `household` and `under_two` apply to
    kin_home_exempt: tuple[str, ...]  # rule codes that do not apply to kin homes
