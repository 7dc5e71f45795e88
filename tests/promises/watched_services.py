"""Watches every service of the office while the office's own tests call it: what it writes, and in how many units.

`pytest -p tests.promises.watched_services tests/office` with WATCHED_OUT=FILE writes what each service did. With
STOPPED_AT=FILE, a line of JSON for each call, services are stopped at the questions that it names, and all tables are
compared with those before; the test itself goes no further, and what pytest says of it means nothing.
A service is a public function of a room that is handed the acting person: pages, forms and tables are none.
"""

import functools
import importlib
import inspect
import json
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

NONE = ("views", "forms", "urls", "models", "admin", "apps", "migrations", "templatetags", "demonstration")
"""Endings of modules that hold no services."""
WRITES = ("INSERT", "UPDATE", "DELETE")
MARKS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
OUT, STOPPED_AT = "WATCHED_OUT", "STOPPED_AT"


class Stopped(BaseException):
    """The machine stops here."""


@dataclass
class Call:
    """What one call of a service asked; `units`: its transactions that wrote, where that can be told."""

    service: str
    test: str
    place: int
    asked: int = 0
    writes: list[int] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    ended: bool = False


def services() -> dict[str, Callable[..., Any]]:
    """Room, file and name → the function, of every service there is."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        for name, function in vars(module).items():
            if name.startswith("_") or getattr(function, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(function) and _is_handed_the_actor(function):
                found[f"{module.__name__.removeprefix('posada.office.')}.{name}"] = function
    return found


def _modules() -> Iterator[ModuleType]:
    import posada.office  # not before Django is set up: pytest loads this file first of all

    for each in pkgutil.walk_packages(posada.office.__path__, "posada.office."):
        if not any(part.endswith(NONE) for part in each.name.split(".")):
            yield importlib.import_module(each.name)


def _is_handed_the_actor(function: Callable[..., Any]) -> bool:
    from posada.office.access.actor import Actor

    return any(
        each.annotation in (Actor, "Actor") for each in inspect.signature(function).parameters.values()
    )


class _Watch:
    """Counts the questions of one call, and stops at one of them."""

    def __init__(self, call: Call, stop_at: int = 0) -> None:
        self.call, self.stop_at = call, stop_at
        self.depth = len(connection.savepoint_ids)
        self.is_within = (
            connection.in_atomic_block
        )  # else a unit is a transaction of its own, and has no name

    def __call__(self, execute: Any, sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if text.startswith(MARKS):
            return execute(sql, parameters, many, context)
        self.call.asked += 1
        if text.lstrip().startswith(WRITES):
            self.call.writes.append(self.call.asked)
            if self.is_within:
                within = connection.savepoint_ids[self.depth :]
                self.call.units.append(str(within[0]) if within else f"alone {self.call.asked}")
        if self.call.asked == self.stop_at:
            raise Stopped
        return execute(sql, parameters, many, context)


class Watching:
    """The state of one run of pytest."""

    def __init__(self) -> None:
        self.test, self.place, self.is_inside = "", 0, False
        self.best: dict[str, Call] = {}
        self.torn: dict[str, int] = {}
        self.within: set[str] = set()
        wanted = Path(os.environ[STOPPED_AT]).read_text().splitlines() if STOPPED_AT in os.environ else []
        self.wanted = {(each["test"], each["place"]): each for each in map(json.loads, wanted)}
        self.stopped: list[dict[str, Any]] = []

    def watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, looked at where nobody who is looked at has called it."""

        @functools.wraps(function)
        def called(*given: Any, **named: Any) -> Any:
            if self.is_inside:
                self.within.add(name)
            if self.is_inside or not self.test:
                return function(*given, **named)
            self.place += 1
            self.is_inside = True
            try:
                wanted = self.wanted.get((self.test, self.place))
                if wanted is not None and wanted["service"] == name:
                    return self._stopped(wanted, function, given, named)
                return self._counted(Call(name, self.test, self.place), function, given, named)
            finally:
                self.is_inside = False

        return called

    def _counted(self, call: Call, function: Callable[..., Any], given: Any, named: Any) -> Any:
        try:
            with connection.execute_wrapper(_Watch(call)):
                result = function(*given, **named)
            call.ended = True
            return result
        finally:
            self._keep(call)

    def _keep(self, call: Call) -> None:
        """Of each service, the call that wrote most and went to its end; and the most units that one ever had."""
        if call.ended:
            self.torn[call.service] = max(self.torn.get(call.service, 0), len(set(call.units)))
            kept = self.best.get(call.service)
            if call.writes and (kept is None or len(call.writes) > len(kept.writes)):
                self.best[call.service] = call

    def _stopped(self, wanted: dict[str, Any], function: Callable[..., Any], given: Any, named: Any) -> Any:
        from tests.office.intake.state import everything

        before = everything()
        try:
            with connection.execute_wrapper(_Watch(Call("", "", 0), wanted["stop_at"])):
                function(*given, **named)
        except Stopped:
            after = everything()
            changed = sorted(table for table, told in after.items() if told != before[table])
            self.stopped.append({**wanted, "changed": changed})
            raise
        raise AssertionError("it asked less than before")


_watching = Watching()


def pytest_collection_finish() -> None:
    """Everybody who knows a service knows the watched one from now on."""
    of = {function: _watching.watched(name, function) for name, function in services().items()}
    for module in [each for name, each in sys.modules.items() if name.startswith(("posada.", "tests."))]:
        for name, value in list(vars(module).items()):
            if inspect.isfunction(value) and value in of:
                setattr(module, name, of[value])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Services count from the test's own first line."""
    _watching.test, _watching.place = item.nodeid, 0
    try:
        return (yield)
    finally:
        _watching.test = ""


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    told = {
        "calls": [asdict(call) for call in _watching.best.values()],
        "units": _watching.torn,
        "within": sorted(_watching.within),
        "stopped": _watching.stopped,
    }
    Path(os.environ[OUT]).write_text(json.dumps(told))
