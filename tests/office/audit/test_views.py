"""The auditor reads acts and ids, checks the log, and meets no name."""

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.audit import chain
from posada.office.audit.models import Entry
from tests.office.people import acting, browser_of, group_of, person


def test_the_log_is_read_by_act_and_day_without_names() -> None:
    child = group_of().children.get()
    doors.seal_fields(child, {"a_number": "A 000 000 111"})
    worker = person(Role.INTAKE_WORKER)
    browser_of(worker).post(f"/sealed/child/{child.pk}/a-number/", {"reason": "her aunt is at the door"})
    client = browser_of(person(Role.AUDITOR))
    shown = client.get("/log/?act=sealed.open").content.decode()
    assert "1 act is in the log" in shown
    assert str(child.pk) in shown
    main = shown.split("<main")[1]
    for hidden in (child.given_name, child.family_name, worker.display_name, "000 000 111", "aunt"):
        assert hidden not in main
    assert "0 acts are in the log" in client.get("/log/?day=2020-01-01").content.decode()
    assert client.get("/log/?day=rubbish&page=x").status_code == 200


def test_pages_of_the_log_take_few_queries(django_assert_max_num_queries: object) -> None:
    who = acting(Role.LICENSING_WORKER)
    for _ in range(60):
        chain.append(who, "test.act")
    client = browser_of(person(Role.AUDITOR))
    client.get("/log/")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert client.get("/log/?page=2").status_code == 200


def test_checking_says_that_all_is_right_or_where_it_is_not() -> None:
    client = browser_of(person(Role.AUDITOR))
    for _ in range(3):
        chain.append(acting(Role.AUDITOR), "test.act")
    assert "as they were written" in client.post("/log/verify/", follow=True).content.decode()
    Entry.objects.filter(number=2).update(act="nothing.happened")
    shown = client.post("/log/verify/", follow=True).content.decode()
    assert "at entry 2" in shown
    assert Entry.objects.filter(act="log.verify").count() == 2
