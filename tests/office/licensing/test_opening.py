"""A home opens only with every check clear, a license that stands, and a study that another person approved."""

from datetime import date, timedelta

import pytest

from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of, machine
from posada.office.access.roles import Role
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.intake.models import ProgramSettings
from posada.office.licensing import checking, opening
from posada.office.licensing.facts import rules_today
from posada.office.licensing.models import Check, Enquiry, Home
from posada.office.program import read_program
from posada.office.refusals import Refusal
from tests.office.licensing.test_services import enquiry_of
from tests.office.people import acting, assign_placement, group_of, home_of, person

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _day() -> None:
    ProgramSettings.objects.create(pk=1, plan_date=DAY, state="MD")


def ready_home(actor: Actor) -> Home:
    """A home in preparation with one carer, every check clear, an approved study and a license."""
    home = home_of(state="preparing", has_typed_checks=True, checks_clear_until=None)
    carer = checking.add_member(
        actor,
        home,
        fields={
            "label": "first carer",
            "part": "carer",
            "birth_date": date(1980, 1, 1),
            "moved_in_on": date(2020, 1, 1),
        },
    )
    for kind in rules_today().types:
        fields = {
            "check_type": kind.type_id,
            "member_id": None if kind.covers == "home" else carer.pk,
            "result": "clear",
            "issued_on": DAY - timedelta(days=10),
            "requested_on": None,
            "expires_on": None,
            "document_id": legible_document(home).pk,
        }
        checking.record_check(actor, home, fields=fields, check=None, version=0)
    study = checking.write_study(actor, home, written_on=DAY, summary="", recommends_capacity=4)
    checking.approve_study(acting(Role.LICENSING_WORKER), study, version=study.version)
    return Home.objects.get(pk=home.pk)


def legible_document(home: Home) -> Document:
    marks = person(Role.LICENSING_WORKER)
    return Document.objects.create(
        home=home,
        kind="check",
        title="Result",
        stored_name=str(Document.objects.count()),
        content_type="application/pdf",
        size=1,
        digest="0",
        legible_by=marks,
        is_legible=True,
    )


def test_a_home_with_everything_in_order_opens_and_can_be_planned() -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    assert opening.what_stands_in_the_way(home) == ()
    opened = opening.open_home(actor, home, version=home.version)
    assert opened.state == "open"
    assert opened.checks_clear_until is not None
    assert opened.checks_clear_until > DAY
    assert [each.home_id for each in read_program().homes] == [home.home_id]


@pytest.mark.parametrize("result", ["requested", "pending", "refused"])
def test_a_check_that_is_not_clear_keeps_a_home_closed_and_names_its_rule(result: str) -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    spoiled = Check.objects.filter(home=home).order_by("check_type").first()
    assert spoiled is not None
    fields = {"check_type": spoiled.check_type, "result": result, "issued_on": None}
    checking.record_check(actor, home, fields=fields, check=spoiled, version=spoiled.version)
    home.refresh_from_db()
    with pytest.raises(opening.NotYetOpen) as caught:
        opening.open_home(actor, home, version=home.version)
    assert [each.type_id for each in caught.value.obstacles] == [spoiled.check_type]
    assert Home.objects.get(pk=home.pk).state == "preparing"


def test_an_open_home_whose_check_is_refused_goes_on_hold_by_itself() -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    opening.open_home(actor, home, version=home.version)
    spoiled = Check.objects.filter(home=home).earliest("check_type")
    fields = {"check_type": spoiled.check_type, "result": "refused", "issued_on": None}
    checking.record_check(actor, home, fields=fields, check=spoiled, version=spoiled.version)
    home.refresh_from_db()
    assert (home.state, home.state_reason, home.checks_clear_until) == ("on_hold", "checks", None)


def test_the_author_of_a_study_cannot_approve_it_under_another_account_either() -> None:
    author = person(Role.LICENSING_WORKER)
    home = home_of(state="preparing")
    study = checking.write_study(actor_of(author), home, written_on=DAY, summary="", recommends_capacity=2)
    for other in (author, person(Role.LICENSING_WORKER, person_key=author.person_key)):
        with pytest.raises(checking.SamePerson):
            checking.approve_study(actor_of(other), study, version=study.version)


def test_a_member_who_comes_of_age_has_no_clear_day_after_the_eve_of_the_birthday() -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    birthday = DAY + timedelta(days=40)
    born = birthday.replace(year=birthday.year - 18)
    checking.add_member(
        actor,
        home,
        fields={"label": "son", "part": "own_child", "birth_date": born, "moved_in_on": date(2020, 1, 1)},
    )
    home.refresh_from_db()
    assert home.checks_clear_until is None or home.checks_clear_until < birthday
    assert home.own_children_birth_dates == [born.isoformat()]


def test_an_earlier_refusal_of_the_same_phone_number_must_be_acknowledged() -> None:
    actor = acting(Role.LICENSING_WORKER)
    refused = enquiry_of()
    Enquiry.objects.filter(pk=refused.pk).update(stage="closed", ending_reason="check_refused")
    home = ready_home(actor)
    doors.seal_fields(home, {"phone": "(555) 0101"})
    codes = [each.code for each in opening.what_stands_in_the_way(home)]
    assert codes == ["refusal_not_acknowledged"]
    first = opening.acknowledge_refusal(
        actor, home, refused_id=refused.pk, reason="another person, checked by call"
    )
    assert opening.what_stands_in_the_way(home) == ()
    again = opening.acknowledge_refusal(actor, home, refused_id=refused.pk, reason="a double click")
    assert (again.pk, again.reason) == (first.pk, "another person, checked by call")


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"contact_name": "José Pérez López"}, {"contact_name": "PEREZ, jose"}),
        ({"email": "Jose@example.org"}, {"email": "jose@example.org"}),
    ],
)
def test_an_earlier_refusal_is_found_under_any_spelling(then: dict[str, str], now: dict[str, str]) -> None:
    actor = acting(Role.LICENSING_WORKER)
    refused = enquiry_of()
    doors.seal_fields(refused, {"phone": "", **then})
    Enquiry.objects.filter(pk=refused.pk).update(stage="closed", ending_reason="home_not_safe")
    home = ready_home(actor)
    doors.seal_fields(home, {"contact_name": "Somebody Else"})
    assert opening.what_stands_in_the_way(home) == ()
    doors.seal_fields(home, now)
    assert [each.code for each in opening.what_stands_in_the_way(home)] == ["refusal_not_acknowledged"]


def test_a_home_that_was_closed_for_safety_is_found_by_its_address() -> None:
    actor = acting(Role.LICENSING_WORKER)
    address = {"street": "7 Farm Road", "postal_code": "21201"}
    doors.seal_fields(home_of(state="closed", state_reason="home_not_safe"), address)
    home = ready_home(actor)
    doors.seal_fields(home, {**address, "street": "7 farm rd"})
    assert [each.code for each in opening.what_stands_in_the_way(home)] == ["refusal_not_acknowledged"]


def test_a_home_where_a_child_lives_is_not_closed() -> None:
    actor, home = acting(Role.LICENSING_WORKER), home_of()
    assign_placement(group_of(), home)
    with pytest.raises(Refusal) as caught:
        opening.close_home(actor, home, version=home.version, reason="moved away")
    assert caught.value.code == "children_live_there"
    held = opening.hold_home(actor, home, version=home.version, reason="vacation")
    assert held.state == "on_hold"
    assert today() == DAY


def test_a_home_goes_on_hold_on_the_day_after_its_last_clear_day() -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    opened = opening.open_home(actor, home, version=home.version)
    assert opening.recount_all(machine("day")) == 0
    assert opened.checks_clear_until is not None
    ProgramSettings.objects.update(plan_date=opened.checks_clear_until + timedelta(days=1))
    assert opening.recount_all(machine("day")) == 1
    assert Home.objects.get(pk=home.pk).state == "on_hold"


def test_who_moved_out_no_longer_stands_in_the_way() -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    told = {
        "label": "lodger",
        "part": "adult",
        "birth_date": date(1990, 1, 1),
        "moved_in_on": DAY - timedelta(days=30),
    }
    lodger = checking.add_member(actor, home, fields=told)
    assert opening.what_stands_in_the_way(Home.objects.get(pk=home.pk)) != ()
    gone = {"moved_out_on": DAY - timedelta(days=1), "carer_until": None}
    left = checking.change_member(actor, lodger, version=lodger.version, changes=gone)
    assert (left.moved_out_on, left.version) == (DAY - timedelta(days=1), lodger.version + 1)
    assert opening.what_stands_in_the_way(Home.objects.get(pk=home.pk)) == ()


def test_a_license_stands_from_day_to_day_and_never_ends_before_it_begins() -> None:
    actor = acting(Role.LICENSING_WORKER)
    home = ready_home(actor)
    ends = DAY + timedelta(days=30)
    licensed = opening.license_home(
        actor, home, version=home.version, license_from=DAY, license_to=ends, licensed_capacity=3
    )
    assert (licensed.license_from, licensed.license_to, licensed.licensed_capacity) == (DAY, ends, 3)
    with pytest.raises(Refusal) as caught:
        opening.license_home(
            actor,
            licensed,
            version=licensed.version,
            license_from=ends,
            license_to=DAY,
            licensed_capacity=3,
        )
    assert caught.value.code == "license_dates"
