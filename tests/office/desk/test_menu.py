"""The menu shows the rooms that a person's roles open, and leaves out what is not built."""

from posada.office.access.roles import Role
from posada.office.desk.menu import ROOMS, menu_of
from tests.office.people import acting


def test_each_role_sees_its_own_rooms_only() -> None:
    parent = dict(menu_of(acting(Role.FOSTER_PARENT)))
    assert [str(name) for name in parent] == ["My home"]
    names = {str(name) for name, _address in menu_of(acting(Role.PLACEMENT_WORKER))}
    assert {"Offers", "Placed"} <= names
    assert "Enquiries" not in names


def test_what_a_role_may_open_is_reached_from_its_menu() -> None:
    def names(*roles: Role) -> set[str]:
        return {str(name) for name, _address in menu_of(acting(*roles))}

    assert {"My groups", "Approvals"} <= names(Role.ATTORNEY)
    assert {"Export", "Approvals"} <= names(Role.PROGRAM_DIRECTOR)
    assert "Approvals" in names(Role.INTAKE_WORKER)
    assert not {"Export", "Approvals"} & names(Role.FOSTER_PARENT, Role.AUDITOR)


def test_a_person_with_two_roles_sees_both_rooms_and_each_once() -> None:
    addresses = [address for _name, address in menu_of(acting(Role.FOSTER_PARENT, Role.PLACEMENT_WORKER))]
    assert len(addresses) == len(set(addresses)) >= 3
    assert len({room.route for room in ROOMS}) == len(ROOMS)
