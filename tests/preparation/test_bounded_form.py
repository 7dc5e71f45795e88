"""A form is read and filled in a process with bounds, as it would be without; a bomb ends that process alone."""

import io
import subprocess
import sys
import time
import zlib

import pytest

from posada.preparation import bounded_form, official_form
from posada.preparation.form_shape import FormNotUsable
from tests.preparation.forms import locked, made_form

MOST_BYTES = 200_000_000


def bomb(size: int) -> bytes:
    """A PDF whose table of objects unpacks to so many bytes."""
    out, places = io.BytesIO(), {}
    # In pieces: what this process ever held would be counted as the peak of those that it starts.
    packing, million = zlib.compressobj(), b" " * 1_000_000
    pieces = [packing.compress(b"10 0 <</Fields[]>>")]
    pieces += [packing.compress(million) for _ in range(size // len(million))]
    packed = b"".join([*pieces, packing.flush()])
    stream = b"<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R/AcroForm 10 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        stream % (len(packed), packed),
    )
    out.write(b"%PDF-1.5\n")
    for number, part in enumerate(parts, 1):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    at = out.tell()
    rows = b"".join(b"\1" + place.to_bytes(4, "big") + b"\0\0" for place in (*places.values(), at))
    table = b"\0" * 7 + rows + b"\2\0\0\0\3\0\0"
    head = b"4 0 obj\n<</Type/XRef/Size 11/W[1 4 2]/Index[0 5 10 1]/Root 1 0 R/Length %d>>stream\n" % len(
        table
    )
    out.write(head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)
    return out.getvalue()


MEASURED = """
import os, subprocess, sys
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL)
print(os.wait4(process.pid, 0)[2].ru_maxrss)
"""
"""A small process starts what is measured: a fresh one is counted with what its parent held."""


def peak(words: list[str], given: bytes) -> int:
    """The most memory that a process of these words held."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, *words], input=given, capture_output=True, check=True
    )
    return int(ran.stdout) * 1024


def test_it_reads_and_fills_as_without_bounds() -> None:
    blank, values = made_form(), {"City": "Baltimore", "Why": "a word " * 200}
    assert bounded_form.read_form(blank) == official_form.read_form(blank)
    filled = bounded_form.fill(blank, values, title="A form")
    assert filled == official_form.fill(blank, values, title="A form")
    assert bounded_form.read_form(locked(blank)).fields


def test_what_cannot_be_used_is_refused_by_the_same_word() -> None:
    for broken, code in ((b"%PDF-1.7 %%EOF", "damaged"), (bomb(10), "no_fields")):
        with pytest.raises(FormNotUsable) as refused:
            bounded_form.read_form(broken)
        assert refused.value.code == code


def test_a_bomb_is_refused_soon_and_takes_little_memory() -> None:
    made = bomb(300_000_000)
    started = time.monotonic()
    with pytest.raises(FormNotUsable, match=r"damaged|no_fields"):
        bounded_form.read_form(made)
    assert time.monotonic() - started < 15, "five, and a busy machine is slower"
    assert peak(["-m", "posada.preparation.bounded_form"], b'{"do": "read"}\n' + made) < MOST_BYTES
