"""The office as an app: it is told apart, its pages are usable on a phone, and its worker shows every message."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from tests.journeys.conftest import DESK, PHONE, DeskOf, serious, sideways
from tests.served_office import Office

SUBSCRIBES = """() => {
  const raw = text => Uint8Array.from(atob(text), each => each.charCodeAt(0)).buffer;
  const own = {endpoint: 'https://fcm.googleapis.com/fcm/send/desk', unsubscribe: async () => true,
    options: {applicationServerKey: new ArrayBuffer(0)}, getKey: name => raw(KEYS[name])};
  PushManager.prototype.subscribe = async () => own;
  PushManager.prototype.getSubscription = async () => null;
  window.asked = 0;
  Notification.requestPermission = async () => { window.asked++; return 'granted'; };
}"""
SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration('/away/')).getNotifications()).map(
  each => [each.title, each.data.link])"""
REFUSED = """() => new Promise(done => {
  const asked = indexedDB.open('posada-away', 1);
  asked.onsuccess = () => {
    const id = crypto.randomUUID(), turn = asked.result.transaction(['sealed', 'taken'], 'readwrite');
    const sealed = {form: crypto.randomUUID(), device: crypto.randomUUID(), check_in: id, version: 1, label: '1'};
    turn.objectStore('sealed').put(sealed);
    turn.objectStore('taken').put({id, label: '1', kind: 'Day 7', due: 'today', version: 1});
    turn.oncomplete = () => { asked.result.close(); done(); };
  };
})"""
MESSAGES = (
    ("offer-answered", "An offer was answered.", "/offers/"),
    ("offer-answered", "Respondieron a una oferta.", "/offers/"),
    ("deadline-near", "A date on your agenda is near.", "/agenda/"),
    ("deadline-near", "Se acerca una fecha de su agenda.", "/agenda/"),
)


class Deliverer:
    """Hands messages to the service worker as the browser does."""

    def __init__(self, context: BrowserContext, page: Page, address: str) -> None:
        self.session: CDPSession = context.new_cdp_session(page)
        self.address = address
        self.ids: list[str] = []
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._noted)
        self.session.send("ServiceWorker.enable")
        for _ in range(200):
            if self.ids:
                break
            page.wait_for_timeout(50)
        assert self.ids, "the browser told of no service worker"

    def _noted(self, told: dict[str, Any]) -> None:
        self.ids += [each["registrationId"] for each in told["registrations"]]

    def deliver(self, body: str) -> None:
        """One message."""
        told = {"origin": self.address, "registrationId": self.ids[-1], "data": body}
        self.session.send("ServiceWorker.deliverPushMessage", told)


def test_the_switch_asks_once_it_is_pressed_and_every_message_is_shown(
    office: Office, desk_of: DeskOf
) -> None:
    page = desk_of("placement")
    page.context.grant_permissions(["notifications"], origin=office.address)
    keys = {
        "p256dh": "BP4z9KsN6nGRTbVYI/c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8=",
        "auth": "BTBZMqHH6r4Tts7J/aSIgg==",
    }
    page.add_init_script(f"const KEYS = {json.dumps(keys)}; ({SUBSCRIBES})()")
    page.goto(office.address + "/nudges/")
    assert page.evaluate("asked") == 0
    page.check("[name=topic][value=offer-answered]")
    page.click("#nudges button.go")
    expect(page.locator("#nudges-said[data-said=on]")).to_be_visible()
    assert page.evaluate("asked") == 1
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This browser is told when something waits")

    push = Deliverer(page.context, page, office.address)
    for topic, title, link in MESSAGES:
        push.deliver(
            json.dumps({"topic": topic, "title": title, "link": link, "tag": title[:1].lower() + topic})
        )
    push.deliver("not a message")
    shown = _until(lambda: page.evaluate(SHOWN), len(MESSAGES) + 1, page)
    assert sorted(map(tuple, shown)) == sorted([*(each[1:] for each in MESSAGES), ("Posada", "/")])
    page.uncheck("[name=topic][value=offer-answered]")
    page.click("#nudges button.go")
    expect(page.locator("#nudges-said[data-said=off]")).to_be_visible()


def _until(asks: Callable[[], Any], count: int, page: Page) -> Any:
    for _ in range(400):  # twenty seconds: a browser beside other tests is slow
        found = asks()
        if len(found) >= count:
            break
        page.wait_for_timeout(50)
    return found


def test_what_the_office_refused_can_be_discarded_and_hides_nothing(office: Office, desk_of: DeskOf) -> None:
    page = desk_of("placement")
    page.goto(office.address + "/away/offline/en/")
    expect(page.locator("#away-none")).to_be_visible()
    page.evaluate(REFUSED)
    page.reload()
    line = page.locator("#away-sealed li")
    expect(line.get_by_role("button", name="Discard")).to_be_visible()
    expect(page.locator("#away-taken").get_by_role("button", name="Fill in")).to_be_visible()
    page.once("dialog", lambda asked: asked.dismiss())
    line.get_by_role("button", name="Discard").click()
    expect(line).to_have_count(1)
    page.once("dialog", lambda asked: asked.accept())
    line.get_by_role("button", name="Discard").click()
    expect(line).to_have_count(0)
    expect(page.locator("#away-waiting")).to_be_hidden()


def test_pages_of_the_app_are_usable_on_a_phone_in_both_languages(office: Office, desk_of: DeskOf) -> None:
    for width, language in ((PHONE, "es"), (DESK, "en")):
        page = desk_of("placement", width=width, language=language)
        for path in ("/away/", f"/away/offline/{language}/", "/nudges/", "/accounts/2fa/"):
            page.goto(office.address + path)
            assert serious(page) == [] and sideways(page) <= 0, path
        manifest = page.evaluate("document.querySelector('link[rel=manifest]').href")
        told = page.request.get(manifest).json()
        for icon in told["icons"]:
            assert page.request.get(office.address + icon["src"]).headers["content-type"] == "image/png"
