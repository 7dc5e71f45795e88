"""Promise 39 in the other two engines, in the long form alone (`POSADA_TEST_ALL=1`): in Firefox and WebKit too what
is written where there is no connection lies sealed, and after signing out nothing of anybody is left on the device.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engines import Engine, EngineRefusedError, firefox, webkit
from tests.promises.test_39_signing_out_clears_the_device import KEPT, on_disk, told
from tests.promises.watched_pages import Watched, watched
from tests.served_office import Office, code_now

pytestmark = pytest.mark.browser
CANARY, PATIENCE = "Kanarienvogel-3953", 60.0
SIGN_OUT = ".who form[action='/accounts/logout/'] button"


def until(claim: Callable[[], Any], what: str) -> Any:
    """Wait for what a page does by itself."""
    over = time.monotonic() + PATIENCE
    while time.monotonic() < over:
        try:
            if found := claim():
                return found
        except EngineRefusedError:  # between two pages
            pass
        time.sleep(0.1)
    pytest.fail(f"it did not come to this: {what}")


def sign_in(engine: Engine, between: Watched, account: dict[str, str]) -> None:
    engine.goto(between.address + "/accounts/login/")
    engine.fill("input[name=login]", account["username"])
    engine.fill("input[name=password]", account["password"])
    engine.submit("main form button.go")
    for _ in range(3):
        engine.fill("input[name=code]", code_now(account["totp_secret"]))
        engine.submit("main form button.go")
        if engine.address() == between.address + "/":
            return
        time.sleep(30 - time.time() % 30 + 0.1)  # a code that was used already is waited out
    pytest.fail(engine.text())


def kept(engine: Engine) -> Any:
    """What lies in this browser: caches, stores, workers."""
    return engine.script(f"return ({KEPT})()")


def press(engine: Engine, selector: str) -> None:
    """Press what may lie outside of the window: WebKit's driver does not go there by itself."""
    lines = (
        "const found = document.querySelector(arguments[0]); if (found) found.click(); return Boolean(found)"
    )
    until(lambda: engine.script(lines, selector), selector)


def write_without_connection(engine: Engine, between: Watched, made: dict[str, Any]) -> None:
    """Take a check-in along, lose the connection, write it down."""
    engine.goto(between.address + "/away/")
    press(engine, f"[name=take][value='{made['ids'][0]}']")
    press(engine, "#away-take button.go")
    engine.text("[data-said=taken]")
    between.is_away = True
    engine.goto(between.address + "/away/")
    press(engine, "#away-taken button")
    typed = {"#away-outcome": "safe", "#away-on": made["today"], "#away-note": f"All is well. {CANARY}"}
    lines = "document.querySelector(arguments[0]).value = arguments[1]; return true"
    for selector, text in typed.items():
        until(lambda selector=selector, text=text: engine.script(lines, selector, text), selector)
    press(engine, "#away-form button.go")
    engine.text("[data-said=saved]")


def send_and_sign_out(engine: Engine, between: Watched) -> None:
    """The connection is back; what was written goes to the office, and the person goes home."""
    between.is_away = False
    engine.script("dispatchEvent(new Event('online')); return 1")
    nothing_waits = "return document.querySelectorAll('#away-sealed li').length === 0"
    until(lambda: engine.script(nothing_waits), "it is sent")
    engine.goto(between.address + "/away/")
    press(engine, SIGN_OUT)
    until(lambda: "/accounts/login/" in engine.address(), "signed out")


def nothing_is_left(engine_of: Any, office: Office, folder: Path) -> None:
    made = told(office)
    words = [CANARY, *(part for pair in made["names"] for part in pair if len(part) > 4)]
    with watched(office.address) as between, engine_of(folder) as engine:
        sign_in(engine, between, office.account("placement"))
        write_without_connection(engine, between, made)
        found = kept(engine)
        assert found["workers"] == 1 and len(dict(found["stores"]["posada-away"])["sealed"]) == 1
        assert not [each for each in words if each in json.dumps(found, ensure_ascii=False)]
        send_and_sign_out(engine, between)
        left = kept(engine)
        assert left["stores"] == {} and left["caches"] == [] and left["workers"] == 0, left
        engine.script("history.back(); return 1")
        until(lambda: engine.script("return document.readyState === 'complete'"), "the page before")
        page = str(engine.script("return document.documentElement.innerHTML"))
        assert not [each for each in words if each in page]
        name = engine.name
    stand = {pk: note for pk, _outcome, note, _version in told(office, "told")["check_ins"]}
    assert CANARY in stand[made["ids"][0]]
    files = sum(each.is_file() for each in folder.rglob("*"))
    print(f"{files} files and every store of {name} were looked through for {len(words)} words")
    assert on_disk(folder, words) == []


if os.environ.get("POSADA_TEST_ALL") == "1":

    @pytest.mark.parametrize("engine_of", [firefox, webkit], ids=["firefox", "webkit"])
    def test_signing_out_clears_the_other_browsers_too(
        engine_of: Any, office: Office, tmp_path: Path
    ) -> None:
        nothing_is_left(engine_of, office, tmp_path / "profile")
