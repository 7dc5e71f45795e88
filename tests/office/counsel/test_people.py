"""Counsel as people: who may enter them, what is refused, and who stands in for whom."""

from datetime import timedelta

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel
from posada.office.counsel.people import add_counsel, add_cover, add_party, change_counsel, void_party
from posada.office.day import today
from posada.office.intake.models import Separation
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import acting, counsel_of, group_of, person


def test_a_bar_number_needs_its_state() -> None:
    with pytest.raises(FieldsRefused):
        add_counsel(coordinator(), Counsel(counsel_id="K-1", courts=["BAL"], bar_number="12345"))
    saved = add_counsel(
        coordinator(), Counsel(counsel_id="K-1", courts=["BAL"], bar_number="1", bar_state="MD")
    )
    assert saved.version == 1


def test_nobody_is_their_own_mentor() -> None:
    counsel = counsel_of()
    with pytest.raises(FieldsRefused):
        change_counsel(coordinator(), counsel, version=1, changes={"mentor": counsel})


def test_a_change_after_somebody_elses_is_not_written() -> None:
    counsel, actor = counsel_of(), coordinator()
    change_counsel(actor, counsel, version=1, changes={"bar_state": "MD"})
    with pytest.raises(SomebodySavedFirst):
        change_counsel(actor, counsel, version=1, changes={"bar_state": "VA"})


def test_a_cover_opens_the_files_for_its_days_only() -> None:
    actor, stands_in = coordinator(), person(Role.ATTORNEY)
    ill, by, group = counsel_of(), counsel_of(user=stands_in), group_of()
    engaged(actor, ill, group)
    later = today() + timedelta(days=2)
    cover = add_cover(actor, ill, by=by, from_date=later, to_date=later)
    assert not doors.groups(actor_of(stands_in)).exists()
    type(cover).objects.filter(pk=cover.pk).update(from_date=today())
    assert list(doors.groups(actor_of(stands_in))) == [group]
    type(cover).objects.filter(pk=cover.pk).update(
        from_date=today() - timedelta(days=3), to_date=today() - timedelta(days=1)
    )
    assert not doors.groups(actor_of(stands_in)).exists()


def test_who_is_kept_apart_cannot_stand_in() -> None:
    actor, ill, by, group = coordinator(), counsel_of(), counsel_of(), group_of()
    engaged(actor, ill, group)
    Separation.objects.create(group=group, counsel=by, reason="acted for the accused")
    with pytest.raises(FieldsRefused):
        add_cover(actor, ill, by=by, from_date=today(), to_date=today())


def test_an_attorney_arranges_an_own_cover_and_nobody_elses() -> None:
    user = person(Role.ATTORNEY)
    own, other = counsel_of(user=user), counsel_of()
    add_cover(actor_of(user), own, by=other, from_date=today(), to_date=today())
    with pytest.raises(NotThere):
        add_cover(actor_of(user), other, by=own, from_date=today(), to_date=today())


def test_a_party_is_voided_with_a_reason_and_not_checked_any_more() -> None:
    actor, group = coordinator(), group_of()
    party = add_party(actor, group, name="Ana Ruiz", relation="accused")
    with pytest.raises(Refusal):
        void_party(actor, party, version=1, reason=" ")
    void_party(actor, party, version=1, reason="Another case.")
    engaged(actor, counsel_of(), group_of(given_name="Ana", family_name="Ruiz"))


def test_others_do_not_reach_the_desk() -> None:
    with pytest.raises(NotThere):
        add_party(acting(Role.PLACEMENT_WORKER), group_of(), name="Ana Ruiz", relation="accused")
