"""`posada doctor`: status 1 while anything is wrong."""

import json
from pathlib import Path

from posada.web.deployment import make_deployment
from tests.served_office import posada


def test_a_prepared_demonstration_is_well(demonstration: Path) -> None:
    ran = posada("doctor", "--data", demonstration)
    assert ran.returncode == 0, ran.stdout
    assert "wrong" not in ran.stdout


def test_a_real_office_that_was_only_begun_is_not(tmp_path: Path) -> None:
    make_deployment(tmp_path / "office", demonstration=False, keys_beside=True)
    ran = posada("doctor", "--data", tmp_path / "office", "--json")
    assert ran.returncode == 1
    found = {each["what"]: each for each in json.loads(ran.stdout) if each["standing"] == "wrong"}
    assert {"keys", "hosts", "database", "worker", "mail", "backups"} <= found.keys()
    assert "posada init" in found["database"]["mend"]
