"""Sources of the packaged tables."""

from posada.reference.sources import account_text, credits_text, sources
from posada.reference.table import packaged


def test_every_packaged_table_has_one_source_and_no_other() -> None:
    assert tuple(source.table for source in sources()) == packaged()


def test_every_source_says_who_published_under_which_terms_and_how_it_was_checked() -> None:
    for source in sources():
        assert source.publisher and source.license and source.found_in and source.verification
        assert source.rows > 0


def test_geonames_is_credited() -> None:
    assert "GeoNames (geonames.org), CC BY 4.0" in credits_text()


def test_the_account_covers_every_packaged_table() -> None:
    assert [table for table in packaged() if f"{table}.csv" not in account_text()] == []
