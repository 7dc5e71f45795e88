"""A counsel who leaves leaves nothing to nobody."""

from datetime import timedelta

import pytest

from posada.office.access.roles import Role
from posada.office.counsel.leaving import StillHolds, deactivate, hand_over, held_by, unowned
from posada.office.counsel.models import Cover, Engagement
from posada.office.counsel.people import add_cover, add_party
from posada.office.counsel.rechecks import standing_engagements
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.refusals import FieldsRefused
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import counsel_of, group_of, person


def test_deactivation_is_refused_while_anything_is_theirs() -> None:
    actor, leaves = coordinator(), counsel_of(user=person(Role.ATTORNEY))
    engaged(actor, leaves, group_of())
    leaves.refresh_from_db()
    with pytest.raises(StillHolds, match="1 engagements"):
        deactivate(actor, leaves, version=leaves.version, reason="Left the firm.")
    Engagement.objects.all().update(until_date=today(), end_reason="x")
    Task.objects.create(kind="other", role=Role.ATTORNEY, owner=leaves.user)
    with pytest.raises(StillHolds, match="1 tasks"):
        deactivate(actor, leaves, version=leaves.version, reason="Left the firm.")


def test_everything_goes_to_the_new_counsel_as_far_as_slots_reach_and_the_rest_to_the_queue() -> None:
    actor, leaves = coordinator(), counsel_of(user=person(Role.ATTORNEY), open_slots=3)
    takes = counsel_of(user=person(Role.ATTORNEY), open_slots=2)
    for _ in range(3):
        engaged(actor, leaves, group_of())
    mentee = counsel_of(mentor=leaves)
    cover = add_cover(actor, counsel_of(), by=leaves, from_date=today(), to_date=today() + timedelta(days=9))
    Task.objects.create(kind="other", role=Role.ATTORNEY, owner=leaves.user, counsel=leaves)
    done = hand_over(actor, leaves, to=takes, words="Moves to another state.")
    assert (done.taken, done.queued) == (2, 1)
    assert standing_engagements().filter(counsel=takes).count() == 2
    assert Task.objects.filter(kind="find_counsel", done_at__isnull=True).count() == 1
    assert Task.objects.get(kind="other").owner == takes.user
    mentee.refresh_from_db()
    assert mentee.mentor == takes
    assert Cover.objects.filter(pk=cover.pk, voided_at__isnull=True).count() == 0
    assert held_by(leaves).total == 0
    leaves.refresh_from_db()
    gone = deactivate(actor, leaves, version=leaves.version, reason="Left the firm.")
    assert (gone.is_active, gone.open_slots, unowned()) == (False, 0, 0)


def test_without_a_successor_everything_stands_in_the_coordinators_queue() -> None:
    actor, leaves = coordinator(), counsel_of(user=person(Role.ATTORNEY))
    engaged(actor, leaves, group_of())
    Task.objects.create(kind="other", role=Role.ATTORNEY, owner=leaves.user, counsel=leaves)
    hand_over(actor, leaves, to=None, words="Is ill for long.")
    assert set(Task.objects.values_list("role", "owner")) == {(Role.LEGAL_COORDINATOR, None)}
    leaves.refresh_from_db()
    deactivate(actor, leaves, version=leaves.version, reason="Is ill for long.")
    assert unowned() == 0


def test_an_engagement_that_has_not_begun_is_handed_over_too() -> None:
    actor, leaves, takes = coordinator(), counsel_of(), counsel_of()
    engaged(actor, leaves, group_of(), from_date=today() + timedelta(days=3))
    hand_over(actor, leaves, to=takes, words="Left the firm.")
    assert held_by(leaves).engagements == 0


def test_a_conflict_sends_the_group_to_the_queue_instead() -> None:
    actor, leaves, takes, group = coordinator(), counsel_of(), counsel_of(), group_of()
    engaged(actor, takes, group_of(given_name="Ana", family_name="Ruiz"))
    engaged(actor, leaves, group)
    add_party(actor, group, name="Ana Ruiz", relation="accused")
    done = hand_over(actor, leaves, to=takes, words="Left the firm.")
    assert (done.taken, done.queued) == (0, 1)


def test_handing_over_to_oneself_or_without_words_is_refused() -> None:
    actor, leaves = coordinator(), counsel_of()
    with pytest.raises(FieldsRefused):
        hand_over(actor, leaves, to=leaves, words="Left the firm.")
    with pytest.raises(FieldsRefused):
        hand_over(actor, leaves, to=None, words="")
