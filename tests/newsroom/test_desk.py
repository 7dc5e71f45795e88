"""At the desk: who wrote it cannot publish it, and a clip without captions is published by nobody."""

from tests.newsroom.newsroom_site import Site

PEOPLE = (
    "from django.contrib.auth.models import User, Group\n"
    "from django.core.exceptions import PermissionDenied, ValidationError\n"
    "from posada.newsroom.models import *\n"
    "writer, reader = User.objects.get(username='writer'), User.objects.get(username='reader')\n"
    "index = NewsroomIndexPage.objects.get(locale__language_code='en')\n"
)


def test_a_second_reader_publishes_and_the_writer_cannot(site: Site) -> None:
    site.run(
        PEOPLE + "page = ArticlePage(title='Draft', slug='draft', summary='s', byline='b', live=False)\n"
        "index.add_child(instance=page); page.save_revision(user=reader)\n"
        "state = page.get_workflow().start(page, reader)\n"
        "task = state.current_task_state\n"
        "assert task.task.specific.locked_for_user(page, reader)\n"
        "assert 'approve' not in [each[0] for each in task.task.specific.get_actions(page, reader)]\n"
        "try:\n task.task.specific.on_action(task, reader, 'approve'); raise SystemExit('approved')\n"
        "except PermissionDenied: pass\n"
        "other = User.objects.create_user('other'); other.groups.add(Group.objects.get(name='Moderators'))\n"
        "task.task.specific.on_action(task, other, 'approve')\n"
        "page.refresh_from_db(); assert page.live\n"
        "page.delete(); other.delete()\n"
    )


def test_the_button_of_the_editor_publishes_no_story(site: Site) -> None:
    site.run(
        PEOPLE + "from posada.newsroom.wagtail_hooks import a_second_reader_publishes as rule\n"
        "from django.test import RequestFactory\n"
        "from django.contrib.messages.storage.cookie import CookieStorage\n"
        "request = RequestFactory().post('/cms/'); request.user = reader\n"
        "request._messages = CookieStorage(request)\n"
        "assert rule(request, ArticlePage.objects.first()).status_code == 302\n"
        "assert rule(request, TextPage.objects.first()).status_code == 302\n"
    )


def test_a_clip_without_captions_is_not_published(site: Site) -> None:
    site.run(
        PEOPLE + "whole = Clip.objects.first()\n"
        "bare = Clip(title='bare'); bare.video = whole.video.name; bare.save(); assert bare.running_ms == 92000\n"
        "page = ClipPage(title='Bare', slug='bare', summary='s', byline='b', clip=bare, live=False)\n"
        "index.add_child(instance=page)\n"
        "try:\n page.save_revision().publish(); raise SystemExit('published')\n"
        "except ValidationError: pass\n"
        "assert not ClipPage.objects.get(slug='bare').live\n"
        "ClipPage.objects.get(slug='bare').delete(); bare.delete()\n"
    )


def test_a_source_that_is_not_allowed_is_refused(site: Site) -> None:
    site.run(
        PEOPLE + "page = LiveEventPage.objects.first(); page.source = 'https://10.0.0.1/a.m3u8'\n"
        "try:\n page.clean(); raise SystemExit('taken')\n"
        "except ValidationError as error: assert 'source' in error.message_dict\n"
    )
