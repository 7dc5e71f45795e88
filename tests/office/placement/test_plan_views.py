"""The pages of the plan, as people meet them."""

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.casefile.models import Wish
from posada.office.placement import plan_jobs
from posada.office.placement.models import Override, PlanQuestion, PlanRun
from posada.office.placement.plan_state import current_plan
from posada.office.program import note_change
from tests.office.people import assign, browser_of, home_of, person
from tests.office.placement.planned import heard, plan_now, siblings, small_program, tonight
from tests.office.placement.test_plan_jobs import LATER

MOST_QUERIES = 30


@pytest.fixture
def worker() -> Client:
    """Somebody who works on the plan, signed in."""
    return browser_of(person(Role.PLACEMENT_WORKER))


def text_of(client: Client, route: str, *args: object, status: int = 200, **query: str) -> str:
    """The text of a page."""
    found = client.get(reverse(route, args=args), query)
    assert found.status_code == status
    return found.content.decode()


def test_before_the_first_plan_the_board_offers_to_make_one(worker: Client) -> None:
    tonight()
    assert "There is no plan yet" in text_of(worker, "plan_board")
    siblings(9)
    worker.post(reverse("plan_solve"))
    assert "Tonight, 0 of 1 children have a home" in text_of(worker, "plan_board")


def test_the_first_line_is_the_answer_and_what_is_wrong_stands_first(worker: Client) -> None:
    groups, _homes, _counsel = small_program()
    late = siblings(3, 4, 5, 6, 7)
    heard(late, in_days=3)
    plan_now()
    page = text_of(worker, "plan_board")
    assert "Tonight, 3 of 8 children have a home" in page
    assert page.index(late.sibling_group_id) < page.index(groups[0].sibling_group_id)
    assert "best possible, proven" in page
    assert "No counsel yet" in page


def test_every_child_with_a_home_is_told_as_such(worker: Client) -> None:
    small_program()
    plan_now()
    assert "Every child has a home tonight" in text_of(worker, "plan_board")


def test_pages_are_spanish_for_those_who_ask_for_it() -> None:
    groups, _homes, _counsel = small_program()
    siblings(3, 4, 5, 6, 7)
    plan_now()
    client = browser_of(person(Role.PLACEMENT_WORKER), language="es")
    page = text_of(client, "plan_board")
    assert "Esta noche, 3 de 8 niños tienen hogar" in page
    for english in ("have a home", "Next step", "How good is it?", "interpreter needed", "No counsel yet"):
        assert english not in page
    panel = text_of(client, "plan_group", groups[0].pk)
    for english in ("Why here", "Pin or forbid", "foster home", "This group"):
        assert english not in panel
    for route in ("plan_compare", "plan_homes"):
        text_of(client, route)


def test_no_name_and_no_sealed_value_stands_on_any_page_of_the_plan(worker: Client) -> None:
    groups, homes, _counsel = small_program()
    doors.seal_fields(homes[0], {"street": "Planted Street 9", "phone": "+15555550133"})
    child = groups[0].children.first()
    assert child is not None
    doors.seal_fields(child, {"a_number": "A000000123"})
    run = plan_now()
    pages = [text_of(worker, route) for route in ("plan_board", "plan_compare", "plan_homes")]
    pages += [text_of(worker, "plan_group", groups[0].pk), text_of(worker, "plan_run", run.pk)]
    for page in pages:
        for planted in ("Planted", "5550133", "A000000123", child.family_name, child.given_name):
            assert planted not in page


def test_a_stale_plan_says_what_changed_and_offers_to_solve_again(worker: Client) -> None:
    small_program()
    run = plan_now()
    note_change()
    page = text_of(worker, "plan_board")
    assert "Something has changed since this plan was solved" in page
    assert "Send for approval" not in page
    sent = worker.post(reverse("plan_send", args=[run.pk]), {"version": run.version})
    assert sent.status_code == 409
    assert "Solve again" in sent.content.decode()


def test_a_plan_is_sent_by_one_and_approved_by_another_on_their_pages(worker: Client) -> None:
    groups, _homes, _counsel = small_program()
    wish = Wish.objects.create(group=groups[0], wished_by="child", kind="town", text="near the cousin")
    run = plan_now()
    worker.post(reverse("plan_send", args=[run.pk]), {"version": run.version})
    run.refresh_from_db()
    assert "you sent it" in text_of(worker, "plan_approval", run.pk)
    own = worker.post(reverse("plan_approval", args=[run.pk]), {"version": run.version, "answer": "approve"})
    assert own.status_code == 422
    other = browser_of(person(Role.PLACEMENT_WORKER))
    assert "near the cousin" in text_of(other, "plan_approval", run.pk)
    form = {"version": run.version, "answer": "approve", f"wish-{wish.pk}": "the same county"}
    other.post(reverse("plan_approval", args=[run.pk]), form)
    run.refresh_from_db()
    wish.refresh_from_db()
    assert (run.state, wish.answer) == ("approved", "the same county")
    assert "Approved by" in text_of(worker, "plan_board")


def test_a_director_sees_figures_and_is_told_of_wishes_that_others_answer() -> None:
    groups, _homes, _counsel = small_program()
    Wish.objects.create(group=groups[0], wished_by="child", kind="town", text="near the cousin")
    run, boss = plan_now(), person(Role.PROGRAM_DIRECTOR)
    client = browser_of(boss)
    page = text_of(client, "plan_board")
    assert "Every child has a home tonight" in page
    assert groups[0].sibling_group_id not in page
    assert "near the cousin" not in text_of(client, "plan_approval", run.pk)
    text_of(client, "plan_group", groups[0].pk, status=404)
    assign(boss, Role.PROGRAM_DIRECTOR, group=groups[0])
    text_of(client, "plan_group", groups[0].pk)


def test_the_old_plan_stays_readable_while_the_new_one_is_solved(worker: Client) -> None:
    small_program()
    plan_now()
    with override_settings(TASKS=LATER):
        worker.post(reverse("plan_solve"))
        running = PlanRun.objects.get(state="queued")
        page = text_of(worker, "plan_board")
        assert "Every child has a home tonight" in page
        assert f"Plan {running.number} is being solved" in page
        plan_jobs._claim(running.pk)
        part = worker.get(reverse("plan_progress", args=[running.pk]), headers={"hx-request": "true"})
        assert "step 1 of 7" in part.content.decode()
        assert worker.get(reverse("plan_progress", args=[running.pk])).status_code == 302
        worker.post(reverse("plan_stop", args=[running.pk]))
        over = worker.get(reverse("plan_progress", args=[running.pk]), headers={"hx-request": "true"})
        assert over.headers["HX-Refresh"] == "true"
        assert f"Plan {running.number} was stopped" in text_of(worker, "plan_board")


def test_looking_changes_nothing(worker: Client) -> None:
    groups, homes, _counsel = small_program()
    run = plan_now()
    PlanQuestion.objects.all().delete()
    for route, args in (("plan_board", []), ("plan_group", [groups[0].pk]), ("plan_approval", [run.pk])):
        text_of(worker, route, *args, home=str(homes[1].pk))
    assert PlanQuestion.objects.count() == 0
    for route, args in (("plan_solve", []), ("plan_ask", [groups[0].pk]), ("plan_decide", [groups[0].pk])):
        assert worker.get(reverse(route, args=args)).status_code == 405


def test_the_price_is_seen_before_a_pin_is_recorded(worker: Client) -> None:
    tonight()
    home_of(languages=["spa"], cost_cents_per_child_day=1_000)
    other, group = home_of(languages=["spa"], cost_cents_per_child_day=2_500), siblings(9)
    run = plan_now()
    page = text_of(worker, "plan_group", group.pk, home=str(other.pk))
    assert "First see what it costs others" in page
    form = {"plan": str(run.pk), "home": str(other.pk), "kind": "pin"}
    asked = worker.post(reverse("plan_ask", args=[group.pk]), form, follow=True)
    page = asked.content.decode()
    assert "$10.00 → $25.00" in page
    assert "Record and solve again" in page
    form = {"plan": str(run.pk), "home": str(other.pk), "action": "pin", "reason": ""}
    refused = worker.post(reverse("plan_decide", args=[group.pk]), form)
    assert refused.status_code == 422
    assert "a choice without one is not kept" in refused.content.decode()
    worker.post(reverse("plan_decide", args=[group.pk]), {**form, "reason": "her teacher lives there"})
    newest = current_plan()
    assert newest is not None
    assert newest.groups.get().home == other
    page = text_of(worker, "plan_group", group.pk)
    assert "her teacher lives there" in page
    standing = Override.objects.get()
    worker.post(reverse("plan_override_end", args=[standing.pk]), {"version": standing.version})
    standing.refresh_from_db()
    assert standing.ended_at is not None


def test_a_plan_that_nobody_explained_offers_to_work_it_out(worker: Client) -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    PlanQuestion.objects.all().delete()
    assert "Work out why" in text_of(worker, "plan_group", groups[0].pk)
    form = {"plan": str(run.pk), "kind": "explain"}
    page = worker.post(reverse("plan_ask", args=[groups[0].pk]), form, follow=True).content.decode()
    assert "This home keeps the rules" in page


def test_two_plans_are_compared_line_by_line(worker: Client) -> None:
    groups, homes, _counsel = small_program()
    plan_now()
    Override.objects.create(action="forbid", group=groups[0], home=homes[0], reason="too near")
    plan_now()
    page = text_of(worker, "plan_compare")
    assert "2 groups differ between plan 1 and plan 2" in page
    assert "lost" in page
    runs = PlanRun.objects.order_by("number")
    assert "0 groups differ" in text_of(worker, "plan_compare", one=str(runs[0].pk), other=str(runs[0].pk))


def test_what_is_not_an_id_or_not_there_is_not_there(worker: Client) -> None:
    small_program()
    run = plan_now()
    text_of(worker, "plan_compare", status=404, one="odd", other=str(run.pk))
    text_of(worker, "plan_group", run.pk, status=404)
    text_of(worker, "plan_run", person().pk, status=404)


def test_a_refused_pin_is_told_in_red_and_everything_else_is_planned(worker: Client) -> None:
    groups, homes, _counsel = small_program()
    Override.objects.create(action="pin", group=groups[0], home=homes[1], reason="imported")
    plan_now()
    page = text_of(worker, "plan_board")
    assert f"The pin of {groups[0].sibling_group_id} to {homes[1].home_id} breaks a rule" in page
    assert "Everything else is planned" in page


def test_pages_ask_the_database_few_times_however_many_lines_they_have(worker: Client) -> None:
    tonight()
    for _each in range(12):
        home_of()
        heard(siblings(9, 12), in_days=20)
    siblings(3, 4, 5, 6, 7)
    run, group = plan_now(), siblings(3)
    plan_now()
    addresses = [
        reverse("plan_board"),
        reverse("plan_board") + "?counsel=none",
        reverse("plan_run", args=[run.pk]),
        reverse("plan_group", args=[run.groups.all()[0].group_id]),
        reverse("plan_group", args=[group.pk]),
        reverse("plan_approval", args=[run.pk]),
        reverse("plan_compare"),
        reverse("plan_homes"),
    ]
    worker.get(addresses[0])  # the first visit of a session also enters the session
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert worker.get(address).status_code == 200
        assert len(asked) <= MOST_QUERIES, (address, len(asked))
