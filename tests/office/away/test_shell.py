"""What is kept on a device: one page in two languages and its files, under a name that changes with them."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from posada.office.away import shell


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    shell.kept_name.cache_clear()
    yield
    shell.kept_name.cache_clear()


def _name() -> str:
    shell.kept_name.cache_clear()
    return shell.kept_name()


def test_only_pages_of_nobody_and_static_files_are_kept() -> None:
    kept = shell.kept_addresses()
    assert kept[:2] == ["/away/offline/en/", "/away/offline/es/"]
    assert all(each.startswith("/static/posada/") for each in kept[2:])


def test_the_name_holds_while_nothing_changes() -> None:
    first = _name()
    assert _name() == first
    assert first.startswith("posada-away-")


@pytest.mark.parametrize("changed", shell.SOURCES)
def test_it_changes_with_each_source(monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    first, opens = _name(), shell.get_template

    def edited(name: str) -> Any:
        more = " " if name.endswith(changed) else ""
        return SimpleNamespace(template=SimpleNamespace(source=opens(name).template.source + more))  # type: ignore[attr-defined]

    monkeypatch.setattr(shell, "get_template", edited)
    assert _name() != first


@pytest.mark.parametrize("changed", shell.ASSETS)
def test_it_changes_with_each_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str) -> None:
    first, real = _name(), shell.resources.files("posada.web")
    for each in shell.ASSETS:
        copy = tmp_path / "static" / each
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(real.joinpath("static", each).read_bytes())
    monkeypatch.setattr(shell, "resources", SimpleNamespace(files=lambda _package: tmp_path))
    assert _name() == first
    copy = tmp_path / "static" / changed
    copy.write_bytes(copy.read_bytes() + b" ")
    assert _name() != first
