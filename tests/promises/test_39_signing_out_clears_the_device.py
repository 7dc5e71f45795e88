"""Promise 39: a check-in written offline is sealed on the device and sent once; signing out leaves nothing there.

In a real browser with a profile on the disk: what is typed offline is not in its files, its caches hold one page in
which nobody is, and after signing out not a word of anybody is left in caches, database, worker or files.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.chromium import NO_BROWSER
from tests.journeys.conftest import sign_in
from tests.served_office import Office, environment

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
CANARY = "Kanarienvogel-7153"
KEPT = """async () => {
  const found = {caches: [], stores: {}, workers: (await navigator.serviceWorker.getRegistrations()).length};
  for (const name of await caches.keys())
    for (const asked of await (await caches.open(name)).keys())
      found.caches.push([new URL(asked.url).pathname, await (await caches.match(asked)).text()]);
  for (const {name} of await indexedDB.databases()) found.stores[name] = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = async () => {
      const rows = [];
      for (const each of asked.result.objectStoreNames) rows.push(await new Promise((told) => {
        const all = asked.result.transaction(each).objectStore(each).getAll();
        all.onsuccess = () => told([each, all.result]);
      }));
      asked.result.close();
      done(rows);
    };
  });
  return found;
}"""


def told(office: Office, *words: str) -> dict[str, Any]:
    """What tests.promises.due_check_ins prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.promises.due_check_ins", str(office.data), *words],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@contextmanager
def profile(folder: Path) -> Iterator[BrowserContext]:
    """Chromium with its files in a folder."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip(NO_BROWSER)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as engine:
        kept = engine.chromium.launch_persistent_context(folder, executable_path=path, args=root)
        yield kept
        kept.close()


def take_along(page: Page, office: Office, *ids: str) -> None:
    page.goto(office.address + "/away/")
    for each in ids:
        page.check(f"[name=take][value='{each}']")
    page.click("#away-take button.go")
    page.wait_for_selector("[data-said=taken]")


def write_offline(page: Page, office: Office, made: dict[str, Any], *, nth: int, note: str) -> None:
    page.goto(office.address + "/away/")
    page.click(f"#away-taken button >> nth={nth}")
    page.select_option("#away-outcome", "safe")
    page.fill("#away-on", made["today"])
    page.fill("#away-note", note)
    page.click("#away-form button.go")
    page.wait_for_selector("[data-said=saved]")


def on_disk(folder: Path, words: list[str]) -> list[str]:
    """Files of the profile in which one of the words stands, as bytes or as UTF-16."""
    forms = [(word, word.encode(code)) for word in words for code in ("utf-8", "utf-16-le")]
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            found += [f"{word}: {file.relative_to(folder)}" for word, form in forms if form in content]
    return found


def test_what_is_written_offline_is_sealed_sent_once_and_gone_after_signing_out(
    office: Office, tmp_path: Path
) -> None:
    made = told(office)
    names = [part for pair in made["names"] for part in pair if len(part) > 4]
    assert names
    with profile(tmp_path) as browser:
        page = browser.new_page()
        sign_in(page, office, "placement")
        take_along(page, office, *made["ids"])
        browser.set_offline(True)
        write_offline(page, office, made, nth=0, note=f"All is well. {CANARY}")
        write_offline(page, office, made, nth=0, note=f"Meanwhile. {CANARY}")
        kept = page.evaluate(KEPT)
        assert kept["workers"] == 1
        sealed = sorted(dict(kept["stores"]["posada-away"])["sealed"], key=lambda each: int(each["label"]))
        assert len(sealed) == 2 and {each["version"] for each in sealed} == {1}
        assert not [name for name in [CANARY, *names] if name in json.dumps(kept, ensure_ascii=False)]
        addresses = [path for path, _text in kept["caches"]]
        assert {each for each in addresses if not each.startswith("/static/")} == {
            "/away/offline/en/",
            "/away/offline/es/",
        }

        # Somebody else writes about the second one first.
        other = office.visitor("placement2")
        first, second = (each["check_in"] for each in sealed)
        wrote = other.post(
            f"/placed/check-ins/{second}/", version="1", outcome="safe", on=made["today"], note="I was first."
        )
        assert wrote.status == 200
        browser.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("#away-sealed li")).to_have_count(0)
        stand = {pk: (outcome, note) for pk, outcome, note, _v in told(office, "told")["check_ins"]}
        assert stand[second] == ("safe", "I was first.")
        assert stand[first] == ("safe", f"All is well. {CANARY}")

        # Sent again, as by a device that heard no receipt: the same receipt, and nothing is written.
        again = """async (told) => {
          const state = await (await fetch('/away/state/')).json();
          const answers = await Promise.all([...told, ...told].map(({label, fault, ...each}) => fetch('/away/send/',
            {method: 'POST', body: new URLSearchParams(each), headers: {'X-CSRFToken': state.token}})));
          return Promise.all(answers.map(async (each) => [each.status, (await each.json()).state]));
        }"""
        before = told(office, "told")
        answers = page.evaluate(again, sealed)
        assert sorted(map(tuple, answers)) == [(200, "conflict")] * 2 + [(200, "recorded")] * 2
        assert told(office, "told") == before
        assert sorted(state for state, _note in before["forms"]) == ["conflict", "recorded"]

        # Both texts stand beside each other, and neither is lost.
        page.goto(office.address + "/away/")
        page.click("section.late a")
        shown = page.inner_text("main")
        assert "I was first." in shown and f"Meanwhile. {CANARY}" in shown
        page.click("button[value=add]")
        stand = {pk: note for pk, _o, note, _v in told(office, "told")["check_ins"]}
        assert "I was first." in stand[second] and f"Meanwhile. {CANARY}" in stand[second]

        page.goto(office.address + "/away/")
        page.click(".who form[action='/accounts/logout/'] button")
        page.wait_for_url("**/accounts/login/**")
        left = page.evaluate(KEPT)
        assert left["stores"] == {} and left["caches"] == [] and left["workers"] == 0
        page.go_back()
        page.wait_for_load_state()
        assert not [name for name in [CANARY, *names] if name in page.content()]
    print(f"words looked for on the disk: {1 + len(names)}")
    assert on_disk(tmp_path, [CANARY, *names]) == []
