"""The section of RESULTS.md on push messages."""

from collections.abc import Iterator, Sequence

from results import Row

NAMES = {
    "posada": "Posada",
    "posada, few": "Posada, as many as the peer",
    "pywebpush": "pywebpush, one after another",
    "pywebpush, threads": "pywebpush, 16 threads",
}


def push_section(rows: Sequence[Row]) -> Iterator[str]:
    """A table of the ways of sending, and how they compare with as many browsers."""
    by_method = {row["method"]: row for row in rows if row["part"] == "push"}
    if not by_method:
        return
    yield "## Push messages\n"
    yield (
        "To a push service on the same machine, sealed anew for each browser; one in a thousand is gone, "
        "and in the first row one in ten thousand never answers (each of these takes ten seconds of one of 32 "
        "connections). All rows are of one run.\n"
    )
    yield "| method | browsers | seconds | processor s | a second | outcomes |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for method, name in NAMES.items():
        if method in by_method:
            row = by_method[method]
            told = ", ".join(f"{count:,} {outcome}" for outcome, count in row["outcomes"].items())
            counted = f"{row['browsers']:,} | {row['seconds']:,.1f} | {row['processor_seconds']:,.1f}"
            yield f"| {name} | {counted} | {row['a_second']:,} | {told} |"
    yield ""
    ours = by_method.get("posada, few")
    for peer in ("pywebpush", "pywebpush, threads"):
        if ours and peer in by_method:
            ratio = ours["a_second"] / by_method[peer]["a_second"]
            yield f"- {ratio:.1f} times the messages a second of {NAMES[peer]}."
    yield ""
