"""The pages of possible duplicates: judged by a person, merged, and taken apart."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from posada.office.access.roles import Role
from posada.office.intake.models import Child, Merge, PossibleDuplicate
from tests.office.people import browser_of, group_of, person


def pair() -> PossibleDuplicate:
    """Two children who may be one."""
    one, other = group_of().children.get(), group_of().children.get()
    return PossibleDuplicate.objects.create(one=one, other=other, agree=["name"], close=["birth_date"])


def test_a_pair_is_merged_and_taken_apart() -> None:
    client, found = browser_of(person(Role.INTAKE_WORKER)), pair()
    assert "One pair may be the same child" in client.get("/duplicates/").content.decode()
    page = client.get(f"/duplicates/{found.pk}/").content.decode()
    assert found.one.name in page
    assert found.other.name in page
    said = {"version": 1, "keep": found.one_id, f"v-{found.one_id}": 1, f"v-{found.other_id}": 1}
    client.post(f"/duplicates/{found.pk}/", said)
    assert Child.objects.get(pk=found.other_id).merged_into_id == found.one_id
    done = Merge.objects.get()
    assert f"/merges/{done.pk}/undo/" in client.get("/duplicates/").content.decode()
    client.post(f"/merges/{done.pk}/undo/", {"version": done.version})
    assert Child.objects.get(pk=found.other_id).merged_into_id is None
    assert client.get(f"/duplicates/{found.pk}/").status_code == 404


def test_two_children_are_judged_as_two() -> None:
    client, found = browser_of(person(Role.INTAKE_WORKER)), pair()
    client.post(f"/duplicates/{found.pk}/", {"version": 1, "verdict": "two"})
    found.refresh_from_db()
    assert (found.verdict, found.judged_by is not None) == ("two", True)
    assert "No two records look like the same child" in client.get("/duplicates/").content.decode()


def test_the_list_asks_no_question_for_each_row() -> None:
    client = browser_of(person(Role.INTAKE_WORKER))
    for _ in range(30):
        pair()
    with CaptureQueriesContext(connection) as asked:
        assert "1–25 of 30" in client.get("/duplicates/").content.decode()
    assert len(asked) <= 30
