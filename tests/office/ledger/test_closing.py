"""A month is closed by two persons, and never changes."""

from datetime import date

import pytest

from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.approval_words import said_of
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.ledger import bookkeeping, closing
from posada.office.ledger.models import BookEntry, ClosedMonth
from posada.office.placement.models import Placement
from posada.office.refusals import NotThere, Refusal
from tests.office.people import acting, assign_placement, group_of, home_of

OCTOBER = date(2026, 10, 1)


def living() -> Placement:
    """A child who has lived in a foster home since September."""
    (row,) = assign_placement(group_of(), home_of(cost_cents_per_child_day=3_000), from_date=date(2026, 9, 1))
    return row


def closed_by(director: Actor) -> ClosedMonth:
    """October, closed."""
    asked = closing.ask_to_close(director, OCTOBER, reason="all stays are in")
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    return closing.close_month(director, OCTOBER, asked)


def test_a_month_is_closed_as_a_second_person_agreed_to_it() -> None:
    living()
    closed = closed_by(acting(Role.PROGRAM_DIRECTOR))
    assert closed.entries.count() == 31
    assert (closed.nights, closed.children) == (31, {"state": 1, "kind:foster": 1})
    assert Entry.objects.filter(act="month.close").count() == 1


def test_without_the_second_person_nothing_is_closed() -> None:
    director = acting(Role.PROGRAM_DIRECTOR)
    asked = closing.ask_to_close(director, OCTOBER, reason="all stays are in")
    with pytest.raises(two_persons.Expired):
        closing.close_month(director, OCTOBER, asked)
    with pytest.raises(two_persons.NotYours):
        two_persons.answer(director, asked.pk, approve=True)
    assert not ClosedMonth.objects.exists()


def test_what_changed_after_the_agreement_has_to_be_agreed_to_again() -> None:
    director, placement = acting(Role.PROGRAM_DIRECTOR), living()
    asked = closing.ask_to_close(director, OCTOBER, reason="all stays are in")
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    Placement.objects.filter(pk=placement.pk).update(to_date=date(2026, 10, 20))
    with pytest.raises(two_persons.Expired):
        closing.close_month(director, OCTOBER, asked)


def test_a_closed_month_stays_and_is_set_right_by_entries_of_today() -> None:
    director, placement = acting(Role.PROGRAM_DIRECTOR), living()
    closed = closed_by(director)
    Placement.objects.filter(pk=placement.pk).update(to_date=date(2026, 10, 20))
    before = list(closed.entries.values_list("pk", "cents"))
    (late,) = closing.what_is_late(closed)
    assert (late.quantity, late.cents, late.corrects) == (-11, -33_000, OCTOBER)
    closing.set_right(director, OCTOBER)
    assert list(closed.entries.filter(corrects__isnull=True).values_list("pk", "cents")) == before
    assert bookkeeping.month_page(OCTOBER).book.money == 31 * 3_000
    assert bookkeeping.month_page(OCTOBER).set_right == (late,)
    november = bookkeeping.month_page(date(2026, 11, 1))
    assert november.late == (late,)
    with pytest.raises(Refusal, match="nothing to set right"):
        closing.set_right(director, OCTOBER)
    assert BookEntry.objects.filter(corrects=OCTOBER).count() == 1


def test_a_month_that_runs_or_is_closed_cannot_be_closed() -> None:
    director = acting(Role.PROGRAM_DIRECTOR)
    with pytest.raises(Refusal, match="not over"):
        closing.ask_to_close(director, date(2026, 11, 1), reason="all stays are in")
    closed_by(director)
    with pytest.raises(Refusal, match="closed already"):
        closing.ask_to_close(director, OCTOBER, reason="once more")
    with pytest.raises(Refusal, match="is not closed"):
        closing.set_right(director, date(2026, 9, 1))


def test_only_the_director_closes_and_sets_right() -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.PLACEMENT_WORKER):
        with pytest.raises(NotThere):
            closing.ask_to_close(acting(role), OCTOBER, reason="all stays are in")
        with pytest.raises(NotThere):
            closing.set_right(acting(role), OCTOBER)


def test_the_request_is_said_in_words() -> None:
    asked = closing.ask_to_close(acting(Role.PROGRAM_DIRECTOR), OCTOBER, reason="all stays are in")
    said = said_of(asked)
    assert str(said.sentence) == "Close the book of October 2026"
    assert said.address.endswith("?month=2026-10")
    assert closing.waiting_for(OCTOBER) == asked
