"""`posada accounts`: the sign-ins of a demonstration."""

import json
from pathlib import Path

from tests.served_office import code_now, posada


def test_the_sign_ins_of_a_demonstration_are_printed_as_json(demonstration: Path) -> None:
    ran = posada("accounts", "--demo", "--json", "--data", demonstration)
    assert ran.returncode == 0
    kept = json.loads(ran.stdout)
    assert {*kept[0]} == {"username", "password", "role", "totp_secret"}
    assert len({each["role"] for each in kept}) == 10


def test_a_table_holds_every_cell_whole(demonstration: Path) -> None:
    kept = json.loads(posada("accounts", "--demo", "--json", "--data", demonstration).stdout)
    table = posada("accounts", "--demo", "--data", demonstration).stdout
    for each in kept:
        assert all(cell in table for cell in each.values())


def test_the_code_of_the_moment_is_printed(demonstration: Path) -> None:
    kept = json.loads(posada("accounts", "--demo", "--json", "--data", demonstration).stdout)
    before = code_now(kept[0]["totp_secret"])
    ran = posada("accounts", "--data", demonstration, "--code", kept[0]["username"])
    assert ran.stdout.strip() in {before, code_now(kept[0]["totp_secret"])}
    assert posada("accounts", "--data", demonstration, "--code", "nobody").returncode == 2


def test_without_demo_it_says_what_to_ask_for(demonstration: Path) -> None:
    ran = posada("accounts", "--data", demonstration)
    assert ran.returncode == 2
    assert "--demo" in ran.stderr
