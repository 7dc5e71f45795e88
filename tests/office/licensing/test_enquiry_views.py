"""The queue says whom to call first and why; nothing sealed shows on any page of it."""

from datetime import date

import pytest
from django.forms import Select
from django.test.html import parse_html
from django.urls import reverse

from posada.office.access.roles import Role
from posada.office.intake.models import ProgramSettings
from posada.office.licensing.forms import LongSelect
from posada.office.licensing.models import Enquiry
from posada.office.placement.models import PlanRun
from tests.office.licensing.test_services import enquiry_of
from tests.office.people import browser_of, person

SHORT = {
    "kind": "home",
    "county_fips": "24045",
    "languages": "mam",
    "beds": 3,
    "max_siblings": 3,
    "children_gained": 4,
}


@pytest.fixture(autouse=True)
def _day() -> None:
    ProgramSettings.objects.create(pk=1, state="MD")


def test_whoever_fills_the_published_shortage_is_called_first_and_the_reason_is_shown() -> None:
    PlanRun.objects.create(number=1, state="ready", shortages=[SHORT])
    other = enquiry_of()
    wanted = enquiry_of(county_fips="24045", languages=["mam", "spa"])
    page = browser_of(person(Role.LICENSING_WORKER)).get(reverse("enquiries"))
    shown = page.content.decode()
    assert shown.index(wanted.reference) < shown.index(other.reference)
    assert "Wicomico County" in shown
    assert "2 enquiries wait" in shown
    assert "555-0101" not in shown
    assert "Neighbor" not in shown


def test_an_empty_queue_says_so() -> None:
    page = browser_of(person(Role.LICENSING_WORKER)).get(reverse("enquiries"))
    assert "Nobody is waiting" in page.content.decode()


def test_chosen_enquiries_are_given_to_one_worker() -> None:
    worker, made = person(Role.LICENSING_WORKER), [enquiry_of(), enquiry_of()]
    answer = browser_of(worker).post(
        reverse("enquiries_give"), {"chosen": [str(each.pk) for each in made], "owner": str(worker.pk)}
    )
    assert answer.status_code == 302
    assert set(Enquiry.objects.values_list("owner", flat=True)) == {worker.pk}


def test_nothing_chosen_is_one_sentence() -> None:
    answer = browser_of(person(Role.LICENSING_WORKER)).post(reverse("enquiries_give"), {"owner": "x"})
    assert answer.status_code == 422
    assert "Choose enquiries and a worker." in answer.content.decode()


def test_an_enquiry_is_written_down_and_found_again() -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    typed = {
        "contact_name": "Example Neighbor",
        "phone": "555-0102",
        "kind": "foster",
        "county_fips": "24031",
        "languages": "English, español",
        "beds_offered": "2",
        "source": "phone",
        "best_language": "es",
    }
    answer = client.post(reverse("enquiry_new"), typed, follow=True)
    made = Enquiry.objects.get()
    assert made.languages == ["eng", "spa"]
    assert made.reference in answer.content.decode()
    assert "555-0102" not in answer.content.decode()


def test_a_form_that_is_not_accepted_keeps_what_was_typed_and_names_each_fault() -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    typed = {
        "contact_name": "Example Neighbor",
        "languages": "no such tongue",
        "beds_offered": "0",
        "phone": "555-0102",
    }
    answer = client.post(reverse("enquiry_new"), typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“no such tongue”" in shown
    assert 'value="Example Neighbor"' in shown
    assert not Enquiry.objects.exists()


def test_the_page_of_an_enquiry_leads_to_the_next_step() -> None:
    client, made = browser_of(person(Role.LICENSING_WORKER)), enquiry_of()
    answer = client.post(
        reverse("enquiry_move", args=[made.pk]), {"version": made.version, "to": "triage"}, follow=True
    )
    assert answer.status_code == 200
    made.refresh_from_db()
    assert made.stage == "triage"


def test_small_counts_of_the_funnel_are_hidden() -> None:
    enquiry_of(source="web")
    page = browser_of(person(Role.PROGRAM_DIRECTOR)).get(reverse("enquiries_funnel"))
    assert page.status_code == 200


def test_the_queue_takes_a_fixed_number_of_queries(django_assert_max_num_queries: object) -> None:
    worker = person(Role.LICENSING_WORKER)
    for _ in range(30):
        enquiry_of()
    client = browser_of(worker)
    client.get(reverse("enquiries"))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        client.get(reverse("enquiries") + "?page=2")


def test_somebody_who_waits_longest_is_told_in_days() -> None:
    made = enquiry_of()
    Enquiry.objects.filter(pk=made.pk).update(received_on=date(2026, 1, 1))
    ProgramSettings.objects.filter(pk=1).update(plan_date=date(2026, 1, 11))
    page = browser_of(person(Role.LICENSING_WORKER)).get(reverse("enquiries"))
    assert page.context["counts"]["oldest_days"] == 10


def test_a_call_is_written_down() -> None:
    client, made = browser_of(person(Role.LICENSING_WORKER)), enquiry_of()
    client.post(reverse("enquiry_call", args=[made.pk]), {"reached": "yes"})
    assert Enquiry.objects.get(pk=made.pk).first_answer_at is not None


def test_a_long_choice_is_marked_up_as_django_would() -> None:
    choices = [("", "–"), ("24031", "Montgomery & more"), ("24033", "<Prince>")]
    ours, theirs = LongSelect(choices=choices), Select(choices=choices)
    for value in (None, "", "24033"):
        attrs = {"id": "id_county", "required": True}
        ours_told, theirs_told = (each.render("county", value, attrs) for each in (ours, theirs))
        assert parse_html(ours_told) == parse_html(theirs_told)


@pytest.mark.parametrize("owner", ["id", "' or 1=1", "\x00", "9" * 400])
def test_the_queue_of_an_owner_who_can_be_nobody_is_not_there(owner: str) -> None:
    enquiry_of()
    browser = browser_of(person(Role.LICENSING_WORKER))
    assert browser.get("/enquiries/", {"owner": owner}).status_code == 404
    assert browser.get("/enquiries/", {"owner": "none"}).status_code == 200
