"""One human being is never two persons: not by a second account, an old approval, or another scope."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posada.office.access import two_persons
from posada.office.access.actor import actor_of, machine
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.refusals import NotThere, Refusal, TextNotKept
from tests.office.people import acting, person

ACT, SCOPE, WHY = "export.program", {"sealed": False}, "for the state's audit"


def test_asked_by_one_answered_by_another_used_once() -> None:
    dora, dan = acting(Role.PROGRAM_DIRECTOR), acting(Role.ADMINISTRATOR)
    asked = two_persons.ask(dora, ACT, scope=SCOPE, reason=WHY)
    two_persons.answer(dan, asked.pk, approve=True)
    assert two_persons.use(dora, asked.pk, ACT, scope=SCOPE).state == Approval.State.USED
    with pytest.raises(two_persons.Expired):
        two_persons.use(dora, asked.pk, ACT, scope=SCOPE)


def test_the_asker_and_the_askers_other_account_do_not_answer() -> None:
    user = person(Role.PROGRAM_DIRECTOR)
    asked = two_persons.ask(actor_of(user), ACT, scope=SCOPE, reason=WHY)
    for same in (actor_of(user), acting(Role.PROGRAM_DIRECTOR, person_key=user.person_key)):
        with pytest.raises(two_persons.NotYours):
            two_persons.answer(same, asked.pk, approve=True)


def test_a_reason_that_no_column_keeps_is_refused_on_every_database() -> None:
    dora = acting(Role.PROGRAM_DIRECTOR)
    assert len(two_persons.ask(dora, ACT, scope=SCOPE, reason="x" * 500).reason) == 500
    with pytest.raises(TextNotKept):
        two_persons.ask(dora, ACT, scope=SCOPE, reason="x" * 501)


def test_only_roles_of_the_act_ask_and_answer() -> None:
    asked = two_persons.ask(acting(Role.PROGRAM_DIRECTOR), ACT, scope=SCOPE, reason=WHY)
    for other in (acting(Role.INTAKE_WORKER), machine("job")):
        with pytest.raises(NotThere):
            two_persons.ask(other, ACT, scope=SCOPE, reason=WHY)
        with pytest.raises(NotThere):
            two_persons.answer(other, asked.pk, approve=True)


def test_a_worker_asks_to_open_more_and_does_not_answer_for_a_colleague() -> None:
    asked = two_persons.ask(acting(Role.INTAKE_WORKER), "sealed.bulk", scope={}, reason=WHY)
    with pytest.raises(NotThere):
        two_persons.answer(acting(Role.INTAKE_WORKER), asked.pk, approve=True)
    with pytest.raises(NotThere):
        two_persons.ask(acting(Role.AUDITOR), "sealed.bulk", scope={}, reason=WHY)


def test_an_approval_is_for_its_scope_its_act_its_asker_and_its_hour() -> None:
    dora, dan = acting(Role.PROGRAM_DIRECTOR), acting(Role.ADMINISTRATOR)
    asked = two_persons.ask(dora, ACT, scope=SCOPE, reason=WHY)
    with pytest.raises(two_persons.Expired):
        two_persons.use(dora, asked.pk, ACT, scope=SCOPE)
    two_persons.answer(dan, asked.pk, approve=True)
    for actor, act, scope in (
        (dora, ACT, {"sealed": True}),
        (dora, "retention.purge", SCOPE),
        (dan, ACT, SCOPE),
    ):
        with pytest.raises(two_persons.Expired):
            two_persons.use(actor, asked.pk, act, scope=scope)
    Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(two_persons.Expired):
        two_persons.use(dora, asked.pk, ACT, scope=SCOPE)


def test_an_approval_does_not_stand_where_the_clock_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    dora, dan = acting(Role.PROGRAM_DIRECTOR), acting(Role.ADMINISTRATOR)
    asked = two_persons.ask(dora, ACT, scope=SCOPE, reason=WHY)
    two_persons.answer(dan, asked.pk, approve=True)
    real = timezone.now
    with monkeypatch.context() as set_back:
        set_back.setattr(timezone, "now", lambda: real() - timedelta(days=1))
        with pytest.raises(two_persons.Expired):
            two_persons.use(dora, asked.pk, ACT, scope=SCOPE)
    assert two_persons.use(dora, asked.pk, ACT, scope=SCOPE).state == Approval.State.USED


def test_a_scope_that_was_changed_in_the_table_is_not_what_was_approved() -> None:
    dora, dan = acting(Role.PROGRAM_DIRECTOR), acting(Role.ADMINISTRATOR)
    asked = two_persons.ask(dora, ACT, scope=SCOPE, reason=WHY)
    two_persons.answer(dan, asked.pk, approve=True)
    Approval.objects.update(scope={"sealed": True})
    with pytest.raises(two_persons.Expired):
        two_persons.use(dora, asked.pk, ACT, scope={"sealed": True})


def test_an_answer_is_given_once_and_in_time() -> None:
    dora, dan = acting(Role.PROGRAM_DIRECTOR), acting(Role.ADMINISTRATOR)
    asked = two_persons.ask(dora, ACT, scope=SCOPE, reason=WHY)
    two_persons.answer(dan, asked.pk, approve=False, reason="not yet")
    with pytest.raises(two_persons.Expired):
        two_persons.answer(dan, asked.pk, approve=True)
    late = two_persons.ask(dora, ACT, scope=SCOPE, reason=WHY)
    Approval.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(two_persons.Expired):
        two_persons.answer(dan, late.pk, approve=True)


def test_a_request_says_why() -> None:
    with pytest.raises(Refusal):
        two_persons.ask(acting(Role.PROGRAM_DIRECTOR), ACT, scope=SCOPE, reason=" ")


def test_the_spelling_of_a_scope_does_not_matter_and_its_content_does() -> None:
    assert two_persons.digest("a", {"x": 1, "y": 2}) == two_persons.digest("a", {"y": 2, "x": 1})
    assert two_persons.digest("a", {"x": 1}) != two_persons.digest("b", {"x": 1})
    assert two_persons.digest("a", {"x": 1}) != two_persons.digest("a", {"x": "1"})


def test_who_lost_the_role_meanwhile_uses_no_approval() -> None:
    asker = person(Role.PROGRAM_DIRECTOR)
    asked = two_persons.ask(actor_of(asker), "export.program", scope={"a": 1}, reason="for the audit")
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    asker.grants.update(until_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(two_persons.Expired):
        two_persons.use(actor_of(asker), asked.pk, "export.program", scope={"a": 1})
    assert Approval.objects.get(pk=asked.pk).state == Approval.State.APPROVED
