"""A key comes and goes by two persons; none goes while anything needs it, and none is ever lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from posada.newsroom.deployment import letters_key_of, make_newsroom
from posada.newsroom.letters import post_letter, seal_letter
from posada.office.access import doors, key_asking, two_persons
from posada.office.access.actor import Actor, actor_of
from posada.office.access.key_ring import key_number, sealing_keys
from posada.office.access.models import Approval, RoleGrant
from posada.office.access.resealing import reseal
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.exchange_keys import letters_opener, public_bytes
from posada.office.refusals import Refusal
from posada.web.deployment import make_deployment, read_deployment
from posada.web.key_file import KeysNotWritten, encoded, sealing_in
from posada.web.operating import key_change
from tests.office.people import acting, home_of

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(hours=2)


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Path:
    """The folder of an office with its key file beside it."""
    make_deployment(tmp_path / "office", demonstration=True, keys_beside=True)
    settings.DEPLOYMENT = read_deployment(tmp_path / "office", environment={})
    settings.MEDIA_ROOT = str(tmp_path / "office" / "documents")
    return tmp_path / "office"


@pytest.fixture
def one() -> Actor:
    """Who asks."""
    return acting(Role.ADMINISTRATOR)


def agreed(one: Actor, scope: dict[str, Any]) -> Approval:
    """A request that another administrator agreed to."""
    asked = key_asking.ask(one, scope=scope, reason="once a year")
    return two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)


def in_file(office: Path) -> tuple[bytes, ...]:
    """The sealing keys of the key file."""
    return sealing_in((office / "keys.toml").read_text())


def test_a_new_key_seals_at_once_and_the_log_has_two_persons_and_no_key(office: Path, one: Actor) -> None:
    (old,), approval = in_file(office), agreed(one, {"what": "new"})
    made = key_change.new_key(one, approval, write=True)
    new, kept = in_file(office)
    assert (kept, key_number(new), sealing_keys()) == (old, made.number, (new, old))
    entry = Entry.objects.get(act="keys.new")
    assert (entry.actor, entry.detail) == (
        one.user_id,
        {"key": made.number, "agreed": str(approval.answered_by_id)},
    )
    told = str(list(Entry.objects.values()))
    assert encoded(new) not in told
    assert encoded(old) not in told
    with pytest.raises(two_persons.Expired):
        key_change.new_key(one, approval, write=True)
    assert in_file(office) == (new, old)


def test_one_person_alone_changes_nothing(office: Path, one: Actor) -> None:
    asked, before = key_asking.ask(one, scope={"what": "new"}, reason="once a year"), in_file(office)
    with pytest.raises(two_persons.Expired):
        key_change.new_key(one, asked, write=True)
    assert in_file(office) == before


def test_who_is_no_administrator_any_more_changes_nothing(office: Path, one: Actor) -> None:
    approval, before = agreed(one, {"what": "new"}), in_file(office)
    RoleGrant.objects.filter(user_id=one.user_id).update(until_at=timezone.now())
    with pytest.raises(Refusal, match="no administrator"):
        key_change.new_key(actor_of(approval.asked_by), approval, write=True)
    assert in_file(office) == before


def test_where_the_file_cannot_be_written_nothing_was_used(office: Path, one: Actor) -> None:
    approval, before = agreed(one, {"what": "new"}), (office / "keys.toml").read_text()
    (office / "keys.toml").write_text(before.replace("sealing_keys = [", 'sealing_keys = [ # "]" \n'))
    with pytest.raises(KeysNotWritten):
        key_change.new_key(one, approval, write=True)
    approval.refresh_from_db()
    assert approval.state == Approval.State.APPROVED
    assert not Entry.objects.filter(act="keys.new").exists()


def test_keys_of_the_environment_are_listed_for_whoever_keeps_them(
    office: Path, one: Actor, settings: Any
) -> None:
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, key_file=None)
    approval, (old,) = agreed(one, {"what": "new"}), in_file(office)
    with pytest.raises(KeysNotWritten):
        key_change.new_key(one, approval, write=True)
    made = key_change.new_key(one, approval, write=False)
    new, kept = made.listed.split(",")
    assert (kept, len(new)) == (encoded(old), 44)
    assert in_file(office) == (old,)


def test_an_old_key_goes_when_nothing_needs_it_and_an_hour_is_over(office: Path, one: Actor) -> None:
    doors.seal_fields(home_of(), {"phone": "301-555-0100"})
    (old,) = in_file(office)
    key_change.new_key(one, agreed(one, {"what": "new"}), write=True)
    approval = agreed(one, key_asking.scope_of("retire", key_number(old)))
    out, later = office.parent / "retired.toml", timezone.now() + LATER
    with pytest.raises(Refusal, match="not be saved yet"):
        key_change.retire(one, approval, out=out)
    assert key_change.told(key_change.retire(one, approval, out=out, at=later)) == "1 sealed fields"
    key_change.may_reseal()
    key_change.end_reseal(reseal())
    assert not out.exists()
    assert not key_change.retire(one, approval, out=out, at=later)
    assert old not in in_file(office)
    assert encoded(old) in out.read_text()
    assert Entry.objects.get(act="keys.resealed").detail["rows"] == 1
    with pytest.raises(Refusal):
        key_change.retire(one, approval, out=office.parent / "again.toml", at=later + LATER)


def test_neither_the_newest_key_nor_a_taken_file_name_is_touched(office: Path, one: Actor) -> None:
    (old,) = in_file(office)
    key_change.new_key(one, agreed(one, {"what": "new"}), write=True)
    approval, before = agreed(one, key_asking.scope_of("retire", key_number(old))), in_file(office)
    taken, later = office.parent / "taken", timezone.now() + LATER
    taken.write_text("something")
    with pytest.raises(KeysNotWritten):
        key_change.retire(one, approval, out=taken, at=later)
    newest = Approval(scope=key_asking.scope_of("retire", key_number(before[0])))
    with pytest.raises(Refusal, match="no old key"):
        key_change.retire(one, newest, out=office.parent / "out", at=later)
    assert (in_file(office), taken.read_text()) == (before, "something")
    assert not key_change.retire(one, approval, out=office.parent / "out", at=later)


def test_letters_that_wait_keep_their_key_and_the_public_site_learns_the_new_one(
    office: Path, one: Actor
) -> None:
    (old,) = in_file(office)
    public = public_bytes(letters_opener(old))
    make_newsroom(office / "newsroom", figures_key=b"f" * 32, letters_key=public, demonstration=True)
    letter = seal_letter({"kind": "home"}, office_key=public)
    post_letter(letter, name="waits", exchange=office / "exchange")
    assert key_change.still_needing(key_number(old)) == {
        "letters": 1,
        "address for letters on the public site": 1,
    }
    key_change.new_key(one, agreed(one, {"what": "new"}), write=True)
    assert key_change.still_needing(key_number(old)) == {"letters": 1}
    assert letters_key_of(office / "newsroom") == public_bytes(letters_opener(in_file(office)[0]))
    approval = agreed(one, key_asking.scope_of("retire", key_number(old)))
    needed = key_change.retire(one, approval, out=office.parent / "out", at=timezone.now() + LATER)
    assert needed == {"letters": 1}


def test_nothing_is_sealed_again_while_what_is_served_could_not_read_it(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_change, "served_since", lambda _deployment: None)
    with pytest.raises(Refusal, match="posada serve"):
        key_change.may_reseal()
    assert not Entry.objects.exists()


def test_how_long_keys_are_used_is_data() -> None:
    times = key_change.key_times()
    assert times.rest <= timedelta(days=1) < times.old_for < times.seals_for <= timedelta(days=730)
