"""Pages of cost: the answer first, each sum with what stands behind it."""

from datetime import date

import pytest

from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.ledger.models import ClosedMonth, DatedRate
from posada.office.placement.models import Placement
from tests.office.ledger.test_publishing import program
from tests.office.people import assign, assign_placement, browser_of, group_of, home_of, person


def page(role: Role, address: str) -> str:
    """A page as somebody with a role sees it."""
    answer = browser_of(person(role)).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_tells_a_childs_day_first_and_what_has_no_price() -> None:
    assign_placement(group_of(), home_of(cost_cents_per_child_day=2_800), from_date=date(2026, 10, 1))
    assign_placement(group_of(), home_of(kind="kin"), from_date=date(2026, 10, 1))
    told = page(Role.AUDITOR, "/ledger/?month=2026-10")
    assert "A child’s day cost $28.00 in October 2026" in told
    assert "31 days of care (kin home): no payment to sponsors who are kin was found" in told
    assert "$868.00" in told


@pytest.mark.parametrize("month", ["", "nonsense", "2999-01", "0001-01"])
def test_a_month_that_is_none_is_this_one(month: str) -> None:
    assert "November 2026" in page(Role.PROGRAM_DIRECTOR, f"/ledger/?month={month}")


def test_the_entries_behind_a_sum_have_two_sides_and_a_source() -> None:
    assign_placement(group_of(), home_of(cost_cents_per_child_day=2_800), from_date=date(2026, 10, 30))
    told = page(Role.AUDITOR, "/ledger/entries/?month=2026-10&payer=state&kind=foster")
    assert "$56.00 in October 2026, day by day" in told
    assert "care:foster" in told and "due:state" in told and "what was agreed with the home" in told


def test_the_stays_behind_a_sum_name_the_children_whom_one_sees_and_sum_up_the_others() -> None:
    mine, other = group_of(), group_of()
    for group in (mine, other):
        assign_placement(group, home_of(cost_cents_per_child_day=1_000), from_date=date(2026, 10, 30))
    director = person(Role.PROGRAM_DIRECTOR)
    assign(director, Role.PROGRAM_DIRECTOR, group=mine)
    told = browser_of(director).get("/ledger/rows/?month=2026-10").content.decode()
    assert mine.children.get().name in told
    assert other.children.get().name not in told
    assert "One more stay of a child whom you do not see, together $20.00." in told


def test_two_persons_close_a_month_in_their_browsers() -> None:
    assign_placement(group_of(), home_of(cost_cents_per_child_day=1_000), from_date=date(2026, 10, 1))
    director = browser_of(person(Role.PROGRAM_DIRECTOR))
    sent = {"month": "2026-10", "reason": "all stays are in"}
    assert director.post("/ledger/close/", sent).status_code == 302
    assert director.post("/ledger/close/", sent).status_code == 422
    asked = Approval.objects.get()
    second = browser_of(person(Role.ADMINISTRATOR))
    assert "Close the book of October 2026" in second.get("/approvals/").content.decode()
    second.post(f"/approvals/{asked.pk}/", {"answer": "approve"})
    assert "A second person has agreed" in director.get("/ledger/?month=2026-10").content.decode()
    director.post("/ledger/close/", sent)
    assert ClosedMonth.objects.count() == 1
    Placement.objects.update(to_date=date(2026, 10, 30))
    told = director.get("/ledger/?month=2026-10").content.decode()
    assert "came to light later: one sum differs" in told
    director.post("/ledger/set-right/", {"month": "2026-10"})
    after = director.get("/ledger/?month=2026-10").content.decode()
    assert "Set right later" in after and "one sum differs" not in after


def test_a_change_is_priced_and_one_without_a_price_says_so() -> None:
    assign_placement(group_of(), home_of(kind="group", cost_cents_per_child_day=20_000))
    assert "What would another mix" in page(Role.PROGRAM_DIRECTOR, "/ledger/what-if/")
    assert "is not known" in page(Role.PROGRAM_DIRECTOR, "/ledger/what-if/?kin=1&each=2")
    less = page(Role.PROGRAM_DIRECTOR, "/ledger/what-if/?kin=0&each=2&no_group=on")
    assert "$172.05 a day less" in less
    answer = browser_of(person(Role.PROGRAM_DIRECTOR)).get("/ledger/what-if/?kin=0&each=2")
    assert answer.status_code == 422


def test_the_claim_stands_with_its_assumptions_on_the_same_page() -> None:
    assign_placement(group_of(), home_of(cost_cents_per_child_day=2_800), from_date=date(2026, 10, 1))
    told = page(Role.AUDITOR, "/ledger/claim/?month=2026-10")
    assert "A day in the program cost less than each public alternative" in told
    assert "Assumptions" in told and "Not counted" in told
    assert "nothing to compare" in page(Role.AUDITOR, "/ledger/claim/?month=2026-08")


def test_a_month_asks_the_database_little(django_assert_max_num_queries: object) -> None:
    program(homes=12)
    DatedRate.objects.create(kind="kin", since=date(2026, 1, 1), cents=1, payer="family", source="letter")
    browser = browser_of(person(Role.PROGRAM_DIRECTOR))
    browser.get("/ledger/")
    for address in (
        "/ledger/?month=2026-10",
        "/ledger/rows/?month=2026-10",
        "/ledger/what-if/",
        "/ledger/publish/",
    ):
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            browser.get(address)
