"""The form of one child, the picker of languages, and taking out a mistake."""

import pytest

from posada.office.access.roles import Role
from posada.office.intake.forms import codes_of
from posada.office.intake.models import Child
from tests.office.people import browser_of, group_of, person

TYPED = {"given_name": "Juana", "birth_date": "2014-05-01", "birth_date_basis": "stated", "sex": "F"}


@pytest.mark.parametrize("spelling", ["K'iche'", "K’iche’", "kiche", "Quiché", "quiche", "quc", "KʼICHEʼ"])
def test_a_language_is_found_under_each_spelling(spelling: str) -> None:
    assert codes_of(spelling) == (["quc"], [])


def test_an_invented_language_is_no_language() -> None:
    assert codes_of("klingonish, mam") == (["mam"], ["klingonish"])


def test_a_child_is_written_down_with_languages_in_any_spelling() -> None:
    client = browser_of(person(Role.INTAKE_WORKER))
    assert "One name is enough" in client.get("/arrivals/child/").content.decode()
    answer = client.post(
        "/arrivals/child/", {**TYPED, "languages": "Mam, Quiché", "needs": "wheelchair, asthma"}
    )
    child = Child.objects.get()
    assert answer.headers["Location"] == f"/groups/{child.group_id}/family/"
    assert (child.languages, child.needs, child.understands_spanish) == (
        ["mam", "quc"],
        ["wheelchair", "asthma"],
        "",
    )


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("given_name", "", "required"),
        ("given_name", "Ju\u2060ana", "One line"),
        ("birth_date", "03/04/2014", "a date that exists, written YYYY-MM-DD"),
        ("languages", "klingonish", "klingonish"),
        ("group", "G-nowhere", "no such group"),
        ("location_fips", "1001", "changed by a spreadsheet"),
    ],
)
def test_what_cannot_be_taken_is_named_at_its_field_and_nothing_typed_is_lost(
    name: str, text: str, words: str
) -> None:
    answer = browser_of(person(Role.INTAKE_WORKER)).post("/arrivals/child/", {**TYPED, name: text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="2014-05-01"' in page or name == "birth_date"
    assert Child.objects.count() == 0


@pytest.mark.parametrize("day", ["2014-03-09", "2014-11-02", "2012-02-29", "2014-12-31", "2014-01-01"])
@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "America/Los_Angeles", "Asia/Tokyo"])
def test_a_day_stays_the_same_day_in_every_zone(day: str, zone: str, settings: object) -> None:
    settings.TIME_ZONE = zone  # type: ignore[attr-defined]
    client = browser_of(person(Role.INTAKE_WORKER))
    client.post("/arrivals/child/", {**TYPED, "birth_date": day, "arrived_on": day})
    child = Child.objects.get()
    assert (child.birth_date.isoformat(), child.arrived_on and child.arrived_on.isoformat()) == (day, day)
    assert f'datetime="{day}"' in client.get(f"/groups/{child.group_id}/family/").content.decode()


def test_the_picker_offers_languages_of_the_program_and_no_dead_one() -> None:
    client = browser_of(person(Role.INTAKE_WORKER))
    assert "quc" in client.get("/arrivals/languages/?q=mam,quich").content.decode()
    assert "<option" not in client.get("/arrivals/languages/?q=etruscan").content.decode()


def test_a_child_is_taken_out_and_brought_back() -> None:
    client, group = browser_of(person(Role.INTAKE_WORKER)), group_of()
    child = group.children.get()
    assert client.get(f"/children/{child.pk}/void/").status_code == 200
    client.post(f"/children/{child.pk}/void/", {"version": 1, "reason": "entered twice"})
    assert "entered twice" in client.get(f"/children/{child.pk}/voided/").content.decode()
    assert client.get(f"/children/{child.pk}/void/").status_code == 404
    client.post(f"/children/{child.pk}/voided/", {"version": 2})
    assert client.get(f"/children/{child.pk}/void/").status_code == 200
