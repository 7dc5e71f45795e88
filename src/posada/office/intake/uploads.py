"""Files that a browser sends: bounded before they are opened, told apart by name, and sealed while they wait.

Comes in: uploads - several files, or one zip of a folder. Goes out: name → bytes. Refused by name: what is too large,
too many, packed too tightly, packed again inside, locked, a link, or anywhere but in one folder.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_uploads.py.
"""

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import IO, Any, Protocol

from django.utils.translation import gettext_lazy as _

from posada.office.access.sealed_secret import open_bytes, seal_bytes
from posada.office.refusals import Refusal
from posada.programme.printable import shown

MOST_FILES = 40
MOST_BYTES = 50_000_000  # of one file, and of all together once unpacked
MOST_RATIO = 200  # unpacked to packed, of one member
_READ = 1 << 20
_TAKEN = (".csv", ".toml")
_PLAIN = (0, stat.S_IFREG, stat.S_IFDIR)  # 0: written on a system that notes no kind


class UploadRefused(Refusal):
    """What was sent cannot be opened safely."""

    code = "upload_refused"


class Sent(Protocol):
    """One uploaded file."""

    name: str | None
    size: int | None

    def read(self, size: int = -1, /) -> bytes:
        """Bytes."""
        ...


def received(sent: "Iterable[Any]") -> dict[str, bytes]:
    """The files that were sent, by name. Raises UploadRefused."""
    listed = list(sent)
    if not listed:
        raise UploadRefused(_("No file was chosen."))
    if len(listed) > MOST_FILES:
        raise UploadRefused(_("These are too many files at once."))
    found: dict[str, bytes] = {}
    room = MOST_BYTES
    for each in listed:
        content = _bounded(each, most=room)
        name = PurePosixPath(str(each.name or "")).name
        unpacked = _unpacked(content) if content.startswith(b"PK\x03\x04") else {name: content}
        for inner, text in unpacked.items():
            if inner in found:
                raise UploadRefused(_("%(name)s was sent twice.") % {"name": shown(inner)})
            if PurePosixPath(inner).suffix.lower() in _TAKEN:
                found[inner] = text
        room -= sum(map(len, unpacked.values()))
        if room < 0:
            raise UploadRefused(_("These files are too large together."))
    if not found:
        raise UploadRefused(_("None of these is a file of a program folder, such as children.csv."))
    return found


def sealed(files: Mapping[str, bytes]) -> bytes:
    """Files in one sealed piece."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return seal_bytes(packed.getvalue())


def unsealed(kept: bytes | memoryview) -> dict[str, bytes]:
    """What `sealed` put away."""
    with zipfile.ZipFile(io.BytesIO(open_bytes(bytes(kept)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _bounded(stream: "Sent | IO[bytes]", *, most: int) -> bytes:
    pieces, size = [], 0
    while piece := stream.read(_READ):
        size += len(piece)
        if size > most:
            raise UploadRefused(_("This is too large: 50 MB is the most."))
        pieces.append(piece)
    return b"".join(pieces)


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The files of a zip, from its top or from one folder in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > MOST_FILES:
                raise UploadRefused(_("There are too many files in this zip."))
            for each in members:
                _check(each)
            kept = [each for each in members if not _is_chaff(each.filename)]
            if len({str(PurePosixPath(each.filename).parent) for each in kept}) > 1:
                raise UploadRefused(
                    _("The files of this zip stand in several folders; one folder is wanted.")
                )
            found, room = {}, MOST_BYTES
            for each in kept:
                with archive.open(each) as stream:
                    text = _bounded(stream, most=room)
                room -= len(text)
                if text.startswith(b"PK\x03\x04") and each.filename.lower().endswith(_TAKEN):
                    raise UploadRefused(_("A zip within a zip is not opened."))
                name = PurePosixPath(each.filename).name
                if name in found:
                    raise UploadRefused(_("%(name)s was sent twice.") % {"name": shown(name)})
                found[name] = text
            return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise UploadRefused(_("This zip is damaged or cannot be opened.")) from error


def _check(each: zipfile.ZipInfo) -> None:
    name = each.filename
    path = PurePosixPath(name)
    odd = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.isprintable()
    if odd or stat.S_IFMT(each.external_attr >> 16) not in _PLAIN:
        raise UploadRefused(_("A file in this zip points outside it."))
    if each.flag_bits & 0x1:
        raise UploadRefused(_("This zip is locked with a password."))
    if each.file_size > MOST_BYTES or each.file_size > MOST_RATIO * max(each.compress_size, 1) + 100_000:
        raise UploadRefused(_("A file in this zip unpacks to far too much."))


def _is_chaff(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[0] == "__MACOSX" or path.name.startswith(".")
