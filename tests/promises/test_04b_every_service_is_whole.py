"""Promise 4: every service of the office is whole or absent, not only the acts of test_04.

A service is found by import: a public function of a room that is handed the acting person. While the office's own
tests call them, each is watched: it writes in one transaction, or is named below with the reason. Then the call of
each that wrote most is made again and stopped at its first, middle and last writing, and every table is as before.
Here two files of tests; all rooms with POSADA_TEST_ALL. Which services write by their own source is compared
with tests/promises/writing_services.txt: a new one has to be named there, and the long run has to have seen it write.
"""

import ast
import inspect
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.promises.watched_services import OUT, STOPPED_AT, services

ROOT = Path(__file__).parent.parent.parent
NAMED = Path(__file__).parent / "writing_services.txt"
ALL = "POSADA_TEST_ALL" in os.environ
ROOMS = (
    ("tests/office",) if ALL else ("tests/office/desk/test_tasks.py", "tests/office/away/test_receiving.py")
)
PRIMITIVES = {"save_new", "save_change", "void", "append"}
OF_ROWS = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "save"}
IN_PARTS: dict[str, str] = {
    "intake.services.preview": "files are kept first and read then; until a person takes them, nothing else changes",
    "intake.services.choose": "what was chosen is kept first, and files are opened anew by it then",
    "licensing.services.give": "each enquiry by itself; those that could not be given are told",
    "desk.mailing.hand_over": "a message is marked as under way before it leaves, and as gone after that",
    "placement.offers.send_offers": "each group by itself; those not sent are told; mail leaves after all",
    "placement.offers.send_again": "the new link stands first, and its mail leaves after that",
    "placement.offer_mail.deliver": "an address is in the log before it is read; then as desk.mailing.hand_over",
    "packets.scans.add_scans": "each scan by itself: first in the child's file, then behind its tab",
    "packets.packet_folder.write_folder": "each sealed reading is in the log before it is read; no other row changes",
    "preparation.declarations.draft": "the use of the answers is in the log before they are read; then the paper",
    "retention.erasing.erase": "in the caller's transaction, as it says",
}
"""Services that write in more than one transaction, and why each part may stand alone."""
TWO_AT_ONCE = {"away.receiving.receive"}
"""Services whose tests let somebody else write in the middle: those writings are not theirs."""
MAY_STAND = {"audit.entry", "audit.head", "audit.revision"}
"""A sealed reading is in the log before it is read, and a refusal after it."""


def writes_itself(function: Callable[..., Any]) -> bool:
    """Whether a function's own lines write a row."""
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in PRIMITIVES:
                return True
            if isinstance(called, ast.Attribute) and called.attr in OF_ROWS:
                return True
    return False


def watched(out: Path, *rooms: str, **told: str) -> dict[str, Any]:
    """Run tests of the office with their services watched. What the tests themselves say is for their own run."""
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"),
            *("-p", "tests.promises.watched_services", *rooms),
        ],
        cwd=ROOT,
        env={**os.environ, OUT: str(out), **told},
        capture_output=True,
        check=False,
    )
    return dict(json.loads(out.read_text()))


def test_every_service_that_writes_is_named() -> None:
    found = {name for name, function in services().items() if writes_itself(function)}
    named = set(NAMED.read_text().split())
    print(
        f"{len(found)} files' functions that make changes by their own lines, of {len(services())} services"
    )
    assert found == named, "name it in writing_services.txt, and have a test of its room call it"
    assert len(found) > 100


def test_every_service_is_whole_or_absent(tmp_path: Path) -> None:
    seen = watched(tmp_path / "seen.json", *ROOMS)
    torn = {
        name: units
        for name, units in seen["units"].items()
        if units > 1 and name not in {*IN_PARTS, *TWO_AT_ONCE}
    }
    assert torn == {}
    wanted = [
        {**call, "stop_at": at}
        for call in seen["calls"]
        if call["service"] not in IN_PARTS
        for at in sorted({call["writes"][0], call["writes"][len(call["writes"]) // 2], call["writes"][-1]})
    ]
    changed, stopped = [], 0
    for round_ in range(3):  # a test goes no further than its first stop
        part = _each_test_once(wanted)
        (tmp_path / "stops").write_text("\n".join(json.dumps(each) for each in part))
        tests = sorted({each["test"] for each in part})
        if not tests:
            break
        found = watched(tmp_path / f"{round_}.json", *tests, **{STOPPED_AT: str(tmp_path / "stops")})[
            "stopped"
        ]
        stopped += len(found)
        changed += [each for each in found if not set(each["changed"]) <= MAY_STAND]
        wanted = [each for each in wanted if each not in part]
    writing = {call["service"] for call in seen["calls"]}
    print(f"{len(writing)} services that write, stopped {stopped} times: {len(changed)} left changes")
    assert changed == []
    assert stopped > 0
    if ALL:
        assert set(NAMED.read_text().split()) <= writing | set(IN_PARTS) | set(seen["within"])


def _each_test_once(wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({each["test"]: each for each in reversed(wanted)}.values())
