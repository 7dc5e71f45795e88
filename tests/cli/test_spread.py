"""Years spread over processes by Dask: with a real scheduler, and a worker that is killed in the middle."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from posada.cli import spread as spread_module
from posada.cli.refusals import NothingDone
from posada.cli.spread import Spread, rows
from posada.demonstration.assumptions import shipped
from posada.demonstration.generate import generate
from posada.programme import write_program
from posada.simulation.policies import FIRST_COME, PRICES
from posada.simulation.study import Study, answer, tasks
from tests.cli.terminal import started
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

# On a busy machine Dask warns, and pytest makes an error of that inside of Dask.
pytestmark = pytest.mark.filterwarnings("default::UserWarning", "default::ResourceWarning")

STUDY = Study(random_folder(3), MARYLAND, NUMBERS, TODAY, DAYS)
TODO = tasks(policies=[FIRST_COME, PRICES], seeds=[1, 2], stress=False)
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spread") / "program"
    drawn = generate(scope="maryland", children=60, kin_share=0.2, seed=3, assumptions=shipped())
    write_program(drawn, folder=folder)
    return folder


@pytest.fixture(scope="module")
def alone(program: Path) -> bytes:
    """The file of the study, run in one process."""
    return study_of(program, program.with_name("alone.csv"), "--workers", "1")


def study_of(program: Path, out: Path, *options: str) -> bytes:
    process = started("simulate", program, "--runs", "3", "--out", out, *options)
    said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, said
    return out.read_bytes()


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


@contextmanager
def running(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster; ended with the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """As an operator would start it: (address, [scheduler, worker, worker])."""
    where = folder / "scheduler.json"
    with ExitStack() as stack:
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where))
        scheduler = stack.enter_context(running("distributed.cli.dask_scheduler", *options))
        wait_for(lambda: where.exists() and where.read_text(encoding="utf-8").endswith("}"))
        address = json.loads(where.read_text(encoding="utf-8"))["address"]
        started_workers = [
            stack.enter_context(
                running(
                    *("distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard"),
                    *("--nthreads", "1", "--local-directory", str(folder / name)),
                )
            )
            for name in ("one", "two")
        ]
        wait_for(lambda: all((folder / name).is_dir() for name in ("one", "two")))
        yield address, [scheduler, *started_workers]


def test_a_killed_worker_changes_nothing(program: Path, alone: bytes, tmp_path: Path) -> None:
    out = tmp_path / "spread.csv"
    with cluster(tmp_path) as (address, (_, *workers)):
        process = started("simulate", program, "--runs", "3", "--out", out, "--scheduler", address)
        wait_for(lambda: out.exists() and out.read_bytes().count(b"\n") >= 4)
        workers[0].send_signal(signal.SIGKILL)
        done_at_kill = out.read_bytes().count(b"\n") - 1
        said = process.communicate(timeout=PATIENCE_SECONDS)
        assert workers[0].wait() == -signal.SIGKILL
        assert workers[1].poll() is None
    assert process.returncode == 0, said
    assert done_at_kill < alone.count(b"\n") - 1, "the worker was killed after all was done"
    assert out.read_bytes() == alone


def test_when_the_scheduler_is_lost_it_is_said_and_what_is_done_stays_done(
    program: Path, alone: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "lost.csv"
    with cluster(tmp_path) as (address, (scheduler, *_)):
        process = started("simulate", program, "--runs", "3", "--out", out, "--scheduler", address)
        wait_for(lambda: out.exists() and out.read_bytes().count(b"\n") >= 3)
        scheduler.kill()
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert said.splitlines() == ["The scheduler is gone. The same command goes on from what is done."]
    assert 2 <= len(out.read_bytes().splitlines()) - 1 < len(alone.splitlines()) - 1
    assert set(out.read_bytes().splitlines()) < set(alone.splitlines())


def test_processes_of_this_machine_give_the_same_file(program: Path, alone: bytes, tmp_path: Path) -> None:
    assert study_of(program, tmp_path / "local.csv", "--workers", "2") == alone


def test_a_study_that_was_stopped_goes_on_where_it_was(program: Path, alone: bytes, tmp_path: Path) -> None:
    out = tmp_path / "stopped.csv"
    first = started("simulate", program, "--runs", "3", "--out", out, "--workers", "1")
    wait_for(lambda: out.exists() and out.read_bytes().count(b"\n") >= 4)
    first.kill()
    first.communicate()
    done = out.read_bytes().count(b"\n") - 1
    second = started("simulate", program, "--runs", "3", "--out", out, "--workers", "1")
    said = second.communicate(timeout=PATIENCE_SECONDS)
    assert f"{done} of 27 are there already." in said[1]
    assert out.read_bytes() == alone


def test_without_dask_years_are_run_one_after_the_other_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told: list[str] = []
    found = list(rows(STUDY, TODO, spread=Spread(None, 2), tell=told.append))
    assert found == [answer(STUDY, task) for task in TODO]
    assert told == ["Dask is not installed (the extra: cluster), so the years are run one after the other."]
    with pytest.raises(NothingDone, match="needs Dask"):
        list(rows(STUDY, TODO, spread=Spread("tcp://127.0.0.1:1", 2), tell=told.append))


def test_one_process_needs_no_cluster_and_nothing_to_do_needs_none_either() -> None:
    told: list[str] = []
    assert len(list(rows(STUDY, TODO, spread=Spread(None, 1), tell=told.append))) == len(TODO)
    assert list(rows(STUDY, [], spread=Spread("tcp://127.0.0.1:1", 1), tell=told.append)) == []
    assert told == []


def test_where_no_cluster_starts_the_years_are_run_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(spread: Spread, *, at_most: int) -> None:
        raise RuntimeError("Cluster failed to start")

    monkeypatch.setattr(spread_module, "_client", none)
    said: list[str] = []
    found = list(rows(STUDY, TODO[:2], spread=Spread(None, 2), tell=said.append))
    assert found == [answer(STUDY, task) for task in TODO[:2]]
    assert len(said) == 1 and "one after the other" in said[0]
