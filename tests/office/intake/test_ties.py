"""Kin, separations and hearings: the same refusals as the files, a reason for each end."""

from datetime import date

import pytest

from posada.office.access.roles import Role
from posada.office.intake import ties
from posada.office.intake.models import Court, KinLink
from posada.office.program import read_program
from posada.office.refusals import FieldsRefused, Refusal
from tests.office.people import acting, counsel_of, group_of, home_of


def test_kin_is_written_down_changed_and_ended() -> None:
    actor, group, home = acting(Role.INTAKE_WORKER), group_of(), home_of(kind="kin")
    cells = {"home_id": home.home_id, "sponsor_category": "2A", "relationship": "aunt"}
    ties.add_kin(actor, group, cells)
    link = ties.add_kin(actor, group, {**cells, "sponsor_category": "2B"})
    assert (KinLink.objects.count(), link.sponsor_category) == (1, "2B")
    with pytest.raises(Refusal):
        ties.end(actor, link, version=link.version, reason="")
    ties.end(actor, link, version=link.version, reason="another family")
    assert read_program().kin == ()
    ties.add_kin(actor, group, cells)
    assert len(read_program().kin) == 1


def test_a_separation_names_one_other_and_its_author() -> None:
    actor, group, other = acting(Role.INTAKE_WORKER), group_of(), group_of()
    kept = ties.add_separation(
        actor,
        group,
        {"other_group_id": other.sibling_group_id, "home_id": "", "counsel_id": "", "reason": "threats"},
    )
    assert (kept.other_group, kept.author_id) == (other, actor.user_id)
    counsel = counsel_of()
    for cells in (
        {"other_group_id": "G-nowhere", "reason": "threats"},
        {"other_group_id": group.sibling_group_id, "reason": "threats"},
        {"other_group_id": other.sibling_group_id, "counsel_id": counsel.counsel_id, "reason": "threats"},
        {"counsel_id": counsel.counsel_id, "reason": ""},
    ):
        with pytest.raises(FieldsRefused):
            ties.add_separation(actor, group, cells)


def test_a_hearing_is_at_a_court_that_is_known() -> None:
    actor, group = acting(Role.INTAKE_WORKER), group_of()
    Court.objects.create(court_code="BAL")
    kept = ties.add_hearing(actor, group, {"court_code": "BAL", "hearing_date": "2027-02-03"})
    assert kept.hearing_date == date(2027, 2, 3)
    for cells in (
        {"court_code": "XXX", "hearing_date": "2027-02-03"},
        {"court_code": "BAL", "hearing_date": "2027-02-30"},
    ):
        with pytest.raises(FieldsRefused):
            ties.add_hearing(actor, group, cells)
