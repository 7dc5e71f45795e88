"""A plan becomes one row a group, with what pages filter by, and figures that add up."""

from posada.office.placement.models import Override
from posada.office.placement.plan_rows import keys_of
from posada.office.program import read_program
from tests.office.people import home_of
from tests.office.placement.planned import heard, plan_now, siblings, small_program, tonight


def test_each_group_has_one_row_with_its_hearing_its_languages_and_the_county_of_its_home() -> None:
    groups, _homes, _counsel = small_program()
    late, first = heard(groups[0], in_days=30), heard(groups[0], in_days=9)
    row = plan_now().groups.get(group=groups[0])
    assert row.hearing_date == first.hearing_date < late.hearing_date
    assert (row.languages, row.county_fips, row.children_count) == (";spa;", "24031", 2)
    assert [each.place for each in row.run.groups.order_by("group__sibling_group_id")] == [0, 1]


def test_figures_add_up_and_reasons_are_kept_with_their_rows() -> None:
    tonight()
    home_of(beds_any=1)
    for ages in ((3, 5, 8), (16,), (17,)):
        siblings(*ages)
    run = plan_now()
    counts = run.counts
    assert counts["children"] == counts["placed"] + counts["waiting"] == 5
    assert (counts["waiting_groups"], counts["waiting"]) == (2, 4)
    assert counts["without_counsel_groups"] == run.groups.exclude(unrepresented_reason="").count() == 1
    unplaced = run.groups.filter(home__isnull=True)
    assert set(unplaced.values_list("unplaced_reason", flat=True)) == {"no_room", "no_lawful_home"}
    assert all(row.reason and row.next_step for row in unplaced)


def test_a_pinned_row_says_so() -> None:
    groups, homes, _counsel = small_program()
    Override.objects.create(action="pin", group=groups[0], home=homes[0], reason="the aunt lives near")
    run = plan_now()
    assert run.groups.get(group=groups[0]).pinned
    assert not run.groups.get(group=groups[1]).pinned


def test_children_without_a_language_leave_the_column_empty() -> None:
    tonight()
    group = siblings(9, languages=[])
    keys = keys_of(read_program())
    assert group.sibling_group_id not in keys.languages
    assert keys.hearing == {}
