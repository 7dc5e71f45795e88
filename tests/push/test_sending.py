"""Many at once to a strict local service: gone, busy, broken and hanging ones among live ones."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from posada.push.answers import Outcome
from posada.push.endpoints import Allowed, allowed_services
from posada.push.keys import PushKeys, new_keys
from posada.push.notice import Notice
from posada.push.sending import Pace, Result, Target, Urgency, send
from tests.push.fake_service import Browser, Service, fake_service

BROWSER = Browser()
PAYLOAD = Notice("live", "Now", "/newsroom/now/", "live-1").packed(topics=("live",))
QUICK = Pace(each_service=8, answer_seconds=30.0, attempts=3, first_wait=0.02, most_wait=1.0)
SOON = replace(QUICK, answer_seconds=3.0)
"""Where one never answers."""


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_service() as running:
        yield running


@pytest.fixture
def keys(service: Service) -> PushKeys:
    drawn = new_keys(contact="mailto:press@posada-maryland.gov")
    service.public_key = drawn.public
    return drawn


def to(service: Service, *paths: str) -> list[Target]:
    return [Target(path, service.address + path, BROWSER.p256dh, BROWSER.auth, PAYLOAD) for path in paths]


def here(service: Service) -> Allowed:
    return allowed_services(here=[service.address])


def outcomes(results: Iterator[Result]) -> dict[str, Outcome]:
    listed = list(results)
    told = {each.id: each.outcome for each in listed}
    assert len(told) == len(listed), "one result for each"
    return told


def test_every_browser_gets_a_message_that_it_alone_opens(service: Service, keys: PushKeys) -> None:
    paths = [f"/ok/{at}" for at in range(60)]
    told = outcomes(
        send(to(service, *paths), keys=keys, allowed=here(service), ttl_seconds=60, urgency=Urgency.HIGH)
    )
    assert set(told.values()) == {Outcome.SENT} and service.refused == []
    assert {BROWSER.opened(service.taken[path][0])["title"] for path in paths} == {"Now"}
    assert all(len(service.taken[path]) == 1 for path in paths)
    assert service.headers["/ok/1"]["TTL"] == "60" and service.headers["/ok/1"]["Urgency"] == "high"


def test_gone_busy_broken_and_hanging_ones_hold_nobody_up(service: Service, keys: PushKeys) -> None:
    strange = ["/hang/1", "/gone/1", "/missing/1", "/busy/2/1", "/broken/1", "/redirect/1", "/full/1"]
    live = [f"/ok/{at}" for at in range(100)]
    told = outcomes(send(to(service, *strange, *live), keys=keys, allowed=here(service), pace=SOON))
    assert list(told)[-1] == "/hang/1", "every other is known before the one that never answers"
    assert told == dict.fromkeys(live, Outcome.SENT) | {
        "/hang/1": Outcome.UNSURE,
        "/gone/1": Outcome.GONE,
        "/missing/1": Outcome.GONE,
        "/busy/2/1": Outcome.SENT,
        "/broken/1": Outcome.LATER,
        "/redirect/1": Outcome.FAILED,
        "/full/1": Outcome.LATER,
    }
    assert "/ok/redirected" not in service.asked
    assert service.asked["/hang/1"] == 1, "what may have arrived is not sent again"


def test_what_is_busy_is_tried_a_few_times_and_for_long_waits_not_at_all(
    service: Service, keys: PushKeys
) -> None:
    told = list(
        send(to(service, "/busy/9/x", "/full/x", "/broken/x"), keys=keys, allowed=here(service), pace=QUICK)
    )
    assert {each.id: each.outcome for each in told} == dict.fromkeys(
        ("/busy/9/x", "/full/x", "/broken/x"), Outcome.LATER
    )
    assert service.asked == {"/busy/9/x": 3, "/full/x": 1, "/broken/x": 3}
    assert next(each.retry_after for each in told if each.id == "/full/x") == 43200.0


def test_a_service_that_answers_nobody_is_left_for_later_as_a_whole(service: Service, keys: PushKeys) -> None:
    pace = Pace(each_service=4, attempts=2, first_wait=0.01, most_wait=0.05, busy_in_a_row=5)
    paths = [f"/broken/{at}" for at in range(200)]
    told = outcomes(send(to(service, *paths), keys=keys, allowed=here(service), pace=pace))
    assert set(told.values()) == {Outcome.LATER}
    assert sum(service.asked.values()) < 100


def test_nothing_is_asked_of_an_address_that_may_not_be_sent_to(service: Service, keys: PushKeys) -> None:
    told = outcomes(send(to(service, "/ok/1"), keys=keys, allowed=allowed_services()))
    assert told == {"/ok/1": Outcome.NOT_ALLOWED} and not service.asked


def test_other_keys_than_were_subscribed_with_are_an_alarm_and_delete_nothing(service: Service) -> None:
    other = new_keys(contact="mailto:press@posada-maryland.gov")
    service.public_key = "another"
    told = outcomes(send(to(service, "/ok/1"), keys=other, allowed=here(service)))
    assert told == {"/ok/1": Outcome.REFUSED}


def test_a_subscription_whose_keys_are_none_fails_by_itself(service: Service, keys: PushKeys) -> None:
    bad = Target("bad", service.address + "/ok/bad", "BA", BROWSER.auth, PAYLOAD)
    told = outcomes(send([bad, *to(service, "/ok/1")], keys=keys, allowed=here(service)))
    assert told == {"bad": Outcome.FAILED, "/ok/1": Outcome.SENT}


def test_nobody_listening_at_the_address_is_not_now(keys: PushKeys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and never listens: nobody else gets the port meanwhile
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        target = Target(1, address + "/ok/1", BROWSER.p256dh, BROWSER.auth, PAYLOAD)
        told = list(send([target], keys=keys, allowed=allowed_services(here=[address]), pace=QUICK))
    assert told == [Result(1, Outcome.LATER)]


def test_nothing_to_send_is_nothing_sent(keys: PushKeys) -> None:
    assert list(send([], keys=keys, allowed=allowed_services())) == []


def test_whoever_stops_asking_stops_the_sending(service: Service, keys: PushKeys) -> None:
    paths = [f"/ok/{at}" for at in range(3000)]
    results = send(to(service, *paths), keys=keys, allowed=here(service), pace=Pace(each_service=2))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert sum(service.asked.values()) < 3000


def test_once_told_to_stop_nothing_begins_and_what_never_answers_is_not_waited_for(
    service: Service, keys: PushKeys
) -> None:
    stopping = threading.Event()
    paths = ["/hang/1", "/hang/2", *(f"/ok/{at}" for at in range(20))]
    pace = replace(QUICK, each_service=2, answer_seconds=600.0)
    results = send(to(service, *paths), keys=keys, allowed=here(service), pace=pace, stopping=stopping)
    threading.Timer(1.0, stopping.set).start()
    told = outcomes(results)
    assert set(told) == set(paths)
    assert set(told.values()) <= {Outcome.LATER, Outcome.UNSURE}
    assert all(told[path] is Outcome.UNSURE for path in service.asked), "it may have arrived"


def test_a_message_is_kept_for_less_where_its_target_says_so(service: Service, keys: PushKeys) -> None:
    now = datetime.now(UTC)
    short, long = (
        replace(to(service, f"/ok/{most}")[0], keep_until=now + timedelta(seconds=most))
        for most in (4000, 40000)
    )
    told = outcomes(send([short, long], keys=keys, allowed=here(service), ttl_seconds=5000))
    assert set(told.values()) == {Outcome.SENT}
    assert 2000 < int(service.headers["/ok/4000"]["TTL"]) <= 4000
    assert service.headers["/ok/40000"]["TTL"] == "5000"


def test_a_message_that_is_tried_again_after_its_end_is_left_for_later(
    service: Service, keys: PushKeys
) -> None:
    until = datetime.now(UTC) + timedelta(seconds=2)
    targets = [replace(to(service, "/busy/1/x")[0], keep_until=until)]
    pace = replace(QUICK, first_wait=3.0, most_wait=60.0)  # the second try would be sent, and after the end
    told = outcomes(send(targets, keys=keys, allowed=here(service), pace=pace))
    assert told == {"/busy/1/x": Outcome.LATER}
    assert not service.taken.get("/busy/1/x")
