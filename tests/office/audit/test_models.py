"""The log keeps ids and field names, no values; its parts are what the chain signs."""

from posada.office.audit.models import DailyDigest, Entry, Head, Revision


def test_an_entry_has_no_place_for_a_name() -> None:
    free_text = [f.name for f in Entry._meta.concrete_fields if f.get_internal_type() == "TextField"]
    assert free_text == []


def test_there_is_one_head() -> None:
    assert Head._meta.get_field("id").default == 1


def test_a_day_is_signed_once() -> None:
    assert DailyDigest._meta.pk.name == "day"


def test_revisions_are_found_by_their_record() -> None:
    assert ["record_kind", "record_id", "version"] in [index.fields for index in Revision._meta.indexes]
