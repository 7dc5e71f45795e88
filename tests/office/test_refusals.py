"""What the office refuses is a sentence, a code and a status."""

from posada.office.refusals import FieldsRefused, NeedsSecondPerson, NotThere, Refusal, SomebodySavedFirst


def test_each_refusal_has_a_sentence_a_code_and_a_status() -> None:
    told = [
        Refusal(),
        Refusal("No bed is free.", code="no_bed"),
        NotThere(),
        NeedsSecondPerson(),
        FieldsRefused({"beds": "1 to 20"}),
        SomebodySavedFirst(theirs={"beds": 1}, yours={"beds": 2}, version=3),
    ]
    assert [(each.code, each.status) for each in told] == [
        ("refused", 422),
        ("no_bed", 422),
        ("not_there", 404),
        ("needs_second_person", 409),
        ("fields_refused", 422),
        ("somebody_saved_first", 409),
    ]
    assert all(str(each.message) for each in told)


def test_both_texts_stand_side_by_side() -> None:
    both = SomebodySavedFirst(theirs={"beds": 1}, yours={"beds": 2}, version=3)
    assert both.pairs == [("beds", (1, 2))]
