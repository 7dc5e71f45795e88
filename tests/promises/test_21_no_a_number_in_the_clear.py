"""Promise 21: an A-number stands nowhere in the clear or plainly hashed, neither on the disk nor in a backup.

An office on SQLite takes in children whose numbers are drawn here (which compares them with those that are
there), and is backed up. Then every byte of its folder is searched, and every byte inside the opened backup.
"""

import random
import shutil
from pathlib import Path

import pytest

from posada.web.operating.sealed_file import read_sealed
from tests.promises.planted import forms_of
from tests.promises.test_12_a_backup_brings_back_the_same import halves_of
from tests.served_office import posada

CHILDREN = 6


def spellings(number: str) -> set[str]:
    """A number as it could be written."""
    parts = [number[:3], number[3:6], number[6:]]
    return {number, f"A{number}", "-".join(parts), "A" + "-".join(parts), "A " + " ".join(parts)}


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    chance = random.Random(21)
    return [f"{chance.randrange(200_000_000, 999_999_999)}" for _ in range(CHILDREN)]


def test_every_byte_on_the_disk_and_in_a_backup(
    numbers: list[str], demonstration: Path, tmp_path: Path
) -> None:
    office, program = tmp_path / "office", tmp_path / "program"
    shutil.copytree(demonstration, office)
    program.mkdir()
    rows = [f"X{place},XG,2012-03-0{place + 1},F" for place in range(CHILDREN)]
    people = [f"X{place},Given,Family,A{number}" for place, number in enumerate(numbers)]
    for name, header, lines in (
        ("children.csv", "child_id,sibling_group_id,birth_date,sex", rows),
        ("people.csv", "child_id,given_name,family_name,a_number", people),
    ):
        (program / name).write_text("\n".join([header, *lines]) + "\n")
    for words in (
        ("import", program, "--data", office, "--look"),
        ("import", program, "--data", office, "--json"),
        ("backup", "--data", office, "--out", tmp_path / "backup"),
    ):
        ran = posada(*words)
        assert ran.returncode == 0, ran.stderr
        assert not any(number in ran.stdout + ran.stderr for number in numbers)
    with (tmp_path / "backup").open("rb") as opened:
        inside = b"".join(read_sealed(opened, halves=halves_of(tmp_path / "backup")))
    assert b"XG" in inside, "what was taken in is in the backup"
    wanted = {form.encode() for number in numbers for each in spellings(number) for form in forms_of(each)}
    files = [each for each in office.rglob("*") if each.is_file()]
    assert any(b"XG" in each.read_bytes() for each in files), "and in the database's own file"
    contents = {str(each): each.read_bytes() for each in files} | {"backup": inside}
    holding = [name for name, content in contents.items() if any(form in content for form in wanted)]
    print(f"{len(files)} files and a backup searched for {len(wanted)} forms of {CHILDREN} numbers")
    assert holding == []
