"""Which rules this office computes with."""

from posada.office.docket.rules import LIMITS, book, ids_of, of_birth
from posada.office.intake.models import ProgramSettings


def test_limits_are_those_that_can_be_overdue() -> None:
    assert "eoir.bia_appeal" in ids_of(*LIMITS)
    assert "age.attains_18" not in ids_of(*LIMITS)
    assert ids_of(*LIMITS) <= set(book().rules)


def test_a_birth_starts_a_child_s_rules_and_only_those_of_this_state() -> None:
    assert set(of_birth()) == {
        *("age.attains_18", "age.uac_last_filing_day", "sij.i360_last_day", "sij.md_order_last_day")
    }
    ProgramSettings.objects.filter(pk=1).update(state="TX")
    assert "sij.md_order_last_day" not in of_birth()


def test_a_window_that_opened_needs_nothing_and_a_limit_that_is_over_still_does() -> None:
    from datetime import date

    from posada.office.docket.rules import has_passed
    from tests.office.docket.cases import LATE_NOVEMBER

    before = date(2026, 11, 1)
    assert has_passed("eoir.first_hearing", before, on=LATE_NOVEMBER)
    assert not has_passed("eoir.first_hearing", LATE_NOVEMBER, on=LATE_NOVEMBER)
    assert not has_passed("eoir.bia_appeal", before, on=LATE_NOVEMBER)
    assert not has_passed("eoir.in_absentia_no_notice", None, on=LATE_NOVEMBER)
