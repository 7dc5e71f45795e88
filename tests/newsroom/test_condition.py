"""How a newsroom stands: in facts, none of which is anything that somebody wrote."""

import json
from datetime import UTC, datetime, timedelta

from tests.newsroom.newsroom_site import Site, figures, write_figures

ASK = "from posada.newsroom.desk_people import main; main(['condition'])"


def test_a_prepared_demonstration_is_well(site: Site) -> None:
    told = json.loads(site.run(ASK))
    assert (told["editors"], told["second_readers"], told["without_second_factor"]) == (1, 1, [])
    assert (told["behind_tables"], told["static"], told["seconds_late"], told["figures"]) == (
        0,
        True,
        0.0,
        "fresh",
    )


def test_what_should_have_gone_out_is_late_and_old_figures_are_old(site: Site) -> None:
    late = (
        "from datetime import timedelta\nfrom django.utils import timezone\n"
        "from posada.newsroom.models import ArticlePage\n"
        "revision = ArticlePage.objects.first().save_revision()\n"
        "revision.approved_go_live_at = timezone.now() - timedelta(minutes=7)\nrevision.save()\n"
    )
    write_figures(site.exchange, figures(made_on=(datetime.now(UTC) - timedelta(days=2)).isoformat()))
    try:
        told = json.loads(site.run(late + ASK))
        assert 400 < told["seconds_late"] < 600 and told["figures"] == "old"
    finally:
        write_figures(site.exchange, figures())
        site.run("from wagtail.models import Revision; Revision.objects.order_by('-pk').first().delete()")
