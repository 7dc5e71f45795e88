"""What is wrong with the newsroom beside an office, and how to mend it.

Comes in: the office's folder. Goes out: findings. The newsroom is asked in a process of its own; nothing is changed.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_newsroom_doctor.py.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from posada.web.apart import newsroom_of
from posada.web.operating.doctor import Finding, Standing
from posada.web.operating.newsroom import NewsroomNotPrepared, ask_desk

NO_FIGURES = {
    "missing": "The office has published no figures yet.",
    "unsigned": "The figures are not signed by this office: the site shows none of them.",
    "unreadable": "The file of figures cannot be read: the site shows none of them.",
    "old": "The figures are more than a day old, and the site says so.",
}
SECONDS_ALIVE, LETTER_SECONDS = 60.0, 300.0
BRING_UP = "`posada init --newsroom` brings it up to date."


def examine_newsroom(data: Path, *, served: bool) -> Iterator[Finding]:
    """Look at the newsroom; none where none was made. `served`: `posada serve` is running."""
    folder = newsroom_of(data)
    if folder is None:
        return
    yield from _letters(data)
    if served:
        yield from _worker(folder)
    try:
        facts = ask_desk(folder, "condition")
    except NewsroomNotPrepared as error:
        yield Finding("newsroom", Standing.WRONG, str(error), BRING_UP)
        return
    yield from told(facts)


def told(facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings from what the newsroom says of itself."""
    if facts["behind_tables"] or not facts["static"]:
        yield Finding("newsroom", Standing.WRONG, "Its tables or files are not of this version.", BRING_UP)
    else:
        yield Finding("newsroom", Standing.RIGHT, "Its tables and files are of this version.")
    if facts["seconds_late"]:
        yield Finding(
            "scheduled stories",
            Standing.WRONG,
            f"A story should have gone out {facts['seconds_late'] / 60:.0f} minutes ago.",
            "The newsroom's worker publishes it: it runs with `posada serve`.",
        )
    if facts["figures"] in NO_FIGURES:
        is_wrong = facts["figures"] in ("unsigned", "unreadable")
        mend = "Publish figures in the office: the ledger, figures." if facts["figures"] != "old" else ""
        standing = Standing.WRONG if is_wrong else Standing.NOTE
        yield Finding("figures", standing, NO_FIGURES[facts["figures"]], mend)
    if not facts["second_readers"]:
        yield Finding(
            "second reader",
            Standing.WRONG,
            "Nobody can publish: there is no second reader.",
            "`posada editors --add NAME --role second-reader` makes one.",
        )
    if facts["without_second_factor"]:
        names = ", ".join(facts["without_second_factor"])
        yield Finding(
            "editors", Standing.NOTE, f"Without a second factor yet, so they open nothing: {names}."
        )
    if facts["behind_tls"] and not facts["address"].startswith("https://"):
        yield Finding(
            "newsroom's address",
            Standing.WRONG,
            f"Feeds and links begin with {facts['address']}.",
            "Name the address in POSADA_NEWSROOM_ADDRESS, with https.",
        )


def _letters(data: Path) -> Iterator[Finding]:
    waiting = list(_ages(data / "exchange" / "from_public"))
    if waiting and max(waiting) > LETTER_SECONDS:
        yield Finding(
            "letters",
            Standing.WRONG,
            f"{len(waiting)} letters of families wait, the oldest for {max(waiting) / 60:.0f} minutes.",
            "The office's worker takes them in: it runs with `posada serve`.",
        )


def _ages(folder: Path) -> Iterator[float]:
    for each in folder.glob("*.letter"):
        with contextlib.suppress(FileNotFoundError):  # taken in at this moment
            yield time.time() - each.stat().st_mtime


def _worker(folder: Path) -> Iterator[Finding]:
    sign = folder / "run" / "worker.alive"
    if not sign.is_file() or time.time() - sign.stat().st_mtime > SECONDS_ALIVE:
        yield Finding(
            "newsroom's worker",
            Standing.WRONG,
            "It has given no sign of life for a minute: nothing is published at its time.",
            "Start `posada serve` again.",
        )
