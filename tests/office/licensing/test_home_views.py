"""The page of a home: what keeps it closed comes first, and every change asks for the version that was seen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.audit.history import save_change
from posada.office.intake.models import ProgramSettings
from posada.office.licensing.models import Check, Home, HomeStudy, HouseholdMember, LicenseException
from tests.office.people import TODAY, acting, browser_of, home_of, person


@pytest.fixture(autouse=True)
def _day() -> None:
    ProgramSettings.objects.create(pk=1, plan_date=TODAY, state="MD")


def test_what_keeps_a_home_closed_stands_first_with_its_rule() -> None:
    home = home_of(state="preparing", has_typed_checks=True)
    doors.seal_fields(home, {"street": "1 Example Street", "phone": "555-0103"})
    shown = (
        browser_of(person(Role.LICENSING_WORKER)).get(reverse("home_page", args=[home.pk])).content.decode()
    )
    assert "What keeps this home closed" in shown
    assert "There is no home study." in shown
    assert "Example Street" not in shown
    assert "555-0103" not in shown


def test_opening_it_all_the_same_is_refused_in_one_sentence() -> None:
    home = home_of(state="preparing", has_typed_checks=True)
    answer = browser_of(person(Role.LICENSING_WORKER)).post(
        reverse("home_state", args=[home.pk, "open"]), {"version": home.version}
    )
    assert answer.status_code == 422
    assert "This home can’t be opened yet" in answer.content.decode()
    assert Home.objects.get(pk=home.pk).state == "preparing"


def test_a_form_that_was_open_while_somebody_else_saved_changes_nothing() -> None:
    home = home_of()
    save_change(
        home,
        version=1,
        changes={"licensed_capacity": 3},
        actor=acting(Role.LICENSING_WORKER),
        act="home.license",
    )
    typed = {"version": 1, "license_from": "2026-01-01", "license_to": "2027-01-01", "licensed_capacity": 6}
    answer = browser_of(person(Role.LICENSING_WORKER)).post(reverse("home_license", args=[home.pk]), typed)
    assert answer.status_code == 409
    assert Home.objects.get(pk=home.pk).licensed_capacity == 3


def test_people_checks_studies_and_exceptions_are_written_down_from_the_page() -> None:
    home, worker = home_of(has_typed_checks=True), person(Role.LICENSING_WORKER)
    client = browser_of(worker)
    person_typed = {
        "label": "first carer",
        "part": "carer",
        "birth_date": "1980-05-01",
        "moved_in_on": "2020-01-01",
    }
    assert client.post(reverse("home_member", args=[home.pk]), person_typed).status_code == 302
    member = HouseholdMember.objects.get()
    check_typed = {
        "version": 0,
        "check_type": "training",
        "member": str(member.pk),
        "result": "clear",
        "issued_on": "2026-05-01",
    }
    assert client.post(reverse("home_check", args=[home.pk]), check_typed).status_code == 302
    study_typed = {"written_on": "2026-06-01", "recommends_capacity": "3"}
    assert client.post(reverse("home_study", args=[home.pk]), study_typed).status_code == 302
    exception_typed = {
        "rule": "household.siblings_max",
        "from_date": "2026-11-01",
        "to_date": "2027-11-01",
        "reason": "seven siblings together",
    }
    assert client.post(reverse("home_exception", args=[home.pk]), exception_typed).status_code == 302
    study, asked = HomeStudy.objects.get(), LicenseException.objects.get()
    own = client.post(reverse("home_study_approve", args=[home.pk, study.pk]))
    assert own.status_code == 422
    other = browser_of(person(Role.LICENSING_WORKER))
    assert other.post(reverse("home_study_approve", args=[home.pk, study.pk])).status_code == 302
    assert other.post(reverse("home_exception_approve", args=[home.pk, asked.pk])).status_code == 302
    shown = client.get(reverse("home_page", args=[home.pk])).content.decode()
    assert "first carer" in shown
    assert Check.objects.get().member == member


def test_a_check_that_expires_before_it_was_issued_is_refused() -> None:
    home = home_of(has_typed_checks=True)
    typed = {
        "version": 0,
        "check_type": "home_safety",
        "result": "clear",
        "issued_on": "2026-05-01",
        "expires_on": "2026-04-01",
    }
    answer = browser_of(person(Role.LICENSING_WORKER)).post(reverse("home_check", args=[home.pk]), typed)
    assert answer.status_code == 422
    assert not Check.objects.exists()


def test_a_placement_worker_reads_homes_and_changes_none() -> None:
    home, client = home_of(), browser_of(person(Role.PLACEMENT_WORKER))
    assert client.get(reverse("homes")).status_code == 200
    shown = client.get(reverse("home_page", args=[home.pk]))
    assert shown.status_code == 200
    assert "Put on hold" not in shown.content.decode()
    held = client.post(reverse("home_state", args=[home.pk, "hold"]), {"version": 1, "reason": "vacation"})
    assert held.status_code == 404


def test_what_expires_in_sixty_days_is_listed_by_day() -> None:
    soon = home_of(license_to=TODAY + timedelta(days=20))
    home_of(license_to=TODAY + timedelta(days=100))
    page = browser_of(person(Role.LICENSING_WORKER)).get(reverse("homes_expiring"))
    assert [home.home_id for _, home in page.context["page"]] == [soon.home_id]


def test_filters_narrow_the_list_of_homes() -> None:
    home_of(), home_of(state="on_hold")
    page = browser_of(person(Role.LICENSING_WORKER)).get(reverse("homes") + "?state=on_hold")
    assert page.context["page"].paginator.count == 1


def test_an_imported_home_keeps_its_checks_here_once_a_worker_says_so() -> None:
    home = home_of()
    client = browser_of(person(Role.LICENSING_WORKER))
    assert "As imported" in client.get(reverse("home_page", args=[home.pk])).content.decode()
    client.post(reverse("home_keep_checks", args=[home.pk]))
    home.refresh_from_db()
    assert (home.has_typed_checks, home.checks_clear_until) == (True, None)
    assert home.license_to == date(2027, 12, 31)


def test_the_page_of_a_home_asks_the_database_at_most_thirty_times(
    django_assert_max_num_queries: object,
) -> None:
    home = home_of(has_typed_checks=True)
    client = browser_of(person(Role.LICENSING_WORKER))
    client.get(reverse("home_page", args=[home.pk]))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert client.get(reverse("home_page", args=[home.pk])).status_code == 200
