"""The tables of the office for RESULTS.md: what was asked and held, bringing in, fifty at once, looking up, pages.

Comes in: the newest rows of part `office`, as bench/office.py writes them. Tests: tests/bench/test_office_table.py.
"""

from collections.abc import Iterator, Sequence

from results import Row

PLACES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FIFTY = 50
"""People at once of the aims; more are shown beside them."""
SLOWEST_SHOWN = 25
"""Lines of the table of pages; all other pages are quicker."""
AIMS = (
    ("import", "import", "seconds", 120, "s"),
    ("import: memory", "import", "rss_mib", 1024, "MiB"),
    ("slowest page, median", "page", "median_ms", 300, "ms"),
    ("most queries of a page", "page", "queries", 30, ""),
    ("slowest search, median", "search", "median_ms", 200, "ms"),
    ("fifty at once: 95 % within", "at once", "p95_ms", 1000, "ms"),
    ("fifty at once: errors", "at once", "errors", 0, ""),
    ("web and worker", "at once", "web_and_worker_mib", 600, "MiB"),
    ("three times the busiest hour: wrong answers", "busiest hour", "wrong", 0, ""),
    ("… the docket's pages: 95 % within", "busiest hour", "docket_p95_ms", 2000, "ms"),
    ("… while a plan is solved: 95 % within", "busiest hour", "while_planning_p95_ms", 2000, "ms"),
)
"""(words, kind of row, column, at most, unit)."""
INTRO = """\
Bringing a program in by `posada import`, then the served office: two web processes and the worker, pages with nobody
else at work, and fifty people and more at once with three seconds of reading between pages. The load is made on the
same two cores. PostgreSQL runs there too and does not wait for the disk (`fsync` off). What a page costs is the
processor's time of web, worker and database, by the pages answered. `load`: how many processes wanted the processor
just then, so above 2 other work of the machine is in a figure.
"""


def office_section(rows: Sequence[Row]) -> Iterator[str]:
    """The section, line by line; nothing where nothing was measured."""
    if not rows:
        return
    yield "## The office\n"
    yield INTRO
    for children in sorted({int(row["children"]) for row in rows}):
        own = [row for row in rows if row["children"] == children]
        yield f"### {children:,} children\n"
        yield from _aims(own)
        yield from _work(own)
        yield from _searches(own)
        yield from _pages(own)


def _aims(rows: Sequence[Row]) -> Iterator[str]:
    yield "| what | asked | database | measured | held |"
    yield "| --- | --- | --- | ---: | --- |"
    for words, name, column, most, unit in AIMS:
        for database in PLACES:
            found = [
                row
                for row in rows
                if row["name"] == name
                and row["instance"] == database
                and column in row
                and row.get("people", FIFTY) == FIFTY
            ]
            if found:
                worst = max(found, key=lambda row: float(row[column]))
                where = f" (`{worst['pages']}`)" if name == "page" else ""
                held = "yes" if worst[column] <= most else "**no**"
                yield f"| {words} | ≤ {most} {unit} | {PLACES[database]} | {worst[column]:,} {unit}{where} | {held} |"
    yield ""


def _work(rows: Sequence[Row]) -> Iterator[str]:
    yield "| what | database | seconds | MiB | load |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for row in rows:
        if row["name"] in ("import", "import again", "plan"):
            told = f"{row['seconds']:,} | {row.get('rss_mib', '')} | {_load(row)}"
            yield f"| {row['name']} | {PLACES[row['instance']]} | {told} |"
    yield ""
    loads = [row for row in rows if row["name"] == "at once"]
    if loads:
        yield "| at once | people | requests | errors | median | 95 % within | 99 % within | a page | MiB | load |"
        yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in loads:
        told = f"{row['people']} | {row['requests']:,} | {row['errors']} | {row['median_ms']:,} ms"
        told += f" | {row['p95_ms']:,} ms | {row['p99_ms']:,} ms | {_cost(row)}"
        told += f" | {row['web_and_worker_mib']} | {_load(row)}"
        yield f"| {PLACES[row['instance']]} | {told} |"
    yield ""


def _searches(rows: Sequence[Row]) -> Iterator[str]:
    yield "| looking a child up by | database | median | load |"
    yield "| --- | --- | ---: | ---: |"
    for row in rows:
        if row["name"] == "search":
            yield f"| {row['pages']} | {PLACES[row['instance']]} | {row['median_ms']:,} ms | {_load(row)} |"
    yield ""


def _pages(rows: Sequence[Row]) -> Iterator[str]:
    """The slowest pages, each by the role that waits longest for it."""
    slowest: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["name"] == "page":
            before = slowest.setdefault((row["pages"], row["instance"]), row)
            if row["median_ms"] > before["median_ms"]:
                slowest[row["pages"], row["instance"]] = row
    told = sorted(slowest.values(), key=lambda row: -float(row["median_ms"]))
    yield f"The slowest of {len(told)} pages, with nobody else at work:\n"
    yield "| page | database | median | queries | load |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for row in told[:SLOWEST_SHOWN]:
        figures = f"{row['median_ms']:,} ms | {row['queries']} | {_load(row)}"
        yield f"| `{row['pages']}` | {PLACES[row['instance']]} | {figures} |"
    yield ""


def _cost(row: Row) -> str:
    if "office_seconds" not in row or not row["requests"]:
        return ""
    return f"{1000 * (row['office_seconds'] + row['database_seconds']) / row['requests']:.0f} ms"


def _load(row: Row) -> str:
    return f"{row['load']:.1f}" if "load" in row else ""
