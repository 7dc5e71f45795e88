"""The ledger of the demonstration: nothing in it was done by one person alone, and what is made up says so."""

from datetime import date

from posada.office.access.roles import Role
from posada.office.ledger.bookkeeping import month_page
from posada.office.ledger.demonstration import MADE_UP, demonstration_ledger
from posada.office.ledger.models import ClosedMonth, DatedRate, HoursGiven
from tests.office.ledger.test_publishing import program
from tests.office.people import acting


def test_months_are_closed_by_two_persons_with_hours_and_rates_that_say_they_are_made_up() -> None:
    program(homes=2, waiting=0, represented=2)
    director, second = acting(Role.PROGRAM_DIRECTOR), acting(Role.PROGRAM_DIRECTOR)
    assert demonstration_ledger(director, second, legal=acting(Role.LEGAL_COORDINATOR)) == 2
    closed = ClosedMonth.objects.order_by("month")
    assert [each.month for each in closed] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert {(each.asked_by_id, each.agreed_by_id) for each in closed} == {(director.user_id, second.user_id)}
    assert set(DatedRate.objects.values_list("source", flat=True)) == {MADE_UP}
    assert HoursGiven.objects.exists()
    book = month_page(date(2026, 10, 1)).book
    assert {each.payer for each in book.entries} >= {"state", "donated"}
    assert demonstration_ledger(director, second, legal=acting(Role.LEGAL_COORDINATOR)) == 0


def test_a_program_without_a_stay_closes_nothing() -> None:
    director, second = acting(Role.PROGRAM_DIRECTOR), acting(Role.PROGRAM_DIRECTOR)
    assert demonstration_ledger(director, second, legal=acting(Role.LEGAL_COORDINATOR)) == 0
