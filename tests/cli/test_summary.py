"""What the command adds to the summary of a plan: the memory of its process."""

from datetime import date

from posada.cli.summary import peak_rss_mb, summary_of
from posada.programme.plan_summary import plan_summary
from posada.records import Plan, Program

PROGRAM = Program(plan_date=date(2026, 12, 1), children=(), homes=(), seed=7)
PLAN = Plan(groups=(), unplaced=(), unrepresented=(), levels=())


def test_the_command_adds_its_memory_and_nothing_else() -> None:
    told = summary_of(PLAN, program=PROGRAM, seconds=1.0)
    assert list(told) == [*plan_summary(PLAN, program=PROGRAM, seconds=1.0), "peak_rss_mb"]


def test_memory_is_in_megabytes() -> None:
    peak = peak_rss_mb()
    assert peak is None or 5 < peak < 100_000
