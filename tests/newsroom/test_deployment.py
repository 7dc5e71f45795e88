"""A newsroom's folder: private, with keys of its own, and refused where something is missing."""

from pathlib import Path

import pytest

from posada.newsroom.deployment import (
    NewsroomUnusable,
    change_letters_key,
    letters_key_now,
    letters_key_of,
    make_newsroom,
    read_newsroom,
)


def made(folder: Path) -> Path:
    make_newsroom(folder, figures_key=b"f" * 32, letters_key=b"l" * 32, demonstration=True)
    return folder


def test_a_newsroom_is_read_as_it_was_made(tmp_path: Path) -> None:
    found = read_newsroom(made(tmp_path / "newsroom"), environment={})
    assert (found.figures_key, found.letters_key) == (b"f" * 32, b"l" * 32)
    assert found.exchange.resolve() == (tmp_path / "exchange").resolve()
    assert found.secret not in repr(found)


def test_its_files_are_nobody_elses(tmp_path: Path) -> None:
    folder = made(tmp_path / "newsroom")
    assert all(each.stat().st_mode & 0o077 == 0 for each in folder.iterdir())


def test_the_offices_database_is_never_taken_for_its_own(tmp_path: Path) -> None:
    told = {"POSADA_DATABASE_URL": "postgresql:///office", "POSADA_DATA": "/office"}
    found = read_newsroom(made(tmp_path / "newsroom"), environment=told)
    assert found.database_url.endswith("newsroom.sqlite3")


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NewsroomUnusable, match="no newsroom is here"):
        read_newsroom(tmp_path, environment={})
    folder = made(tmp_path / "newsroom")
    with pytest.raises(NewsroomUnusable, match="already"):
        made(folder)
    (folder / "keys.toml").chmod(0o644)
    with pytest.raises(NewsroomUnusable, match="others can read"):
        read_newsroom(folder, environment={})
    (folder / "keys.toml").unlink()
    with pytest.raises(NewsroomUnusable, match="own key is missing"):
        read_newsroom(folder, environment={})


def test_a_demonstration_answers_on_this_machine_only(tmp_path: Path) -> None:
    with pytest.raises(NewsroomUnusable, match="this machine only"):
        read_newsroom(
            made(tmp_path / "newsroom"), environment={"POSADA_NEWSROOM_HOSTS": "posada.example.org"}
        )


def test_a_newsroom_that_runs_learns_the_offices_new_key_for_letters(tmp_path: Path) -> None:
    folder = made(tmp_path / "newsroom")
    running = read_newsroom(folder, environment={})
    assert change_letters_key(folder, b"n" * 32) is True
    assert change_letters_key(folder, b"n" * 32) is False
    assert (running.letters_key, letters_key_now(running)) == (b"l" * 32, b"n" * 32)
    again = read_newsroom(folder, environment={})
    assert (again.figures_key, again.letters_key, again.demonstration) == (b"f" * 32, b"n" * 32, True)
    assert (folder / "newsroom.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text", ["letters_key = [", 'letters_key = "short"', ""], ids=["bad", "short", "none"]
)
def test_a_description_that_cannot_be_read_at_the_moment_changes_no_key(tmp_path: Path, text: str) -> None:
    folder = made(tmp_path / "newsroom")
    running = read_newsroom(folder, environment={})
    (folder / "newsroom.toml").write_text(text)
    assert letters_key_now(running) == b"l" * 32
    with pytest.raises((NewsroomUnusable, ValueError)):
        letters_key_of(folder)
