"""Promise 28, of the key store: an office is served with its own keys or not at all, and says why. With a key file
that goes away while it is served it goes on sealing with the keys that it knows, and nothing lies open.
"""

import re
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.served_office import posada, served

A_NUMBERS = ("000-000-128", "000-000-129")
CHILD = {"given_name": "Juana", "birth_date": "2014-05-01", "birth_date_basis": "stated", "sex": "F"}


def _others(keys: Path) -> None:
    strange = urlsafe_b64encode(b"w" * 32).decode()
    keys.write_text(re.sub(r"sealing_keys = .*", f'sealing_keys = ["{strange}"]', keys.read_text()))


def _half(keys: Path) -> None:
    keys.write_bytes(keys.read_bytes()[:200])


def _rubbish(keys: Path) -> None:
    keys.write_bytes(b"\0\xff" * 200)


def _for_all(keys: Path) -> None:
    keys.chmod(0o644)


WAYS: dict[str, tuple[Callable[[Path], None], str]] = {
    "others": (_others, "are not this office’s"),
    "half": (_half, "can’t be read as one"),
    "rubbish": (_rubbish, "can’t be read as one"),
    "for all to read": (_for_all, "others can read the keys"),
    "gone": (Path.unlink, "keys are missing"),
}


@pytest.fixture
def folder(demonstration: Path, tmp_path: Path) -> Path:
    """An office of its own."""
    shutil.copytree(demonstration, tmp_path / "demo")
    return tmp_path / "demo"


def test_an_office_is_served_with_its_own_keys_or_not_at_all(folder: Path) -> None:
    keys, stopped = folder / "keys.toml", 0
    whole = keys.read_bytes()
    for how, (spoil, sentence) in WAYS.items():
        spoil(keys)
        tried = posada("serve", "--data", folder, "--port", "0")
        assert tried.returncode != 0 and sentence in tried.stderr, (how, tried.stderr)
        assert "Traceback" not in tried.stderr and "Posada’s" not in tried.stderr
        stopped += 1
        keys.unlink(missing_ok=True)
        keys.touch(mode=0o600)
        keys.write_bytes(whole)
    with served(folder) as office:
        assert office.visitor("intake").get("/").status == 200
    print(f"{stopped} stopped of {len(WAYS)} ways to lose the keys; with the right ones it is served")


def test_a_key_file_that_goes_away_while_it_is_served_opens_nothing(folder: Path) -> None:
    with served(folder) as office:
        worker = office.visitor("intake")
        whole, keys = (folder / "keys.toml").read_bytes(), folder / "keys.toml"
        for spoil, number in zip((Path.unlink, _rubbish), A_NUMBERS, strict=True):
            spoil(keys)
            told = worker.post("/arrivals/child/", **CHILD, a_number=number)
            assert "/family/" in told.url, re.findall(r'class="err"[^>]*>.{0,200}', told.text)
            keys.touch(mode=0o600)
            keys.write_bytes(whole)
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    held = [path for path, content in files.items() if any(each.encode() in content for each in A_NUMBERS)]
    print(f"2 tries without a key file, {len(held)} files in which the number lies open")
    assert held == []
