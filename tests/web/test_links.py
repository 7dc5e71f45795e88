"""Whoever follows the links of their own pages comes to a page: nobody is shown a door that is shut to them."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from tests.served_office import Office, Visitor

PAGES = 90
"""Pages that each person looks at; so many of one kind (same address but for ids and values) are enough."""
OF_ONE_KIND = 2
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WHO = (
    "administrator",
    "intake",
    "licensing",
    "placement",
    "legal",
    "attorney",
    "foster",
    "director",
    "auditor",
    "editor",
)


@pytest.mark.parametrize("username", WHO)
def test_every_link_that_a_person_is_shown_opens(office: Office, username: str) -> None:
    visitor = Visitor(office.address)
    visitor.sign_in(office.account(username))
    shut, seen, kinds, waiting = [], {"/"}, Counter[str](), deque([("/", "")])
    while waiting and len(seen) - len(waiting) <= PAGES:
        path, came_from = waiting.popleft()
        page = visitor.get(path)
        if page.status >= 400:
            shut.append(f"{page.status}: {path}, from {came_from}")
        if "text/html" not in page.headers.get("content-type", ""):
            continue
        for link in LINK.findall(page.text):
            where = urlsplit(urljoin(office.address + path, unescape(link)))
            assert f"{where.scheme}://{where.netloc}" == office.address, f"{path} leads away: {link}"
            found = where.path + (f"?{where.query}" if where.query else "")
            kind = re.sub(r"=[^&]*", "=", ID.sub("*", found))
            if found not in seen and kinds[kind] < OF_ONE_KIND and not where.path.startswith("/static/"):
                kinds[kind] += 1
                seen.add(found)
                waiting.append((found, path))
    assert not shut
