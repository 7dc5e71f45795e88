"""From the first question to a sealed letter: saved at each step, resumed by a link, sent once."""

import re
from pathlib import Path

from posada.office.exchange_keys import letters_opener
from posada.office.opened_letter import open_letter
from tests.newsroom.newsroom_site import SEALING_KEY, Site


def letters(site: Site) -> set[Path]:
    folder = site.exchange / "from_public"
    return set(folder.glob("*")) if folder.is_dir() else set()


def test_a_family_asks_to_open_its_home_and_only_the_office_can_read_it(site: Site) -> None:
    before = letters(site)
    assert (
        site.get("/es/abra-su-hogar/").headers["referrer-policy"] == "same-origin"
    )  # else browsers send no origin
    first = site.post("/es/abra-su-hogar/", county="24045", best_language="mam")
    assert "s=2" in first.url and "set-cookie" not in first.headers
    wrong = site.post(first.url, beds="9")
    assert wrong.status == 422 and 'href="#id_beds"' in wrong.text
    second = site.post(first.url, beds="3", languages=["es", "mam"])
    assert 'value="24045" selected' in site.get(second.url.replace("s=3", "s=1")).text
    assert site.post(second.url, contact_name="Ana Planted").status == 422
    third = site.post(second.url, contact_name="Ana Planted", phone="555-0100")
    assert "Wicomico" in third.text and "Ana Planted" in third.text
    assert letters(site) == before
    sent = site.post(third.url)
    assert "Planted" not in sent.text and sent.headers["cache-control"] == "no-store"
    (letter,) = letters(site) - before
    assert b"Planted" not in letter.read_bytes()
    told = open_letter(letter.read_bytes(), key=letters_opener(SEALING_KEY))
    assert told["kind"] == "home" and told["language"] == "es"
    assert told["answers"] == {
        "county": "24045",
        "best_language": "mam",
        "beds": 3,
        "languages": ["es", "mam"],
        "contact_name": "Ana Planted",
        "phone": "555-0100",
        "email": "",
    }
    again = site.post(third.url)
    assert again.status == 200 and len(letters(site)) == len(before) + 1
    kept = [each for each in site.folder.rglob("*") if each.is_file() and b"Planted" in each.read_bytes()]
    assert kept == []


def test_where_it_stands_is_shown_coarsely_to_who_has_the_link(site: Site) -> None:
    asked = site.post("/give-your-hours/", county="24005", best_language="en")
    asked = site.post(asked.url, kind="attorney", hours="6", languages=["en"])
    asked = site.post(asked.url, contact_name="Lee Planted", email="lee@example.org")
    before = letters(site)
    sent = site.post(asked.url)
    (letter,) = letters(site) - before
    ticket = open_letter(letter.read_bytes(), key=letters_opener(SEALING_KEY))["ticket"]
    assert "is with the office" in sent.text
    standings = site.exchange / "to_public" / "standings.json"
    standings.write_text(f'{{"schema": 1, "standings": {{"{ticket}": "checks"}}}}')
    assert "Checks are being made" in site.get(sent.url).text
    for broken in ("", "[]", '{"standings": 3}', f'{{"standings": {{"{ticket}": "<b>"}}}}'):
        standings.write_text(broken)
        assert "is with the office" in site.get(sent.url).text
    standings.unlink()


def test_an_unknown_link_says_so_and_keeps_nothing(site: Site) -> None:
    page = site.get("/open-your-home/?r=nobody")
    assert "Nothing is kept under this link" in page.text and page.headers["cache-control"] == "no-store"


def test_machines_are_turned_away_and_people_lose_nothing(site: Site) -> None:
    before = letters(site)
    quick = site.post("/open-your-home/", wait=0, county="24045", best_language="en")
    assert "quicker than we can take" in quick.text and "r=" not in quick.url
    filled = site.post("/open-your-home/", county="24045", best_language="en", website="https://x.example")
    assert "r=" not in filled.url
    unstamped = site.post("/open-your-home/", wait=0, t="made-up", county="24045", best_language="en")
    assert "r=" not in unstamped.url
    foreign = site.post(
        "/open-your-home/", wait=0, headers={"Origin": "https://evil.example"}, county="24045"
    )
    assert foreign.status == 403
    assert letters(site) == before


def test_a_form_cannot_be_sent_with_steps_left_out(site: Site) -> None:
    before = letters(site)
    first = site.post("/open-your-home/", county="24045", best_language="en")
    jumped = site.post(re.sub(r"s=\d", "s=4", first.url))
    assert "s=2" in jumped.url
    assert letters(site) == before
