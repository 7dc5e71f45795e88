"""The appeal follows the county and language that a visitor picked; only what the office has signed is shown."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from posada.newsroom.appeals_told import MOST_BYTES, read_appeals
from posada.newsroom.figures import NoFigures
from posada.office.exchange_keys import figures_signer, public_bytes
from tests.newsroom.newsroom_site import AUDIT_KEY, Site, write_signed

KEY = public_bytes(figures_signer(AUDIT_KEY))
APPEALS = [
    {"kind": "home", "place": "", "languages": [], "at_least": 100},
    {"kind": "home", "place": "", "languages": ["spa"], "at_least": 50},
    {"kind": "home", "place": "24031", "languages": ["spa"], "at_least": 11},
    {"kind": "counsel", "place": "", "languages": [], "at_least": 250},
]
TOLD: dict[str, Any] = {"schema": 1, "as_of": "2014-10-01", "appeals": APPEALS}


@pytest.fixture
def short(site: Site) -> Iterator[Site]:
    """A site with appeals of its office."""
    path = write_signed(site.exchange / "to_public" / "appeals.json", TOLD)
    yield site
    path.unlink()


def test_the_form_appeals_for_the_county_and_language_that_were_picked(short: Site) -> None:
    assert "At least 100 homes are short." in short.get("/open-your-home/").text
    after = short.post("/open-your-home/", county="24031", best_language="es")
    assert "At least 11 homes that speak this language are short, and Montgomery County" in after.text
    after = short.post("/open-your-home/", county="24005", best_language="es")
    assert "At least 50 homes that speak this language are short." in after.text
    assert "At least 250 families’ cases have no lawyer." in short.get("/give-your-hours/").text


def test_in_spanish_the_first_page_appeals_for_homes_that_speak_it(short: Site) -> None:
    assert "Faltan al menos 50 hogares que hablen este idioma." in short.get("/es/").text


def test_one_changed_digit_shows_none_of_them(short: Site) -> None:
    path = short.exchange / "to_public" / "appeals.json"
    assert 'id="appeal"' in short.get("/").text
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"at_least": 250', '"at_least": 251'), encoding="utf-8")
    for address in ("/", "/es/", "/open-your-home/", "/give-your-hours/"):
        answer = short.get(address)
        assert answer.status == 200 and 'id="appeal"' not in answer.text
    write_signed(path, TOLD)
    assert 'id="appeal"' in short.get("/").text


def test_without_a_file_or_with_a_broken_one_nothing_is_asked_for(site: Site) -> None:
    path = site.exchange / "to_public" / "appeals.json"
    for text in ("{", json.dumps(TOLD)):
        path.write_text(text, encoding="utf-8")
        assert 'id="appeal"' not in site.get("/").text
    path.unlink()
    assert 'id="appeal"' not in site.get("/").text


def test_what_another_signed_or_nobody_is_no_appeal(tmp_path: Path) -> None:
    path = write_signed(tmp_path / "appeals.json", TOLD)
    assert read_appeals(path, public_key=KEY)["home", "24031", "spa"] == 11
    write_signed(path, TOLD, signer=Ed25519PrivateKey.generate())
    with pytest.raises(NoFigures, match="unsigned"):
        read_appeals(path, public_key=KEY)
    with pytest.raises(NoFigures, match="missing"):
        read_appeals(tmp_path / "none.json", public_key=KEY)


@pytest.mark.parametrize(
    "changed",
    [
        *({"at_least": value} for value in ("50", None, 1e999, 11.5, True, 0, -1, [])),
        *({"languages": value} for value in (None, "spa", [3], {"a": 1})),
        *({"kind": 3}, {"place": None}, {"place": []}),
    ],
)
def test_a_signed_file_with_a_value_out_of_shape_is_no_appeals_and_no_fault(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    path = write_signed(tmp_path / "appeals.json", {**TOLD, "appeals": [APPEALS[0] | changed]})
    with pytest.raises(NoFigures, match="unreadable"):
        read_appeals(path, public_key=KEY)


@pytest.mark.parametrize("told", [{"schema": 2}, {"appeals": 3}, {"appeals": [3]}, {"appeals": [{}]}])
def test_another_shape_of_the_file_is_refused(tmp_path: Path, told: dict[str, Any]) -> None:
    path = write_signed(tmp_path / "appeals.json", {**TOLD, **told})
    with pytest.raises(NoFigures, match="unreadable"):
        read_appeals(path, public_key=KEY)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = write_signed(tmp_path / "appeals.json", {**TOLD, "filling": "x" * MOST_BYTES})
    with pytest.raises(NoFigures, match="unreadable"):
        read_appeals(path, public_key=KEY)
