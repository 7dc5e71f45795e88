"""One packet, built once for all tests that only look at it."""

from pathlib import Path

import pytest

from posada.packets.build import Built, build_packet
from tests.packets.made import sample


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample packet."""
    folder = sample(tmp_path_factory.mktemp("packet") / "case")
    return build_packet(folder, folder.parent / "packet.pdf")


@pytest.fixture(scope="session")
def packet(built: Built) -> Path:
    """The sample packet's file."""
    return built.packet.path
