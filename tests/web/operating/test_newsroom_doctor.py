"""What the doctor says of a newsroom: each thing that is wrong by name, with a way to mend it."""

import os
import time
from pathlib import Path
from typing import Any

from posada.web.operating.doctor import Standing
from posada.web.operating.newsroom_doctor import examine_newsroom, told

WELL: dict[str, Any] = {
    "demonstration": False,
    "behind_tls": True,
    "address": "https://posada.example.org",
    "static": True,
    "editors": 1,
    "second_readers": 1,
    "without_second_factor": [],
    "behind_tables": 0,
    "seconds_late": 0.0,
    "figures": "fresh",
}


def wrong(**changed: Any) -> set[str]:
    found = [each for each in told({**WELL, **changed}) if each.standing == Standing.WRONG]
    assert all(each.says and each.mend for each in found)
    return {each.what for each in found}


def test_a_newsroom_that_is_well_has_nothing_wrong() -> None:
    assert wrong() == set()
    assert [each.standing for each in told(WELL)] == [Standing.RIGHT]


def test_each_thing_that_is_wrong_is_named() -> None:
    assert wrong(behind_tables=2) == wrong(static=False) == {"newsroom"}
    assert wrong(seconds_late=400.0) == {"scheduled stories"}
    assert wrong(figures="unsigned") == {"figures"} and wrong(figures="old") == set()
    assert wrong(second_readers=0) == {"second reader"}
    assert wrong(address="http://127.0.0.1:8001") == {"newsroom's address"}


def test_letters_that_wait_and_a_worker_without_a_sign_of_life_are_found(tmp_path: Path) -> None:
    assert list(examine_newsroom(tmp_path, served=True)) == []  # none was made
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom" / "newsroom.toml").write_text("demonstration = true\n")
    letter = tmp_path / "exchange" / "from_public" / "x.letter"
    letter.parent.mkdir(parents=True)
    letter.touch()
    os.utime(letter, (time.time() - 900, time.time() - 900))
    found = {each.what: each for each in examine_newsroom(tmp_path, served=True)}
    assert set(found) == {"letters", "newsroom's worker", "newsroom"}
    assert "15 minutes" in found["letters"].says and "key" in found["newsroom"].says
