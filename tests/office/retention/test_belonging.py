"""What belongs is found by the foreign keys; what only may point is kept, and points nowhere."""

from posada.office.counsel.models import ConflictCheck
from posada.office.docket.models import DocketEvent
from posada.office.intake.models import Child, SiblingGroup
from posada.office.placement.models import Placement
from posada.office.retention.belonging import belonging, pieces
from tests.office.people import counsel_of, group_of
from tests.office.retention.gone import gone_group


def test_children_placements_and_rows_without_a_way_back_belong_and_other_groups_do_not() -> None:
    group, other = gone_group(), group_of()
    checked = ConflictCheck.objects.create(counsel=counsel_of(), group=group, checked_at="2026-11-01T12:00Z")
    rows = belonging({SiblingGroup: {group.pk}})
    assert rows[Child] == set(group.children.values_list("pk", flat=True))
    assert len(rows[Placement]) == 1
    assert rows[ConflictCheck] == {checked.pk}
    assert other.pk not in rows[SiblingGroup]
    assert DocketEvent not in rows


def test_a_record_that_was_merged_into_a_child_goes_with_it_and_its_old_siblings_stay() -> None:
    group, other = gone_group(), group_of()
    merged = other.children.get()
    Child.objects.filter(pk=merged.pk).update(merged_into=group.children.get())
    rows = belonging({SiblingGroup: {group.pk}})
    assert merged.pk in rows[Child]
    assert other.pk not in rows[SiblingGroup]


def test_keys_come_in_pieces_that_a_database_takes() -> None:
    assert [len(each) for each in pieces(set(range(1_001)))] == [500, 500, 1]
