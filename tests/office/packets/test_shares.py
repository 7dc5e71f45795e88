"""Who is given a case, with whose agreement, and how a link ends."""

from datetime import timedelta
from typing import Any

import pytest
import pyzipper
from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.audit.models import Entry
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.desk.task_words import page_of
from posada.office.intake.models import Child
from posada.office.packets import share_archive, shares
from posada.office.packets.models import Share
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.docket.cases import attorney_of, coordinator
from tests.office.packets.filings import paper
from tests.office.people import group_of

OUTSIDE = {"outside_name": "Out Example", "consent": "signed on 1 November", "purpose": "the appeal"}


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def given(actor: Actor, child: Child, **changes: Any) -> Share:
    """Shared with the child's own counsel."""
    engagement = Engagement.objects.get(group=child.group)
    return shares.share_case(
        actor, child, {"engagement": engagement, "purpose": "hearing", "days": 3, **changes}
    )


def test_link_and_code_together_open_the_case(actor: Actor, child: Child) -> None:
    paper(actor, child, title="Letter")
    share = given(actor, child)
    assert (share.state, share.opened_times) == (Share.State.READY, 0)
    token, code = shares.show_once(actor, share)
    _opened, path = shares.open_archive(token, f" {code.upper()} ")
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(code.encode())
        assert len(archive.namelist()) == 2 and archive.read("start-here.html")
    share.refresh_from_db()
    assert share.opened_times == 1
    acts = list(
        Entry.objects.filter(act__startswith="share").order_by("number").values_list("act", flat=True)
    )
    assert acts == ["share.ask", "share.ready", "share.code_shown", "share.open"]


def test_nobody_is_shown_link_and_code_twice_and_no_other_person_once(actor: Actor, child: Child) -> None:
    share = given(actor, child)
    with pytest.raises(Refusal):
        shares.show_once(coordinator(), share)
    token, code = shares.show_once(actor, share)
    share.refresh_from_db()
    with pytest.raises(Refusal):
        shares.show_once(actor, share)
    assert token not in str(vars(share)) and code not in str(vars(share)) and share.secret == ""


def test_five_wrong_codes_end_the_link(actor: Actor, child: Child) -> None:
    share = given(actor, child)
    token, code = shares.show_once(actor, share)
    for _try in range(5):
        with pytest.raises(shares.WrongCode):
            shares.open_archive(token, "wrong")
    with pytest.raises(shares.LinkEnded):
        shares.open_archive(token, code)
    assert list(share_archive.folder().iterdir()) == []


@pytest.mark.parametrize("end", ["revoked", "lapsed", "engagement"])
def test_a_link_that_was_revoked_that_lapsed_or_whose_counsel_left_gives_nothing(
    actor: Actor, child: Child, end: str
) -> None:
    share = given(actor, child)
    token, code = shares.show_once(actor, share)
    if end == "revoked":
        shares.revoke(actor, share, version=share.version)
    elif end == "lapsed":
        Share.objects.filter(pk=share.pk).update(lapses_at=timezone.now() - timedelta(seconds=1))
        assert shares.lapse_shares() == 1
    else:
        Engagement.objects.update(until_date=today(), end_reason="ended")
    with pytest.raises(shares.LinkEnded):
        shares.open_archive(token, code)
    with pytest.raises(shares.LinkEnded):
        shares.behind("no-such-token")
    assert end == "engagement" or list(share_archive.folder().iterdir()) == []


def test_outside_counsel_waits_for_a_coordinator(actor: Actor, child: Child) -> None:
    asked = shares.share_case(actor, child, {**OUTSIDE, "days": 3})
    assert (asked.state, asked.stored_name) == (Share.State.ASKED, "")
    task = Task.objects.get(kind="share_agree", done_at__isnull=True)
    assert str(asked.pk) in page_of(task)
    with pytest.raises(NotThere):
        shares.agree(actor, asked, version=asked.version)
    by = coordinator()
    agreed = shares.agree(by, asked, version=asked.version)
    assert (agreed.state, agreed.approved_by_id) == (Share.State.READY, by.user_id)
    task.refresh_from_db()
    assert task.done_at is not None and shares.show_once(actor, agreed)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"outside_name": " "}, "engagement"),
        ({"consent": ""}, "consent"),
        ({"purpose": ""}, "purpose"),
        ({"days": 15}, "days"),
    ],
)
def test_what_does_not_say_enough_is_refused(
    actor: Actor, child: Child, changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(FieldsRefused) as refused:
        shares.share_case(actor, child, {**OUTSIDE, "days": 3, **changes})
    assert set(refused.value.faults) == {fault}


def test_counsel_of_another_child_is_given_nothing(actor: Actor, child: Child) -> None:
    attorney_of(group_of())
    other = Engagement.objects.exclude(group=child.group).get()
    with pytest.raises(FieldsRefused):
        given(actor, child, engagement=other)
    with pytest.raises(NotThere):
        given(attorney_of(group_of())[1], child)


def test_a_code_is_long_and_has_no_letters_that_sound_alike() -> None:
    codes = {shares.new_code() for _each in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 29 and not set(code) & set("0o1il") for code in codes)


def test_an_archive_that_could_not_be_written_says_so(
    actor: Actor, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_anything: object, **_named: object) -> None:
        raise OSError

    monkeypatch.setattr(share_archive, "write_archive", broken)
    assert given(actor, child).state == Share.State.FAILED
