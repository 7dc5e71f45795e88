"""The pages of accounts show people and roles, no case; a way in is shown once."""

import re

from posada.office.access.models import Approval, User
from posada.office.access.roles import Role
from tests.office.people import assign, browser_of, group_of, home_of, person


def test_the_list_says_who_can_get_in_by_few_queries(django_assert_max_num_queries: object) -> None:
    for _ in range(30):
        person(Role.INTAKE_WORKER)
    client = browser_of(person(Role.ADMINISTRATOR))
    client.get("/people/")
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        answer = client.get("/people/?role=intake_worker")
    assert answer.context["page"].paginator.count == 30
    assert len(answer.context["lines"]) == 25
    assert "can sign in" in answer.content.decode()


def test_making_an_account_shows_its_way_in_once() -> None:
    client = browser_of(person(Role.ADMINISTRATOR))
    answer = client.post("/people/new/", {"username": "pat", "display_name": "Pat Doe", "language": "es"})
    shown = answer.content.decode()
    path = re.search(r"http://testserver(/accounts/set-up/[\w/-]+)", shown)
    assert path
    assert client.get(path[1]).status_code == 200
    user = User.objects.get(username="pat")
    assert path[1] not in client.get(f"/people/{user.pk}/").content.decode()
    assert (
        client.post("/people/new/", {"username": "pat", "display_name": "P", "language": "es"}).status_code
        == 200
    )


def test_a_role_is_asked_for_approved_and_given() -> None:
    ada, abel, user = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR), person()
    one, other = browser_of(ada), browser_of(abel)
    one.post(f"/people/{user.pk}/roles/", {"role": "intake_worker", "reason": "she begins on Monday"})
    asked = Approval.objects.get()
    assert "waits for a second person" in one.get(f"/people/{user.pk}/").content.decode()
    assert "1 request waits for you" in other.get("/approvals/").content.decode()
    other.post(f"/approvals/{asked.pk}/", {"answer": "approve"})
    assert one.post(f"/people/{user.pk}/roles/{asked.pk}/").status_code == 302
    assert user.grants.filter(role="intake_worker").exists()
    assert other.post(f"/people/{user.pk}/roles/{asked.pk}/").status_code == 404
    one.post(f"/people/{user.pk}/roles/intake-worker/end/")
    assert not user.grants.filter(role="intake_worker", until_at__isnull=True).exists()
    assert one.post(f"/people/{user.pk}/roles/nothing/end/").status_code == 404


def test_a_director_assigns_and_gives_no_role() -> None:
    client, user, home = browser_of(person(Role.PROGRAM_DIRECTOR)), person(Role.FOSTER_PARENT), home_of()
    sent = {"role": "foster_parent", "scope": "home", "to": str(home.pk), "reason": "it is her home"}
    assert client.post(f"/people/{user.pk}/assignments/", sent).status_code == 302
    made = user.assignments.get()
    assert client.post(f"/people/{user.pk}/assignments/", {**sent, "to": "x"}).status_code == 422
    assert (
        client.post(f"/people/{user.pk}/roles/", {"role": "auditor", "reason": "why not"}).status_code == 404
    )
    assert "Give a role" not in client.get(f"/people/{user.pk}/").content.decode()
    client.post(f"/assignments/{made.pk}/end/")
    assert user.assignments.get().until_at is not None


def test_an_administrator_reads_no_name_of_a_child_or_home() -> None:
    user, group = person(Role.INTAKE_WORKER), group_of()
    assign(user, Role.INTAKE_WORKER, group=group)
    shown = browser_of(person(Role.ADMINISTRATOR)).get(f"/people/{user.pk}/").content.decode()
    child = group.children.get()
    assert str(group.pk) in shown
    assert child.given_name not in shown and group.sibling_group_id not in shown


def test_a_lost_phone_and_a_leaver_by_the_pages() -> None:
    client, user = browser_of(person(Role.ADMINISTRATOR)), person(Role.AUDITOR)
    assert client.post(f"/people/{user.pk}/second-factor/", {"reason": ""}).status_code == 422
    assert client.post(f"/people/{user.pk}/second-factor/", {"reason": "phone lost"}).status_code == 302
    assert client.post(f"/people/{user.pk}/way-in/").status_code == 200
    assert client.post(f"/people/{user.pk}/switch/").status_code == 302
    assert User.objects.get(pk=user.pk).is_active is False
    assert "off" in client.get("/people/?off=1").content.decode()
