"""May this group go to this home now? Every rule is asked of those who live there today."""

from datetime import date, timedelta

import pytest

from posada.office.access import doors
from posada.office.intake.models import Child, Separation
from posada.office.placement.models import Override, Placement
from posada.office.placement.offer_checks import address_faults, faults_of, waiting_children
from tests.office.people import TODAY, group_of, home_of
from tests.office.placement.offered import offer_of, placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _codes(*args: object, **named: bool) -> set[str]:
    return {each.code for each in faults_of(*args, **named)}  # type: ignore[arg-type]


def test_a_group_may_go_to_an_open_home_with_room() -> None:
    assert faults_of(group_of(), home_of()) == []


def test_everyone_who_lives_there_today_counts() -> None:
    _group, home = placed(home=home_of(beds_any=1))
    assert _codes(group_of(), home) == {"beds"}
    assert _codes(group_of(), home, held=False) == {"beds"}


def test_held_beds_count_only_where_it_is_asked() -> None:
    home = home_of(beds_any=1)
    offer_of(group_of(), home)
    group = group_of()
    assert (_codes(group, home), _codes(group, home, held=False)) == ({"beds"}, set())


def test_groups_and_homes_that_are_to_be_kept_apart_stay_apart() -> None:
    inside, home = placed()
    apart, other = group_of(), group_of()
    Separation.objects.create(group=apart, other_group=inside, reason="threats")
    Separation.objects.create(group=other, home=home, reason="known to the family")
    assert _codes(apart, home) == {"separation"}
    assert _codes(other, home) == {"separation"}


def test_a_forbidden_home_and_a_kin_home_of_others_are_refused() -> None:
    group, home = group_of(), home_of()
    Override.objects.create(action="forbid", group=group, home=home, reason="too far")
    assert _codes(group, home) == {"forbidden"}
    assert "kin_only" in _codes(group, home_of(kind="kin"))


def test_siblings_who_live_elsewhere_keep_a_group_from_another_home() -> None:
    group, _home = placed()
    Child.objects.create(child_id="C-late", group=group, birth_date=date(2016, 1, 1), sex="F")
    assert _codes(group, home_of()) == {"sibling_already_placed"}


def test_a_group_of_which_nobody_waits_is_not_placed_twice_but_may_move() -> None:
    group, _home = placed()
    assert _codes(group, home_of()) == {"nobody_waits"}
    assert _codes(group, home_of(), moving=True) == set()


def test_children_who_left_the_program_do_not_wait() -> None:
    group = group_of()
    Placement.objects.create(
        child=group.children.get(),
        home=home_of(),
        from_date=TODAY - timedelta(days=9),
        to_date=TODAY - timedelta(days=1),
        ending="reunified",
    )
    assert waiting_children(group) == []


def test_an_address_is_whole_missing_in_part_or_not_known_at_all() -> None:
    home = home_of()
    assert address_faults(home) == (False, True)
    doors.seal_fields(home, {"street": "1 Planted Street"})
    assert address_faults(home) == (True, False)
    doors.seal_fields(home, {"city": "Nowhere", "postal_code": "00000"})
    assert address_faults(home) == (False, False)
