"""The pages of a home: the link of an offer, one's own home, one's own offers.

GET and HEAD change nothing, so that a mail scanner cannot answer; the button posts. Every dead link is one page.
Docs: docs/how-to/answer-an-offer.md. Tests: tests/office/placement/test_answer_views.py.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.actor import machine
from posada.office.access.gate import ANYONE, opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.desk import confirmations
from posada.office.docket import reminders
from posada.office.kept_form import version_of
from posada.office.placement import answers, my_home
from posada.office.placement.models import Offer
from posada.office.placement.offer_mail import SPOKEN, language_for
from posada.office.placement.offer_tokens import hash_of
from posada.office.placement.offer_words import told_of
from posada.office.refusals import NotThere, Refusal

LINK = machine("link of an offer")


@opens_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: OfficeRequest, token: str) -> HttpResponse:
    """What a mailed link opens: the offer with its two answers, or the page of every link that is dead."""
    offer = answers.find_open(hash_of(token))
    asked = SPOKEN.get(request.GET.get("lang") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    if offer is None:
        return _over(request, language=asked)
    with translation.override(asked or language_for(offer.home)):
        if request.method != "POST":
            return _question(request, offer, is_link=True)
        return _answered(request, offer, acting=LINK)


@opens_to(Role.FOSTER_PARENT)
@require_http_methods(["GET", "HEAD", "POST"])
def my_offer(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The same offer behind the sign-in."""
    own = doors.offers(request.actor).filter(home_id__in=request.actor.homes)
    offer = doors.one(own.select_related("group", "home", "counsel"), pk)
    with translation.override(SPOKEN.get(request.GET.get("lang", "")) or get_language()):
        if request.method == "POST":
            return _answered(request, offer)
        if not answers.is_open(offer):
            return _over(request)
        return _question(request, offer)


@opens_to(Role.FOSTER_PARENT)
@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """One's own home: what is asked, who lives there, which visits come."""
    with translation.override(SPOKEN.get(request.GET.get("lang", "")) or get_language()):
        return render(request, "placement/my_home.html", {"homes": my_home.homes_of(request.actor)})


@opens_to(Role.FOSTER_PARENT)
@require_http_methods(["POST"])
def confirm(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The monthly look through the list of who lives there: right, or something differs."""
    own = doors.homes(request.actor).filter(pk__in=request.actor.homes)
    confirmations.confirm_home(
        request.actor, doors.one(own, pk), differs=request.POST.get("answer") == "differs"
    )
    return redirect("my_home")


@opens_to(Role.FOSTER_PARENT)
@require_http_methods(["POST"])
def bring(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The home brings the children to a hearing; or reminders begin again."""
    own = doors.one(doors.homes(request.actor).filter(pk__in=request.actor.homes), pk)
    if "reminders" in request.POST:
        reminders.set_reminders(request.actor.user_id, wanted=request.POST["reminders"] == "on")
    else:
        version = version_of(request.POST.get("version", ""))
        reminders.will_bring(request.actor, own, request.POST.get("hearing", ""), version=version)
    return redirect("my_home")


@opens_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: OfficeRequest, token: str) -> HttpResponse:
    """The link in a reminder: the page asks, the button stops them, whoever got the message."""
    user = reminders.user_behind(token)
    if request.method == "POST":
        reminders.set_reminders(user.pk, wanted=False)
    with translation.override(SPOKEN.get(user.language, "en")):
        return render(request, "placement/reminders_stop.html", {"stopped": request.method == "POST"})


def _question(request: OfficeRequest, offer: Offer, *, is_link: bool = False) -> HttpResponse:
    shown = {"offer": offer, "reads": told_of(offer), "is_link": is_link, "language": get_language()}
    return render(request, "placement/offer_question.html", shown)


def _answered(request: OfficeRequest, offer: Offer, *, acting: object = None) -> HttpResponse:
    actor = LINK if acting is LINK else request.actor
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        return _question(request, offer, is_link=actor is LINK)
    try:
        (answers.accept if said == "yes" else answers.decline)(actor, offer)
    except NotThere:
        raise
    except Refusal as refused:
        return render(request, "placement/offer_thanks.html", {"refusal": refused}, status=refused.status)
    shown = {"said": said, "is_link": actor is LINK}
    return render(request, "placement/offer_thanks.html", shown)


def _over(request: OfficeRequest, *, language: str | None = None) -> HttpResponse:
    with translation.override(language or get_language()):
        return render(request, "placement/offer_over.html", status=410)
