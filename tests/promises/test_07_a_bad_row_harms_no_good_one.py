"""Promise 7: a bad row never harms a good one, and no row is half imported.

10,000 malformed rows of 60 kinds in the long run (`POSADA_ROUNDS`); here a tenth. On both databases.
"""

import os
import random
from itertools import chain, islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from posada.office.access.actor import machine
from posada.office.intake.models import Child
from posada.office.intake.opened_files import open_files
from posada.office.intake.reading import FilesUnreadable, read_brought
from posada.office.intake.services import take_folder
from posada.office.intake.standing_ids import StandingIds
from tests.office.intake.folders import folder
from tests.office.people import TODAY
from tests.promises.intake_rows import HEADER, KINDS, bad_rows, good, nameless_rows

ROWS = int(os.environ.get("POSADA_ROUNDS", "1000"))
NOBODY = StandingIds()


def mixed(count: int, *, seed: int) -> tuple[bytes, list[str]]:
    """A file with so many bad rows, a good one after each; and the ids of the good ones."""
    kinds = list(chain.from_iterable((*bad_rows(n), *nameless_rows(n)) for n in range(1, count // KINDS + 2)))
    rows = list(islice(kinds, count))
    random.Random(seed).shuffle(rows)
    ids = [f"C{n}" for n in range(1_000_000, 1_000_000 + count)]
    pairs = zip(rows, (",".join(good(int(each[1:]))).encode() for each in ids), strict=True)
    return b"\n".join([HEADER.encode(), *chain.from_iterable(pairs)]) + b"\n", ids


@pytest.mark.django_db
def test_each_bad_row_is_named_and_every_good_one_taken_whole() -> None:
    assert KINDS >= 60
    content, ids = mixed(ROWS, seed=7)
    brought, _, written = take_folder(
        {"children.csv": content}, actor=machine("promise"), told=lambda *_: None
    )
    refused = {each.row for each in brought.rejections}
    assert refused == set(range(1, 2 * ROWS, 2)), "each bad row, and no good one"
    assert all(each.file and each.field and each.wanted for each in brought.rejections)
    assert written.new["children.csv"] == len(ids) == ROWS > 0
    whole = Child.objects.filter(
        birth_date="2014-05-01", sex="F", location_fips="24031", arrived_on="2026-11-20"
    )
    assert set(whole.values_list("child_id", flat=True)) == set(ids)
    assert Child.objects.count() == ROWS


@pytest.mark.parametrize("turned", ["bom", "crlf", "cr", "quoted", "blank lines"])
def test_how_lines_end_and_cells_are_quoted_harms_no_row(turned: str) -> None:
    content = folder()["children.csv"]
    made = {
        "bom": b"\xef\xbb\xbf" + content,
        "crlf": content.replace(b"\n", b"\r\n"),
        "cr": content.replace(b"\n", b"\r"),
        "quoted": b"\n".join(
            b",".join(b'"%b"' % c for c in line.split(b",")) for line in content.splitlines()
        ),
        "blank lines": content.replace(b"\n", b"\n\n"),
    }[turned]
    brought = read_brought(folder(children_csv=made), on=TODAY, standing=NOBODY)
    assert (brought.accepted["children.csv"], brought.rejections) == (3, ())


@given(
    name=st.sampled_from(sorted(folder())),
    start=st.integers(0, 400),
    cut=st.integers(0, 12),
    put=st.binary(max_size=12)
    | st.sampled_from([b'"', b"\x00", b";", b"\n", b"\r", b'""', b"\xef\xbb\xbf", b","]),
)
@example(name="children.csv", start=0, cut=12, put=b"")
@settings(max_examples=ROWS // 4, deadline=None)
def test_any_bytes_anywhere_are_named_and_never_a_traceback(
    name: str, start: int, cut: int, put: bytes
) -> None:
    content = folder()[name]
    files = {**folder(), name: content[:start] + put + content[start + cut :]}
    opened, _ = open_files(files, choices={})
    for each in (files, opened):
        try:
            brought = read_brought(each, on=TODAY, standing=NOBODY)
        except FilesUnreadable as error:
            assert all(name in line for line in error.lines)
        else:
            assert all(one.wanted for one in brought.rejections)


def test_a_cell_of_a_megabyte_harms_no_row() -> None:
    row = good(5)
    row[7] = "a" * 1_000_000
    lines = [HEADER, ",".join(good(4)), ",".join(row), ",".join(good(6))]
    brought = read_brought({"children.csv": "\n".join(lines).encode()}, on=TODAY, standing=NOBODY)
    assert (brought.accepted["children.csv"], [each.row for each in brought.rejections]) == (2, [2])
