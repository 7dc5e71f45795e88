"""Which roles see a child, and what follows from it, stands in the documentation too."""

from pathlib import Path

from posada.office.access.grants import TAKES_TWO
from posada.office.access.roles import (
    MAY_HOLD_WHOLE_PROGRAM,
    NEED_SECOND_FACTOR,
    SEE_CHILDREN,
    STAFF,
    Role,
)

PAGE = Path(__file__).parents[3] / "docs/reference/roles.md"


def test_every_role_that_sees_a_child_needs_a_second_factor_and_two_persons() -> None:
    assert SEE_CHILDREN <= NEED_SECOND_FACTOR
    assert SEE_CHILDREN <= TAKES_TWO


def test_only_workers_hold_the_whole_program() -> None:
    assert MAY_HOLD_WHOLE_PROGRAM <= STAFF
    assert not MAY_HOLD_WHOLE_PROGRAM & {Role.ATTORNEY, Role.FOSTER_PARENT, Role.PROGRAM_DIRECTOR}


def test_the_page_of_roles_has_them_all() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = {line.split("|")[1].strip(): line for line in lines if line.startswith("| `")}
    assert set(rows) == {f"`{role}`" for role in Role}
    for role in Role:
        cells = [cell.strip() for cell in rows[f"`{role}`"].split("|")]
        assert (cells[4] == "yes") is (role in TAKES_TWO), role
        assert (cells[5] == "yes") is (role in NEED_SECOND_FACTOR), role
