"""A label on a device is a word of a fixed list, a number, or both: nothing can be typed that names somebody."""

from uuid import uuid4

from django.utils import translation

from posada.office.away.labels import WORDS, checked_labels


def test_a_word_a_number_or_both_are_taken() -> None:
    for chosen, label in ((("family", "3"), "Family 3"), (("red", ""), "Red"), (("", " 07 "), "7")):
        assert list(checked_labels({uuid4(): chosen})[0].values()) == [label]


def test_it_is_written_in_the_person_s_language() -> None:
    with translation.override("es"):
        assert list(checked_labels({uuid4(): ("monday", "2")})[0].values()) == ["Lunes 2"]
        words = [str(each) for each in WORDS.values()]
    assert len(set(words)) == len(words) and not set(words) & {str(each) for each in WORDS.values()}


def test_anything_else_is_refused() -> None:
    for chosen in (
        ("Ana", ""),
        ("Family", "1"),
        ("", "Oak"),
        ("", "0"),
        ("", "100"),
        ("", "-1"),
        ("red", "²"),
    ):
        pk = uuid4()
        kept, wrong = checked_labels({pk: chosen})
        assert (list(kept), list(wrong)) == ([], [pk]), chosen


def test_without_a_label_it_has_its_place() -> None:
    assert list(checked_labels({uuid4(): ("", ""), uuid4(): ("", "")})[0].values()) == ["1", "2"]
