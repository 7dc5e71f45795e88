"""What families write stands nowhere on the public site: in no byte it serves, no log, no cache and no file of it.

And nothing can be told from outside by trying: a link that is known and one that is not are answered with as many
bytes, and so are a name at the desk that has an account and one that has none.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from posada.office.exchange_keys import letters_opener
from posada.office.opened_letter import open_letter
from tests.newsroom.desk_visitor import Visitor
from tests.newsroom.newsroom_site import SEALING_KEY, Site, figures, make_site, served_site, write_figures
from tests.promises.planted import forms_of

NAME, STREET, PHONE, MAIL = "Zqx1vkéna Wvyora", "Zqx2calle Wvyné 77", "555-0177 Zqx3", "zqx4wvy@example.org"
PLANTED = [NAME, STREET, PHONE, MAIL]
SEEDS = (
    "/",
    "/es/",
    "/sitemap.xml",
    "/robots.txt",
    "/health",
    "/ready",
    "/metrics",
    "/numbers/?csv=plain",
    "/es/cifras/?csv=excel",
    "/open-your-home/?r=x",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the served site's own words go."""
    return tmp_path_factory.mktemp("said") / "log"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory, log: Path) -> Iterator[Site]:
    """A newsroom of its own."""
    with served_site(make_site(tmp_path_factory.mktemp("hunt") / "newsroom"), log=log) as running:
        write_figures(running.exchange, figures())
        yield running


def written(public: Site) -> list[str]:
    """Both forms filled in with what is planted, one of them left unfinished. Returns the links that were given."""
    home = public.post("/es/abra-su-hogar/", county="24045", best_language="mam")
    home = public.post(home.url, beds="2", languages=["es"])
    wrong = public.post(home.url, contact_name=f"{NAME}, {STREET}", email="no address " + MAIL)
    assert wrong.status == 422
    home = public.post(home.url, contact_name=f"{NAME}, {STREET}", phone=PHONE)
    sent = public.post(home.url)
    hours = public.post("/give-your-hours/", county="24005", best_language="en")
    hours = public.post(hours.url, kind="attorney", hours="6", languages=["en"])
    hours = public.post(hours.url, contact_name=NAME, email=MAIL)  # looked over, and left
    public.get(f"/nothing/{NAME.split()[0].encode().hex()}/")
    return [sent.url, hours.url]


def everything_public(public: Site) -> Iterator[tuple[str, bytes]]:
    """Every page and file that can be reached from the first pages, without a secret."""
    waiting, seen = list(SEEDS), set(SEEDS)
    while waiting:
        path = waiting.pop()
        body = public.get(path, Accept_Encoding="identity").body
        yield path, body
        text = body.decode("utf-8", "replace")
        found = re.findall(
            r"""(?:href|src|poster|content)=["'](/[^"'#]*|\?[^"'#]+)["']|<loc>([^<]+)</loc>""", text
        )
        for link, told in found:
            link = (link or told.removeprefix(public.address)).replace("&amp;", "&")
            link = path.partition("?")[0] + link if link.startswith("?") else link
            if link.startswith("/") and not link.startswith(("//", "/cms/")) and link not in seen:
                seen.add(link)
                waiting.append(link)


def holding(raw: bytes) -> list[str]:
    """What is planted and stands in these bytes in any form."""
    texts = [raw.decode("utf-8", "ignore"), raw.decode("latin-1"), raw.decode("utf-16-le", "ignore")]
    texts += [re.sub(r"\\u00e9|%C3%A9|\xc3\xa9", "é", text) for text in texts[:2]]
    folded = [text.casefold() for text in texts]
    return [
        mark for mark in PLANTED for form in forms_of(mark) if any(form.casefold() in text for text in folded)
    ]


def test_the_search_finds_what_it_looks_for() -> None:
    assert (
        holding(f"x {NAME} y".encode())
        and holding(NAME.upper().encode())
        and holding(NAME.encode("utf-16-le"))
    )
    assert holding(MAIL.encode().hex().encode()) and not holding(b"nothing of it")


def test_what_families_write_stands_in_no_byte_log_cache_or_file(public: Site, log: Path) -> None:
    links = written(public)
    pages = dict(everything_public(public))
    assert len(pages) > 40
    assert {path: holding(body) for path, body in pages.items() if holding(body)} == {}
    files = [
        each for folder in (public.folder, public.exchange) for each in folder.rglob("*") if each.is_file()
    ]
    assert any(each.name.startswith("newsroom.sqlite3") for each in files)
    assert {str(each): holding(each.read_bytes()) for each in files if holding(each.read_bytes())} == {}
    assert holding(log.read_bytes()) == []
    secrets = [re.search(r"r=([\w-]+)", link) for link in links]
    kept = b"".join(each.read_bytes() for each in files) + log.read_bytes()
    assert all(found and found[1].encode() not in kept for found in secrets)  # nor the links' secrets
    (letter,) = (public.exchange / "from_public").glob("*.letter")
    assert open_letter(letter.read_bytes(), key=letters_opener(SEALING_KEY))["answers"]["phone"] == PHONE


def test_a_link_that_is_known_is_as_long_as_one_that_is_not(public: Site) -> None:
    sent = written(public)[0]
    path, secret = sent.split("?r=")
    known, unknown = public.get(sent), public.get(f"{path}?r={secret[::-1]}")
    assert known.text != unknown.text and len(known.body) == len(unknown.body)
    ticket = _ticket(public)
    standings = public.exchange / "to_public" / "standings.json"
    for stage in ("in_review", "checks", "open", "ended"):
        standings.write_text(f'{{"schema": 1, "standings": {{"{ticket}": "{stage}"}}}}')
        told = public.get(sent, Accept_Encoding="gzip")
        assert len(told.body) == len(known.body) and told.headers.get("content-encoding") == "identity"
        assert {**told.headers, "date": ""} == {**known.headers, "date": ""}
    standings.unlink()


DRAFT = """
from posada.newsroom import form_drafts
from posada.newsroom.forms import LANGUAGES
quote = "'"  # the longest when escaped
form_drafts.keep('a draft of the longest', {
    'county': '48001', 'best_language': 'quc', 'beds': 4, 'languages': [code for code, name in LANGUAGES],
    'contact_name': quote * 120, 'phone': quote * 40, 'email': quote * 60 + '@' + 'a' * 55 + '.org'})
"""


def test_a_draft_with_the_longest_answers_is_as_long_as_a_link_that_is_not_known(public: Site) -> None:
    public.run(DRAFT)
    write_figures(public.exchange, figures(program={"state": "TX", "title": "Texas"}))  # 254 counties
    for path in ("/open-your-home/", "/es/abra-su-hogar/"):
        unknown = public.get(f"{path}?r=nobody", Accept_Encoding="gzip")
        for step in (1, 2, 3, 4):
            link = f"{path}?r=a+draft+of+the+longest&s={step}"
            known = public.get(link, Accept_Encoding="gzip")
            assert "48001" in known.text or step > 1
            assert (known.status, len(known.body)) == (200, len(unknown.body)), (path, step)
            assert {**known.headers, "date": ""} == {**unknown.headers, "date": ""}
    wrong = public.post(f"{path}?r=a+draft+of+the+longest&s=3", contact_name="", email="'" * 60)
    assert (wrong.status, len(wrong.body)) == (422, len(unknown.body))
    write_figures(public.exchange, figures())


def test_a_name_with_an_account_is_answered_like_one_without(public: Site) -> None:
    answers = []
    for name in ("writer", "wrotes"):
        answer = Visitor(public.address).post("/cms/sign-in/", login=name, password="wrong all the same")
        text = answer.text.replace(name, "NAME")
        answers.append(
            (answer.status, answer.url, re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text))
        )
    assert answers[0] == answers[1]


def _ticket(public: Site) -> str:
    newest = max((public.exchange / "from_public").glob("*.letter"), key=lambda each: each.stat().st_mtime_ns)
    return str(open_letter(newest.read_bytes(), key=letters_opener(SEALING_KEY))["ticket"])
