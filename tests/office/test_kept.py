"""What every record of the office has in common."""

from uuid import UUID

import pytest

from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of, save_change, void
from posada.office.licensing.models import Home
from posada.office.refusals import Refusal, SomebodySavedFirst
from tests.office.people import acting, home_of


def test_a_record_has_an_opaque_id_and_begins_with_version_one() -> None:
    home = home_of()
    assert isinstance(home.pk, UUID)
    assert home.pk.version == 4
    assert home.version == 1


def test_a_voided_record_leaves_the_lists_and_keeps_its_history() -> None:
    actor, home = acting(Role.LICENSING_WORKER), home_of()
    void(home, version=1, actor=actor, reason="entered by mistake")
    assert not Home.objects.standing().filter(pk=home.pk).exists()
    assert Home.objects.filter(pk=home.pk).exists()
    assert [each.reason for each in revisions_of(home)] == ["entered by mistake"]


def test_voiding_needs_a_reason() -> None:
    home = home_of()
    with pytest.raises(Refusal):
        void(home, version=1, actor=acting(Role.LICENSING_WORKER), reason=" ")
    assert Home.objects.standing().filter(pk=home.pk).exists()


def test_the_second_to_save_is_shown_both_texts_and_nothing_is_overwritten() -> None:
    actor, home = acting(Role.LICENSING_WORKER), home_of()
    save_change(home, version=1, changes={"beds_any": 3}, actor=actor, act="home.edit")
    with pytest.raises(SomebodySavedFirst) as caught:
        save_change(home, version=1, changes={"beds_any": 5}, actor=actor, act="home.edit")
    assert caught.value.pairs == [("beds_any", (3, 5))]
    assert Home.objects.get(pk=home.pk).beds_any == 3


def test_saving_again_what_stands_already_changes_nothing() -> None:
    actor, home = acting(Role.LICENSING_WORKER), home_of()
    save_change(home, version=1, changes={"beds_any": 3}, actor=actor, act="home.edit")
    again = save_change(home, version=1, changes={"beds_any": 3}, actor=actor, act="home.edit")
    assert again.version == 2
    assert len(revisions_of(home)) == 1
