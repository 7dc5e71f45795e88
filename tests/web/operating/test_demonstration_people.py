"""People of a demonstration: plainly of nobody, and the same for the same seed."""

import re
from datetime import UTC, datetime

from posada.demonstration.generate import generate
from posada.web.operating.demonstration_people import contacts_of, enquiries_of, people_of

PROGRAM = generate(scope="maryland", children=80)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_every_number_and_address_is_plainly_nobodys() -> None:
    for person in people_of(PROGRAM):
        assert re.fullmatch(r"000-\d{3}-\d{3}", person.a_number)
        assert person.family_name.endswith("Ejemplo")
    for contact in contacts_of(PROGRAM):
        assert re.fullmatch(r"\d{3}-555-01\d\d", contact.phone)
        assert contact.email.endswith("@example.org")
        assert "Example Street" in contact.street
    assert len({contact.phone for contact in contacts_of(PROGRAM)}) == len(PROGRAM.homes)


def test_siblings_share_their_family_name() -> None:
    group = {child.child_id: child.sibling_group_id for child in PROGRAM.children}
    names: dict[str, set[str]] = {}
    for person in people_of(PROGRAM):
        names.setdefault(group[person.child_id], set()).add(person.family_name)
    assert all(len(each) == 1 for each in names.values())


def test_the_same_seed_gives_the_same_people() -> None:
    assert list(people_of(PROGRAM)) == list(people_of(PROGRAM))
    assert list(enquiries_of(PROGRAM, until=NOW)) == list(enquiries_of(PROGRAM, until=NOW))


def test_230_enquiries_come_in_two_days() -> None:
    drawn = list(enquiries_of(PROGRAM, until=NOW))
    assert len({each.reference for each in drawn}) == 230
    assert all((NOW - each.received_at).days < 2 for each in drawn)
