"""Names stand on the disk when they are said to; that a disk cannot is told from one that fails."""

import errno
import os
from pathlib import Path

import pytest

from posada.down_to_disk import sync_folder, write_whole


def test_a_file_is_replaced_in_one_step_for_nobody_else(tmp_path: Path) -> None:
    place = tmp_path / "list.txt"
    write_whole(place, "one\n")
    write_whole(place, "two\n")
    assert place.read_text() == "two\n"
    assert place.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [place]


def test_a_failing_disk_is_told_and_one_that_cannot_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(number: int) -> None:
        raise OSError(number, "failed")

    monkeypatch.setattr(os, "fsync", lambda _: failing(errno.EINVAL))
    sync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: failing(errno.EIO))
    with pytest.raises(OSError, match="failed"):
        sync_folder(tmp_path)
