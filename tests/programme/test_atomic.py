"""A folder is put in place whole: the old or the new one, whenever the power of a signal strikes."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from posada.programme import atomic
from posada.programme.atomic import put_files_in_place, put_in_place, recover

WRITER = """
import sys
from pathlib import Path
from posada.programme.atomic import put_in_place

out, number = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    def fill(folder):
        for name in range(20):
            (folder / f"{name}.txt").write_text(str(number))
    put_in_place(out, fill=fill, replace=True)
"""


def filled(content: str):  # type: ignore[no-untyped-def]
    return lambda folder: (folder / "a.txt").write_text(content, encoding="utf-8")


def test_a_folder_is_put_where_nothing_was_and_in_place_of_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put_in_place(out, fill=filled("one"), replace=False)
    put_in_place(out, fill=filled("two"), replace=True)
    assert (out / "a.txt").read_text(encoding="utf-8") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_came_up_in_the_meantime_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put_in_place(out, fill=filled("one"), replace=False)
    with pytest.raises(OSError, match="not empty"):
        put_in_place(out, fill=filled("two"), replace=False)
    assert (out / "a.txt").read_text(encoding="utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_where_names_cannot_be_swapped_in_one_step_the_old_one_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_exchanged", lambda *_: False)
    out = tmp_path / "out"
    for content in ("one", "two"):
        put_in_place(out, fill=filled(content), replace=True)
    assert (out / "a.txt").read_text(encoding="utf-8") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put_in_place(out, fill=filled("one"), replace=False)

    def fails(folder: Path) -> None:
        (folder / "a.txt").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        put_in_place(out, fill=fails, replace=True)
    assert (out / "a.txt").read_text(encoding="utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_kill_left_is_cleared_and_an_old_folder_set_aside_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".out.posada-new").mkdir()
    (tmp_path / ".out.posada-old").mkdir()
    (tmp_path / ".out.posada-old" / "a.txt").write_text("old", encoding="utf-8")
    recover(tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    recover(tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="that system has no such signal")
def test_a_writer_killed_at_any_moment_leaves_a_whole_folder(tmp_path: Path) -> None:
    out, chance, seen = tmp_path / "out", random.Random(7), 0
    for attempt in range(100):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(out)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            # On a busy machine the first ones are killed before they have written anything.
            writer.wait(chance.uniform(0.002, 0.06) * (1 + attempt // 6))
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        recover(out)
        if out.exists():
            seen += 1
            assert len(list(out.iterdir())) == 20
            assert len({path.read_text(encoding="utf-8") for path in out.iterdir()}) == 1
        if attempt >= 11 and seen > 3:
            break
    assert seen > 3
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_files_are_put_in_place_together_and_replace_what_is_there(tmp_path: Path) -> None:
    made = {}
    for name in ("one", "two"):
        (tmp_path / f"made-{name}").write_text(name)
        made[tmp_path / "out" / name] = tmp_path / f"made-{name}"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "one").write_text("old")
    put_files_in_place(made)
    assert {each.name: each.read_text() for each in (tmp_path / "out").iterdir()} == {
        "one": "one",
        "two": "two",
    }


def test_a_file_that_cannot_be_copied_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("new")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "one").write_text("old")
    with pytest.raises(OSError, match="missing"):
        put_files_in_place(
            {tmp_path / "out" / "one": tmp_path / "made", tmp_path / "out" / "two": tmp_path / "missing"}
        )
    assert {each.name: each.read_text() for each in (tmp_path / "out").iterdir()} == {"one": "old"}
