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
AFTER_THE_FIGURES, BEFORE = "2100-01-01T00:00:00+00:00", "2014-10-01T00:00:00+00:00"
TOLD: dict[str, Any] = {
    "schema": 1,
    "as_of": "2014-10-01",
    "made_on": AFTER_THE_FIGURES,
    "appeals": APPEALS,
}


@pytest.fixture
def short(site: Site) -> Iterator[Site]:
    """A site with appeals of its office."""
    path = write_signed(site.exchange / "to_public" / "appeals.json", TOLD)
    yield site
    path.unlink()


def test_the_form_appeals_for_the_county_and_language_that_were_picked(short: Site) -> None:
    assert "At least 100 homes are short." in short.get("/open-your-home/").text
    after = short.post("/open-your-home/", county="24031", best_language="es")
    assert "At least 11 homes that speak Spanish are short, and Montgomery County" in after.text
    after = short.post("/open-your-home/", county="24005", best_language="es")
    assert "At least 50 homes that speak Spanish are short." in after.text
    after = short.post("/es/abra-su-hogar/", county="24031", best_language="es")
    assert "Faltan al menos 11 hogares que hablen español, y es en Montgomery County donde" in after.text
    assert "At least 250 families’ cases have no lawyer." in short.get("/give-your-hours/").text


def test_in_spanish_the_first_page_appeals_for_homes_that_speak_it(short: Site) -> None:
    assert "Faltan al menos 50 hogares que hablen español." in short.get("/es/").text


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


def test_the_banner_says_the_day(short: Site) -> None:
    assert '<time datetime="2014-10-01">' in short.get("/").text
    assert '<time datetime="2014-10-01">' in short.get("/es/").text


def test_a_truly_signed_file_from_before_is_refused_and_the_desk_says_so(short: Site) -> None:
    path = short.exchange / "to_public" / "appeals.json"
    write_signed(path, {**TOLD, "made_on": BEFORE})
    assert (
        'id="appeal"' not in short.get("/").text and 'id="appeal"' not in short.get("/give-your-hours/").text
    )
    assert "older than the figures" in _at_the_desk(short)
    write_signed(path, TOLD)
    assert 'id="appeal"' in short.get("/").text
    assert "appeals-refused" not in _at_the_desk(short)


def test_without_proved_figures_no_appeal_is_vouched_for(short: Site) -> None:
    figures = short.exchange / "to_public" / "figures.json"
    kept = figures.read_bytes()
    figures.unlink()
    try:
        assert 'id="appeal"' not in short.get("/").text
        assert "no published figures that we can vouch for" in _at_the_desk(short)
    finally:
        figures.write_bytes(kept)


def _at_the_desk(site: Site) -> str:
    """The panel that everybody at the desk sees first."""
    return site.run(
        "from posada.newsroom.wagtail_hooks import BeginHere\n"
        "from django.template.loader import render_to_string\n"
        "print(render_to_string(BeginHere.template_name, BeginHere().get_context_data({})))\n"
    )


def test_what_another_signed_or_nobody_is_no_appeal(tmp_path: Path) -> None:
    path = write_signed(tmp_path / "appeals.json", TOLD)
    assert read_appeals(path, public_key=KEY).short["home", "24031", "spa"] == 11
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


@pytest.mark.parametrize(
    "told",
    [
        {"schema": 2},
        {"appeals": 3},
        {"appeals": [3]},
        {"appeals": [{}]},
        {"made_on": "2014-10-01T00:00:00"},
        {"as_of": 3},
    ],
)
def test_another_shape_of_the_file_is_refused(tmp_path: Path, told: dict[str, Any]) -> None:
    path = write_signed(tmp_path / "appeals.json", {**TOLD, **told})
    with pytest.raises(NoFigures, match="unreadable"):
        read_appeals(path, public_key=KEY)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = write_signed(tmp_path / "appeals.json", {**TOLD, "filling": "x" * MOST_BYTES})
    with pytest.raises(NoFigures, match="unreadable"):
        read_appeals(path, public_key=KEY)
