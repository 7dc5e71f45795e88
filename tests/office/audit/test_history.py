"""A change compares versions, keeps before and after, and is in the log by field names only."""

import pytest

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit import history
from posada.office.audit.models import Entry, Revision
from posada.office.licensing.models import Home
from posada.office.refusals import Refusal, SomebodySavedFirst
from tests.office.people import acting, home_of


@pytest.fixture
def worker() -> Actor:
    return acting(Role.LICENSING_WORKER)


def test_a_change_is_written_with_both_values_and_logged_by_field(worker: Actor) -> None:
    home = home_of(beds_any=4)
    now = history.save_change(
        home, version=1, changes={"beds_any": 3}, actor=worker, act="home.change", reason="a bed broke"
    )
    assert (now.version, now.beds_any) == (2, 3)
    kept = history.revisions_of(home)[0]
    assert (kept.changed, kept.reason, kept.by) == ({"beds_any": [4, 3]}, "a bed broke", worker.user)
    assert Entry.objects.get(act="home.change").detail == {"fields": ["beds_any"]}


def test_the_second_to_save_sees_both_versions_and_writes_nothing(worker: Actor) -> None:
    home = home_of(beds_any=4)
    history.save_change(home, version=1, changes={"beds_any": 3}, actor=worker, act="x")
    with pytest.raises(SomebodySavedFirst) as caught:
        history.save_change(home, version=1, changes={"beds_any": 2, "kind": "foster"}, actor=worker, act="x")
    assert (caught.value.theirs, caught.value.yours) == ({"beds_any": 3}, {"beds_any": 2})
    assert caught.value.version == 2
    assert Home.objects.get(pk=home.pk).beds_any == 3


def test_saving_what_stands_already_writes_nothing(worker: Actor) -> None:
    home = home_of(beds_any=4)
    history.save_change(home, version=1, changes={"beds_any": 4}, actor=worker, act="x")
    history.save_change(home, version=7, changes={"beds_any": 4}, actor=worker, act="x")
    assert Home.objects.get(pk=home.pk).version == 1
    assert not Revision.objects.exists() and not Entry.objects.exists()


def test_who_wants_what_somebody_saved_meanwhile_is_asked_nothing_and_overwrites_nothing(
    worker: Actor,
) -> None:
    home = home_of(beds_any=4)
    changes = {"beds_any": 3, "kind": "shelter"}
    history.save_change(home, version=1, changes=changes, actor=worker, act="x")
    now = history.save_change(home, version=1, changes={"beds_any": 3}, actor=worker, act="x")
    assert (now.version, now.beds_any, now.kind) == (2, 3, "shelter")
    assert Revision.objects.count() == Entry.objects.count() == 1


def test_a_new_record_begins_its_history(worker: Actor) -> None:
    made = history.save_new(
        Home(
            home_id="H-9",
            kind="foster",
            county_fips="24031",
            licensed_capacity=2,
            beds_girls=0,
            beds_boys=0,
            beds_any=2,
        ),
        actor=worker,
        act="home.new",
    )
    kept = history.revisions_of(made)[0]
    assert kept.version == 1
    assert kept.changed["licensed_capacity"] == [None, 2]


def test_a_mistake_is_voided_with_its_reason_and_stays_in_its_history(worker: Actor) -> None:
    home = home_of()
    with pytest.raises(Refusal):
        history.void(home, version=1, actor=worker, reason=" ")
    gone = history.void(home, version=1, actor=worker, reason="entered twice")
    assert gone.voided_at is not None
    assert Entry.objects.get().act == "licensing.home.void"
    assert len(history.revisions_of(home)) == 1


def test_history_is_read_newest_first(worker: Actor) -> None:
    home = home_of(beds_any=4)
    for version, beds in ((1, 3), (2, 2), (3, 1)):
        history.save_change(home, version=version, changes={"beds_any": beds}, actor=worker, act="x")
    assert [each.version for each in history.revisions_of(home)] == [4, 3, 2]
