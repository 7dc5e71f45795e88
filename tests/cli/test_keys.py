"""`posada keys`: listed without a key, and nothing changed without two persons. The whole way is promise 43."""

import json
import shutil
import uuid
from pathlib import Path

from tests.served_office import posada


def test_keys_are_listed_by_numbers_and_everything_is_sealed_again(
    demonstration: Path, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    shutil.copytree(demonstration, office)
    ran = posada("keys", "list", "--data", office, "--json")
    assert ran.returncode == 0, ran.stderr
    (only,) = json.loads(ran.stdout)
    assert (only["seals"], only["needed_by"]["sealed fields"] > 0) == (True, True)
    again = posada("keys", "reseal", "--data", office)
    assert (again.returncode, "Sealed again: 0 values" in again.stderr) == (0, True)
    told = posada("keys", "list", "--data", office).stdout
    assert told.startswith(only["number"])
    assert all(line.split('"')[1] not in told for line in (office / "keys.toml").read_text().splitlines()[1:])


def test_nothing_changes_without_an_approval(demonstration: Path, tmp_path: Path) -> None:
    before = (demonstration / "keys.toml").read_bytes()
    for words in (("new",), ("retire", "--out", tmp_path / "out")):
        for approval in (str(uuid.uuid4()), "yes"):
            ran = posada("keys", *words, "--data", demonstration, "--approval", approval)
            assert ran.returncode == 2
            assert "Traceback" not in ran.stderr
    assert (demonstration / "keys.toml").read_bytes() == before
    assert not (tmp_path / "out").exists()
