"""The means of a study as tables for people, and as JSON for programs.

Comes in: rows. Goes out: tables and sentences, or plain values. Tests: tests/cli/test_simulate_table.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from posada.cli.sentences import counted
from posada.simulation.means import Loss, Mean, losses, means
from posada.simulation.policies import HINDSIGHT
from posada.simulation.study import AS_LEARNT, Row, Study

if TYPE_CHECKING:
    from rich.table import Table

LINES = {
    "children": "children who came or waited",
    "children_placed": "… placed",
    "share": "… share of the bound",
    "least_share": "… in the worst year",
    "children_with_kin": "… placed with kin",
    "children_sharing_language": "… sharing a language",
    "children_represented": "… matched with counsel",
    "days_waited": "days waited until placed",
    "gone_elsewhere": "children gone elsewhere",
    "aged_out": "children of age while waiting",
    "county_week_most": "peak week of a county, children",
    "worker_week_most": "peak week of a worker, children",
    "counsel_week_most": "peak week of a counsel, groups",
}
SHARES = ("share", "least_share")


def study_tables(study: Study, rows: Sequence[Row]) -> "Iterator[Table | str]":
    """What a reader needs, in order."""
    found = means(rows)
    yield _title(study, rows)
    yield _policies([mean for mean in found if mean.arrivals == AS_LEARNT])
    yield "The bound: what nobody can pass, even with the whole year known. Peaks: newly placed, newly taken."
    told = losses(found)
    if told:
        yield _losses(told)
        yield "Loss: in points of the bound, since the prices were learnt for the folder's arrivals."


def study_as_json(study: Study, rows: Sequence[Row]) -> dict[str, object]:
    """Rows, means and losses."""
    found = means(rows)
    return {
        "study": study.digest,
        "start": study.start.isoformat(),
        "days": study.days,
        "numbers": study.numbers.told(),
        "means": [
            {
                "policy": mean.policy,
                "arrivals": mean.arrivals,
                "learnt": mean.learnt,
                "years": mean.years,
                "share_of_bound": mean.share,
                "least_share_of_bound": mean.least_share,
                **mean.values,
            }
            for mean in found
        ],
        "losses": [{**asdict(loss), "loss": loss.loss} for loss in losses(found)],
        "rows": [asdict(row) for row in rows],
    }


def _title(study: Study, rows: Sequence[Row]) -> str:
    seeds = sorted({row.seed for row in rows if row.seed is not None})
    days = f"{counted(study.days, 'day')} from {study.start}"
    if not seeds:
        return f"The folder's own arrivals, {days}"
    which = f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"
    return f"Mean of {counted(len(seeds), 'drawn year')} ({which}), {days}"


def _policies(found: Sequence[Mean]) -> "Table":
    table = _table("", "", *(f"{m.policy} (bound)" if m.policy == HINDSIGHT else m.policy for m in found))
    for name, words in LINES.items():
        values = [getattr(mean, name) if name in SHARES else mean.values[name] for mean in found]
        table.add_row(words, *(_percent(v) if name in SHARES else _count(v) for v in values))
    return table


def _losses(told: Sequence[Loss]) -> "Table":
    title = "Prices where others come than they expect"
    table = _table(title, "arrivals", "share of bound", "if expected", "loss")
    for loss in told:
        table.add_row(
            f"{loss.arrivals:.0%}",
            _percent(loss.share),
            _percent(loss.share_if_known),
            f"{100 * loss.loss:+.2f}",
        )
    return table


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f}%"


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


def _table(title: str, first: str, *heads: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    table.add_column(first)
    for head in heads:
        table.add_column(head, justify="right")
    return table
