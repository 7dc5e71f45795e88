"""`posada data sources`."""

import json

import pytest

from posada.reference.table import packaged
from tests.cli.terminal import posada


def test_json_has_every_packaged_table(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(posada(capsys, "data", "sources", "--json").out)
    assert [source["table"] for source in listed] == list(packaged())
    assert all(source["publisher"] and source["license"] and source["verification"] for source in listed)


def test_the_text_names_terms_and_credits(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "data", "sources")
    assert ran.status == 0
    for table in packaged():
        assert f"\n{table} (" in f"\n{ran.out}"
    assert "  terms: " in ran.out
    assert "  credit: " in ran.out
