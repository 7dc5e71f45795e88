"""How stays end."""

from datetime import timedelta

from posada.office.placement.endings import CAUSES, ENDINGS, FINAL, gone_children
from posada.office.placement.models import Placement
from posada.office.program import read_program
from tests.office.people import TODAY, group_of, home_of
from tests.office.placement.offered import the_day


def test_unknown_is_an_ending_and_moves_are_not_final() -> None:
    assert "unknown" in FINAL
    assert set(ENDINGS) - set(FINAL) == {"moved", "disrupted"}
    assert all(len(code) <= 30 for code in (*ENDINGS, *CAUSES))


def test_a_child_who_left_is_planned_for_no_more_and_one_whose_stay_broke_off_is() -> None:
    the_day()
    for ending in ("reunified", "disrupted"):
        Placement.objects.create(
            child=group_of().children.get(),
            home=home_of(),
            from_date=TODAY - timedelta(days=5),
            to_date=TODAY - timedelta(days=1),
            ending=ending,
        )
    assert [each["child_id"] for each in gone_children(TODAY)] == [
        Placement.objects.get(ending="reunified").child_id
    ]
    assert [each.child_id for each in read_program().children] == [
        Placement.objects.get(ending="disrupted").child.child_id
    ]
