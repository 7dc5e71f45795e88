"""A form that comes from a device is taken once, overwrites nobody, and is never lost, whatever the order."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.access.models import RoleGrant
from posada.office.audit.models import Entry, Revision
from posada.office.away import receiving
from posada.office.away.devices import erase
from posada.office.away.models import AwayForm
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.placement import check_ins
from posada.office.placement.models import CheckIn
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst
from tests.office.away.devices_at_hand import day, due, worker, written
from tests.office.people import acting

STATE = AwayForm.State


def test_a_form_is_recorded_and_its_words_stand_in_the_check_in_alone() -> None:
    of, row = worker(), due()
    form = receiving.receive(of.actor, written(of, row, note="Seen at home."))
    row.refresh_from_db()
    assert (row.outcome, row.note, row.done_on, row.by_id) == ("safe", "Seen at home.", today(), of.user.pk)
    form.refresh_from_db()
    assert (form.state, form.note, form.outcome) == (STATE.RECORDED, "", "")


def test_the_same_form_sent_again_gives_the_same_receipt_and_writes_nothing() -> None:
    of, row = worker(), due()
    sent = written(of, row, outcome="not_reached")
    receiving.receive(of.actor, sent)
    before = (Entry.objects.count(), Revision.objects.count(), CheckIn.objects.get(pk=row.pk).tries)
    for _ in range(3):
        assert receiving.receive(of.actor, sent).state == STATE.RECORDED
    assert (Entry.objects.count(), Revision.objects.count(), CheckIn.objects.get(pk=row.pk).tries) == before
    assert AwayForm.objects.count() == 1


def test_the_same_form_twice_at_the_same_moment_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    of, row = worker(), due()
    sent, looks = written(of, row), receiving._check_in

    def meanwhile(actor: Actor, pk: UUID) -> CheckIn:
        monkeypatch.setattr(receiving, "_check_in", looks)
        receiving.receive(of.actor, sent)
        return looks(actor, pk)

    monkeypatch.setattr(receiving, "_check_in", meanwhile)
    assert receiving.receive(of.actor, sent).state == STATE.RECORDED
    assert AwayForm.objects.count() == 1 and CheckIn.objects.get(pk=row.pk).version == 2


def test_a_failure_of_the_writing_is_not_taken_for_the_same_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise IntegrityError("another row")

    of, row = worker(), due()
    monkeypatch.setattr(check_ins, "record", fails)
    with pytest.raises(IntegrityError, match="another row"):
        receiving.receive(of.actor, written(of, row))
    assert not AwayForm.objects.exists()


def test_in_whatever_order_two_devices_send_both_texts_are_kept() -> None:
    for order in permutations((0, 1, 2)):
        row, people = due(), [worker() for _ in range(3)]
        sent = [written(each, row, note=f"text {n}") for n, each in enumerate(people)]
        for n in order:
            receiving.receive(people[n].actor, sent[n])
        row.refresh_from_db()
        forms = AwayForm.objects.filter(check_in=row)
        assert sorted(each.state for each in forms) == [STATE.CONFLICT, STATE.CONFLICT, STATE.RECORDED]
        kept = {row.note, *(each.note for each in forms if each.note)}
        assert kept == {"text 0", "text 1", "text 2"}
        assert row.note == f"text {order[0]}"


def test_the_same_words_of_two_are_no_conflict() -> None:
    row, one, other = due(), worker(), worker()
    for each in (one, other):
        assert receiving.receive(each.actor, written(each, row, note="Same.")).state == STATE.RECORDED


def test_adding_puts_both_texts_together_and_a_concern_stays_one() -> None:
    row, of, other = due(), worker(), worker()
    receiving.receive(other.actor, written(other, row, note="All was quiet."))
    form = receiving.receive(of.actor, written(of, row, outcome="concern", note="The child is afraid."))
    row.refresh_from_db()
    done = receiving.settle(of.actor, form, add=True, version=row.version)
    assert "All was quiet." in done.note and "The child is afraid." in done.note
    assert done.outcome == "concern"
    assert Task.objects.filter(kind="concern", once_key=f"concern:{row.pk}").count() == 1
    settled = AwayForm.objects.get(pk=form.pk)
    assert (settled.state, settled.note, settled.outcome, settled.on) == (STATE.ADDED, "", "", None)
    with pytest.raises(NotThere):
        receiving.settle(of.actor, form, add=True, version=done.version)


def test_adding_without_a_note_adds_the_day_what_came_of_it_and_the_address() -> None:
    row, of, other = due(), worker(), worker()
    receiving.receive(other.actor, written(other, row, note="All was quiet."))
    form = receiving.receive(of.actor, written(of, row, outcome="not_reached", address_confirmed=True))
    row.refresh_from_db()
    done = receiving.settle(of.actor, form, add=True, version=row.version)
    assert done.note == f"All was quiet.\n\n{day(today())}: Tried, not reached: not done."
    row.home.refresh_from_db()
    assert row.home.address_confirmed_on == today()


def test_an_address_that_was_confirmed_later_keeps_its_day() -> None:
    row, of, other = due(), worker(), worker()
    receiving.receive(other.actor, written(other, row, address_confirmed=True))
    before = day(today() - timedelta(days=1))
    form = receiving.receive(of.actor, written(of, row, on=before, address_confirmed=True))
    row.refresh_from_db()
    receiving.settle(of.actor, form, add=True, version=row.version)
    row.home.refresh_from_db()
    assert row.home.address_confirmed_on == today()


def test_the_same_words_with_an_address_that_nobody_confirmed_yet_ask() -> None:
    row, of, other = due(), worker(), worker()
    receiving.receive(other.actor, written(other, row, note="Same."))
    sent = written(of, row, note="Same.", address_confirmed=True)
    assert receiving.receive(of.actor, sent).state == STATE.CONFLICT


def test_who_settles_by_an_old_text_is_stopped() -> None:
    row, of, other = due(), worker(), worker()
    receiving.receive(other.actor, written(other, row, note="All was quiet."))
    form = receiving.receive(of.actor, written(of, row, note="Mine."))
    with pytest.raises(SomebodySavedFirst):
        receiving.settle(of.actor, form, add=True, version=1)
    assert AwayForm.objects.get(pk=form.pk).state == STATE.CONFLICT


def test_a_try_that_somebody_else_wrote_down_first_asks_too() -> None:
    row, of = due(), worker()
    check_ins.record(of.actor, row, version=1, outcome="not_reached", on=today(), note="Nobody opened.")
    form = receiving.receive(of.actor, written(of, row, note="She was there."))
    assert form.state == STATE.CONFLICT
    done = receiving.settle(of.actor, form, add=True, version=2)
    assert (done.outcome, done.done_on) == ("safe", today())
    assert "Nobody opened." in done.note and "She was there." in done.note


def test_leaving_changes_nothing_and_keeps_the_words() -> None:
    row, of, other = due(), worker(), worker()
    receiving.receive(other.actor, written(other, row, note="Theirs."))
    form = receiving.receive(of.actor, written(of, row, note="Mine."))
    receiving.settle(of.actor, form, add=False, version=0)
    assert CheckIn.objects.get(pk=row.pk).note == "Theirs."
    kept = AwayForm.objects.get(pk=form.pk)
    assert (kept.state, kept.note) == (STATE.LEFT, "Mine.")


def test_a_check_in_that_was_called_off_meanwhile_loses_no_word() -> None:
    row, of = due(), worker()
    CheckIn.objects.filter(pk=row.pk).update(voided_at=timezone.now(), voided_reason="moved")
    form = receiving.receive(of.actor, written(of, row, note="I was there."))
    assert (form.state, form.note) == (STATE.CONFLICT, "I was there.")
    with pytest.raises(Refusal):
        receiving.settle(of.actor, form, add=True, version=1)
    receiving.settle(of.actor, form, add=False, version=1)


def test_what_was_typed_wrongly_is_refused_and_stays_on_the_device() -> None:
    of, row = worker(), due()
    for wrong in ({"on": day(today() + timedelta(days=1))}, {"outcome": "fine"}, {"on": "soon"}):
        with pytest.raises(FieldsRefused):
            receiving.receive(of.actor, written(of, row, **wrong))
    assert not AwayForm.objects.exists()


def test_a_form_that_was_changed_or_whose_key_is_gone_is_not_read() -> None:
    of, row = worker(), due()
    sent = written(of, row)
    with pytest.raises(receiving.NotReadable):
        receiving.receive(of.actor, replace(sent, box=replace(sent.box, bound="other")))
    erase(of.actor, [of.device])
    with pytest.raises(NotThere):
        receiving.receive(of.actor, sent)
    assert not AwayForm.objects.exists()


def test_nothing_is_taken_from_whom_the_group_or_the_role_was_taken() -> None:
    of, row, mine = worker(), due(), worker()
    sent = written(of, row)
    with pytest.raises(NotThere):
        receiving.receive(mine.actor, replace(sent, form_id=uuid4()))
    narrow = acting()
    with pytest.raises(NotThere):
        receiving.receive(narrow, sent)
    receiving.receive(of.actor, sent)
    with pytest.raises(NotThere):  # another's form, sent again by somebody else
        receiving.receive(mine.actor, sent)
    RoleGrant.objects.filter(user=of.user).update(until_at=timezone.now())
    assert AwayForm.objects.count() == 1
