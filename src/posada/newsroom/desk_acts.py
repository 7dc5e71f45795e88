"""What the desk can do at once, without a second reader: withdraw a story everywhere, and speak during a live event.

Comes in: an editor at the desk. Goes out: the story withdrawn in every language, whatever was set for a time taken
back; an event that runs or has ended, and lines of its stream. Looking at either page changes nothing.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_desk_acts.py, tests/newsroom/test_on_air.py.
"""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published

from posada.newsroom.models import LiveEventPage, LiveUpdate
from posada.newsroom.models.stories import Story

MOST_LETTERS = 1000
SAME_LINE = timedelta(minutes=1)
"""The same words again within this time are a second press of the button, not a second line."""


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a story from the site in every language, with its feeds; drafts stay at the desk."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, Story):
        raise Http404
    pages = [each.specific for each in page.get_translations(inclusive=True)]
    waiting = {each.pk: each.revisions.filter(approved_go_live_at__isnull=False).exists() for each in pages}
    if request.method == "POST":
        with transaction.atomic():
            for each in pages:
                _taken_back(each, request.user)
        messages.success(request, _("Withdrawn in every language."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    shown = [(each, waiting[each.pk]) for each in pages]
    return render(request, "newsroom/desk_withdraw.html", {"page": page, "pages": shown})


def _taken_back(page: Any, user: Any) -> None:
    page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=user)
    if page.live:
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)


def on_air(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin and end a live event, and say a line of its stream."""
    page = get_object_or_404(LiveEventPage.objects.filter(live=True), pk=pk)
    words, turn = request.POST.get("words", "").strip(), request.POST.get("state", "")
    if request.method == "POST" and turn in (LiveEventPage.State.LIVE, LiveEventPage.State.ENDED):
        _turn(page, turn, request.user)
        return redirect("desk_on_air", pk)
    if request.method == "POST" and 0 < len(words) <= MOST_LETTERS:
        _say(page, words, request.user)
        return redirect("desk_on_air", pk)
    told = {"page": page, "words": words, "too_long": len(words) > MOST_LETTERS, "most": MOST_LETTERS}
    return render(request, "newsroom/desk_on_air.html", told, status=422 if told["too_long"] else 200)


def _turn(page: LiveEventPage, state: str, user: Any) -> None:
    """In every language at once; whoever listens for publications hears of it."""
    for each in page.get_translations(inclusive=True).filter(live=True):
        if each.state == state:
            continue
        each.state = state
        each.save(update_fields=["state"])
        log(instance=each, action="wagtail.edit", user=user)
        page_published.send(sender=LiveEventPage, instance=each, revision=each.live_revision)


def _say(page: LiveEventPage, words: str, user: Any) -> None:
    said = page.updates.filter(words=words, said_at__gt=timezone.now() - SAME_LINE)
    if not said.exists():
        LiveUpdate.objects.create(page=page, words=words, said_by=user.get_username())
