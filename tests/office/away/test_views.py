"""Pages of check-ins offline: what leaves for the device, what comes back, and the choice between two texts."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.urls import reverse

from posada.office.away import receiving
from posada.office.away.models import AwayDevice
from posada.office.placement.models import CheckIn
from tests.office.away.devices_at_hand import Worker, due, worker, written
from tests.office.people import browser_of


def fields(sent: receiving.Sent) -> dict[str, Any]:
    """As the browser sends them."""
    ids = {"form": sent.form_id, "device": sent.device_id, "check_in": sent.check_in_id}
    return {**asdict(sent.box), **ids, "version": sent.version}


def conflict(of: Worker) -> tuple[CheckIn, str]:
    row, other = due(), worker()
    receiving.receive(other.actor, written(other, row, note="Theirs <b>."))
    form = receiving.receive(of.actor, written(of, row, note="Mine."))
    return row, reverse("away_form", args=[form.pk])


def test_only_ids_labels_kinds_and_days_leave_for_the_device() -> None:
    of, row, other = worker(), due(), due()
    client = browser_of(of.user)
    page = client.get(reverse("away")).content.decode()
    assert str(row.pk) in page and 'rel="manifest"' in page
    answer = client.post(
        reverse("away_take"),
        {"take": [str(row.pk), str(other.pk), "x"], f"word-{row.pk}": "red", f"number-{row.pk}": "7"},
    )
    told = answer.json()
    assert [set(each) for each in told["taken"]] == [{"id", "label", "kind", "due", "version"}] * 2
    assert {each["label"] for each in told["taken"]} >= {"Red 7"}
    child = row.group.children.get()
    for secret in (child.given_name, child.family_name, row.home.home_id, row.group.sibling_group_id):
        assert secret not in answer.content.decode()
    again = client.post(reverse("away_take"), {"take": str(row.pk)}).json()
    assert again["device"] == told["device"]  # the same browser keeps its key


def test_a_label_that_was_typed_is_refused_by_its_line() -> None:
    of, row = worker(), due()
    given = {"take": str(row.pk), f"word-{row.pk}": row.group.children.get().family_name}
    answer = browser_of(of.user).post(reverse("away_take"), given)
    assert answer.status_code == 422 and list(answer.json()["wrong"]) == [str(row.pk)]
    assert AwayDevice.objects.count() == 1


def test_what_is_sent_gets_a_receipt_once_and_again() -> None:
    of, row = worker(), due()
    client, sent = browser_of(of.user), fields(written(of, row, note="Seen."))
    assert client.get(reverse("away_state")).json()["devices"] == [str(of.device.pk)]
    for _ in range(2):
        assert client.post(reverse("away_send"), sent).json()["state"] == "recorded"
    assert CheckIn.objects.get(pk=row.pk).version == 2


def test_what_cannot_be_taken_says_why_and_writes_nothing() -> None:
    of, row = worker(), due()
    client = browser_of(of.user)
    wrong = client.post(reverse("away_send"), fields(written(of, row, outcome="x")))
    assert (wrong.status_code, wrong.json()["state"]) == (422, "refused")
    gone = client.post(reverse("away_send"), {**fields(written(of, row)), "device": str(uuid4())})
    assert (gone.status_code, gone.json()["state"]) == (404, "gone")
    assert client.post(reverse("away_send"), {"form": "x"}).status_code == 422


def test_without_a_sign_in_nothing_is_taken_and_nothing_is_kept() -> None:
    of, row = worker(), due()
    client = browser_of(of.user)
    client.logout()
    answer = client.post(reverse("away_send"), fields(written(of, row)))
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def test_both_texts_stand_on_the_page_and_one_press_adds_mine() -> None:
    of = worker()
    row, address = conflict(of)
    client = browser_of(of.user)
    assert address in client.get(reverse("away")).content.decode()
    page = client.get(address).content.decode()
    assert "Theirs &lt;b&gt;." in page and "Mine." in page
    row.refresh_from_db()
    old = client.post(address, {"choice": "add", "version": row.version - 1})
    assert old.status_code == 409
    assert client.post(address, {"choice": "add", "version": row.version}).status_code == 302
    row.refresh_from_db()
    assert "Theirs" in row.note and "Mine." in row.note
    assert client.get(address).status_code == 404


def test_texts_that_are_too_long_together_are_said_to_be() -> None:
    of, row, other = worker(), due(), worker()
    receiving.receive(other.actor, written(other, row, note="x" * 4_000))
    form = receiving.receive(of.actor, written(of, row, note="y" * 4_000))
    row.refresh_from_db()
    answer = browser_of(of.user).post(
        reverse("away_form", args=[form.pk]), {"choice": "add", "version": row.version}
    )
    assert answer.status_code == 422 and "too long" in answer.content.decode()


def test_a_version_of_any_length_breaks_nothing() -> None:
    of = worker()
    row, address = conflict(of)
    client = browser_of(of.user)
    for version in ("9" * 5_000, "²", "-1"):
        assert client.post(address, {"choice": "add", "version": version}).status_code == 409
        sent = {**fields(written(of, row)), "version": version}
        assert client.post(reverse("away_send"), sent).status_code == 422


def test_another_s_conflict_is_not_there() -> None:
    _row, address = conflict(worker())
    assert browser_of(worker().user).get(address).status_code == 404


def test_a_lost_device_loses_its_key_by_one_press() -> None:
    of = worker()
    client = browser_of(of.user)
    assert client.post(reverse("away_erase", args=[of.device.pk])).status_code == 302
    of.device.refresh_from_db()
    assert of.device.erased_at is not None


def test_the_page_stays_within_its_questions_and_speaks_spanish(django_assert_max_num_queries: Any) -> None:
    of = worker()
    for _ in range(30):
        due()
    conflict(of)
    client = browser_of(of.user, language="es")
    client.get(reverse("away"))
    with django_assert_max_num_queries(30):
        text = client.get(reverse("away")).content.decode()
    assert "Un seguimiento espera que usted elija entre dos textos" in text
