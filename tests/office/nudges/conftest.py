"""A push service on this machine, one for each test."""

from collections.abc import Iterator

import pytest

from tests.office.nudges.desks import ready
from tests.push.fake_service import Service, fake_service


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with fake_service() as running:
        yield ready(running, monkeypatch)
