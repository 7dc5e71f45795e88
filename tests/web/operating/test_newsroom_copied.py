"""The public site comes back with the office: every row, every file, muted; and no secret of either in the other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from posada.web.apart import newsroom_of
from posada.web.operating.newsroom import NewsroomNotPrepared
from posada.web.operating.newsroom_copied import restore_newsroom, told_by
from tests.newsroom.newsroom_site import make_site
from tests.promises.compared import differing, files, sqlite_tables

Told = dict[str, bytes]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with the demonstration's stories and a clip."""
    folder = make_site(tmp_path_factory.mktemp("told") / "newsroom")
    (folder / "media" / "deep").mkdir(parents=True, exist_ok=True)
    (folder / "media" / "deep" / "clip.webm").write_bytes(b"a clip" * 300_000)
    return folder


@pytest.fixture(scope="module")
def told(site: Path) -> Told:
    """Its entries."""
    return {
        name: b"\n".join(blocks) if name[:5] == "rows/" else b"".join(blocks)
        for name, blocks in told_by(site)
    }


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    settings.DEPLOYMENT = replace(django_settings.DEPLOYMENT, folder=tmp_path / "new")
    return tmp_path / "new"


def entries(told: Told) -> Any:
    return [(name, iter([content])) for name, content in told.items()]


def test_every_table_and_file_is_identical_and_it_is_muted(site: Path, told: Told, place: Path) -> None:
    restore_newsroom(entries(told))
    newsroom = newsroom_of(place)
    assert newsroom is not None
    before = sqlite_tables(site / "newsroom.sqlite3")
    assert len(before["newsroom_articlepage"]) > 0
    assert len(before["wagtailsearch_indexentry_fts_content"]) > 0
    assert differing(before, sqlite_tables(newsroom / "newsroom.sqlite3")) == set()
    assert differing(files(site), files(newsroom)) == {"muted"}
    sealing = django_settings.DEPLOYMENT.keys.sealing
    assert not any(secret in content for secret in sealing for content in told.values())


def test_what_was_changed_on_the_way_is_refused(told: Told, place: Path) -> None:
    pages = told["rows/wagtailcore_page"].replace(b",1,", b",0,", 1)
    with pytest.raises(NewsroomNotPrepared, match="wagtailcore_page"):
        restore_newsroom(entries({**told, "rows/wagtailcore_page": pages}))


def test_a_long_clip_passes_in_pieces(site: Path) -> None:
    longest = max(len(block) for _, blocks in told_by(site) for block in blocks)
    assert longest <= 1 << 20


def test_a_newsroom_that_cannot_be_read_stops_the_backup(tmp_path: Path) -> None:
    with pytest.raises(NewsroomNotPrepared):
        list(told_by(tmp_path / "nothing"))
