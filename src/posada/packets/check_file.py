"""Rules of the file: nothing unseen in it, fonts inside, open, small enough, a name that tells nothing.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_check.py.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from posada.packets.check_cover import Cover
from posada.packets.finding import Finding, finding
from posada.packets.hidden_parts import Hidden
from posada.packets.limits import limit_source, shipped_limits
from posada.packets.packet_reading import Reading


def hidden_findings(hidden: Hidden) -> Iterator[Finding]:
    """What the rules of unseen things say."""
    yield _metadata(hidden)
    yield _listed("scripts", hidden.scripts, none="there is no script and no action")
    yield _listed("attachments", hidden.attachments, none="there is no attached file")
    yield _fields(hidden)
    if hidden.camera:
        message = f"{hidden.camera} picture{'s say' if hidden.camera > 1 else ' says'} more than it shows"
        yield finding("picture_data", False, message)
    else:
        yield finding("picture_data", True, "the pictures hold nothing but pictures")
    if hidden.is_encrypted:
        yield finding("encryption", False, "the file is encrypted")
    else:
        yield finding("encryption", True, "the file is open")
    yield _fonts(hidden)


def _metadata(hidden: Hidden) -> Finding:
    if hidden.properties:
        return finding("metadata", False, f"it holds {', '.join(dict.fromkeys(hidden.properties))}")
    if not hidden.has_title or not hidden.has_language:
        return finding("metadata", False, "it has no title or no language")
    if hidden.revisions > 1:
        return finding(
            "metadata", None, "earlier versions of it are still in the file; look whether they may be seen"
        )
    return finding("metadata", True, "it holds a title and a language, and no more")


def _listed(rule: str, found: list[str], *, none: str) -> Finding:
    if found:
        return finding(rule, False, f"it holds {', '.join(dict.fromkeys(found))}")
    return finding(rule, True, none)


def _fields(hidden: Hidden) -> Finding:
    if hidden.fields and hidden.signatures and hidden.fields <= 2 * hidden.signatures:
        return finding("form_fields", None, "its only fields are digital signatures")
    if hidden.fields:
        return finding("form_fields", False, "it holds fields of a form")
    return finding("form_fields", True, "there is no field of a form")


def _fonts(hidden: Hidden) -> Finding:
    if hidden.standard_fonts:
        return finding("fonts", False, f"only named: {', '.join(sorted(set(hidden.standard_fonts)))}")
    if hidden.other_fonts:
        names = ", ".join(sorted(set(hidden.other_fonts)))
        return finding(
            "fonts", None, f"only named in an exhibit; look whether its pages are legible: {names}"
        )
    return finding("fonts", True, "all fonts are inside")


def file_findings(path: Path, reading: Reading, cover: Cover) -> Iterator[Finding]:
    """What the rules of the size and the name say."""
    size, limit = path.stat().st_size, shipped_limits(cover.forum).upload_bytes
    if limit is None:
        yield finding("upload_size", None, "no limit is known")
    elif size <= limit:
        left = (limit - size) / 1_000_000
        message = f"{size / 1_000_000:.1f} MB of {limit / 1_000_000:g} MB; {left:.1f} MB are left"
        yield finding("upload_size", True, message, citation=limit_source(cover.forum))
    else:
        message = (
            f"{size / 1_000_000:.1f} MB; one upload takes {limit / 1_000_000:g} MB: upload the parts instead"
        )
        holds = False if reading.is_part else None
        yield finding("upload_size", holds, message, citation=limit_source(cover.forum))
    yield _file_name(path, cover)


def _file_name(path: Path, cover: Cover) -> Finding:
    name = _folded(path.stem)
    if re.search(r"(?:\d[-_ ]?){8,9}", path.stem):
        return finding("file_name", False, "the file's name may hold an A-number; use the case's own number")
    for each in cover.names:
        parts = [part for part in re.split(r"\W+", _folded(each)) if len(part) > 2]
        if len(parts) > 1 and all(part in name for part in parts):
            return finding(
                "file_name", False, "the file's name holds the name of a person; use the case's number"
            )
    return finding("file_name", True, "the file's name holds no name and no A-number")


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
