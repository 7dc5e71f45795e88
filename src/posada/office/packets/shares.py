"""Sharing a case with counsel outside of the office: asked, agreed to, written, opened with a code, revoked, lapsed.

Comes in: the acting person and a child from a door. Goes out: kept `Share`s. The link goes by mail, the code by
telephone; both are shown once, to who asked. The code opens the link and is the passphrase of the archive. Five wrong
codes end the link. Counsel who has no engagement for the child needs a legal coordinator's agreement and what shows
that the child consents (8 CFR 208.6, 1208.6).
Docs: docs/how-to/share-a-case.md. Tests: tests/office/packets/test_shares.py.
"""

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of, machine
from posada.office.access.roles import Role
from posada.office.access.sealed_secret import open_secret, seal_secret
from posada.office.audit.chain import append
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.models import Document
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.intake.models import Child
from posada.office.packets import share_archive
from posada.office.packets.models import Share
from posada.office.packets.selectors import WORKS_ON_PACKETS
from posada.office.refusals import FieldsRefused, NotThere, Refusal

STATE = Share.State
MOST_DAYS = 14
MOST_FAILURES = 5
MOST_BYTES = 1_000_000_000  # of the papers together
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that sounds or looks like another
GROUPS, IN_GROUP = 5, 5  # 31^25: more than 120 bits
VISITOR = machine("link of a share")
log = logging.getLogger("posada.shares")


class LinkEnded(Refusal):
    """The link lapsed, was revoked, or never was: the three look the same."""

    code = "link_ended"
    status = 404


class WrongCode(Refusal):
    """Another code is wanted."""

    code = "wrong_code"


def shares(actor: Actor) -> "QuerySet[Share]":
    """The shares the person may see: of the children one works for as counsel or coordinator."""
    works = doors.without_home(actor)
    standing = Share.objects.filter(voided_at__isnull=True)
    return (
        standing.filter(child__in=doors.children(works)) if works.has(*WORKS_ON_PACKETS) else standing.none()
    )


def engaged_for(child: Child) -> "QuerySet[Engagement]":
    """Who acts for the child today."""
    return Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=today()),
        group_id=child.group_id,
        from_date__lte=today(),
        voided_at__isnull=True,
        counsel__voided_at__isnull=True,
    ).select_related("counsel")


def share_case(actor: Actor, child: Child, values: Mapping[str, Any]) -> Share:
    """Share the case as it stands now. Raises FieldsRefused, NotThere.

    `values`: engagement, or outside_name with outside_firm and consent; purpose; days.
    """
    works = doors.without_home(actor)
    if not works.has(*WORKS_ON_PACKETS):
        raise NotThere
    doors.one(doors.children(works), child.pk)
    share = Share(child=child, asked_by_id=actor.user_id, state=STATE.PREPARING, **values)
    _can_be(share)
    is_outside = share.engagement is None
    share.papers = [str(pk) for pk in _papers(actor, child).values_list("pk", flat=True)]
    if is_outside and not actor.has(Role.LEGAL_COORDINATOR):
        share.state = STATE.ASKED
    elif is_outside:
        share.approved_by_id = actor.user_id
    _check_size(share)
    with transaction.atomic():
        save_new(share, actor=actor, act="share.ask")
        if share.state == STATE.ASKED:
            open_task(actor, _agreement(share))
        return _begun(share)


def agree(actor: Actor, share: Share, *, version: int) -> Share:
    """A legal coordinator agrees that outside counsel is given the case. Raises Refusal, NotThere."""
    doors.one(shares(actor), share.pk)
    if not actor.has(Role.LEGAL_COORDINATOR):
        raise NotThere
    if share.state != STATE.ASKED:
        raise Refusal(_("This is answered already."), code="answered_already")
    changes = {"state": STATE.PREPARING, "approved_by_id": actor.user_id}
    with transaction.atomic():
        saved = save_change(share, version=version, changes=changes, actor=actor, act="share.agree")
        finish_cause(actor, _cause(share))
        return _begun(saved)


def revoke(actor: Actor, share: Share, *, version: int) -> Share:
    """End a link at once; the archive is taken away. What was opened before stays with who opened it."""
    doors.one(shares(actor), share.pk)
    if share.state == STATE.REVOKED:
        return share
    with transaction.atomic():
        saved = save_change(share, version=version, changes=_ended(), actor=actor, act="share.revoke")
        finish_cause(actor, _cause(share), outcome="revoked")
    share_archive.throw_out(share.stored_name)
    return saved


def show_once(actor: Actor, share: Share) -> tuple[str, str]:
    """Token and code, to who asked, once: from then on nobody in the office knows them. Raises Refusal, NotThere."""
    doors.one(shares(actor), share.pk)
    if share.asked_by_id != actor.user_id:
        raise Refusal(_("Link and code are shown only to who asked for them."), code="not_yours")
    if share.state != STATE.READY or not share.secret:
        raise Refusal(_("The code was shown already. Revoke this link and make a new one."), code="shown")
    with transaction.atomic():
        if Share.objects.filter(pk=share.pk, secret=share.secret).update(secret="") != 1:
            raise Refusal(_("The code was shown already. Revoke this link and make a new one."), code="shown")
        append(actor, "share.code_shown", subject=share)
    told = json.loads(open_secret(share.secret))
    return told["token"], told["code"]


def prepare(share_id: UUID) -> None:
    """Write the archive: what the worker does. Nothing for a share that is not preparing."""
    share = (
        Share.objects.select_related("child", "asked_by").filter(pk=share_id, state=STATE.PREPARING).first()
    )
    if share is None:
        return
    actor = actor_of(share.asked_by)
    token, code = secrets.token_urlsafe(32), new_code()
    try:
        doors.one(doors.children(doors.without_home(actor)), share.child_id)
        rows = {str(each.pk): each for each in _papers(actor, share.child).filter(pk__in=share.papers)}
        papers = [rows[pk] for pk in share.papers if pk in rows]
        with override(share.asked_by.language):
            made = share_archive.write_archive(actor, share.child, papers, code=code)
    except Exception as error:
        log.error("archive failed: %s", type(error).__name__)
        give_up(share_id)
        return
    with transaction.atomic():
        done = Share.objects.filter(pk=share_id, state=STATE.PREPARING).update(
            state=STATE.READY,
            version=F("version") + 1,
            token_hash=hash_of(token),
            code_hash=_code_hash(code),
            secret=seal_secret(json.dumps({"token": token, "code": code})),
            stored_name=made.name,
            digest=made.digest,
            size=made.size,
            lapses_at=timezone.now() + timedelta(days=share.days),
        )
        append(machine("worker"), "share.ready", subject=share, detail={"papers": len(papers)})
    if done != 1:
        share_archive.throw_out(made.name)


def give_up(share_id: UUID) -> None:
    """The archive is not to be had: it could not be written, or the worker has died over it too often."""
    share = Share.objects.filter(pk=share_id, state=STATE.PREPARING).first()
    if share is not None and Share.objects.filter(pk=share_id, state=STATE.PREPARING).update(
        state=STATE.FAILED
    ):
        append(machine("worker"), "share.failed", subject=share)


def behind(token: str) -> Share:
    """The share behind a link that still holds, and whose sender may still give it. Raises LinkEnded."""
    rows = Share.objects.select_related("asked_by", "child", "engagement__counsel")
    share = rows.filter(token_hash=hash_of(token), state=STATE.READY, lapses_at__gt=timezone.now()).first()
    if share is None or not token:
        raise LinkEnded
    if share.engagement is not None and not engaged_for(share.child).filter(pk=share.engagement_id).exists():
        raise LinkEnded  # who no longer acts for the child is given nothing
    return share


def open_archive(token: str, code: str) -> tuple[Share, Path]:
    """The archive, for the code; each try stands in the log. Raises LinkEnded, WrongCode."""
    share = behind(token)
    if not hmac.compare_digest(_code_hash(_typed(code)), share.code_hash):
        _note_failure(share)
        raise WrongCode(_("This is not the code. After five wrong codes the link ends."))
    path = share_archive.path_of(share.stored_name)
    if not path.is_file():
        raise LinkEnded
    with transaction.atomic():
        Share.objects.filter(pk=share.pk).update(
            opened_at=timezone.now(), opened_times=F("opened_times") + 1, failures=0
        )
        append(VISITOR, "share.open", subject=share)
    return share, path


def lapse_shares() -> int:
    """Take away the archives of links that have lapsed. Returns how many. Safe at any time."""
    rows = Share.objects.filter(state=STATE.READY, lapses_at__lte=timezone.now()).exclude(stored_name="")
    count = 0
    for share in rows:
        share_archive.throw_out(share.stored_name)
        count += Share.objects.filter(pk=share.pk).update(stored_name="", secret="")
    return count


def new_code() -> str:
    """Five groups of five letters and digits, to be read over the telephone."""
    groups = ("".join(secrets.choice(LETTERS) for _each in range(IN_GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


def hash_of(token: str) -> str:
    """What the office keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _note_failure(share: Share) -> None:
    with transaction.atomic():
        Share.objects.filter(pk=share.pk).update(failures=F("failures") + 1)
        append(VISITOR, "share.wrong_code", subject=share)
        ended = Share.objects.filter(pk=share.pk, failures__gte=MOST_FAILURES, state=STATE.READY)
        if ended.update(**_ended(), version=F("version") + 1) == 1:
            append(VISITOR, "share.ended_by_wrong_codes", subject=share)
            share_archive.throw_out(share.stored_name)


def _ended() -> dict[str, Any]:
    return {"state": STATE.REVOKED, "secret": "", "stored_name": "", "token_hash": "", "code_hash": ""}


def _typed(code: str) -> str:
    plain = "".join(each for each in code.lower() if each in LETTERS)
    return "-".join(plain[at : at + IN_GROUP] for at in range(0, len(plain), IN_GROUP))


def _code_hash(code: str) -> str:
    key = settings.DEPLOYMENT.keys.audit
    return hmac.new(key, b"share " + code.encode(), hashlib.sha256).hexdigest()


def _papers(actor: Actor, child: Child) -> "QuerySet[Document]":
    rows = doors.documents(doors.without_home(actor)).filter(
        Q(child=child) | Q(group_id=child.group_id, child__isnull=True), home__isnull=True
    )
    return rows.order_by("entered_at", "pk")


def _can_be(share: Share) -> None:
    faults: dict[str, Any] = {}
    if share.engagement is not None:
        if share.outside_name:
            faults["engagement"] = _("Choose one of the two: counsel of this child, or outside counsel.")
        elif not engaged_for(share.child).filter(pk=share.engagement.pk).exists():
            faults["engagement"] = _("Choose counsel who acts for this child now.")
    elif not share.outside_name.strip():
        faults["engagement"] = _("Choose who is given the case.")
    elif not share.consent.strip():
        faults["consent"] = _("Say what shows that the child agrees.")
    if not share.purpose.strip():
        faults["purpose"] = _("Say in a few words why.")
    if not 1 <= share.days <= MOST_DAYS:
        faults["days"] = _("From 1 to 14 days.")
    if faults:
        raise FieldsRefused(faults)


def _agreement(share: Share) -> Wanted:
    return Wanted(
        kind="share_agree",
        role=Role.LEGAL_COORDINATOR,
        group=share.child.group,
        due_on=today(),
        values={"share": str(share.pk)},
        once_key=_cause(share),
    )


def _cause(share: Share) -> str:
    return f"share_agree:{share.pk}"


def _check_size(share: Share) -> None:
    total = sum(Document.objects.filter(pk__in=share.papers).values_list("size", flat=True))
    if total > MOST_BYTES:
        raise Refusal(
            _("The papers are larger than 1 GB together. Share the packet alone."), code="too_large"
        )


def _begun(share: Share) -> Share:
    """Let the worker write the archive. In the transaction of its cause: one alone would wait for ever."""
    from posada.office.packets.jobs import write_archive_of

    if share.state == STATE.PREPARING:
        write_archive_of.enqueue(str(share.pk))
        share.refresh_from_db()
    return share


def has_lapsed(share: Share) -> bool:
    """Whether the link's time is over."""
    return share.lapses_at is not None and share.lapses_at <= timezone.now()
