"""`posada push`: keys that are real, who asked for what, sending once, and numbers."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom.newsroom_site import figures, make_site, write_figures
from tests.newsroom.notifications.inside import inside
from tests.push.fake_service import Browser, fake_service
from tests.served_office import posada


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which only a newsroom lives."""
    data = tmp_path_factory.mktemp("push")
    make_site(data / "newsroom")
    write_figures(data / "exchange", figures())
    yield data
    shutil.rmtree(data)


def asked(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return posada("push", *words, **more)


def test_where_no_newsroom_is_it_says_how_to_make_one(tmp_path: Path) -> None:
    ran = asked("stats", "--data", tmp_path)
    assert ran.returncode == 2
    assert "posada init --newsroom" in ran.stderr and "Traceback" not in ran.stderr


def test_keys_are_shown_without_the_secret_and_not_drawn_over(office: Path) -> None:
    secret = (office / "newsroom" / "push.toml").read_text().split('private_key = "')[1].split('"')[0]
    shown = json.loads(asked("keys", "--data", office, "--json").stdout)
    assert len(shown["public_key"]) == 87 and secret not in str(shown)
    again = asked("keys", "--data", office, "--new", "--contact", "mailto:press@posada-maryland.gov")
    assert again.returncode == 2 and "--again" in again.stderr
    unreal = asked("keys", "--data", office, "--contact", "mailto:press@localhost")
    assert unreal.returncode == 2 and "real contact" in unreal.stderr
    assert asked("keys", "--data", office, "--new").returncode == 2


def test_what_is_due_is_sent_once_and_counted(office: Path) -> None:
    browser = Browser()
    with (
        fake_service() as service,
        inside(office / "newsroom", POSADA_NEWSROOM_PUSH_HERE=service.address) as acts,
    ):
        words = {"p256dh": browser.p256dh, "auth": browser.auth, "topics": ["exclusive"]}
        acts.clear()
        acts.subscribe(endpoint=service.address + "/ok/1", **words)
        acts.subscribe(endpoint=service.address + "/gone/1", **words, language="es")
        acts.publish(name="letters", exclusive=True)
        more = {"POSADA_NEWSROOM_PUSH_HERE": service.address}
        topics = json.loads(asked("topics", "--data", office, "--json").stdout)
        assert topics[2] == {"topic": "exclusive", "browsers": 2, "en": 1, "es": 1}
        dry = json.loads(asked("send", "--data", office, "--dry-run", "--json", **more).stdout)
        assert dry["would_send"] == 2 and service.asked.total() == 0
        sent = asked("send", "--data", office, "--story", "/newsroom/told-letters-en/", "--json", **more)
        assert json.loads(sent.stdout) == {"sent": 1, "gone": 1}
        assert "Nothing is due" in asked("send", "--data", office, **more).stderr
        numbers = json.loads(asked("stats", "--data", office, "--json").stdout)
        newest = numbers[0]
        assert (newest["sent"], newest["gone"], newest["waiting"]) == (1, 1, 0)
        unmarked = asked("send", "--data", office, "--story", "/about/", **more)
        assert unmarked.returncode == 2 and "no mark" in unmarked.stderr
