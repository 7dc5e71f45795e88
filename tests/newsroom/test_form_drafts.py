"""What was typed is kept so that the database alone opens nothing, and not for long."""

from tests.newsroom.newsroom_site import Site


def test_a_draft_opens_with_its_link_only(site: Site) -> None:
    said = site.run(
        "from posada.newsroom import form_drafts as d\n"
        "from posada.newsroom.models import Draft\n"
        "secret = d.new_secret(); d.keep(secret, {'contact_name': 'Ana Planted'})\n"
        "row = Draft.objects.get(lookup=d.names_of(secret).lookup)\n"
        "assert b'Planted' not in bytes(row.sealed) and secret not in str(row.__dict__)\n"
        "assert d.opened(secret) == ({'contact_name': 'Ana Planted'}, False)\n"
        "assert d.opened(d.new_secret()) is None\n"
        "Draft.objects.filter(pk=row.pk).update(lookup=d.names_of('x').lookup)\n"
        "assert d.opened('x') is None\n"
        "print('kept')"
    )
    assert said == "kept\n"


def test_once_sent_nothing_of_it_is_kept_and_old_drafts_go(site: Site) -> None:
    site.run(
        "from posada.newsroom import form_drafts as d\n"
        "from posada.newsroom.models import Draft\n"
        "from django.utils import timezone\n"
        "from datetime import timedelta\n"
        "secret = d.new_secret(); d.keep(secret, {'a': 'b'}); d.keep(secret, {'a': 'b'}, sent=True)\n"
        "assert d.opened(secret) == ({}, True)\n"
        "row = Draft.objects.filter(lookup=d.names_of(secret).lookup)\n"
        "row.update(changed_at=timezone.now() - timedelta(days=13)); d.remove_old(); assert row.exists()\n"
        "row.update(changed_at=timezone.now() - timedelta(days=15)); d.remove_old(); assert not row.exists()\n"
    )
