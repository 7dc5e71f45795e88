"""The list of erased: keyed, kept beside the data and the keys, never shorter, and applied again."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from posada.office.intake.models import SiblingGroup
from posada.office.retention import erasing
from posada.office.retention.models import Erased
from posada.office.retention.subjects import digest_of
from tests.office.people import group_of
from tests.office.retention.gone import director, gone_group


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    keys = SimpleNamespace(path=tmp_path / "keys" / "keys.toml")
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, folder=tmp_path, key_file=keys)
    monkeypatch.setattr(
        erasing, "_write_anew", lambda: None
    )  # not within a test's transaction; see promise 42


def test_the_list_names_nobody_stands_in_two_places_and_keeps_what_it_had(tmp_path: Path) -> None:
    group = gone_group()
    (tmp_path / "erased.txt").write_text("group before\n")
    erasing.erase(director(), "group", group)
    assert erasing.finish() == 1
    assert erasing.finish() == 0
    for place in (tmp_path, tmp_path / "keys"):
        text = (place / "erased.txt").read_text()
        assert text.splitlines() == sorted(["group before", f"group {digest_of('group', group.pk)}"])
        assert str(group.pk) not in text
        assert (place / "erased.txt").stat().st_mode & 0o777 == 0o600


def test_what_a_list_names_is_erased_again_and_the_rest_is_not() -> None:
    group, other = gone_group(), group_of()
    assert erasing.erase_again([f"group {digest_of('group', group.pk)}", "nonsense"]) == 1
    assert list(SiblingGroup.objects.all()) == [other]
    assert erasing.erase_again([]) == 0
    assert Erased.objects.get().finished_at is not None
