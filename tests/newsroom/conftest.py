"""A newsroom that is served once for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.newsroom.newsroom_site import Site, figures, make_site, served_site, write_figures


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the demonstration's stories and figures of today."""
    folder = make_site(tmp_path_factory.mktemp("public") / "newsroom")
    with served_site(folder) as running:
        write_figures(running.exchange, figures())
        yield running
