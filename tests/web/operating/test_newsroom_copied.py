"""The public site comes back with the office: every row, every file, muted; and no secret of either in the other."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from posada.web.apart import newsroom_of
from posada.web.operating.newsroom import NewsroomNotPrepared
from posada.web.operating.newsroom_copied import restore_newsroom, told_by
from tests.newsroom.newsroom_site import make_site

Told = dict[str, bytes]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The entries of a newsroom with the demonstration's stories and a file."""
    folder = make_site(tmp_path_factory.mktemp("told") / "newsroom")
    (folder / "media" / "deep").mkdir(parents=True, exist_ok=True)
    (folder / "media" / "deep" / "clip.webm").write_bytes(b"a clip" * 300_000)
    return {
        name: b"\n".join(blocks) if name[:5] == "table" else b"".join(blocks)
        for name, blocks in told_by(folder)
    }


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    settings.DEPLOYMENT = replace(django_settings.DEPLOYMENT, folder=tmp_path / "new")
    return tmp_path / "new"


def entries(told: Told) -> Any:
    return [(name, iter([content])) for name, content in told.items()]


def test_every_row_and_file_is_there_again_and_it_is_muted(told: Told, place: Path) -> None:
    manifest = json.loads(told["manifest"])
    assert manifest["tables"]["newsroom.articlepage"][0] > 0
    assert manifest["tables"]["wagtailcore.revision"][0] > 0
    restore_newsroom(entries(told))
    newsroom = newsroom_of(place)
    assert newsroom is not None
    again = {name: b"".join(blocks) for name, blocks in told_by(newsroom)}
    assert json.loads(again["manifest"]) == manifest
    assert (newsroom / "media" / "deep" / "clip.webm").read_bytes() == b"a clip" * 300_000
    assert (newsroom / "muted").is_file()
    sealing = django_settings.DEPLOYMENT.keys.sealing
    assert not any(secret in content for secret in sealing for content in again.values())


def test_what_was_changed_on_the_way_is_refused(told: Told, place: Path) -> None:
    pages = told["table/wagtailcore.page"].replace(b"true", b"false", 1)
    with pytest.raises(NewsroomNotPrepared, match=r"wagtailcore\.page"):
        restore_newsroom(entries({**told, "table/wagtailcore.page": pages}))


def test_a_newsroom_that_cannot_be_read_stops_the_backup(tmp_path: Path) -> None:
    with pytest.raises(NewsroomNotPrepared):
        list(told_by(tmp_path / "nothing"))
