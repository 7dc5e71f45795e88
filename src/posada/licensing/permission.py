"""A license exception: a dated permission beyond a rule, asked for by one person and approved by another.

Comes in: nothing. Goes out: frozen `Permission`. Docs: docs/reference/checks.md.
Tests: tests/licensing/test_permission.py.
"""

from dataclasses import dataclass
from datetime import date

PENDING_CHECK = "checks.pending"
"""The rule of a permission to go on while one named check is pending."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One license exception (`LicenseException` of the office). It stands only once another has approved it."""

    permission_id: str
    home_id: str
    rule_id: str  # such as household.siblings_max, or checks.pending
    from_date: date
    to_date: date  # its last day
    reason: str
    asked_by: str
    approved_by: str | None = None
    approved_on: date | None = None
    group_id: str | None = None
    type_id: str | None = None  # the check, for checks.pending
    member_id: str | None = None

    def stands(self, on: date) -> bool:
        """Whether it was approved by another person, and covers the day."""
        is_approved = bool(self.approved_by) and self.approved_by != self.asked_by
        is_known = self.approved_on is not None and self.approved_on <= on
        return is_approved and is_known and bool(self.reason.strip()) and self.from_date <= on <= self.to_date
