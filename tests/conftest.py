"""What several folders of tests share: an office that is really served, made once for each process of a run.

Tests that must hold on both databases are marked: what stands under tests/promises but in ON_ONE, and whatever is
marked `races` or `migrations`. `make test` runs those again on a real PostgreSQL (tests/postgresql.py), with those
that are marked `postgresql_only`. On the build machine nothing may be skipped. How tests are run:
docs/decisions/0013.
"""

import os
import shutil
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.served_office import Office, make_demonstration, served

TWICE = ("races", "promises", "migrations", "postgresql_only")
ON_ONE = ("02b", "04b", "10", "11", "16b", "29b", "30", "31", "32", "32b", "33", "34", "39b", "44")
"""Promises about browsers, files, processes and arithmetic: another database could answer nothing otherwise; or, of
the services that are watched (04b), it would take too long. The long form tries those on both whose row says so."""
LONGEST_FIRST = ("journeys", "newsroom", "cli", "web", "placement", "office")
ON_POSTGRESQL = os.environ.get("POSADA_DATABASE_URL", "").startswith("postgres")
ON_BUILD_MACHINE = os.environ.get("CI") == "true"

settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("build_machine", parent=settings.get_profile("any_machine"), derandomize=True)
settings.load_profile("build_machine" if ON_BUILD_MACHINE else "any_machine")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what runs on both databases, leave out what only PostgreSQL can show, and put long files first."""
    for item in items:
        if "promises" in Path(item.path).parts and item.path.name.split("_")[1] not in ON_ONE:
            item.add_marker("promises")
        if any(item.get_closest_marker(name) for name in TWICE):
            item.add_marker("postgresql_too")
    if not ON_POSTGRESQL:
        elsewhere = [item for item in items if item.get_closest_marker("postgresql_only")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    if hasattr(config, "workerinput"):  # one of several processes
        items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """Of two processes neither should be left alone with a long file at the end."""
    folder = Path(item.path).relative_to(Path(__file__).parent).parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On the build machine a test that is skipped has failed: what it needs is to be installed there."""
    report = yield
    if ON_BUILD_MACHINE and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Nothing is skipped on the build machine (CI=true). {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _language_ends_with_its_test() -> Iterator[None]:
    """A page that was asked for in Spanish leaves Spanish on its thread."""
    yield
    if "django.utils.translation" in sys.modules:
        sys.modules["django.utils.translation"].deactivate()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demonstration that is prepared and not served. Read it; do not change it."""
    return make_demonstration(tmp_path_factory.mktemp("office") / "demo")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Office]:
    """A small demonstration with its web server and worker, the same for the whole run."""
    url = os.environ.get("POSADA_DATABASE_URL", "")
    folder = tmp_path_factory.mktemp("served") / "demo"
    if url:
        make_demonstration(folder, POSADA_DATABASE_URL=_another_database(url))
    else:
        shutil.copytree(request.getfixturevalue("demonstration"), folder)
    with served(folder) as running:
        yield running


def _another_database(url: str) -> str:
    """A database of its own beside the one of the tests."""
    import psycopg

    name = f"served_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"
