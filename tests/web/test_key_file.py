"""A key file is looked at again when it changes, and gets another list of sealing keys without losing a word."""

import tomllib
from pathlib import Path

import pytest

from posada.web.deployment import new_keys, read_deployment
from posada.web.key_file import (
    KeyFile,
    KeysNotWritten,
    encoded,
    replace_sealing,
    sealing_in,
    with_sealing,
    write_apart,
)

ONE, TWO = b"1" * 32, b"2" * 32


def key_file(folder: Path, *keys: bytes) -> Path:
    """A key file with these sealing keys."""
    path = folder / "keys.toml"
    path.touch(mode=0o600)
    path.write_text(with_sealing(new_keys(), keys) if keys else new_keys())
    return path


@pytest.mark.parametrize(
    "listed",
    [f'"{encoded(ONE)}"', f'["{encoded(ONE)}"]', f'[\n  "{encoded(ONE)}",  # the first\n]'],
    ids=["one", "list", "lines"],
)
def test_only_the_list_changes_however_it_is_written(listed: str) -> None:
    text = f'# kept\nsecret_key = "s"\nsealing_keys = {listed}\nlookup_key = "l"\n'
    changed = with_sealing(text, [TWO, ONE])
    assert sealing_in(changed) == (TWO, ONE)
    assert changed.startswith('# kept\nsecret_key = "s"\n')
    assert tomllib.loads(changed)["lookup_key"] == "l"


@pytest.mark.parametrize(
    "text",
    ['secret_key = "s"\n', "nonsense", 'note = """\nsealing_keys = "x"\n"""\n'],
    ids=["none", "bad", "in"],
)
def test_a_file_whose_list_is_not_found_stays_as_it_is(text: str, tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text(text)
    with pytest.raises(KeysNotWritten):
        replace_sealing(tmp_path / "keys.toml", [ONE])
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("keys.toml", text)]


def test_a_process_that_runs_knows_a_new_key_at_once_and_an_old_one_until_it_ends(tmp_path: Path) -> None:
    path = key_file(tmp_path, ONE)
    (tmp_path / "deployment.toml").write_text("")
    deployment = read_deployment(tmp_path, environment={})
    assert deployment.sealing_now() == (ONE,)
    replace_sealing(path, [TWO, ONE])
    assert deployment.sealing_now() == (TWO, ONE)
    replace_sealing(path, [TWO])
    assert deployment.sealing_now() == (TWO, ONE)
    assert read_deployment(tmp_path, environment={}).sealing_now() == (TWO,)
    assert (path.stat().st_mode & 0o777, deployment.keys.sealing) == (0o600, (ONE,))


def test_a_file_that_is_gone_or_half_written_changes_nothing(tmp_path: Path) -> None:
    path = key_file(tmp_path, ONE)
    known = KeyFile(path)
    for text in ("", "sealing_keys = [", 'sealing_keys = "short"', "sealing_keys = []"):
        path.write_text(text)
        assert known.sealing((ONE,)) == (ONE,)
    path.unlink()
    assert known.sealing((ONE,)) == (ONE,)


def test_keys_of_the_environment_are_not_looked_for_in_a_file(tmp_path: Path) -> None:
    key_file(tmp_path, ONE)
    (tmp_path / "deployment.toml").write_text("")
    told = {"POSADA_SEALING_KEYS": encoded(TWO)}
    deployment = read_deployment(tmp_path, environment=told)
    assert (deployment.key_file, deployment.sealing_now()) == (None, (TWO,))


def test_what_stands_there_already_is_not_overwritten(tmp_path: Path) -> None:
    write_apart(tmp_path / "old.toml", "first")
    assert (tmp_path / "old.toml").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeysNotWritten):
        write_apart(tmp_path / "old.toml", "second")
    assert (tmp_path / "old.toml").read_text() == "first"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeysNotWritten, match="could not be written"):
        replace_sealing(tmp_path / "none" / "keys.toml", [ONE])
