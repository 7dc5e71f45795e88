"""Objects for the matrix of routes, roles and relations, and what ties a person to each. Add yours by a function.

A factory makes one record and says what it belongs to; `tie` makes a person's relation to it, standing or ended.
"""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Max
from django.utils import timezone

from posada.office.access import two_persons
from posada.office.access.actor import actor_of
from posada.office.access.grants import ask_for_role
from posada.office.access.models import Approval, Assignment, User
from posada.office.access.roles import SEE_CHILDREN, Role
from posada.office.away.models import AwayDevice, AwayForm
from posada.office.casefile import vault
from posada.office.casefile.models import Document, Wish
from posada.office.counsel.models import ConflictCheck, ConflictParty, Counsel, Engagement, HoursOffer
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.docket.models import Deadline, DocketEvent, HearingNotice
from posada.office.intake import exporting
from posada.office.intake.models import Hearing, KinLink, Merge, PossibleDuplicate, SiblingGroup
from posada.office.intake.services import preview
from posada.office.ledger.models import DatedRate, HoursGiven
from posada.office.licensing.models import Check, Enquiry, Home, HomeStudy, HouseholdMember, LicenseException
from posada.office.packets.models import Exhibit, Packet, Share
from posada.office.placement.models import CheckIn, Offer, Override, PlanRun
from posada.office.preparation.models import Declaration, LibraryContent, LibraryExhibit
from posada.office.retention import asking
from tests.office.people import acting, assign, assign_placement, counsel_of, group_of, home_of, person

YESTERDAY = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """One record, and the group, home, counsel or person that it belongs to."""

    record: Any
    group: SiblingGroup | None = None
    home: Home | None = None
    counsel: Counsel | None = None
    owner: User | None = None

    @property
    def pk(self) -> Any:
        """Its id, as it stands in an address."""
        return self.record.pk


def group() -> Made:
    """A sibling group of one child."""
    made = group_of()
    return Made(made, group=made)


def child() -> Made:
    """A child."""
    made = group_of()
    return Made(made.children.get(), group=made)


def home() -> Made:
    """An open home."""
    made = home_of()
    return Made(made, home=made)


def enquiry() -> Made:
    """An enquiry that nobody owns."""
    fields = {"county_fips": "24031", "received_at": timezone.now(), "reference": uuid.uuid4().hex[:20]}
    return Made(Enquiry.objects.create(**fields))


def hours_offer() -> Made:
    """An offer of hours that nobody has answered."""
    fields = {"kind": "attorney", "county_fips": "24031", "languages": ["eng"], "hours_a_month": 10}
    made = HoursOffer.objects.create(reference=uuid.uuid4().hex[:20], received_on=date(2026, 11, 1), **fields)
    return Made(made)


def counsel() -> Made:
    """A counsel with open slots."""
    made = counsel_of()
    return Made(made, counsel=made)


def engagement() -> Made:
    """An engagement for a part, beside which another may stand."""
    who, whose = counsel_of(), group_of()
    made = Engagement.objects.create(counsel=who, group=whose, scope="limited", from_date=date(2026, 1, 1))
    return Made(made, group=whose, counsel=who)


def conflict_party() -> Made:
    """A person in a group's case."""
    whose = group_of()
    made = ConflictParty.objects.create(group=whose, name="Juan Ejemplo", relation="accused")
    return Made(made, group=whose)


def check_of_counsel() -> Made:
    """A conflict check that found nothing."""
    whose = group_of()
    made = ConflictCheck.objects.create(group=whose, counsel=counsel_of(), checked_at=timezone.now())
    return Made(made, group=whose)


def wish() -> Made:
    """A wish of a child."""
    whose = group_of()
    told = {"wished_by": "child", "kind": "town", "text": "Near the sea"}
    return Made(Wish.objects.create(group=whose, child=whose.children.get(), **told), group=whose)


def document() -> Made:
    """A birth certificate of a child, with its file."""
    whose = group_of()
    return Made(_paper(group=whose, child=whose.children.get(), kind="birth_certificate"), group=whose)


def home_document() -> Made:
    """An identity card of a home, with its file."""
    whose = home_of()
    return Made(_paper(home=whose, kind="identity_card"), home=whose)


def _paper(**about: Any) -> Document:
    content = b"%PDF-1.7 %%EOF"
    return Document.objects.create(
        title="Paper",
        content_type="application/pdf",
        stored_name=vault.put_away(content),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        **about,
    )


def account() -> Made:
    """Somebody's account."""
    return Made(person())


def passkey() -> Made:
    """Somebody's passkey."""
    owner = person()
    made = Authenticator.objects.create(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )
    return Made(made, owner=owner)


def plan() -> Made:
    """A plan that stands; no group is in it."""
    last = PlanRun.objects.aggregate(last=Max("number"))["last"] or 0
    return Made(PlanRun.objects.create(number=last + 1, state=PlanRun.State.READY))


def choice() -> Made:
    """A home that somebody forbade a group."""
    whose = group_of()
    made = Override.objects.create(action="forbid", group=whose, home=home_of(), reason="Too far away")
    return Made(made, group=whose)


def offer() -> Made:
    """An open offer."""
    made, of = group_of(), home_of()
    now = timezone.now()
    fields = {"token_hash": uuid.uuid4().hex, "sent_at": now, "expires_at": now + timedelta(days=1)}
    return Made(Offer.objects.create(group=made, home=of, children_count=1, **fields), group=made, home=of)


def check_in() -> Made:
    """A check-in that is due."""
    made, of = group_of(), home_of()
    return Made(
        CheckIn.objects.create(group=made, home=of, kind="day_7", due_on=today()), group=made, home=of
    )


def away_device() -> Made:
    """A device with its key."""
    owner = person()
    ends = timezone.now() + timedelta(days=1)
    return Made(AwayDevice.objects.create(user=owner, public="x", private=b"x", ends_at=ends), owner=owner)


def away_form() -> Made:
    """A check-in from a device that somebody else wrote about first."""
    of, device = check_in(), away_device()
    record = AwayForm.objects.create(
        id=uuid.uuid4(),
        user=device.owner,
        device=device.record,
        check_in=of.record,
        seen_version=1,
        state="conflict",
        outcome="safe",
        on=today(),
    )
    return Made(record, group=of.group, home=of.home, owner=device.owner)


def task() -> Made:
    """A task about a group; `suit` puts it into the queue of the role that is asked about."""
    made = group_of()
    return Made(Task.objects.create(kind="look", role=Role.PLACEMENT_WORKER, group=made), group=made)


def brought() -> Made:
    """An import that waits, with one refused row."""
    user = person(Role.INTAKE_WORKER)
    rows = b"child_id,sibling_group_id,birth_date,sex\nC1,G1,2014-01-01,F\nC2,G2,soon,F\n"
    return Made(preview({"children.csv": rows}, actor=actor_of(user)))


def voided_child() -> Made:
    """A child that was taken out."""
    made = child()
    type(made.record).objects.filter(pk=made.pk).update(voided_at=timezone.now(), voided_reason="by mistake")
    return made


def pair() -> Made:
    """Two records that may be one child."""
    one, other = child(), child()
    made = PossibleDuplicate.objects.create(one=one.record, other=other.record)
    return Made(made, group=one.group)


def merged() -> Made:
    """A merge that stands."""
    one, other = child(), child()
    return Made(Merge.objects.create(kept=one.record, merged=other.record), group=one.group)


def kin(of: Made) -> Made:
    """Kin of a group."""
    made = KinLink.objects.create(group=of.group, home=home_of(kind="kin"), sponsor_category="2A")
    return Made(made, group=of.group)


def export_asked() -> Made:
    """An export that somebody asked for."""
    owner, now = person(), timezone.now()
    scope = exporting.scope_of(sealed=False, country=False, location=False)
    fields = {
        "scope_digest": two_persons.digest(exporting.ACT, scope),
        "expires_at": now + timedelta(hours=1),
    }
    made = Approval.objects.create(
        act=exporting.ACT, scope=scope, reason="for the next office", asked_by=owner, asked_at=now, **fields
    )
    return Made(made, owner=owner)


def deadline() -> Made:
    """An open deadline of a child."""
    made = group_of()
    fields = {"deadline_id": uuid.uuid4().hex[:24], "rule_id": "eoir.bia_appeal", "event_key": "e"}
    days = {"trigger_date": today(), "day": today(), "as_of": today(), "standing": "uncertain"}
    row = Deadline.objects.create(group=made, child=made.children.get(), **fields, **days)
    return Made(row, group=made)


def docket_event() -> Made:
    """An event of a child."""
    made = group_of()
    fields = {"name": "nta_served", "on": today(), "recorded_on": today(), "evidence": "a copy"}
    return Made(DocketEvent.objects.create(group=made, child=made.children.get(), **fields), group=made)


def hearing() -> Made:
    """A hearing of a group."""
    made = group_of()
    return Made(Hearing.objects.create(group=made, court_code="BAL", hearing_date=today()), group=made)


def notice() -> Made:
    """A notice of hearing in doubt."""
    made = group_of()
    fields = {"kind": "master", "day_typed": "2026-11-31", "court_code": "BAL", "source": "a notice"}
    days = {"served_on": today(), "appear_on": today()}
    row = HearingNotice.objects.create(group=made, child=made.children.get(), **fields, **days)
    return Made(row, group=made)


def declaration() -> Made:
    """A telling of a child that has begun."""
    made = group_of()
    row = Declaration.objects.create(child=made.children.get(), interview_id="asylum", language="spa")
    return Made(row, group=made)


def blank_form() -> Made:
    """A blank official form in a child's file."""
    whose = group_of()
    return Made(_paper(group=whose, child=whose.children.get(), kind="other"), group=whose)


def library_exhibit() -> Made:
    """A report about a country, which belongs to nobody."""
    content = f"%PDF-1.7 {uuid.uuid4()} %%EOF".encode()
    digest = hashlib.sha256(content).hexdigest()
    told = {"country": "GTM", "title": "Report", "source": "Site", "published_on": date(2026, 1, 1)}
    kept = {"content_type": "application/pdf", "size": len(content), "digest": digest}
    row = LibraryExhibit.objects.create(**told, **kept)
    LibraryContent.objects.create(exhibit=row, content=content)
    return Made(row)


def dated_rate() -> Made:
    """A rate, which belongs to nobody."""
    told = {"cents": 2_800, "payer": "state", "source": "a letter"}
    return Made(DatedRate.objects.create(kind="foster", since=date(2026, 1, 1), **told))


def hours_given() -> Made:
    """Hours that a counsel gave."""
    who = counsel_of()
    return Made(HoursGiven.objects.create(counsel=who, given_on=date(2026, 1, 5), minutes=90), counsel=who)


def packet() -> Made:
    """A packet of a child, with one exhibit."""
    made = document()
    child_ = made.record.child
    row = Packet.objects.create(group=made.group, child=child_, forum="uscis", title="I-589")
    Exhibit.objects.create(packet=row, document=made.record, title="Birth certificate")
    return Made(row, group=made.group)


def packet_exhibit() -> Made:
    """The exhibit of a packet."""
    made = packet()
    return Made(made.record.exhibits.get(), group=made.group)


def share() -> Made:
    """A case that somebody shared with outside counsel."""
    made = group_of()
    fields = {"outside_name": "Out Example", "consent": "signed", "purpose": "the appeal", "state": "ready"}
    row = Share.objects.create(child=made.children.get(), asked_by=person(), **fields)
    return Made(row, group=made)


def suit(made: Made | None, role: Role) -> None:
    """Put a task into the queue of a role, about a group if the role sees groups; other records stay as they are."""
    if made is not None and isinstance(made.record, Task):
        group = made.group if role in SEE_CHILDREN else None
        Task.objects.filter(pk=made.pk).update(role=role, group=group)


def assignment() -> Made:
    """Somebody's assignment to a group."""
    made = group_of()
    return Made(assign(person(Role.INTAKE_WORKER), Role.INTAKE_WORKER, group=made), group=made)


def approval() -> Made:
    """A role that another administrator asks for, for somebody."""
    asker = acting(Role.ADMINISTRATOR)
    return Made(ask_for_role(asker, person(), Role.INTAKE_WORKER, reason="she begins on Monday"))


def legal_hold() -> Made:
    """A hold that a director put on a group."""
    held = asking.hold(acting(Role.PROGRAM_DIRECTOR), "group", group_of().pk, reason="a court said so")
    return Made(held)


def member(of: Made) -> Made:
    """Somebody who lives in a home."""
    made = HouseholdMember.objects.create(
        home=of.home, label="first carer", part="carer", moved_in_on=date(2025, 1, 1)
    )
    return Made(made, home=of.home)


def check(of: Made) -> Made:
    """A check of a home."""
    return Made(Check.objects.create(home=of.home, check_type="fire_safety"), home=of.home)


def study(of: Made) -> Made:
    """A home study that somebody else wrote."""
    author = person(Role.LICENSING_WORKER)
    made = HomeStudy.objects.create(
        home=of.home, author=author, written_on=date(2026, 1, 1), recommends_capacity=4
    )
    return Made(made, home=of.home)


def exception(of: Made) -> Made:
    """A license exception that somebody else asked for."""
    made = LicenseException.objects.create(
        home=of.home,
        rule="home.beds",
        from_date=date(2026, 11, 1),
        to_date=date(2027, 11, 1),
        reason="keep siblings together",
        asked_by=person(Role.LICENSING_WORKER),
    )
    return Made(made, home=of.home)


def nothing_inside(_of: Made) -> Made:
    """An id of nothing, for an address whose second part need not be a record."""
    return Made(Counsel(pk=uuid.uuid4()))


FACTORIES: dict[str, Callable[[], Made]] = {
    each.__name__: each
    for each in (
        *(group, child, home, enquiry, counsel, account, passkey, offer, check_in, task, plan, choice),
        *(brought, voided_child, pair, merged, export_asked),
        *(assignment, approval, legal_hold),
        *(engagement, conflict_party, check_of_counsel, wish, document, home_document),
        *(deadline, docket_event, hearing, notice),
        *(packet, packet_exhibit, share),
        *(declaration, library_exhibit, blank_form),
        *(dated_rate, hours_given, hours_offer, away_device, away_form),
    )
}
INSIDE: dict[str, Callable[[Made], Made]] = {
    each.__name__: each for each in (member, check, study, exception, kin, nothing_inside)
}


def tie(made: Made, user: User, role: Role, *, ended: bool) -> None:
    """Make a person's relation to a record in a role, as the office does it; `ended`: it held until yesterday."""
    until = timezone.now() - YESTERDAY if ended else None
    since = {"from_at": timezone.now() - 2 * YESTERDAY, "until_at": until}
    named: dict[str, Any] = {}
    if role == Role.ATTORNEY:
        _tie_attorney(made, user, ended=ended)
    elif role == Role.FOSTER_PARENT:
        own = made.home or home_of()
        if made.group:
            assign_placement(made.group, own)
        named = {"scope": "home", "home": own}
    elif made.group:
        named = {"scope": "group", "group": made.group}
    elif made.home:
        named = {"scope": "home", "home": made.home}
    if named:
        Assignment.objects.create(user=user, role=role, **since, **named)


def _tie_attorney(made: Made, user: User, *, ended: bool) -> None:
    who = made.counsel or counsel_of()
    Counsel.objects.filter(pk=who.pk).update(user=None if ended and made.counsel else user)
    if made.group:
        until = today() - YESTERDAY if ended else None
        Engagement.objects.create(
            counsel=who,
            group=made.group,
            from_date=today() - 2 * YESTERDAY,
            until_date=until,
            end_reason="ended" if ended else "",
        )
