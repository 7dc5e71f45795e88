"""The mail of an offer: "an offer waits", a link, and nothing about a child or a home.

Comes in: an offer. Goes out: a message to each foster parent of the home, or to the home's own address, in the
home's best language. Docs: docs/explanation/offers-and-placements.md.
Tests: tests/office/placement/test_offer_mail.py.
"""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.models import RoleGrant, User
from posada.office.access.roles import Role
from posada.office.desk import mailing
from posada.office.desk.models import Mail
from posada.office.licensing.models import Home
from posada.office.placement.models import Offer
from posada.office.placement.offer_tokens import token_of
from posada.office.refusals import NotThere

SPOKEN = {"es": "es", "spa": "es", "en": "en", "eng": "en"}
"""Languages that the office speaks, by the codes that homes and people have."""


def foster_parents(home: Home) -> list[User]:
    """Those who answer for a home: foster parents who are assigned to it now."""
    now = timezone.now()
    standing = Q(until_at__isnull=True) | Q(until_at__gt=now)
    holders = RoleGrant.objects.filter(standing, role=Role.FOSTER_PARENT, from_at__lte=now)
    assigned = Q(assignments__until_at__isnull=True) | Q(assignments__until_at__gt=now)
    people = User.objects.filter(
        assigned,
        assignments__home=home,
        assignments__role=Role.FOSTER_PARENT,
        assignments__from_at__lte=now,
        is_active=True,
        pk__in=holders.values("user_id"),
    )
    return list(people.distinct().order_by("username"))


def language_for(home: Home, user: User | None = None) -> str:
    """The language of a home's mail: its best language, else the person's, else English."""
    return SPOKEN.get(home.best_language) or SPOKEN.get(user.language if user else "", "en")


def queue_mails(offer: Offer) -> list[Mail]:
    """One message to each foster parent with an address; without any, one to the home itself."""
    people = [each for each in foster_parents(offer.home) if each.email]
    if people:
        return [mailing.queue("offer", user=each, home=offer.home, offer=offer) for each in people]
    return [mailing.queue("offer", home=offer.home, offer=offer)]


def deliver(actor: Actor, mail: Mail) -> bool:
    """Hand one queued message over. A home's own address is sealed: only a worker who may open it can send there."""
    offer = mail.offer
    if offer is None or offer.sent_at is None or offer.state != Offer.State.OPEN:
        return False
    to = mail.user.email if mail.user else _address_of(actor, offer.home)
    if not to:
        mailing.mark_bounced(actor, mail)
        return False
    link = link_of(offer)
    with translation.override(language_for(offer.home, mail.user)):
        subject = _("An offer waits for your home")
        body = _(
            "An offer waits for your home.\n\n"
            "Read it and answer here:\n%(link)s\n\n"
            "Yes or no takes two taps. If you say no, you need not say why.\n"
            "The link is for you alone: please do not pass it on."
        ) % {"link": link}
        return mailing.hand_over(actor, mail, to=to, subject=subject, body=body)


def link_of(offer: Offer) -> str:
    """The whole address that a home's link leads to."""
    assert offer.sent_at is not None  # noqa: S101
    token = token_of(offer.pk, sent_at=offer.sent_at)
    return mailing.site_address() + reverse("offer_link", args=[token])


def _address_of(actor: Actor, home: Home) -> str:
    if "email" in doors.has_sealed(home):
        try:
            reason = "To send an offer to the home"
            return doors.open_sealed(actor, home, "email", reason=reason, unseen=True).text
        except NotThere:
            return ""
    if settings.DEPLOYMENT.demonstration:
        return f"home-{str(home.pk)[:8]}@example.invalid"
    return ""
