"""What the office counts for its public figures, and the same counted by another way."""

from datetime import date

from posada.office.counsel.models import Engagement
from posada.office.ledger.counting import count
from posada.office.placement.models import Placement
from tests.office.people import TODAY, assign_placement, counsel_of, group_of, home_of


def test_each_child_is_counted_once_where_she_lives_today() -> None:
    moved = group_of()
    assign_placement(moved, home_of(kind="group"), from_date=date(2026, 10, 1))
    Placement.objects.update(to_date=TODAY)
    assign_placement(moved, home_of(kind="kin", county_fips="24005"), from_date=TODAY)
    assign_placement(group_of(), home_of(), from_date=date(2026, 12, 1))  # not yet
    gone = group_of()
    assign_placement(gone, home_of(), from_date=date(2026, 9, 1))
    Placement.objects.filter(child__group=gone).update(to_date=date(2026, 9, 9), ending="reunified")
    found = count()
    assert found.places == {("kin", "without_counsel"): 1, ("waiting", "without_counsel"): 1}
    assert found.counties == {"24005": 1}


def test_counsel_counts_while_it_acts_and_a_clinic_does_not() -> None:
    for scope, until in (("full", None), ("limited", date(2026, 12, 1)), ("clinic", None), ("full", TODAY)):
        ended = {"until_date": until, "end_reason": "done"} if until else {}
        Engagement.objects.create(
            counsel=counsel_of(), group=group_of(), scope=scope, from_date=date(2026, 10, 1), **ended
        )
    assert count().places == {("waiting", "with_counsel"): 2, ("waiting", "without_counsel"): 2}


def test_siblings_are_together_where_all_who_have_a_home_share_it() -> None:
    together, apart = (group_of(date(2012, 1, 1), date(2014, 1, 1)) for _ in range(2))
    assign_placement(together, home_of())
    for child in apart.children.all():
        Placement.objects.create(child=child, home=home_of(), from_date=date(2026, 11, 1))
    assign_placement(group_of(), home_of())
    assert count().siblings == (4, 2)


def test_days_are_from_arrival_to_the_first_home_and_the_first_counsel() -> None:
    group = group_of(arrived_on=date(2026, 10, 1))
    assign_placement(group, home_of(), from_date=date(2026, 10, 11))
    Placement.objects.update(to_date=date(2026, 10, 12), ending="moved")
    assign_placement(group, home_of(), from_date=date(2026, 10, 13))
    Engagement.objects.create(counsel=counsel_of(), group=group, from_date=date(2026, 10, 21))
    assign_placement(group_of(arrived_on=date(2024, 1, 1)), home_of(), from_date=date(2024, 2, 1))
    found = count()
    assert (found.days_to_home, found.days_to_counsel) == ([10], [20])
    assert found.month is None
