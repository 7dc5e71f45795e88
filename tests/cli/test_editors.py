"""`posada editors`: a folder without a newsroom, and slips of the command line."""

from pathlib import Path

import pytest

from tests.served_office import posada


@pytest.fixture
def described(tmp_path: Path) -> Path:
    """A folder in which a newsroom is described; nothing more is needed to see a slip."""
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom" / "newsroom.toml").write_text("", encoding="utf-8")
    return tmp_path


def test_where_no_newsroom_is_it_says_how_to_make_one(tmp_path: Path) -> None:
    ran = posada("editors", "--data", tmp_path)
    assert ran.returncode == 2
    assert "posada init --newsroom" in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--add", "nadia", "--remove", "nadia"),
        ("--new-link", "nadia", "--code", "nadia"),
        ("--add", "nadia", "--new-link", "nadia"),
    ],
)
def test_two_acts_at_once_are_refused_before_either_is_done(described: Path, words: tuple[str, ...]) -> None:
    ran = posada("editors", "--data", described, *words)
    assert ran.returncode == 2 and not ran.stdout
    assert "Say one of --add" in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize("words", [("--add",), ("--chief", "nadia"), ("nadia",)])
def test_a_word_too_few_or_too_many_is_a_line(described: Path, words: tuple[str, ...]) -> None:
    ran = posada("editors", "--data", described, *words)
    assert ran.returncode == 2 and not ran.stdout and ran.stderr and "Traceback" not in ran.stderr


def test_a_newsroom_that_cannot_be_used_says_so_in_a_line(described: Path) -> None:
    ran = posada("editors", "--data", described)
    assert ran.returncode == 2 and not ran.stdout
    assert "key is missing" in ran.stderr and "Traceback" not in ran.stderr
