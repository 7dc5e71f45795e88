"""A newsroom with its own push service, and a process that acts within it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.newsroom.newsroom_site import Site, served_site
from tests.newsroom.notifications.inside import Inside, inside
from tests.push.fake_service import Browser, Service, fake_service


@dataclass
class Newsroom:
    """What a test of notifications holds."""

    folder: Path
    service: Service
    acts: Inside
    browser: Browser

    def subscribe(self, path: str, *topics: str, **more: object) -> str:
        """A browser whose endpoint behaves as its path says; returns the endpoint."""
        endpoint = self.service.address + path
        words = {"p256dh": self.browser.p256dh, "auth": self.browser.auth, "topics": list(topics)}
        self.acts.subscribe(endpoint=endpoint, **words, **more)
        return endpoint

    def told(self, path: str) -> list[dict[str, str]]:
        """What the browser at this path reads."""
        return [self.browser.opened(body) for body in self.service.taken.get(path, [])]


@pytest.fixture(scope="session")
def a_newsroom(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("told") / "newsroom"
    shutil.copytree(site.folder, folder)
    with fake_service() as service, inside(folder, POSADA_NEWSROOM_PUSH_HERE=service.address) as acts:
        yield Newsroom(folder, service, acts, Browser())


@pytest.fixture
def newsroom(a_newsroom: Newsroom) -> Newsroom:
    a_newsroom.acts.clear()
    a_newsroom.service.taken.clear()
    a_newsroom.service.asked.clear()
    a_newsroom.service.refused.clear()
    return a_newsroom


@pytest.fixture(scope="session")
def told_site(a_newsroom: Newsroom) -> Iterator[Site]:
    """The same newsroom, served."""
    more = {"POSADA_NEWSROOM_PUSH_HERE": a_newsroom.service.address, "POSADA_NEWSROOM_MOST_TOLD": "10000"}
    with served_site(a_newsroom.folder, **more) as running:
        yield running
