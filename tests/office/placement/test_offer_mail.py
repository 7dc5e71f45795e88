"""The mail says that an offer waits, in the home's language, and nothing else about anybody."""

import pytest
from django.core import mail as outbox
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.models import Assignment, RoleGrant
from posada.office.access.roles import Role
from posada.office.desk.models import Mail
from posada.office.placement import offers
from posada.office.placement.offer_mail import foster_parents, language_for, link_of
from posada.office.placement.offer_tokens import hash_of
from tests.office.people import acting, group_of, home_of
from tests.office.placement.offered import offer_of, parent_of, run_of, the_day, tomorrow


@pytest.fixture(autouse=True)
def _day() -> None:
    the_day()


def _sent(home: object, **child: object) -> list:
    group = group_of(**child)
    offers.send_offers(acting(Role.PLACEMENT_WORKER), run_of((group, home)), expires_at=tomorrow())
    return outbox.outbox


def test_each_foster_parent_is_written_to_in_the_homes_language_without_personal_data() -> None:
    home = home_of(best_language="spa", home_id="H-planted")
    parent_of(home, email="ana@example.invalid", display_name="Ana Plantada")
    parent_of(home, email="luis@example.invalid")
    sent = _sent(home, given_name="Nombre", family_name="Secreto", languages=["mam"])
    assert sorted(each.to[0] for each in sent) == ["ana@example.invalid", "luis@example.invalid"]
    for each in sent:
        said = str(each.message())
        assert "oferta" in each.subject.lower()
        for planted in ("Nombre", "Secreto", "H-planted", "Plantada", "mam", "2014", "12 "):
            assert planted not in each.body + each.subject
        assert "auto-generated" in said
    assert {each.state for each in Mail.objects.all()} == {"handed_over"}


def test_the_link_of_the_mail_is_the_only_place_of_its_token() -> None:
    sent = _sent(home_of())
    offer = Mail.objects.get().offer
    assert offer is not None
    token = link_of(offer).rstrip("/").rpartition("/")[2]
    assert token in sent[0].body
    assert offer.token_hash == hash_of(token)
    assert token not in str(Mail.objects.values().get())


def test_nobody_is_written_to_whose_role_assignment_or_account_has_ended() -> None:
    home, now = home_of(), timezone.now()
    people = [parent_of(home, email=f"p{n}@example.invalid") for n in range(4)]
    RoleGrant.objects.filter(user=people[0]).update(until_at=now)
    Assignment.objects.filter(user=people[1]).update(until_at=now)
    people[2].is_active = False
    people[2].save()
    assert foster_parents(home) == [people[3]]


def test_a_home_without_people_is_written_to_at_its_own_sealed_address_and_the_opening_is_logged() -> None:
    from posada.office.audit.models import Entry

    home = home_of()
    doors.seal_fields(
        home, {"email": "own@example.invalid", "street": "1 A", "city": "B", "postal_code": "00000"}
    )
    assert _sent(home)[0].to == ["own@example.invalid"]
    assert Entry.objects.filter(act="sealed.use").count() == 1


def test_without_any_address_the_home_is_called_at_once(settings) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    home = home_of()
    offer = offer_of(group_of(), home)
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, demonstration=False)
    from posada.office.placement.offer_mail import queue_mails

    queue_mails(offer)
    offers.deliver_waiting(acting(Role.PLACEMENT_WORKER))
    offer.refresh_from_db()
    assert (offer.state, Mail.objects.get().state) == ("not_delivered", "bounced")


def test_the_language_is_the_homes_then_the_persons_then_english() -> None:
    parent = parent_of(home_of(), language="es")
    assert language_for(home_of(best_language="en"), parent) == "en"
    assert language_for(home_of(best_language="quc"), parent) == "es"
    assert language_for(home_of()) == "en"
