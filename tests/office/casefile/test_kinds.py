"""What can be chosen is what the tables can hold."""

from posada.office.casefile import kinds
from posada.office.casefile.models import Document, Wish, WrittenName


def test_every_kind_fits_its_column_and_has_words() -> None:
    assert set(kinds.AUTHORITIES) == set(WrittenName.Authority.values)
    assert kinds.DOCUMENT_KINDS.keys() >= kinds.IDENTITY_PAPERS | kinds.ABOUT_HOMES
    longest = Document._meta.get_field("kind").max_length
    assert max(map(len, kinds.DOCUMENT_KINDS)) <= longest
    for name, words in (("wished_by", kinds.WISHED_BY), ("kind", kinds.WISH_KINDS)):
        assert max(map(len, words)) <= Wish._meta.get_field(name).max_length
        assert all(map(str, words.values()))
