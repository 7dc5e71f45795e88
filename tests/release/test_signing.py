"""A release is signed with a key that only the releaser reads, and OpenSSL alone verifies it."""

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from release.make import sums
from release.signing import NAME, NoKey, given, key_from, sign


def openssl(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What the how-to types."""
    return subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False)


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """A private key and its public one, made as the how-to says."""
    private, public = tmp_path / "release-key.pem", tmp_path / "posada-release.pub.pem"
    assert openssl("genpkey", "-algorithm", "ed25519", "-out", private).returncode == 0
    private.chmod(0o600)
    assert openssl("pkey", "-in", private, "-pubout", "-out", public).returncode == 0
    return private, public


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A folder with two files and their hashes."""
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in ("posada-1-py3-none-any.whl", "requirements.txt"):
        (folder / name).write_text(name)
    (folder / "SHA256SUMS").write_text(sums(folder))
    return folder


def verified(release: Path, public: Path) -> bool:
    """The command of the how-to, in the folder of the release."""
    said = openssl(
        *("pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", release / "SHA256SUMS"),
        *("-sigfile", release / "SHA256SUMS.sig"),
    )
    return said.returncode == 0 and "Signature Verified Successfully" in said.stdout


def test_openssl_verifies_what_was_signed_and_refuses_what_was_changed(
    keys: tuple[Path, Path], release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = keys
    monkeypatch.setenv(NAME, str(private))
    key = given()
    assert key is not None
    assert len(sign(release, key=key).read_bytes()) == 64
    assert verified(release, public)
    listed = release / "SHA256SUMS"
    whole, changed = listed.read_bytes(), 0
    for place in range(len(whole)):
        listed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        if place % 20 == 0:
            assert not verified(release, public)
            changed += 1
    listed.write_bytes(whole)
    assert verified(release, public)
    assert changed > 5


def test_another_s_key_verifies_nothing(keys: tuple[Path, Path], release: Path) -> None:
    sign(release, key=Ed25519PrivateKey.generate())
    assert not verified(release, keys[1])


def test_the_key_may_stand_in_the_environment_itself(keys: tuple[Path, Path], release: Path) -> None:
    sign(release, key=key_from(keys[0].read_text()))
    assert verified(release, keys[1])


def test_a_key_that_others_can_read_of_another_kind_or_absent_is_refused_without_a_word_of_it(
    keys: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = keys
    private.chmod(0o640)
    with pytest.raises(NoKey, match="read by others"):
        key_from(str(private))
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for wrong in (str(tmp_path / "absent"), public.read_text(), "-----BEGIN nothing", other.decode()):
        with pytest.raises(NoKey) as why:
            key_from(wrong)
        assert not [line for line in wrong.splitlines()[1:-1] if line in str(why.value)]
    monkeypatch.delenv(NAME, raising=False)
    assert given() is None
