"""Serves the files of clips that a published page shows, whole or in part (RFC 9110, one range).

Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_served_clip.py.
"""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from posada.newsroom.models import Clip, ClipPage

STEP = 64 * 1024
KINDS = {
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
}
PARTS = {
    "video": "video",
    "poster": "poster",
    "captions.en.vtt": "captions_en",
    "captions.es.vtt": "captions_es",
}


@require_safe
def clip_part(request: HttpRequest, pk: uuid.UUID, part: str) -> HttpResponseBase:
    """A file of a clip; 404 as long as no published page shows it."""
    clip = Clip.objects.filter(pk=pk).first()
    file = getattr(clip, PARTS[part]) if clip is not None and part in PARTS else None
    if not file or not ClipPage.objects.live().public().filter(clip_id=pk).exists():
        raise Http404
    path = Path(file.path)
    size = path.stat().st_size
    asked = asked_range(request.headers.get("Range", ""), size=size)
    response: HttpResponseBase
    if asked == (-1, -1):
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    start, end = asked or (0, size - 1)
    response = StreamingHttpResponse(
        _read(path.open("rb"), start, end - start + 1), status=206 if asked else 200
    )
    response["Content-Type"] = KINDS.get(path.suffix, "application/octet-stream")
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=3600"
    response["Content-Encoding"] = "identity"  # so that the compression of pages leaves a range alone
    if asked:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def asked_range(header: str, *, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None: the whole; (-1, -1): none that there is."""
    told = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if told is None or told.groups() == ("", ""):
        return None
    first, last = told.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, size - 1) if length else (-1, -1)
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    return (start, end) if start < size else (-1, -1)


def _read(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (read := file.read(min(STEP, length))):
            length -= len(read)
            yield read
