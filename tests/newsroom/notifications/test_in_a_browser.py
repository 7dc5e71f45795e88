"""A real Chromium: asks only after a switch is pressed, shows a real message of each topic, and reads offline.

The browser's own push service cannot be reached from a test, so its two halves are put together by hand: the page's
subscription leads to the local service, and what that service got is opened with the browser's key and handed to the
service worker by the browser's own protocol.
"""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from tests.chromium import chromium
from tests.newsroom.newsroom_site import Site, served_site
from tests.newsroom.notifications.conftest import Newsroom

SUBSCRIBES = """([endpoint, p256dh, auth]) => {
  const kept = on => on ? localStorage.setItem('own', '1') : localStorage.removeItem('own');
  const own = {
    endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    unsubscribe: async () => { kept(false); return true; },
  };
  PushManager.prototype.subscribe = async wanted => { window.wanted = wanted; kept(true); return own; };
  PushManager.prototype.getSubscription = async () => localStorage.getItem('own') ? own : null;
  window.asked = 0;
  const real = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { window.asked++; return real(); };
}"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(
  each => ({ title: each.title, body: each.body, tag: each.tag, lang: each.lang, link: each.data.link }))"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) for (const each of await (await caches.open(name)).keys()) {
    const address = new URL(each.url);
    found.push(address.pathname + address.search);
  }
  return found;
}"""
FORMS = ("/open-your-home/", "/give-your-hours/", "/es/abra-su-hogar/", "/es/de-sus-horas/")
FONTS = """async () => {
  await document.fonts.ready;
  const come = [...document.fonts].filter(each => each.status === 'loaded');
  return come.map(each => each.family + ' ' + each.weight).sort();
}"""
"""The fonts that have really come, not those that the style sheet asks for."""
WITHDRAWN = """async () => {
  const pages = await caches.open('pages'), at = new Headers({ 'x-kept-at': '1', 'x-title': 'x' });
  await pages.put('/newsroom/withdrawn/', new Response('x', { headers: at }));
  await caches.delete('looked');
}"""
CANNOT_BE_HAD = """async address => {
  const pages = await caches.open('pages'), at = new Headers({ 'x-kept-at': '2', 'x-title': 'x' });
  await pages.put(address, new Response('x', { headers: at }));
}"""
WORKS = "async () => { await navigator.serviceWorker.ready; return !!navigator.serviceWorker.controller; }"


@pytest.fixture
def phone(newsroom: Newsroom, told_site: Site) -> Iterator[tuple[BrowserContext, Page]]:
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844}, permissions=["notifications"])
        given = [newsroom.service.address + "/ok/phone", newsroom.browser.p256dh, newsroom.browser.auth]
        context.add_init_script(f"({SUBSCRIBES})({json.dumps(given)})")
        page = context.new_page()
        page.goto(told_site.address + "/be-told/")
        yield context, page
        context.close()


class Deliverer:
    """Hands messages to the service worker as the browser does."""

    def __init__(self, context: BrowserContext, page: Page, address: str) -> None:
        self.session: CDPSession = context.new_cdp_session(page)
        self.address, self.page = address, page
        self.ids: list[str] = []
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._noted)
        self.session.send("ServiceWorker.enable")
        page.wait_for_function("() => navigator.serviceWorker.ready")
        for _ in range(600):
            if self.ids:
                break
            page.wait_for_timeout(50)

    def _noted(self, told: dict[str, Any]) -> None:
        self.ids += [
            each["registrationId"]
            for each in told["registrations"]
            if each["scopeURL"].startswith(self.address)
        ]

    def deliver(self, body: str) -> None:
        """One message."""
        words = {"origin": self.address, "registrationId": self.ids[-1], "data": body}
        self.session.send("ServiceWorker.deliverPushMessage", words)


def shown(page: Page, count: int) -> list[dict[str, str]]:
    """The notifications, once there are so many."""
    for _ in range(60):
        found: list[dict[str, str]] = page.evaluate(SHOWN)
        if len(found) >= count:
            break
        page.wait_for_timeout(50)
    assert len(found) == count
    return found


def kept_pages(page: Page, wanted: set[str]) -> list[str]:
    """Addresses of copies, once those are among them."""
    for _ in range(200):
        kept: list[str] = page.evaluate(KEPT)
        if wanted <= set(kept):
            break
        page.wait_for_timeout(50)
    assert wanted <= set(kept)
    return kept


@pytest.mark.browser
def test_a_notification_is_shown_for_each_topic_and_a_dead_subscription_is_among_live_ones(
    newsroom: Newsroom, told_site: Site, phone: tuple[BrowserContext, Page]
) -> None:
    context, page = phone
    expect(page.get_by_role("switch")).to_have_count(3)
    expect(page.locator("#told-stop")).to_be_hidden()
    assert page.evaluate("asked") == 0 and newsroom.acts.standing()["subscriptions"] == []
    for name in ("Breaking news", "Live events", "Exclusive reporting"):
        page.locator("label.switch", has_text=name).click()
        expect(page.locator("#told-note")).to_have_text("Kept. You will be told.")
    assert page.evaluate("asked") == 1, "the permission is asked with the first switch, once"
    expect(page.locator("#told-link a")).to_contain_text("/be-told/stop/")
    page.locator("label.pick", has_text="Not at night").evaluate(
        "each => each.closest('details').open = true"
    )
    page.locator("label.pick", has_text="Not at night").click()
    expect(page.locator("#told-note")).to_have_text("Kept. You will be told.")
    page.reload()
    expect(page.get_by_role("switch", checked=True)).to_have_count(3)

    newsroom.subscribe("/gone/other", "breaking", "live", "exclusive")
    newsroom.subscribe("/ok/other", "breaking", "live", "exclusive")
    newsroom.acts.age_subscriptions()
    newsroom.acts.publish(name="storm", breaking=True)
    newsroom.acts.publish(name="letters", exclusive=True)
    newsroom.acts.go_live(name="briefing")
    assert newsroom.acts.deliver() == {"sent": 6, "gone": 1}

    deliverer = Deliverer(context, page, told_site.address)
    for message in newsroom.told("/ok/phone"):
        deliverer.deliver(json.dumps(message))
    told = {each["body"]: each for each in shown(page, 3)}
    assert {name: each["title"] for name, each in told.items()} == {
        "Breaking news": "storm en",
        "Exclusive reporting": "letters en",
        "Live events": "briefing en",
    }
    assert told_site.get(told["Live events"]["link"]).status == 200
    assert len({each["tag"] for each in told.values()}) == 3

    deliverer.deliver(json.dumps(newsroom.told("/ok/phone")[0]))  # the same once more replaces it
    deliverer.deliver("not what this site sends")
    assert {each["title"] for each in shown(page, 4)} >= {"Something new from Posada"}

    page.locator("#told-stop").click()
    expect(page.locator("#told-note")).to_have_text("Stopped. You will not be told any more.")
    assert newsroom.service.address + "/ok/phone" not in newsroom.acts.standing()["subscriptions"]


@pytest.mark.browser
def test_every_one_of_many_messages_is_shown_with_the_page_open_or_gone(
    told_site: Site, phone: tuple[BrowserContext, Page]
) -> None:
    context, page = phone
    deliverer = Deliverer(context, page, told_site.address)
    page.goto(told_site.address + "/robots.txt")
    for at in range(100):
        told = {"topic": "live", "title": f"{at}", "link": "/es/", "tag": f"live-{at}"}
        deliverer.deliver(json.dumps(told))
        if at == 50:
            page.goto("about:blank")
    page.goto(told_site.address + "/")
    found = page.evaluate(SHOWN)
    for _ in range(60):
        if len(found) >= 100:
            break
        page.wait_for_timeout(50)
        found = page.evaluate(SHOWN)
    assert sorted(int(each["title"]) for each in found) == list(range(100))
    assert {(each["body"], each["lang"]) for each in found} == {("Eventos en vivo", "es")}


@pytest.mark.browser
def test_pages_are_read_offline_with_their_age_and_nothing_private_is_kept(
    site: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "newsroom"
    shutil.copytree(site.folder, folder)
    shutil.copytree(site.exchange, tmp_path / "exchange")
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        with served_site(folder) as short:
            page.goto(short.address + "/")
            page.wait_for_function(WORKS)
            for path in (
                "/",
                "/newsroom/a-state-asked/",
                "/es/",
                "/cms/sign-in/",
                "/open-your-home/",
                "/open-your-home/?r=abc&s=1",
            ):
                page.goto(short.address + path)
            page.goto(short.address + "/newsroom/")
            kept = kept_pages(page, {"/", "/newsroom/a-state-asked/", "/es/", "/newsroom/"})
            page.goto(short.address + "/newsroom/a-state-asked/")
            fonts = page.evaluate(FONTS)
        assert not [each for each in kept if each.startswith(("/cms", "/told", "/clips")) or "?" in each]
        assert "/open-your-home/" not in kept
        page.goto(short.address + "/newsroom/a-state-asked/")
        expect(page.get_by_role("status").first).to_contain_text("You are offline. This copy was made on")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate(FONTS) == fonts != [], "the style sheet and its fonts are kept too"
        page.goto(short.address + "/es/")
        expect(page.get_by_role("status").first).to_contain_text("No tiene conexión. Esta copia es del")
        page.goto(short.address + "/numbers/")
        expect(page.locator("h1")).to_have_text("You are offline")
        expect(page.locator("main li a")).not_to_have_count(0)
        page.locator("main li a").first.click()
        expect(page.get_by_role("status").first).to_contain_text("You are offline")
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("event", ["page", "message"])
def test_a_copy_of_a_withdrawn_page_goes_with_the_next_page_or_message_of_another_day(
    told_site: Site, phone: tuple[BrowserContext, Page], event: str
) -> None:
    context, page = phone
    page.wait_for_function(WORKS)
    deliverer = Deliverer(context, page, told_site.address)
    page.goto(told_site.address + "/")
    kept_pages(page, {"/", "/looked"})
    page.evaluate(WITHDRAWN)
    assert "/newsroom/withdrawn/" in page.evaluate(KEPT)
    if event == "page":
        page.goto(told_site.address + "/newsroom/")
    else:
        deliverer.deliver("{}")
    assert "/newsroom/withdrawn/" not in kept_pages(page, {"/looked"})
    assert "/" in page.evaluate(KEPT), "what is still there is kept"


@pytest.mark.browser
def test_one_page_that_cannot_be_had_keeps_no_withdrawn_one_alive(
    told_site: Site, phone: tuple[BrowserContext, Page]
) -> None:
    _context, page = phone
    page.wait_for_function(WORKS)
    page.goto(told_site.address + "/")
    kept_pages(page, {"/", "/looked"})
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes a connection and says nothing
        page.evaluate(CANNOT_BE_HAD, f"http://127.0.0.1:{silent.getsockname()[1]}/never/")
        page.evaluate(WITHDRAWN)
        page.goto(told_site.address + "/newsroom/")
        for _ in range(600):
            if "/newsroom/withdrawn/" not in (kept := page.evaluate(KEPT)):
                break
            page.wait_for_timeout(50)
    assert "/newsroom/withdrawn/" not in kept
    assert "/never/" in kept and "/looked" not in kept, "what could not be had is tried with the next page"


@pytest.mark.browser
def test_the_two_forms_never_pass_through_the_service_worker(
    told_site: Site, phone: tuple[BrowserContext, Page]
) -> None:
    _context, page = phone
    page.wait_for_function(WORKS)
    through = {}
    for path in ("/", *FORMS):
        answer = page.goto(told_site.address + path)
        assert answer is not None and answer.status == 200
        through[path] = answer.from_service_worker
    assert through == {"/": True, **dict.fromkeys(FORMS, False)}
