"""An encrypted archive: a zip under AES-256-GCM, its key drawn from a passphrase by scrypt.

Comes in: name → bytes, and a passphrase. Goes out: one piece of bytes, and the way back. Pure but for the salt.
Sources: NIST SP 800-38D; RFC 7914. Docs: docs/how-to/export-a-program.md. Tests: tests/office/intake/test_archive.py.
"""

import io
import os
import zipfile
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"POSADA-EXPORT-1\n"
SHORTEST = 16  # characters of a passphrase
SALT, NONCE, KEY = 16, 12, 32  # bytes
COST, BLOCK, LANES = 2**15, 8, 1
MOST_BYTES = 1_000_000_000  # unpacked


class CannotOpenArchive(Exception):
    """The passphrase is another one, or the file was changed or is no archive."""


def locked(files: Mapping[str, bytes], *, passphrase: str) -> bytes:
    """The files in one encrypted piece. Raises ValueError for a passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise ValueError(f"a passphrase has at least {SHORTEST} characters")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    hidden = AESGCM(_key(passphrase, salt)).encrypt(nonce, packed.getvalue(), MAGIC)
    return MAGIC + salt + nonce + hidden


def opened(content: bytes, *, passphrase: str) -> dict[str, bytes]:
    """The files of an archive. Raises CannotOpenArchive; then nothing of it is told."""
    if not content.startswith(MAGIC):
        raise CannotOpenArchive("this is no archive that Posada wrote")
    rest = content[len(MAGIC) :]
    salt, nonce, hidden = rest[:SALT], rest[SALT : SALT + NONCE], rest[SALT + NONCE :]
    try:
        packed = AESGCM(_key(passphrase, salt)).decrypt(nonce, hidden, MAGIC)
    except (InvalidTag, ValueError) as error:
        raise CannotOpenArchive("the passphrase is another one, or the file was changed") from error
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        members = archive.infolist()
        unsafe = any(_leads_out(member.filename) for member in members)
        if unsafe or sum(m.file_size for m in members) > MOST_BYTES:
            raise CannotOpenArchive("this archive was not written by Posada")
        return {m.filename: archive.read(m) for m in members}


def _leads_out(name: str) -> bool:
    """Whether a name is no plain path within the folder, as this or another system reads it."""
    parts = name.split("/")
    return bool({"", ".", ".."} & set(parts)) or not name.isprintable() or "\\" in name or ":" in name


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK, p=LANES).derive(passphrase.encode())
