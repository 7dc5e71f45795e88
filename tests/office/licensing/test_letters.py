"""A letter from the public site becomes one enquiry, whatever happens in between; anything else is put aside."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from posada.newsroom.letters import post_letter, seal_letter
from posada.office.access import doors
from posada.office.access.key_ring import newest_number
from posada.office.counsel.models import HoursOffer
from posada.office.exchange_keys import letters_opener, public_bytes
from posada.office.licensing.letters import take_letters, tell_standings, waiting_by_key
from posada.office.licensing.models import Enquiry

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "county": "24045",
    "best_language": "mam",
    "beds": 3,
    "languages": ["es", "mam"],
    "contact_name": "Ana Planted",
    "phone": "555-0100",
    "email": "",
}


@pytest.fixture
def exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An exchange of this test's own."""
    folder = tmp_path / "exchange"
    (folder / "to_public").mkdir(parents=True)
    monkeypatch.setattr("posada.office.licensing.letters._exchange", lambda: folder)
    return folder


def post(exchange: Path, *, name: str = "a", ticket: str = "0123456789abcdef", **changed: Any) -> Path:
    letter = {"kind": "home", "ticket": ticket, "answers": {**ANSWERS, **changed}}
    key = public_bytes(letters_opener(settings.DEPLOYMENT.keys.sealing[0]))
    return post_letter(seal_letter(letter, office_key=key), name=name, exchange=exchange)


def test_a_letter_becomes_an_enquiry_in_the_queue_with_sealed_contacts(exchange: Path) -> None:
    path = post(exchange)
    assert take_letters() == 1
    made = Enquiry.objects.get(reference="W-0123456789abcdef")
    assert (made.county_fips, made.beds_offered, made.languages) == ("24045", 3, ["spa", "mam"])
    assert (made.stage, made.source) == ("enquiry", "public_site")
    assert not path.exists()
    assert "Planted" not in str(made.__dict__)
    assert {"contact_name", "phone"} <= doors.has_sealed(made)


def test_the_same_letter_twice_is_one_enquiry(exchange: Path) -> None:
    post(exchange)
    take_letters()
    post(exchange)
    assert take_letters() == 0
    assert Enquiry.objects.filter(reference__startswith="W-").count() == 1
    assert list((exchange / "from_public").glob("*.letter")) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"county": "99999"},
        {"beds": 0},
        {"beds": "many"},
        {"languages": []},
        {"languages": ["<b>"]},
        {"contact_name": ""},
        {"phone": ""},
        {"contact_name": "x" * 300},
    ],
)
def test_what_the_form_would_not_send_is_put_aside_and_the_others_are_taken(
    exchange: Path, changed: dict[str, Any]
) -> None:
    post(exchange, name="a", ticket="a" * 16, **changed)
    (exchange / "from_public" / "b.letter").write_bytes(b"no letter")
    post(exchange, name="c")
    assert take_letters() == 1
    aside = sorted(each.name for each in (exchange / "from_public" / "not_understood").iterdir())
    assert aside == ["a.letter", "b.letter"]


def test_an_offer_of_hours_goes_to_the_counsel_desk_and_its_link_tells_where_it_stands(
    exchange: Path,
) -> None:
    key = public_bytes(letters_opener(settings.DEPLOYMENT.keys.sealing[0]))
    answers = {**ANSWERS, "kind": "attorney", "hours": 12}
    letter = {"kind": "hours", "ticket": "f" * 16, "answers": answers}
    path = post_letter(seal_letter(letter, office_key=key), name="h", exchange=exchange)
    assert take_letters() == 1
    offer = HoursOffer.objects.get()
    assert (offer.kind, offer.hours_a_month, offer.languages) == ("attorney", 12, ["spa", "mam"])
    assert not path.exists()
    told = json.loads((exchange / "to_public" / "standings.json").read_text())
    assert told["standings"] == {"f" * 16: "received"}


def test_where_it_stands_is_told_in_one_coarse_word(exchange: Path) -> None:
    post(exchange)
    take_letters()
    path = exchange / "to_public" / "standings.json"
    assert json.loads(path.read_text()) == {"schema": 1, "standings": {"0123456789abcdef": "received"}}
    Enquiry.objects.update(stage=Enquiry.Stage.HOME_STUDY)
    tell_standings()
    assert json.loads(path.read_text())["standings"] == {"0123456789abcdef": "checks"}


def test_an_office_without_an_exchange_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posada.office.licensing.letters._exchange", lambda: tmp_path / "none")
    assert take_letters() == 0


def test_letters_that_wait_are_counted_by_the_key_that_opens_them_and_stay(exchange: Path) -> None:
    assert waiting_by_key() == {}
    path = post(exchange)
    (path.parent / "strange.letter").write_bytes(b"no letter")
    assert waiting_by_key() == {newest_number(): 1}
    assert path.exists()
    assert take_letters() == 1
    assert waiting_by_key() == {}
