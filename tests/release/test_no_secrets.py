"""No key, token or password stands in a file under version control. Synthetic ones are named, with the reason."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SECRET = re.compile(
    rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    rb"|AKIA[0-9A-Z]{16}"  # a cloud's access key
    rb"|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60}"
    rb"|xox[baprs]-[A-Za-z0-9-]{10,}"
    rb"|sk_live_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9]{32,}"
    rb"|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\."  # a signed token
    rb"|[a-z+]+://[^\s:/@\"'{}<>$]+:[^\s:/@\"'{}<>$]{6,}@(?!localhost|127\.)[a-z0-9.-]+"  # a password in an address
    rb"|(?:SECRET|PASSWORD|TOKEN|[_ ]KEY)[A-Z_]*\s*[=:]\s*[\"']?(?=[A-Za-z0-9+/_-]*[0-9])(?=[A-Za-z0-9+/_-]*[A-Z])"
    rb"[A-Za-z0-9+/_-]{32,}"
)
# file: why what looks like a secret in it is none
SYNTHETIC = {"docs/reference/settings.md": "The examples of addresses say the word password."}


def test_no_secret_is_under_version_control() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    held = {
        str(path.relative_to(ROOT)) for path in paths if path.is_file() and SECRET.search(path.read_bytes())
    }
    assert len(paths) > 500
    assert held == set(SYNTHETIC)


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN ", "PRIVATE KEY-----"),
        ("-----BEGIN EC ", "PRIVATE KEY-----"),
        ("AKIA", "ABCDEFGHIJKLMNOP"),
        ("ghp_", "a" * 36),
        ("POSADA_SECRET_KEY=", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1"),
        ("postgres://posada:", "hunter2hunter2@db.example.org/posada"),
    ],
    ids=["key", "ec-key", "cloud", "forge", "setting", "address"],
)
def test_a_planted_one_is_found(parts: tuple[str, str]) -> None:
    assert SECRET.search("".join(parts).encode())
