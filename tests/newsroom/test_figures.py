"""Figures are shown only if the office has signed exactly these, and never without saying how old they are."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from posada.newsroom.figures import NoFigures, read_figures
from posada.office.exchange_keys import figures_signer, public_bytes
from tests.newsroom.newsroom_site import AUDIT_KEY, figures, write_figures

KEY = public_bytes(figures_signer(AUDIT_KEY))


def test_signed_figures_are_read_with_denominator_and_day(tmp_path: Path) -> None:
    found = read_figures(write_figures(tmp_path, figures()), public_key=KEY)
    one = found.figures["children_sheltered"]
    assert (one.value, one.denominator, one.as_of) == (1184, 1214, found.as_of)
    assert found.figures["children_waiting"].value is None
    assert one.definition_in("mam") == "children found a home"


def test_a_changed_digit_makes_all_of_it_void(tmp_path: Path) -> None:
    path = write_figures(tmp_path, figures())
    path.write_text(path.read_text().replace("1184", "1185"))
    with pytest.raises(NoFigures, match="unsigned"):
        read_figures(path, public_key=KEY)


def test_another_signer_is_not_believed(tmp_path: Path) -> None:
    path = write_figures(tmp_path, figures(), signer=Ed25519PrivateKey.generate())
    with pytest.raises(NoFigures, match="unsigned"):
        read_figures(path, public_key=KEY)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"signature": "x"}', "[" * 100_000, "\x00"])
def test_what_is_no_file_of_figures_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "figures.json"
    path.write_text(text)
    with pytest.raises(NoFigures):
        read_figures(path, public_key=KEY)


def test_a_missing_file_and_another_schema_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoFigures, match="missing"):
        read_figures(tmp_path / "none.json", public_key=KEY)
    with pytest.raises(NoFigures, match="unreadable"):
        read_figures(write_figures(tmp_path, figures(schema=2)), public_key=KEY)


def test_a_hidden_figure_that_has_a_value_makes_all_of_it_void(tmp_path: Path) -> None:
    told = json.loads(json.dumps(figures()))
    told["figures"][1]["value"] = 7
    with pytest.raises(NoFigures, match="unreadable"):
        read_figures(write_figures(tmp_path, told), public_key=KEY)


def test_figures_of_the_day_before_yesterday_are_out_of_date(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    told = figures(made_on=(now - timedelta(hours=25)).isoformat())
    assert read_figures(write_figures(tmp_path, told), public_key=KEY).outdated(now)
    told = figures(made_on=(now - timedelta(hours=23)).isoformat())
    assert not read_figures(write_figures(tmp_path, told), public_key=KEY).outdated(now)
