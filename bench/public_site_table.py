"""The public site's section of RESULTS.md."""

from collections.abc import Iterator, Sequence

from results import Row, of_part

INTRO = (
    "A demonstration's newsroom with one web process; a phone's window in Chromium, nothing kept from before. Aims: "
    "a page without its pictures weighs at most 100 KiB, asks nobody else, and the time of an answer does not tell "
    "whether a link or a name is known."
)
MOST_KIB = 100
ALIKE = (0.9, 1.1)
LEAST_PAIRS = 200
"""Of fewer the ratio says nothing: on a machine with other work one answer differs from the next by more."""


def public_site_section(rows: Sequence[Row]) -> Iterator[str]:
    """Nothing where it was not measured."""
    pages, pairs = of_part(rows, "public-site"), of_part(rows, "public-site-alike")
    if not pages and not pairs:
        return
    yield f"## The public site\n\n{INTRO}\n"
    yield "| page | KiB | pictures KiB | requests | elsewhere | first visit ms | server ms | aim met |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for row in pages:
        met = "yes" if row["kib"] <= MOST_KIB and not row["foreign"] else "**no**"
        figures = (
            row["kib"],
            row["kib_pictures"],
            row["requests"],
            row["foreign"],
            row["first_ms"],
            row["server_ms"],
        )
        yield f"| `{row['pages']}` | {' | '.join(f'{each:,}' for each in figures)} | {met} |"
    yield "\n| answer | asked | known, median ms | unknown, median ms | ratio | alike |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for row in pairs:
        met = "yes" if ALIKE[0] <= row["ratio"] <= ALIKE[1] else "**no**"
        met = met if row["asked"] >= 2 * LEAST_PAIRS else "too few to say"
        times = f"{row['known_ms']:,} | {row['unknown_ms']:,} | {row['ratio']}"
        yield f"| {row['pages']} | {row['asked']} | {times} | {met} |"
    yield ""
