"""The page of a group: what holds it, its ties, and joining."""

from posada.office.access.roles import Role
from posada.office.intake.models import Hold, KinLink
from tests.office.people import browser_of, group_of, home_of, person


def test_ties_are_written_down_and_ended_on_the_page() -> None:
    client, group, home = browser_of(person(Role.INTAKE_WORKER)), group_of(), home_of(kind="kin")
    base = f"/groups/{group.pk}/family/"
    refused = client.post(f"{base}kin/", {"home_id": "H-nowhere", "sponsor_category": "2A"})
    assert refused.status_code == 422
    assert "a home that homes.csv has" in refused.content.decode()
    client.post(f"{base}kin/", {"home_id": home.home_id, "sponsor_category": "2A", "relationship": "aunt"})
    link = KinLink.objects.get()
    assert "aunt" in client.get(base).content.decode()
    client.post(f"{base}kin/{link.pk}/end/", {"version": link.version, "reason": "another family"})
    assert "aunt" not in client.get(base).content.decode()
    assert client.get(f"{base}nothing/").status_code == 404


def test_a_hold_is_lifted_with_a_reason() -> None:
    client, group = browser_of(person(Role.INTAKE_WORKER)), group_of()
    hold = Hold.objects.create(group=group, file="children.csv", names="C9", reason="incomplete_group")
    type(group).objects.filter(pk=group.pk).update(held_reason="incomplete_group")
    assert "held back by one refused row" in client.get(f"/groups/{group.pk}/family/").content.decode()
    client.post(
        f"/groups/{group.pk}/family/hold/{hold.pk}/end/", {"version": 1, "reason": "there is no such child"}
    )
    group.refresh_from_db()
    assert group.held_reason == ""


def test_two_groups_become_one_after_a_second_look() -> None:
    client, group, joins = browser_of(person(Role.INTAKE_WORKER)), group_of(), group_of()
    address = f"/groups/{group.pk}/family/join/"
    typed = {"joins": joins.sibling_group_id, "reason": "the same mother"}
    first = client.post(address, typed)
    assert first.status_code == 422
    assert "What joining means" in first.content.decode()
    assert 'name="seen" value="1"' in first.content.decode()
    client.post(address, {**typed, "seen": "1"})
    assert group.children.count() == 2
    assert client.post(address, {**typed, "joins": "G-nowhere"}).status_code == 422
