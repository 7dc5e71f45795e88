"""Enquiries are taken, given to workers and moved on; their contacts are sealed."""

import pytest
from django.utils import timezone

from posada.licensing.enquiry import Stage
from posada.office.access import doors
from posada.office.access.models import SealedValue
from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of
from posada.office.licensing import services
from posada.office.licensing.models import Enquiry
from posada.office.refusals import NotThere, Refusal, SomebodySavedFirst
from tests.office.people import acting, person

FIELDS = {
    "kind": "foster",
    "county_fips": "24031",
    "languages": ["spa"],
    "beds_offered": 3,
    "max_siblings": 3,
}
CONTACTS = {"contact_name": "Example Neighbor", "phone": "555-0101", "email": "neighbor@example.org"}


def enquiry_of(**fields: object) -> Enquiry:
    return services.take_enquiry(
        acting(Role.LICENSING_WORKER), fields={**FIELDS, **fields}, contacts=CONTACTS
    )


def test_what_somebody_says_of_themselves_is_sealed_at_once() -> None:
    made = enquiry_of()
    assert doors.has_sealed(made) == {"contact_name", "phone", "email"}
    assert not any(b"Neighbor" in bytes(each.sealed) for each in SealedValue.objects.all())
    assert "Neighbor" not in str([each.changed for each in revisions_of(made)])


def test_given_to_a_worker_it_stands_in_triage_with_an_owner() -> None:
    actor, worker, made = acting(Role.LICENSING_WORKER), person(Role.LICENSING_WORKER), enquiry_of()
    assert services.give(actor, [made.pk], owner_id=worker.pk) == 1
    made.refresh_from_db()
    assert (made.stage, made.owner) == ("triage", worker)


def test_it_is_given_to_nobody_but_a_licensing_worker() -> None:
    with pytest.raises(Refusal) as caught:
        services.give(acting(Role.LICENSING_WORKER), [enquiry_of().pk], owner_id=person(Role.AUDITOR).pk)
    assert caught.value.code == "no_worker"


def test_an_application_prepares_a_home_that_keeps_its_own_checks() -> None:
    actor, made = acting(Role.LICENSING_WORKER), enquiry_of()
    at_triage = services.move(actor, made, to="triage", version=made.version)
    applied = services.move(actor, at_triage, to="application", version=at_triage.version)
    assert applied.home is not None
    assert (applied.home.state, applied.home.has_typed_checks) == ("preparing", True)
    assert doors.has_sealed(applied.home) == {"contact_name", "phone", "email"}
    assert applied.furthest == "application"


def test_closing_needs_a_coded_reason_and_keeps_how_far_it_came() -> None:
    actor, made = acting(Role.LICENSING_WORKER), enquiry_of()
    at_triage = services.move(actor, made, to="triage", version=made.version)
    with pytest.raises(services.StepRefused) as caught:
        services.move(actor, at_triage, to="closed", version=at_triage.version)
    assert caught.value.code == "ending_needs_reason"
    closed = services.move(actor, at_triage, to="closed", version=at_triage.version, ending="not_reached")
    assert (closed.stage, closed.furthest, closed.ending_reason) == ("closed", "triage", "not_reached")


@pytest.mark.parametrize("to", ["open", "checks", "decision"])
def test_no_step_is_skipped(to: str) -> None:
    made = enquiry_of()
    with pytest.raises(services.StepRefused):
        services.move(acting(Role.LICENSING_WORKER), made, to=to, version=made.version)


def test_two_workers_at_once_do_not_overwrite_each_other() -> None:
    actor, made = acting(Role.LICENSING_WORKER), enquiry_of()
    services.move(actor, made, to="triage", version=made.version)
    with pytest.raises(SomebodySavedFirst):
        services.move(actor, made, to="on_hold", version=made.version)


def test_the_first_answer_is_the_first_time_that_somebody_was_reached() -> None:
    actor, made = acting(Role.LICENSING_WORKER), enquiry_of()
    services.note_call(actor, made, reached=False)
    assert Enquiry.objects.get(pk=made.pk).first_answer_at is None
    services.note_call(actor, made, reached=True)
    answered = Enquiry.objects.get(pk=made.pk).first_answer_at
    assert answered is not None
    assert answered <= timezone.now()


def test_calls_are_written_down_by_licensing_workers_only() -> None:
    with pytest.raises(NotThere):
        services.note_call(acting(Role.PLACEMENT_WORKER), enquiry_of(), reached=True)


def test_the_stages_of_the_tables_are_those_of_the_pure_room() -> None:
    assert Enquiry.Stage.values == [each.value for each in Stage]
