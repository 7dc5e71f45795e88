"""A home answers by its link or behind its sign-in; whoever only looks changes nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from posada.office.access.models import Assignment
from posada.office.audit.models import Entry
from posada.office.desk.models import Confirmation, Task
from posada.office.placement.models import Offer, Placement
from posada.office.placement.offer_tokens import token_of
from tests.office.people import browser_of, group_of, home_of
from tests.office.placement.offered import offer_of, parent_of, placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _link(offer: Offer) -> str:
    assert offer.sent_at is not None
    return reverse("offer_link", args=[token_of(offer.pk, sent_at=offer.sent_at)])


def test_a_mail_scanner_that_follows_the_link_answers_nothing_and_the_person_still_can() -> None:
    offer = offer_of(group_of(), home_of())
    link, entries = _link(offer), Entry.objects.count()
    for client in (Client(), Client(), browser_of(parent_of(home_of()))):
        assert client.head(link).status_code == 200
        assert client.get(link).status_code == 200
        assert client.get(link + "?answer=yes").status_code == 200
    offer.refresh_from_db()
    assert (offer.state, offer.version, Entry.objects.count()) == ("open", 1, entries)
    told = Client().post(link, {"answer": "yes"})
    offer.refresh_from_db()
    assert (told.status_code, offer.state, Placement.objects.count()) == (200, "accepted", 1)


def test_a_press_without_an_answer_asks_again() -> None:
    offer = offer_of(group_of(), home_of())
    assert b"</h1>" in Client().post(_link(offer), {"answer": "perhaps"}).content
    offer.refresh_from_db()
    assert offer.state == "open"


def test_a_form_without_its_token_changes_nothing() -> None:
    offer = offer_of(group_of(), home_of())
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(_link(offer), {"answer": "yes"}).status_code == 403
    offer.refresh_from_db()
    assert offer.state == "open"


def test_every_dead_link_is_the_same_page() -> None:
    pages = set()
    made = [
        offer_of(group_of(), home_of(best_language="spa"), state="accepted"),
        offer_of(group_of(), home_of(), state="declined"),
        offer_of(group_of(), home_of(), state="withdrawn"),
        offer_of(group_of(), home_of(), state="lapsed"),
        offer_of(group_of(), home_of(), expires_at=timezone.now() - timedelta(minutes=1)),
    ]
    for link in (
        *map(_link, made),
        reverse("offer_link", args=["A" * 43]),
        reverse("offer_link", args=["x"]),
    ):
        for told in (Client().get(link), Client().post(link, {"answer": "yes"})):
            body = told.content.replace(link.encode(), b"")
            pages.add((told.status_code, _without_tokens(body)))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 410


def _without_tokens(body: bytes) -> bytes:
    import re

    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken":")[^"]+', b"", body)


def test_no_name_and_nobody_else_is_on_the_page_before_a_yes_or_after_it_by_link() -> None:
    home = home_of(home_id="H-planted")
    group = group_of(given_name="Plantada", family_name="Secreta", country="GTM")
    offer, other = offer_of(group, home), offer_of(group_of(given_name="Otra"), home)
    page = Client().get(_link(offer)).content.decode()
    after = Client().post(_link(offer), {"answer": "yes"}).content.decode()
    for said in (page, after):
        for planted in (
            "Plantada",
            "Secreta",
            "GTM",
            "Otra",
            group.sibling_group_id,
            "H-planted",
            str(other.pk),
        ):
            assert planted not in said


def test_a_home_whose_bed_was_given_is_thanked_and_told_why() -> None:
    home = home_of(beds_any=1)
    first, second = offer_of(group_of(), home), offer_of(group_of(), home)
    Client().post(_link(first), {"answer": "yes"})
    told = Client().post(_link(second), {"answer": "yes"})
    assert (told.status_code, b"bed was given" in told.content) == (409, True)


def test_the_page_speaks_the_homes_language_and_the_one_that_is_asked_for() -> None:
    link = _link(offer_of(group_of(), home_of(best_language="spa")))
    assert "¿Puede" in Client().get(link).content.decode()
    assert "Can you" in Client().get(link + "?lang=en").content.decode()
    chosen = Client()
    chosen.post(reverse("set_language"), {"language": "en", "next": link})
    assert "Can you" in chosen.get(link).content.decode()


def test_a_foster_parent_accepts_behind_the_sign_in_in_two_taps_and_then_sees_names() -> None:
    home, group = home_of(), group_of(given_name="Plantada")
    offer, me = offer_of(group, home), browser_of(parent_of(home))
    first = me.get(reverse("my_home")).content.decode()
    assert (reverse("my_offer", args=[offer.pk]) in first, "Plantada" in first) == (True, False)
    assert "Plantada" not in me.get(reverse("my_offer", args=[offer.pk])).content.decode()
    assert me.post(reverse("my_offer", args=[offer.pk]), {"answer": "yes"}).status_code == 200
    again = me.post(reverse("my_offer", args=[offer.pk]), {"answer": "yes"})
    assert (again.status_code, Placement.objects.count()) == (200, 1)
    assert "Plantada" in me.get(reverse("my_home")).content.decode()


def test_another_homes_offer_is_not_there_and_neither_is_one_after_the_assignment_ended() -> None:
    home = home_of()
    offer, parent = offer_of(group_of(), home), parent_of(home)
    address = reverse("my_offer", args=[offer.pk])
    assert browser_of(parent_of(home_of())).get(address).status_code == 404
    assert browser_of(parent).head(address).status_code == 200
    Assignment.objects.filter(user=parent).update(until_at=timezone.now())
    assert browser_of(parent).post(address, {"answer": "yes"}).status_code == 404
    offer.refresh_from_db()
    assert offer.state == "open"


def test_a_home_declines_without_a_reason() -> None:
    home = home_of()
    offer, me = offer_of(group_of(), home), browser_of(parent_of(home))
    page = me.get(reverse("my_offer", args=[offer.pk])).content.decode()
    assert "<textarea" not in page
    assert "required" not in page
    assert me.post(reverse("my_offer", args=[offer.pk]), {"answer": "no"}).status_code == 200
    assert me.get(reverse("my_offer", args=[offer.pk])).status_code == 410


@pytest.mark.parametrize("differs", [False, True])
def test_a_home_looks_through_its_list_once_a_month_in_two_taps(differs: bool) -> None:
    _group, home = placed()
    me = browser_of(parent_of(home))
    assert reverse("my_home_confirm", args=[home.pk]) in me.get(reverse("my_home")).content.decode()
    answer = {"answer": "differs" if differs else "right"}
    assert me.post(reverse("my_home_confirm", args=[home.pk]), answer).status_code == 302
    assert Confirmation.objects.get().differs == differs
    assert Task.objects.filter(kind="list_differs").count() == int(differs)
    assert reverse("my_home_confirm", args=[home.pk]) not in me.get(reverse("my_home")).content.decode()
    other = browser_of(parent_of(home_of()))
    assert other.post(reverse("my_home_confirm", args=[home.pk]), answer).status_code == 404
