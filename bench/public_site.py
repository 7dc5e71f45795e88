"""The public site: weight and time of each page, and whether the time of an answer tells anything.

    bench/public_site.py [--rounds 7] [--record FILE]

A demonstration's newsroom is served as `posada serve` does, with one web process. A row for each page: bytes on the
wire without and with pictures, requests, the first visit in Chromium (nothing kept; median), and what the server
takes (one asker on the same machine; median of ten times as many). Two rows for answers that must not differ: the
link of an enquiry that is known and one that is not, and a name at the desk with an account and one without (the
sending alone). The desk locks a name after ten wrong passwords, so that too few are asked there to
prove anything.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from machine import circumstances
from public_site_table import LEAST_PAIRS
from results import Row, append

sys.path.insert(0, str(Path(__file__).parent.parent))
PAGES = (
    *(
        "/",
        "/es/",
        "/newsroom/a-state-asked/",
        "/newsroom/who-opened-the-door/",
        "/numbers/",
        "/open-your-home/",
    ),
    *("/know-your-rights/",),
)
PICTURES = ("image", "media")


def measured(site: Any, *, rounds: int) -> Iterator[Row]:
    """A row for each page."""
    from tests.chromium import chromium

    with chromium() as browser:
        for path in PAGES:
            visits = [_visit(browser, site.address + path) for _ in range(rounds)]
            server = [_seconds(lambda path=path: site.get(path)) for _ in range(10 * rounds)]  # type: ignore[misc]
            row = {"part": "public-site", "pages": path, **visits[-1]}
            row["first_ms"] = round(statistics.median(each["first_ms"] for each in visits), 1)
            yield row | {"server_ms": round(statistics.median(server) * 1000, 2)}


def _visit(browser: Any, address: str) -> Row:
    context = browser.new_context(service_workers="block", viewport={"width": 390, "height": 844})
    page = context.new_page()
    asked: list[Any] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto(address, wait_until="networkidle")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    sizes = [(each.resource_type in PICTURES, each.sizes()["responseBodySize"]) for each in asked]
    foreign = sum(urlsplit(each.url).netloc != urlsplit(address).netloc for each in asked)
    context.close()
    return {
        "first_ms": took,
        "requests": len(asked),
        "foreign": foreign,
        "kib": round(sum(size for picture, size in sizes if not picture) / 1024, 1),
        "kib_pictures": round(sum(size for picture, size in sizes if picture) / 1024, 1),
    }


def alike(site: Any, *, rounds: int) -> Iterator[Row]:
    """A row for each pair of answers that must tell nothing: the ratio of their medians, asked in turn."""
    from tests.newsroom.desk_visitor import Visitor

    sent = _enquiry(site)
    path, _, secret = sent.partition("?r=")

    def link(known: bool) -> Callable[[], Any]:
        return lambda: site.get(sent if known else f"{path}?r={secret[::-1]}")

    def name(known: bool) -> Callable[[], Any]:
        visitor = Visitor(site.address)
        page = visitor.get("/cms/sign-in/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = {
            "csrfmiddlewaretoken": token[1] if token else "",
            "login": "writer" if known else "wrotes",
            "password": "wrong all the same",
        }
        return lambda: visitor.send("/cms/sign-in/", fields)

    many = max(LEAST_PAIRS, 40 * rounds)
    for what, ask, count in (("link of an enquiry", link, many), ("sign-in at the desk", name, 4)):
        pairs = [(_seconds(ask(True)), _seconds(ask(False))) for _ in range(count)]
        known, unknown = (statistics.median(each) * 1000 for each in zip(*pairs, strict=True))
        row = {
            "known_ms": round(known, 2),
            "unknown_ms": round(unknown, 2),
            "ratio": round(known / unknown, 3),
        }
        yield {"part": "public-site-alike", "pages": what, "asked": 2 * count, **row}


def _enquiry(site: Any) -> str:
    answer = site.post("/open-your-home/", county="24045", best_language="en")
    answer = site.post(answer.url, beds="2", languages=["en"])
    answer = site.post(answer.url, contact_name="Example Neighbor", phone="555-0100")
    return str(site.post(answer.url).url)


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@contextmanager
def newsroom() -> Iterator[Any]:
    """A demonstration's newsroom, served."""
    from tests.newsroom.newsroom_site import figures, make_site, served_site, write_figures

    with tempfile.TemporaryDirectory() as folder, served_site(make_site(Path(folder) / "newsroom")) as site:
        write_figures(site.exchange, figures())
        yield site


def main() -> None:
    """Measure and print; with --record, add rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--record", type=Path)
    args = parser.parse_args()
    with newsroom() as site:
        for row in (*measured(site, rounds=args.rounds), *alike(site, rounds=args.rounds)):
            print(row, flush=True)
            if args.record:
                append(args.record, row | {"at": circumstances()})


if __name__ == "__main__":
    main()
