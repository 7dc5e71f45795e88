"""No page of the desk opens without the second factor of this session, whatever its address."""

import urllib.request
from collections.abc import Iterator
from copy import copy

import pytest

from tests.newsroom.desk_visitor import Visitor, account, signed_in
from tests.newsroom.newsroom_site import Site

LISTED = """
from django.urls import get_resolver
import re
def walk(patterns, before):
    for each in patterns:
        path = before + str(each.pattern)
        inner = getattr(each, 'url_patterns', None)
        if inner is not None:
            walk(inner, path)
        else:
            filled = re.sub(r'<(int|uuid|str|slug|path):\\w+>|<\\w+>', lambda f: {
                'int': '3', 'uuid': '00000000-0000-4000-8000-000000000000', 'path': 'x/'}.get(f[1], '3'), path)
            filled = re.sub(r'\\(\\?P<\\w+>[^()]*\\)|\\([^()]*\\)\\??', '3', filled).replace('^', '').replace('$', '')
            print((each.name or ''), '/' + filled.replace('\\\\', ''))
walk([each for each in get_resolver().url_patterns if str(each.pattern).startswith('cms')], '')
"""
"""Every address of the desk, with something put into its places."""
SIGNING_IN = {"account_login", "mfa_authenticate", "desk_set_up"}


@pytest.fixture(scope="module")
def addresses(site: Site) -> list[tuple[str, str]]:
    """Names and paths of everything under /cms/."""
    lines = site.run(LISTED).splitlines()
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


@pytest.fixture
def without_factor(site: Site) -> Iterator[Visitor]:
    """Somebody with a password who is a second reader, and has no second factor yet."""
    site.run(
        "from django.contrib.auth.models import User, Group\n"
        "user = User.objects.create_user('bare', password='only in this test 1')\n"
        "user.groups.add(Group.objects.get(name='Moderators'))\n"
    )
    visitor = Visitor(site.address)
    visitor.post("/cms/sign-in/", login="bare", password="only in this test 1")
    yield visitor
    site.run("from django.contrib.auth.models import User; User.objects.filter(username='bare').delete()")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def test_no_page_of_the_desk_opens_without_signing_in(site: Site, addresses: list[tuple[str, str]]) -> None:
    visitor = Visitor(site.address)
    visitor.opener = urllib.request.build_opener(_Stay())
    assert len(addresses) > 150
    for name, path in addresses:
        if name in SIGNING_IN:
            continue
        answer = visitor.get(path)
        assert answer.status == 302, (
            name,
            path,
            answer.status,
        )  # none is refused for being filled in wrongly
        assert answer.headers["location"].startswith("/cms/sign-in/"), (name, path)
        assert not answer.body, (name, path)


def test_no_page_of_the_desk_opens_with_the_password_alone(
    site: Site, addresses: list[tuple[str, str]], without_factor: Visitor
) -> None:
    jar = urllib.request.HTTPCookieProcessor(without_factor.cookies)
    without_factor.opener = urllib.request.build_opener(jar, _Stay())
    opened, others = set(), set()
    for name, path in addresses:
        if name in SIGNING_IN | {"account_logout"} or not name:
            continue
        answer = without_factor.get(path)
        if answer.status == 200:
            opened.add(name)
        elif answer.status == 302:
            assert "/cms/sign-in/" in answer.headers["location"], (name, path)
        else:
            others.add((name, answer.status))
    assert opened <= {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
    assert others == set()


def test_who_has_a_factor_is_asked_for_it_and_then_works(site: Site) -> None:
    kept, visitor = account(site, "reader"), Visitor(site.address)
    first = visitor.post("/cms/sign-in/", login=kept["username"], password=kept["password"])
    assert first.url == "/cms/sign-in/code/"
    assert visitor.get("/cms/pages/").url.startswith("/cms/sign-in/")
    again = signed_in(site, "reader")
    assert again.get("/cms/pages/").url.startswith("/cms/pages/")


def test_a_session_ends_when_left_alone_and_after_half_a_day(site: Site) -> None:
    visitor = Visitor(site.address)
    kept = signed_in(site, "writer").cookies
    for each in kept:
        visitor.cookies.set_cookie(copy(each))
    cookie = next(each for each in visitor.cookies if each.name == "newsroom_session")
    idle, old, fresh = site.run(
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "for field, past in (('seen_at', 31 * 60), ('began_at', 12 * 3600 + 60), ('seen_at', 29 * 60)):\n"
        f"    kept, made = SessionStore('{cookie.value}'), SessionStore()\n"
        "    made.update({**dict(kept.items()), field: kept[field] - past}); made.save()\n"
        "    print(made.session_key)\n"
    ).split()
    for key, opens in ((idle, False), (old, False), (fresh, True)):
        cookie.value = key
        visitor.cookies.set_cookie(cookie)
        assert visitor.get("/cms/pages/").url.startswith("/cms/pages/") == opens


def test_wrong_passwords_lock_the_name_from_this_place_for_a_while(site: Site) -> None:
    visitor = Visitor(site.address)
    answers = [visitor.post("/cms/sign-in/", login="nobody-here", password=f"wrong {n}") for n in range(11)]
    assert answers[-1].status in (403, 429)
    assert "quarter of an hour" in answers[-1].text
    counted = site.run(
        "from axes.models import AccessAttempt; print(*AccessAttempt.objects.values('username'))"
    )
    assert counted.strip() == "{'username': 'nobody-here'}"
    site.run("from axes.utils import reset; reset(username='nobody-here')")


def test_the_other_ways_in_that_wagtail_brings_are_none(site: Site) -> None:
    for path in ("/_util/login/", "/es/_util/login/", "/cms/password_reset/"):
        answer = Visitor(site.address).get(path)
        assert answer.status == 404 or answer.url.startswith("/cms/sign-in/")
    assert Visitor(site.address).get("/cms/login/").url.startswith("/cms/sign-in/")


def test_the_sign_in_speaks_the_language_of_the_browser(site: Site) -> None:
    assert 'lang="es"' in Visitor(site.address).get("/cms/sign-in/", Accept_Language="es-US").text


def test_nothing_inline_runs_where_passwords_are_typed(site: Site) -> None:
    for path in ("/cms/sign-in/", "/cms/sign-in/code/", "/cms/sign-in/app/"):
        answer = site.get(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy and "unsafe" not in policy, path
        assert "no-store" in answer.headers["cache-control"]


def test_a_number_that_no_table_holds_is_not_there(site: Site) -> None:
    visitor, large = signed_in(site, "writer"), "9" * 30
    asked = (f"/cms/on-air/{large}/", f"/cms/pages/3/results/?q=&content_type={large}")
    assert [visitor.get(path).status for path in asked] == [404, 404]


def test_every_filter_of_a_list_of_pages_works_with_a_search(site: Site) -> None:
    visitor = signed_in(site, "writer")
    filters = (
        "site=2&has_child_pages=true&locale=en&owner=1&edited_by=1&latest_revision_created_at_from=2026-01-01"
    )
    for path in ("/cms/pages/3/", "/cms/pages/3/results/", "/cms/pages/usage/newsroom/homepage/results/"):
        answers = [visitor.get(f"{path}?q=a&{each}").status for each in (*filters.split("&"), filters)]
        assert answers == [200] * 7, path
