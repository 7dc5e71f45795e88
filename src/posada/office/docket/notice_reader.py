"""Reads the text layer of a PDF in a process of its own: what a stranger's file breaks is that process alone.

Comes in: the bytes of a PDF on standard input. Goes out: its text, at most so much, on standard output.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_notice_text.py.
"""

import contextlib
import os
import sys
from pathlib import Path

MOST_PAGES = 20
MOST_LETTERS = 40_000
MOST_MORE_MEMORY = 130_000_000  # bytes beyond what the process holds before it has opened anything
MOST_SECONDS = 3


def text_of(content: bytes) -> str:
    """The text of the first pages; empty where there is no text layer. Raises pypdfium2.PdfiumError."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    try:
        pages = [pdf[number].get_textpage().get_text_bounded() for number in range(min(len(pdf), MOST_PAGES))]
    finally:
        pdf.close()
    return "\n".join(pages)[:MOST_LETTERS]


def _bound() -> None:
    """Bounds on memory and time, where the machine has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        held = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MORE_MEMORY,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    import pypdfium2  # noqa: F401  what it holds by itself is no harm of a file

    _bound()
    try:
        told = text_of(sys.stdin.buffer.read())
    except Exception:
        sys.exit(1)
    sys.stdout.buffer.write(told.encode("utf-8", errors="replace"))
