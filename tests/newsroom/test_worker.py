"""What was set for a time goes out at that time, and what ends is withdrawn."""

from tests.newsroom.newsroom_site import Site

MAKE = (
    "from posada.newsroom.models import ArticlePage, NewsroomIndexPage\n"
    "from posada.newsroom.worker import look\n"
    "from django.utils import timezone\n"
    "from datetime import timedelta\n"
    "now = timezone.now()\n"
    "index = NewsroomIndexPage.objects.get(locale__language_code='en')\n"
    "page = ArticlePage(title='Later', slug='later', summary='s', byline='b', live=False)\n"
    "index.add_child(instance=page)\n"
)


def test_a_draft_goes_out_at_its_time_and_not_before(site: Site) -> None:
    site.run(
        MAKE + "page.go_live_at = now + timedelta(seconds=3); page.save_revision().publish(); look()\n"
        "page.refresh_from_db(); assert not page.live\n"
    )
    assert site.get("/newsroom/later/").status == 404
    assert "Later" not in site.get("/feeds/news.rss").text
    site.run(
        "import time; time.sleep(3)\n"
        "from posada.newsroom.worker import look; look()\n"
        "from posada.newsroom.models import ArticlePage\n"
        "page = ArticlePage.objects.get(slug='later'); assert page.live\n"
        "from django.utils import timezone\n"
        "from datetime import timedelta\n"
        "page.expire_at = timezone.now() + timedelta(seconds=1); page.save_revision().publish()\n"
    )
    assert site.get("/newsroom/later/").status == 200
    site.run(
        "import time; time.sleep(1.5)\n"
        "from posada.newsroom.worker import look; look()\n"
        "from posada.newsroom.models import ArticlePage\n"
        "page = ArticlePage.objects.get(slug='later'); assert not page.live; page.delete()\n"
    )
    assert site.get("/newsroom/later/").status == 404
