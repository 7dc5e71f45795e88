"""A client of the editors' desk without a screen: keeps cookies, follows redirects, sends the token of each form."""

import html
import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from tests.newsroom.newsroom_site import Answer, Site
from tests.served_office import HALF_MINUTE, code_now


def account(site: Site, username: str) -> dict[str, str]:
    """A sign-in of the demonstration."""
    kept: list[dict[str, str]] = json.loads((site.folder / "accounts.json").read_text())
    return next(each for each in kept if each["username"] == username)


class Visitor:
    """Somebody with a browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str, **headers: str) -> Answer:
        """Look at a page."""
        asked = {key.replace("_", "-"): value for key, value in headers.items()}
        return self._ask(urllib.request.Request(self.address + path, headers=asked))

    def post(self, path: str, **fields: str) -> Answer:
        """Send the form of a page, with its hidden fields."""
        page = self.get(path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        sent = {"csrfmiddlewaretoken": html.unescape(token[1]) if token else "", **fields}
        return self.send(path, sent)

    def send(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send fields as they are."""
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self._ask(urllib.request.Request(self.address + path, data=body))

    def sign_in(self, kept: dict[str, str]) -> Answer:
        """Password, then code; a code that was used already is waited out."""
        answer = self.post("/cms/sign-in/", login=kept["username"], password=kept["password"])
        for _ in range(2):
            if answer.url != "/cms/sign-in/code/":
                break
            answer = self.post("/cms/sign-in/code/", code=code_now(kept["totp_secret"]))
            if answer.url == "/cms/sign-in/code/":
                time.sleep(HALF_MINUTE - time.time() % HALF_MINUTE + 0.1)
        return answer

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            answer: Any = self.opener.open(request, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            headers = {key.lower(): value for key, value in answer.headers.items()}
            return Answer(answer.status, answer.url.removeprefix(self.address), answer.read(), headers)


_SIGNED_IN: dict[tuple[str, str], Visitor] = {}


def signed_in(site: Site, username: str) -> Visitor:
    """Somebody who has signed in with both factors, once for the whole run: a code is good for one sign-in only."""
    key = (site.address, username)
    if key not in _SIGNED_IN:
        _SIGNED_IN[key] = Visitor(site.address)
        assert _SIGNED_IN[key].sign_in(account(site, username)).url == "/cms/"
    return _SIGNED_IN[key]
