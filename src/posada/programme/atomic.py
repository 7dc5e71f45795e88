"""Put a finished folder in place whole: at any moment, even of a kill, the old or the new one is there.

Comes in: the place, and a function that fills an empty folder beside it. Goes out: the folder, synced.
While it works, the parent folder holds a lock, so that what an earlier kill left over is known to be stale.
Docs: docs/explanation/reliability.md. Tests: tests/programme/test_atomic.py.
"""

import ctypes
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such locks on this system; two writers of one folder are then up to the user
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD = -100  # Linux: paths count from the current folder
_RENAME_EXCHANGE = 2  # Linux renameat2(2): swap two names in one step


def put_in_place(out: Path, *, fill: Callable[[Path], None], replace: bool) -> None:
    """Fill a folder beside `out`, sync it, then put it at `out`; with `replace`, in place of what is there.

    Raises OSError, after which `out` is as it was and nothing is left beside it.
    """
    staged, aside = _beside(out, "new"), _beside(out, "old")
    with _locked(out.parent):
        _recover(out)
        try:
            staged.mkdir()
            fill(staged)
            _sync_all(staged)
            if replace and os.path.lexists(out):
                _swap(staged, out=out, aside=aside)
            else:
                staged.rename(out)  # fails where somebody has put a folder there in the meantime
            _sync(out.parent)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)


def recover(out: Path) -> None:
    """Clear away what a killed writer of `out` left; if it had moved the old folder aside, put that back.

    Raises OSError.
    """
    if any(os.path.lexists(_beside(out, kind)) for kind in ("new", "old")):
        with _locked(out.parent):
            _recover(out)


def _recover(out: Path) -> None:
    staged, aside = _beside(out, "new"), _beside(out, "old")
    if aside.is_dir() and not os.path.lexists(out):
        aside.rename(out)
    for stale in (staged, aside):
        if stale.is_dir() and not stale.is_symlink():
            shutil.rmtree(stale)


def _beside(out: Path, kind: str) -> Path:
    return out.with_name(f".{out.name}.posada-{kind}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _swap(staged: Path, *, out: Path, aside: Path) -> None:
    if _exchanged(staged, out):
        return
    out.rename(aside)
    try:
        staged.rename(out)
    except BaseException:
        aside.rename(out)
        raise


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two names in one step, where the system and its file system can; False if they cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)


def _sync_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return  # that system cannot sync a folder
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_files_in_place(files: Mapping[Path, Path]) -> None:
    """Put each finished file (the value) at its place (the key): copied beside it, synced, then renamed.

    A file that is there is replaced in one step; no reader ever finds half of one. All copies are made before
    the first is renamed. Raises OSError, after which nothing is left beside the places.
    """
    staged = {place: _beside(place, "new") for place in files}
    try:
        for place, made in files.items():
            shutil.copyfile(made, staged[place])
            _sync(staged[place])
        for place, beside in staged.items():
            beside.replace(place)
        for folder in {place.parent for place in files}:
            _sync(folder)
    finally:
        for beside in staged.values():
            beside.unlink(missing_ok=True)
