"""What somebody finds who has the disk of an office: with an old key, or without any. Looked for without its code.

Comes in: an office whose processes have ended their work; Django is set up. Goes out: what a key opens, every byte of
the data folder, and which marks those bytes hold. The key file lies elsewhere.
"""

import base64
import hashlib
import hmac
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from posada.office.access.models import SealedValue
from tests.promises.planted import every_table, forms_of

PROOF, NONCE = 32, 12  # bytes
BEGIN, HASHED = "Zqx", re.compile(r"[0-9a-f]{32,64}")
"""How every mark begins, and how a plain hash of one looks."""


def old_ciphertexts() -> list[bytes]:
    """What stands sealed in the table of sealed fields now."""
    return [bytes(each) for each in SealedValue.objects.values_list("sealed", flat=True)]


def opened_by(key: bytes) -> list[str]:
    """Places, in any table and any document, where a key opens something: looked for without the office's code.

    Fernet by its proof (HMAC-SHA256 under the first half of the key) in every cell; AES-GCM by trying.
    """

    def proves(piece: bytes) -> bool:
        proof = hmac.new(key[:16], piece[:-PROOF], hashlib.sha256).digest()
        return piece[:1] == b"\x80" and hmac.compare_digest(proof, piece[-PROOF:])

    found = []
    for row in SealedValue.objects.all():
        sealed, place = bytes(row.sealed), f"{row.owner_kind}/{row.owner_id}/{row.field}"
        try:
            AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
            found.append(place)
        except InvalidTag:
            pass
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for cell in (cell for row in cursor.fetchall() for cell in row):
                content = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                tokens = [urlsafe_b64decode(each) for each in re.findall(rb"gAAAAA[\w-]+={0,2}", content)]
                found += [table for piece in (content, *tokens) if proves(piece)]
    documents = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return found + [path.name for path in documents if proves(path.read_bytes())]


def image(folder: Path) -> dict[str, bytes]:
    """Every byte of the data folder, without the key file; on PostgreSQL also every cell of every table."""
    found = {str(each): each.read_bytes() for each in (folder / "office").rglob("*") if each.is_file()}
    if connection.vendor == "postgresql":
        found |= {table: text.encode("utf-8", "surrogatepass") for table, text in every_table()}
    return found


def found_bytes(content: bytes, marks: Iterable[str]) -> list[str]:
    """The marks that bytes hold in any form, also as JSON spells them."""
    begins = {each.encode() for each in (BEGIN, BEGIN.lower(), BEGIN.encode().hex())}
    begins.add(base64.b64encode(BEGIN.encode()))
    is_spelled = any(begin in content for begin in begins)  # else only plain hashes of marks can be there
    found = []
    for mark in marks:
        spelled = {*forms_of(mark), json.dumps(mark)[1:-1]}
        forms = spelled if is_spelled else {each for each in spelled if HASHED.fullmatch(each)}
        found += [mark] if any(each.encode() in content for each in forms) else []
    return found
