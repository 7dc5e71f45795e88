"""Any change of the log shows, with the entry; sixty thousand entries are read while a person waits."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.audit import chain
from posada.office.audit.models import DailyDigest, Entry, Head
from tests.office.people import acting

ENTRIES = 12
CHANGES: dict[str, Any] = {
    "at": timezone.now() - timedelta(days=400),
    "actor": uuid4(),
    "acting_as": "administrator",
    "act": "other.act",
    "subject_kind": "intake.child",
    "subject_id": "7",
    "detail": {"count": 2},
    "previous": "f" * 64,
    "digest": "f" * 64,
}


@pytest.fixture
def written() -> int:
    who = acting(Role.AUDITOR)
    for number in range(ENTRIES):
        chain.append(who, "test.act", detail={"n": number, "text": "Ñ"})
    return ENTRIES


def rechain(start: int) -> None:
    """What somebody does who writes all tables and knows the code: digests anew from an entry on, and the head."""
    before = Entry.objects.filter(number=start - 1).values_list("digest", flat=True).first() or chain.START
    for entry in Entry.objects.filter(number__gte=start).order_by("number"):
        entry.previous = before
        before = chain.digest_of(entry)
        Entry.objects.filter(pk=entry.pk).update(previous=entry.previous, digest=before)
    Head.objects.update(number=Entry.objects.count(), digest=before)


def test_an_untouched_log_is_right(written: int) -> None:
    assert chain.verify() == chain.Verdict(written)


def test_an_empty_log_is_right() -> None:
    assert chain.verify() == chain.Verdict(0)


def test_every_column_is_covered() -> None:
    columns = {field.name for field in Entry._meta.concrete_fields}
    assert columns == {*CHANGES, "number"}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("number", [1, 6, ENTRIES])
def test_a_change_of_any_column_of_any_entry_shows_with_its_number(
    written: int, column: str, number: int
) -> None:
    Entry.objects.filter(number=number).update(**{column: CHANGES[column]})
    assert chain.verify().broken_at == number


@pytest.mark.parametrize("number", [1, 6, ENTRIES])
def test_an_entry_that_was_taken_out_shows(written: int, number: int) -> None:
    Entry.objects.filter(number=number).delete()
    assert chain.verify().broken_at == number


@pytest.mark.parametrize("kept", [0, 5, ENTRIES - 1])
def test_a_cut_tail_shows(written: int, kept: int) -> None:
    Entry.objects.filter(number__gt=kept).delete()
    assert chain.verify().broken_at == kept + 1


@pytest.mark.parametrize("kept", [1, 5, ENTRIES - 1])
def test_a_cut_tail_shows_though_the_head_was_changed_with_it(written: int, kept: int) -> None:
    Entry.objects.filter(number__gt=kept).delete()
    rechain(kept)
    verdict = chain.verify()
    assert verdict.broken_at == kept
    assert "not signed" in verdict.fault


def test_two_entries_that_changed_places_show(written: int) -> None:
    one, other = Entry.objects.get(number=4), Entry.objects.get(number=5)
    for mine, theirs in ((one, other), (other, one)):
        Entry.objects.filter(pk=mine.pk).update(detail=theirs.detail, digest=theirs.digest)
    assert chain.verify().broken_at == 4


@pytest.mark.parametrize("start", [1, 6, ENTRIES])
def test_a_log_that_was_written_anew_from_an_entry_on_shows(written: int, start: int) -> None:
    Entry.objects.filter(number=start).update(act="nothing.happened")
    rechain(start)
    assert chain.verify().broken_at is not None


def test_an_old_head_that_was_put_back_shows_by_the_signed_day(written: int) -> None:
    old = Head.objects.get()
    chain.append(machine("test"), "later.act")
    chain.sign_day(timezone.localdate())
    Entry.objects.filter(number__gt=old.number).delete()
    old.save()
    assert chain.verify().broken_at == written + 1


def test_signed_days_hold_together(written: int) -> None:
    today = timezone.localdate()
    days = [today, today + timedelta(days=1), today + timedelta(days=2)]
    for day in days:
        chain.sign_day(day)
    assert chain.verify().broken_at is None
    assert chain.sign_day(today) == DailyDigest.objects.get(day=today)
    DailyDigest.objects.filter(day=days[1]).delete()
    assert chain.verify().broken_at is not None


@pytest.mark.parametrize(("column", "value"), [("number", 3), ("digest", "f" * 64), ("signature", "f" * 64)])
def test_a_signed_day_that_was_changed_shows(written: int, column: str, value: object) -> None:
    chain.sign_day(timezone.localdate())
    DailyDigest.objects.update(**{column: value})
    assert chain.verify().broken_at is not None


def test_a_clock_that_was_wrong_for_a_day_makes_no_false_alarm(written: int) -> None:
    """It jumps a year ahead, a day is signed, it jumps back; the days after are signed and all hold."""
    today = timezone.localdate()
    chain.sign_day(today - timedelta(days=1))
    ahead = chain.append(machine("test"), "while.ahead")
    entry = Entry.objects.get(pk=ahead.pk)
    later = timezone.now() + timedelta(days=365)
    entry.at, entry.digest = later, ""
    entry.digest = chain.digest_of(entry)
    entry.save()
    head = {"digest": entry.digest, "signature": chain.sign("head", entry.number, entry.digest)}
    Head.objects.update(**head)
    assert chain.sign_day(timezone.localdate(later)) is not None
    assert chain.sign_day(today) is None
    chain.append(machine("test"), "back.again")
    assert chain.sign_day(today) is not None
    assert chain.verify().broken_at is None


def test_a_day_before_the_first_entry_is_not_signed(written: int) -> None:
    assert chain.sign_day(date(2020, 1, 1)) is None


def test_an_entry_that_cannot_be_written_stops_the_act() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO audit_entry_gone")
    with pytest.raises(Exception, match="audit_entry"):
        chain.append(machine("test"), "test.act")


def test_an_entry_names_who_acted_in_which_roles() -> None:
    who = acting(Role.AUDITOR, Role.LICENSING_WORKER)
    entry = chain.append(who, "test.act", subject=who.user)
    assert (entry.actor, entry.acting_as) == (who.user_id, "auditor,licensing_worker")
    assert (entry.subject_kind, entry.subject_id) == ("access.user", str(who.user_id))
    assert chain.append(machine("posada import"), "x").acting_as == "posada import"
