"""A group is over when every sibling left for good and counsel ended; an enquiry when nobody ever lived there."""

from datetime import date, timedelta
from typing import Any

import pytest

from posada.office.counsel.models import Engagement
from posada.office.intake.models import Import
from posada.office.licensing.models import Enquiry
from posada.office.placement.models import Placement
from posada.office.retention.subjects import OWN_RULES, due, over, rules
from posada.retention import BadRules
from tests.office.people import counsel_of, group_of, home_of
from tests.office.retention.gone import ENDED, LATE, gone_group

TWO = (date(2001, 1, 1), date(2003, 1, 1))


def days() -> dict[str, date]:
    return {each.id: each.ended_on for each in over()}


def test_a_group_is_over_when_the_last_child_left() -> None:
    later = ENDED + timedelta(days=40)
    group = gone_group(*TWO, to_date=later)
    assert days()[str(group.pk)] == later


@pytest.mark.parametrize(
    "last", [{"to_date": None, "ending": ""}, {"ending": "moved"}, {"ending": "disrupted"}],
    ids=["lives there", "moved", "broke off"],
)  # fmt: skip
def test_while_one_sibling_is_still_here_nothing_of_the_group_is_over(last: dict[str, Any]) -> None:
    assert str(gone_group(*TWO, **last).pk) not in days()


def test_who_came_back_or_was_never_placed_is_kept() -> None:
    group = gone_group()
    Placement.objects.create(child=group.children.get(), home=home_of(), from_date=date(2016, 1, 1))
    assert not {str(group.pk), str(group_of().pk)} & set(days())


def test_counsel_who_still_acts_keeps_it() -> None:
    group = gone_group()
    acts = Engagement.objects.create(group=group, counsel=counsel_of(), from_date=date(2015, 1, 1))
    assert str(group.pk) not in days()
    Engagement.objects.filter(pk=acts.pk).update(until_date=date(2018, 1, 1), end_reason="the case ended")
    assert days()[str(group.pk)] == date(2018, 1, 1)


def test_a_closed_enquiry_is_over_unless_children_lived_in_its_home() -> None:
    lived_in = gone_group().children.get().placements.get().home
    made = [
        Enquiry.objects.create(
            reference=f"E-{place}",
            county_fips="24031",
            stage=stage,
            home=home,
            received_at="2026-11-01T12:00Z",
        )
        for place, (stage, home) in enumerate(
            [("closed", None), ("closed", lived_in), ("closed", home_of()), ("triage", None)]
        )
    ]
    assert [str(each.pk) in days() for each in made] == [True, False, True, False]


def test_an_import_that_still_waits_is_not_over() -> None:
    waits, taken = (Import.objects.create(state=state) for state in ("preview", "taken"))
    assert str(waits.pk) not in days()
    assert str(taken.pk) in days()


def test_the_program_sets_its_own_days_in_a_file_of_its_folder(tmp_path: Any, settings: Any) -> None:
    from dataclasses import replace

    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, folder=tmp_path)
    group = gone_group()
    own = rules()["group"][0]
    (tmp_path / OWN_RULES).write_text(
        f'[[rules]]\nkind = "group"\ntitle = "t"\ndays = {own.days + 1}\nfrom = 2026-01-01\n'
        'source = "the board"\ndecided_by = "the board"\n'
    )
    day = ENDED + timedelta(days=own.days + 1)
    assert [each.id for each in due(LATE) if each.kind == "group"] == [str(group.pk)]
    assert [each.due_on for each in due(LATE) if each.kind == "group"] == [day]
    (tmp_path / OWN_RULES).write_text("[[rules]]\n")
    with pytest.raises(BadRules):
        due(LATE)
