"""Large imports are looked at and taken by the worker, for a person who still may."""

from posada.office.access.actor import actor_of
from posada.office.access.models import RoleGrant
from posada.office.access.roles import Role
from posada.office.intake import jobs, services
from posada.office.intake.models import Child, Import
from tests.office.intake.folders import folder, spoiled
from tests.office.people import person


def test_the_worker_looks_and_takes() -> None:
    user = person(Role.INTAKE_WORKER)
    actor = actor_of(user)
    brought = services.bring(folder(), actor=actor)
    jobs.look_at.call(str(brought.pk))
    brought.refresh_from_db()
    assert brought.state == "preview"
    version = services.mark_taking(brought.pk, version=brought.version, actor=actor)
    jobs.take_import.call(str(brought.pk), version, str(user.pk))
    assert Child.objects.count() == 3
    jobs.take_import.call(str(brought.pk), version, str(user.pk))
    assert Child.objects.count() == 3


def test_somebody_who_may_no_longer_takes_nothing_and_the_import_waits_again() -> None:
    user = person(Role.INTAKE_WORKER)
    looked = services.preview(folder(), actor=actor_of(user))
    version = services.mark_taking(looked.pk, version=looked.version, actor=actor_of(user))
    RoleGrant.objects.filter(user=user).update(until_at="2020-01-01T00:00Z")
    jobs.take_import.call(str(looked.pk), version, str(user.pk))
    looked.refresh_from_db()
    assert (looked.state, looked.report["refused"], Child.objects.count()) == ("preview", "not_there", 0)


def test_what_changed_meanwhile_is_shown_anew() -> None:
    user = person(Role.INTAKE_WORKER)
    looked = services.preview(folder(), actor=actor_of(user))
    version = services.mark_taking(looked.pk, version=looked.version, actor=actor_of(user))
    other = services.preview(
        spoiled(folder(), "children.csv", "2012-03-04", "2012-03-05"), actor=actor_of(user)
    )
    services.take(other.pk, version=other.version, actor=actor_of(user))
    jobs.take_import.call(str(looked.pk), version, str(user.pk))
    found = Import.objects.get(pk=looked.pk)
    assert (found.state, found.report["refused"], found.report["difference_count"]) == (
        "preview",
        "look_again",
        1,
    )
