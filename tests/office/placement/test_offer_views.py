"""Pages of offers."""

import pytest
from django.urls import reverse

from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.placement.models import Offer
from tests.office.people import browser_of, group_of, home_of, person
from tests.office.placement.offered import offer_of, parent_of, run_of, the_day, without_solving

SEND = {"expires_at": "2099-01-01T20:00", "length_days": "60"}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


@pytest.fixture
def me():  # type: ignore[no-untyped-def]
    return browser_of(person(Role.PLACEMENT_WORKER))


def test_the_list_says_what_can_be_sent_and_what_stands_against_it(me) -> None:  # type: ignore[no-untyped-def]
    assert "No offer is open" in me.get(reverse("offers")).content.decode()
    run_of((group_of(), home_of()), (group_of(), home_of(state="closed")))
    page = me.get(reverse("offers")).content.decode()
    assert "2 offers can be sent" in page
    assert "The home is not open." in page


def test_the_chosen_are_sent_and_the_refused_are_named_with_their_rule(me) -> None:  # type: ignore[no-untyped-def]
    chosen, refused, left = group_of(), group_of(), group_of()
    run_of((chosen, home_of()), (refused, home_of(beds_any=0)), (left, home_of()))
    page = me.post(
        reverse("offers_send"), {**SEND, "group": [str(chosen.pk), str(refused.pk)]}
    ).content.decode()
    assert "1 offer was sent" in page
    assert "too few of the right beds" in page
    assert list(Offer.objects.values_list("group", "length_days")) == [(chosen.pk, 60)]
    me.post(reverse("offers_send"), {**SEND, "all": "1"})
    assert Offer.objects.count() == 2


def test_a_form_that_is_not_whole_sends_nothing_and_keeps_what_was_typed(me) -> None:  # type: ignore[no-untyped-def]
    run_of((group_of(), home_of()))
    told = me.post(reverse("offers_send"), {"expires_at": "soon", "length_days": "77", "all": "1"})
    assert (told.status_code, "77" in told.content.decode(), Offer.objects.count()) == (422, True, 0)
    assert me.post(reverse("offers_send"), {**SEND, "group": ["no id"]}).status_code == 404


def test_the_page_of_an_offer_shows_what_the_home_reads(me) -> None:  # type: ignore[no-untyped-def]
    offer = offer_of(group_of(given_name="Plantada"), home_of())
    page = me.get(reverse("offer_page", args=[offer.pk])).content.decode()
    assert "a girl of 12" in page
    assert "Plantada" not in page
    assert "Nothing is known of this home’s address" in page


@pytest.mark.parametrize(("answer", "state"), [("yes", "accepted"), ("no", "declined"), ("", "open")])
def test_an_answer_by_phone_is_written_down(me, answer: str, state: str) -> None:  # type: ignore[no-untyped-def]
    offer = offer_of(group_of(), home_of())
    me.post(reverse("offer_phone", args=[offer.pk]), {"answer": answer})
    offer.refresh_from_db()
    assert offer.state == state
    assert me.get(reverse("offer_page", args=[offer.pk])).status_code == 200


def test_a_mail_that_came_back_is_entered_by_hand_and_sent_again(me) -> None:  # type: ignore[no-untyped-def]
    home = home_of()
    parent_of(home, email="a@example.invalid")
    run_of((group_of(), home))
    me.post(reverse("offers_send"), {**SEND, "all": "1"})
    offer = Offer.objects.get()
    me.post(reverse("offer_came_back", args=[offer.pk]), {"mail": ["no number", "9" * 30]})
    offer.refresh_from_db()
    assert offer.state == "open"
    me.post(reverse("offer_came_back", args=[offer.pk]), {"mail": [str(offer.mails.get().pk)]})
    offer.refresh_from_db()
    assert (offer.state, Task.objects.filter(kind="offer_not_delivered").count()) == ("not_delivered", 1)
    page = me.get(reverse("offers") + "?show=call").content.decode()
    assert "1 home must be called" in page
    me.post(reverse("offer_again", args=[offer.pk]), {"version": offer.version})
    offer.refresh_from_db()
    assert (offer.state, offer.mails.count()) == ("open", 2)


def test_an_offer_is_withdrawn_by_whoever_saw_it_as_it_is(me) -> None:  # type: ignore[no-untyped-def]
    offer = offer_of(group_of(), home_of())
    address = reverse("offer_withdraw", args=[offer.pk])
    assert me.post(address, {"version": "7", "reason": "kin found"}).status_code == 409
    assert me.post(address, {"version": "one", "reason": "kin found"}).status_code == 422
    assert me.post(address, {"version": "1", "reason": "kin found"}).status_code == 302


def test_the_list_stays_within_its_queries(me, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    run_of(*[(group_of(), home_of()) for _n in range(12)])
    for _n in range(12):
        offer_of(group_of(), home_of())
    with django_assert_max_num_queries(30):
        me.get(reverse("offers"))
