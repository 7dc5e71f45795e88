"""What goes at once: a story is withdrawn in every language; looking changes nothing, and nothing publishes alone."""

from tests.newsroom.desk_visitor import Visitor, signed_in
from tests.newsroom.newsroom_site import Site

MADE = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Locale
from posada.newsroom.models import ArticlePage, NewsroomIndexPage
import uuid
key = uuid.uuid4()
for language in ('en', 'es'):
    locale = Locale.objects.get(language_code=language)
    page = ArticlePage(title='Gone', slug='gone', summary='s', byline='b', locale=locale, live=False)
    page.translation_key = key
    NewsroomIndexPage.objects.get(locale=locale).add_child(instance=page)
    if language == 'es':
        page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    print(page.pk)
"""


def test_a_story_is_withdrawn_everywhere_and_what_was_set_for_a_time_is_taken_back(site: Site) -> None:
    first, second = site.run(MADE).split()
    writer = signed_in(site, "writer")
    assert site.get("/newsroom/gone/").status == 200
    asked = writer.get(f"/cms/withdraw/{first}/")
    assert asked.text.count("Gone") >= 2 and "set for a time" in asked.text
    assert site.get("/newsroom/gone/").status == 200
    writer.post(f"/cms/withdraw/{first}/")
    assert site.get("/newsroom/gone/").status == 404
    assert "Gone" not in site.get("/sitemap.xml").text + site.get("/feeds/news.atom").text
    told = site.run(
        "from posada.newsroom.models import ArticlePage\n"
        f"page = ArticlePage.objects.get(pk={second}); print(page.live, page.scheduled_revision)\n"
        "ArticlePage.objects.filter(slug='gone').delete()\n"
    )
    assert told.strip() == "False None"


def test_a_page_that_is_no_story_cannot_be_withdrawn(site: Site) -> None:
    number = site.run(
        "from posada.newsroom.models import TextPage; print(TextPage.objects.first().pk)"
    ).strip()
    assert signed_in(site, "writer").get(f"/cms/withdraw/{number}/").status == 404


def test_nobody_speaks_or_withdraws_without_signing_in(site: Site) -> None:
    for path in ("/cms/withdraw/3/", "/cms/on-air/3/"):
        assert Visitor(site.address).get(path).url.startswith("/cms/sign-in/")


def test_the_list_and_the_machine_readable_door_publish_nothing(site: Site) -> None:
    number = site.run(
        "from posada.newsroom.models import *\n"
        "page = ArticlePage(title='Bulk', slug='bulk', summary='s', byline='b', live=False)\n"
        "NewsroomIndexPage.objects.get(locale__language_code='en').add_child(instance=page); page.save_revision()\n"
        "print(page.pk)"
    ).strip()
    reader = signed_in(site, "reader")
    token = next(each.value for each in reader.cookies if each.name == "newsroom_csrf")
    for path in (
        f"/cms/bulk/wagtailcore/page/publish/?id={number}",
        f"/cms/api/main/pages/{number}/action/publish/",
    ):
        reader.send(path, {"csrfmiddlewaretoken": token})
        assert site.get("/newsroom/bulk/").status == 404
    site.run("from posada.newsroom.models import ArticlePage; ArticlePage.objects.get(slug='bulk').delete()")


def test_a_clip_that_is_shown_is_not_changed_under_its_readers(site: Site) -> None:
    script = "from posada.newsroom.models import ClipPage; print(ClipPage.objects.live().first().clip_id)"
    number = site.run(script).strip()
    answer = signed_in(site, "writer").get(f"/cms/snippets/newsroom/clip/edit/{number}/")
    assert "Add a new clip" in answer.text and "/edit/" not in answer.url


HELD = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from posada.newsroom.models import *
index = NewsroomIndexPage.objects.get(locale__language_code='en')
clip = Clip(title='new'); clip.video = Clip.objects.first().video.name
clip.captions_en = Clip.objects.first().captions_en.name; clip.save()
page = ClipPage(title='Held', slug='held', summary='s', byline='b', clip=Clip.objects.first(), live=False)
index.add_child(instance=page); page.clip = clip; writer = User.objects.get(username='writer')
page.save_revision(user=writer); assert not clip.is_held
state = page.get_workflow().start(page, writer); assert clip.is_held
state.cancel(user=writer); assert not clip.is_held
page.go_live_at = timezone.now() + timedelta(days=2)
page.save_revision().publish(); page.refresh_from_db(); assert not page.live and clip.is_held
print(clip.pk)
"""


def test_a_clip_that_is_being_read_or_set_for_a_time_is_not_changed_either(site: Site) -> None:
    number = site.run(HELD).strip()
    address = f"/cms/snippets/newsroom/clip/edit/{number}/"
    assert "Add a new clip" in signed_in(site, "writer").get(address).text
    site.run(
        "from posada.newsroom.models import *\nClipPage.objects.get(slug='held').delete()\n"
        f"clip = Clip.objects.get(pk='{number}'); assert not clip.is_held\n"
    )
    assert signed_in(site, "writer").get(address).url == address
    site.run(f"from posada.newsroom.models import Clip; Clip.objects.get(pk='{number}').delete()")
