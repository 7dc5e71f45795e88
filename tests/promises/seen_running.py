"""What a browser tells of a page on which something may have run: for promise 29, in three engines.

Comes in: an engine behind the small interface of tests/engines.py. Goes out: marks, dialogs, and elements that only a
payload can have made, each in a line.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Dialog
from playwright.sync_api import Error as PageError

from tests.engines import Engine, EngineRefusedError
from tests.promises.payloads_that_run import payloads
from tests.promises.watched_pages import Watched

FOUND = """
  const named = /x29n\\d{3}/, host = new RegExp('^//CALLED/|^http://CALLED/'.replaceAll('CALLED', '%s'));
  const found = Object.keys(window).filter(each => named.test(each)).map(each => 'mark ' + each);
  for (const each of document.querySelectorAll('*')) {
    for (const {name, value} of each.attributes) {
      const plain = value.replace(/[\\x00-\\x20]/g, '').toLowerCase();
      if (/^on/.test(name)) found.push('handler ' + name + ' of ' + each.localName);
      else if (/^(href|src|srcset|action|formaction|data|poster|background|srcdoc|style|xlink:href)$/.test(name)
        && (/^(javascript:|vbscript:|data:text)/.test(plain) || (host.test(plain) && each.localName !== 'a')
          || (name === 'style' && named.test(value))))
        found.push(name + ' of ' + each.localName + ': ' + value.slice(0, 60));
    }
    if (/^(script|style)$/.test(each.localName) && !/json/.test(each.type) && named.test(each.textContent))
      found.push('text of ' + each.localName);
  }
  return found;
"""
RAW_CALLS = "/raw"
BROWSER_ENDED = ("page crash or hang", "unknown error", "invalid session id")
"""What WebKit's driver says of a process that is gone; of a dialog it says that one is open."""
RAW = """<!doctype html><title>{text}</title><body>{text}<textarea>{text}</textarea><input value="{text}">
<a href="{text}">x</a><script>var told = '{text}';</script><!-- {text} -->"""


@dataclass
class Eyes:
    """Looks at pages with one engine, through the way that watches."""

    begin: Callable[[], Engine]
    between: Watched
    found: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    """Pages on which the browser itself ended; it is begun anew and looks once more."""
    pages: int = 0

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.engine = self.begin()
        page = getattr(self.engine, "page", None)
        if page is not None:
            page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.found.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def look_at(self, path: str) -> None:
        """Open a page and note what ran or was made there."""
        try:
            self.engine.goto(self.between.address + path)
            told: list[str] = self.engine.script(FOUND % self.between.called)
            self.found += [f"{path}: {each}" for each in told]
        except EngineRefusedError as refused:  # an open dialog refuses every command
            if any(each in str(refused) for each in BROWSER_ENDED):
                self.ended.append(path)
                self._begin()
                if self.ended.count(path) == 1:
                    self.look_at(path)
            else:
                self.found.append(f"{path}: dialog? {refused}")
        except PageError as gone:  # the page went somewhere else under our eyes
            self.found.append(f"{path}: {gone}")
        self.pages += 1

    def is_awake(self) -> None:
        """A page that does all that is looked for, without a policy and with one. Fails if any of it is not seen."""
        own, seen, awake = self.between.own, self.between.seen, f"x29awake{self.pages}"
        own["/x29/open"] = (
            f"<p onclick=1><img src=//{self.between.called}/{awake}><script>top.x29n999=1</script>".encode(),
            {},
        )
        own["/x29/dialog"] = (b"<script>alert('x29awake')</script>", {})
        policy = f"default-src 'none'; report-uri http://{self.between.called}/report"
        own["/x29/shut"] = (b"<script>top.x29n999=1</script>", {"Content-Security-Policy": policy})
        before = len(self.found)
        for each in ("open", "dialog", "shut"):
            self.look_at(f"/x29/{each}")
        seen.wait_for("calls", awake)
        seen.wait_for("reports", "/x29/shut")
        told = "\n".join(self.found[before:])
        assert "mark x29n999" in told and "handler onclick" in told and "dialog" in told, told
        del self.found[before:]
        seen.calls[:] = [each for each in seen.calls if "x29awake" not in each]
        seen.reports[:] = [each for each in seen.reports if "/x29/shut" not in each]

    def how_many_run_raw(self, count: int) -> int:
        """Of so many kinds, in a page that escapes nothing and has no policy: how many run or call."""
        raw = self.between.called + RAW_CALLS
        ours = payloads(raw, count=count, effects=(_call(raw),))
        for each in ours:
            self.between.own[f"/x29/raw/{each.number}"] = (RAW.format(text=each.text).encode(), {})
        frames = "".join(f"<iframe src='/x29/raw/{each.number}'></iframe>" for each in ours)
        end = f"<img src=//{raw}/x29end>"
        self.between.own["/x29/raw"] = (f"<body>{frames}{end}".encode(), {})
        self.engine.goto(self.between.address + "/x29/raw")
        self.between.seen.wait_for("calls", "x29end")
        return len({each for each in self.between.seen.calls if each.startswith(RAW_CALLS)})

    def ran(self) -> list[str]:
        """Whatever ran, called or was blocked, other than from our own pages, some of which call late."""
        seen = self.between.seen
        return self.found + [each for each in seen.calls if not each.startswith(RAW_CALLS)] + seen.reports


def _call(called: str) -> Any:
    return lambda number: f"document.createElement(`img`).src=`//{called}/x29n{number:03}`"


def shown(lines: list[str]) -> str:
    """The first lines of what was found, for a failure."""
    return html.unescape("\n".join(lines[:12]))
