"""Spread the years of a study over processes and machines by Dask; without it, one after the other.

Rows come in any order. A worker that is lost costs only its year: the scheduler gives it to another.
Comes in: a `Study` and tasks. Goes out: rows. Docs: docs/how-to/simulate-a-year.md.
Tests: tests/cli/test_spread.py.
"""

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posada.cli.refusals import NothingDone
from posada.simulation.study import Row, Study, Task, answer

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 5
"""How long a scheduler may take to answer at its address."""
GONE = "The scheduler is gone. The same command goes on from what is done."


@dataclass(frozen=True, slots=True)
class Spread:
    """Where years are run: at a scheduler's address, or in so many processes of this machine."""

    scheduler: str | None
    workers: int


def rows(study: Study, todo: Sequence[Task], *, spread: Spread, tell: Callable[[str], None]) -> Iterator[Row]:
    """The row of each task, as they are done. Raises NothingDone; errors of a year are raised as they are."""
    if not todo:
        return
    if spread.scheduler is None and min(spread.workers, len(todo)) == 1:
        yield from (answer(study, task) for task in todo)
        return
    try:
        import distributed  # noqa: F401  the extra `cluster`
    except ImportError:
        if spread.scheduler is not None:
            raise NothingDone(
                f"{spread.scheduler}: needs Dask; install posada with its extra: cluster."
            ) from None
        tell("Dask is not installed (the extra: cluster), so the years are run one after the other.")
        yield from (answer(study, task) for task in todo)
        return
    try:
        client = _client(spread, at_most=len(todo))
    except (RuntimeError, OSError) as error:  # no port, no process, no memory for a cluster of this machine
        tell(f"Dask did not start here ({error}), so the years are run one after the other.")
        yield from (answer(study, task) for task in todo)
        return
    with client:
        yield from _by_dask(study, todo, client)


def _by_dask(study: Study, todo: Sequence[Task], client: "Client") -> Iterator[Row]:
    from distributed import KilledWorker, as_completed
    from distributed.client import FutureCancelledError

    # The study is a task, too: if the worker that holds it is lost, the scheduler can make it again.
    digest = study.digest
    shared = client.submit(pickle.loads, pickle.dumps(study), key=f"posada-study-{digest}")
    futures = [
        client.submit(answer, shared, task, key=f"posada-{digest}-{number}", pure=True)
        for number, task in enumerate(todo)
    ]
    try:
        done = as_completed(futures, with_results=True)  # type: ignore[no-untyped-call]
        for _, row in done:
            if not isinstance(row, Row):  # where the connection is lost, the error comes as if it were a row
                raise NothingDone(GONE)
            yield row
    except KilledWorker:
        raise NothingDone("The same year ended several workers: they may lack memory. Use fewer.") from None
    except FutureCancelledError:
        raise NothingDone(GONE) from None
    finally:
        if client.status == "running":  # the years that nobody waits for any more
            client.cancel([shared, *futures])  # type: ignore[no-untyped-call]


def _client(spread: Spread, *, at_most: int) -> "Client":
    """A connection; to a cluster of this machine, which ends with it, where no address is given."""
    from distributed import Client

    for name in list(logging.root.manager.loggerDict):  # what is lost is told in our own words
        if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    if spread.scheduler is not None:
        try:
            return Client(spread.scheduler, timeout=CONNECT_SECONDS)  # type: ignore[no-untyped-call]
        except (OSError, ValueError):
            raise NothingDone(f"{spread.scheduler}: no Dask scheduler answers there.") from None
    return Client(  # type: ignore[no-untyped-call]
        n_workers=min(spread.workers, at_most),
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        dashboard_address=None,
        silence_logs=logging.ERROR,
    )
