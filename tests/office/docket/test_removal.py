"""Removal is refused while a remedy stands unexamined or open, and takes two human beings."""

from collections.abc import Iterator
from datetime import date

import pytest

from posada.docket.remedies import remedy_table
from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.access.two_persons import Expired, NotYours
from posada.office.audit.models import Entry
from posada.office.docket import removal
from posada.office.docket.closing import excuse
from posada.office.docket.models import CaseOutcome, Deadline
from posada.office.docket.recompute import recompute
from posada.office.docket.register import NewEntry, record_entry
from posada.office.intake.models import Child
from posada.office.refusals import FieldsRefused, NotThere
from tests.office.docket.cases import attorney_of, child_of
from tests.office.people import acting, browser_of, group_of, person

ASKED = removal.Asked(
    on=date(2026, 11, 20),
    reason="every remedy was examined and none is left",
    explained_language="mam",
    explained_by="Maria Example, interpreter",
    explained_on=date(2026, 11, 23),
)


@pytest.fixture
def spent() -> Iterator[tuple[Actor, Child]]:
    """A child of whom counsel has examined every remedy, and nothing is left."""
    group = group_of(languages=["mam"])
    _user, actor = attorney_of(group)
    child = child_of(group)
    recompute(actor, [group.pk], because="test")
    for row in Deadline.objects.filter(child=child):
        excuse(actor, row, version=row.version, why="no claim is left")
    for remedy in remedy_table():
        new = NewEntry(remedy.remedy_id, "not_available", reason="examined; no facts for it")
        record_entry(actor, child, new)
    yield actor, child


def test_nobody_records_it_while_a_remedy_stands_unexamined() -> None:
    group = group_of(languages=["mam"])
    _user, actor = attorney_of(group)
    child = child_of(group)
    with pytest.raises(removal.StandsInTheWay) as refused:
        removal.ask(actor, child, ASKED, language="en")
    told = refused.value.obstacles
    assert sum("Counsel has not examined" in each for each in told) == len(remedy_table())
    assert "Counsel has not examined: Protection under the Convention against Torture." in told
    assert not CaseOutcome.objects.exists()
    assert not Approval.objects.exists()
    assert Entry.objects.filter(act="removal.refused").count() == 1


@pytest.mark.parametrize("state", ["open", "filed", "granted"])
def test_one_remedy_that_is_not_spent_stands_in_the_way(spent: tuple[Actor, Child], state: str) -> None:
    actor, child = spent
    record_entry(actor, child, NewEntry("t_visa", state, evidence="receipt"))
    with pytest.raises(removal.StandsInTheWay) as refused:
        removal.ask(actor, child, ASKED, language="en")
    assert len(refused.value.obstacles) >= 1


def test_an_open_date_of_a_remedy_stands_in_the_way(spent: tuple[Actor, Child]) -> None:
    actor, child = spent
    from tests.office.docket.cases import record

    record(actor, child, "in_absentia_order", date(2026, 11, 20))
    with pytest.raises(removal.StandsInTheWay) as refused:
        removal.ask(actor, child, ASKED, language="es")
    assert any("plazo" in each.lower() for each in refused.value.obstacles)


def test_two_persons_record_it_when_nothing_is_left(spent: tuple[Actor, Child]) -> None:
    actor, child = spent
    approval = removal.ask(actor, child, ASKED, language="en")
    second = acting(Role.LEGAL_COORDINATOR)
    removal.answer(second, child, approval, approve=True, reason="I read the statement")
    kept = removal.record(actor, child, ASKED, approval.pk, language="en")
    assert (kept.kind, kept.approval_id, kept.on) == ("removal", approval.pk, date(2026, 11, 20))
    assert removal.outcome_of(child) == kept
    with pytest.raises(Expired):
        removal.record(actor, child, ASKED, approval.pk, language="en")


def test_the_same_human_being_by_another_account_is_refused(spent: tuple[Actor, Child]) -> None:
    actor, child = spent
    approval = removal.ask(actor, child, ASKED, language="en")
    with pytest.raises(NotYours):
        removal.answer(actor, child, approval, approve=True, reason="I agree with myself")
    twin = actor_of(person(Role.LEGAL_COORDINATOR, person_key=actor.person_key))
    with pytest.raises(NotYours):
        removal.answer(twin, child, approval, approve=True, reason="I agree with myself")
    with pytest.raises(Expired):
        removal.record(actor, child, ASKED, approval.pk, language="en")
    assert not CaseOutcome.objects.exists()


def test_an_approval_holds_for_the_register_as_it_stood(spent: tuple[Actor, Child]) -> None:
    actor, child = spent
    approval = removal.ask(actor, child, ASKED, language="en")
    removal.answer(acting(Role.LEGAL_COORDINATOR), child, approval, approve=True, reason="read")
    record_entry(actor, child, NewEntry("u_visa", "open"))
    with pytest.raises(Expired):
        removal.record(actor, child, ASKED, approval.pk, language="en")
    record_entry(actor, child, NewEntry("u_visa", "not_available", reason="examined; no facts for it"))
    with pytest.raises(Expired):
        removal.record(actor, child, ASKED, approval.pk, language="en")


def test_who_does_not_agree_stops_it(spent: tuple[Actor, Child]) -> None:
    actor, child = spent
    approval = removal.ask(actor, child, ASKED, language="en")
    removal.answer(acting(Role.LEGAL_COORDINATOR), child, approval, approve=False, reason="look at T status")
    with pytest.raises(Expired):
        removal.record(actor, child, ASKED, approval.pk, language="en")
    assert removal.pending(child) is None


def test_a_child_who_has_not_heard_it_in_the_own_language_stands_in_the_way(
    spent: tuple[Actor, Child],
) -> None:
    actor, child = spent
    from dataclasses import replace

    with pytest.raises(removal.StandsInTheWay):
        removal.ask(actor, child, replace(ASKED, explained_language="spa"), language="en")
    with pytest.raises(FieldsRefused):
        removal.ask(actor, child, replace(ASKED, explained_on=date(2026, 11, 25)), language="en")
    with pytest.raises(NotThere):
        removal.ask(acting(Role.INTAKE_WORKER), child, ASKED, language="en")


def test_in_the_browser_the_refusal_is_a_page_that_names_everything() -> None:
    group = group_of(languages=["mam"])
    user, _actor = attorney_of(group)
    child = child_of(group)
    form = {
        "on": "2026-11-20",
        "reason": "nothing is left",
        "explained_language": "mam",
        "explained_by": "Maria Example",
        "explained_on": "2026-11-23",
    }
    found = browser_of(user).post(f"/children/{child.pk}/removal/", form)
    assert found.status_code == 422
    text = found.content.decode()
    assert "Removal cannot be recorded for" in text
    assert "Nothing was recorded. The attempt stands in the log." in text
    assert text.count("Counsel has not examined") == len(remedy_table())


def test_in_the_browser_two_persons_go_through_it(spent: tuple[Actor, Child]) -> None:
    actor, child = spent
    assert actor.user is not None
    first, boss = browser_of(actor.user), person(Role.LEGAL_COORDINATOR)
    address = f"/children/{child.pk}/removal/"
    form = {
        "on": "2026-11-20",
        "reason": "nothing is left",
        "explained_language": "mam",
        "explained_by": "Maria Example",
        "explained_on": "2026-11-23",
    }
    assert first.post(address, form).status_code == 302
    assert "Another person must answer" in first.get(address).content.decode()
    assert first.post(address + "answer/", {"answer": "agree"}).status_code == 422
    second = browser_of(boss)
    assert "I have read the statement, and agree" in second.get(address).content.decode()
    assert second.post(address + "answer/", {"answer": "agree", "reason": "read it"}).status_code == 302
    assert first.post(address + "record/").status_code == 302
    assert "Removal is recorded as the outcome" in first.get(address).content.decode()
    assert CaseOutcome.objects.get().child_id == child.pk
