"""programme.toml."""

from datetime import date
from pathlib import Path

import pytest

from posada.programme import FolderUnreadable
from posada.programme.settings import read_settings


def settings(tmp_path: Path, content: str | bytes) -> object:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    (tmp_path / "programme.toml").write_bytes(raw)
    return read_settings(tmp_path)


def test_only_the_plan_date_is_required(tmp_path: Path) -> None:
    found, warnings = read_settings_of(tmp_path, "plan_date = 2026-12-01\n")
    assert (found.plan_date, found.policy, found.seed) == (date(2026, 12, 1), "maryland", 0)
    assert warnings == ()
    assert read_settings_of(tmp_path, 'plan_date = "2026-12-01"\n')[0].plan_date == date(2026, 12, 1)
    assert read_settings_of(tmp_path, "\ufeffplan_date = 2026-12-01\r\n")[0].plan_date == date(2026, 12, 1)


def read_settings_of(tmp_path: Path, content: str):  # type: ignore[no-untyped-def]
    (tmp_path / "programme.toml").write_text(content, encoding="utf-8")
    return read_settings(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "plan_date is missing"),
        ("plan_date = 1", "plan_date must be"),
        ('plan_date = "2026-02-30"', "plan_date must be"),
        ('plan_date = "12/01/2026"', "plan_date must be"),
        ("plan_date = 2026-12-01T00:00:00", "plan_date must be"),
        ("plan_date = 9999-12-31", "plan_date must be"),
        ("plan_date = 2026-02-30", "TOML"),
        ("plan_date = ", "TOML"),
        ("plan_date = 2026-12-01\nseed = -1", "seed"),
        ("plan_date = 2026-12-01\nseed = true", "seed"),
        ("plan_date = 2026-12-01\nseed = " + "9" * 5000, "TOML"),
        ('plan_date = 2026-12-01\npolicy = "atlantis"', "shipped policies: federal, maryland"),
        ("plan_date = 2026-12-01\nname = 3", "name must be text"),
        (b"plan_date = 2026-12-01\nname = 'Pe\xf1a'", "not UTF-8"),
    ],
)
def test_bad_settings_are_refused_in_one_plain_line(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(FolderUnreadable) as caught:
        settings(tmp_path, content)
    assert len(caught.value.messages) == 1
    assert says in caught.value.messages[0]
    assert caught.value.messages[0].startswith("programme.toml: ")


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(FolderUnreadable) as caught:
        settings(tmp_path, 'seed = -1\npolicy = "x"\n')
    assert len(caught.value.messages) == 3


def test_an_unknown_key_and_an_odd_state_are_only_warned_of(tmp_path: Path) -> None:
    _, warnings = read_settings_of(tmp_path, 'plan_date = 2026-12-01\ncolor = "red"\nstate = "Maryland"\n')
    assert {warning.field for warning in warnings} == {"color", "state"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderUnreadable, match=r"programme\.toml: this file is missing"):
        read_settings(tmp_path)
