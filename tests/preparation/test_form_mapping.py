"""A mapping is proposed by the names and labels of fields alone; what no name points to is left open."""

from posada.preparation.form_mapping import FACTS, TICKS, propose
from posada.preparation.form_shape import TEXT, TICK, FormField
from posada.preparation.official_form import read_form
from tests.preparation.forms import made_form


def field(name: str, label: str = "", kind: str = TEXT) -> FormField:
    return FormField(name, label or name, kind, 0, 100, 12, 10, False, 0, False)


def test_names_and_labels_point_to_facts() -> None:
    assert propose(read_form(made_form()).fields) == {
        "form1[0].Pt1_FamilyName[0]": "family_name",
        "form1[0].Pt1_GivenName[0]": "given_name",
        "ANumber": "a_number",
        "Female": "is_girl",
        "Male": "is_boy",
    }


def test_the_more_telling_words_win_and_a_word_inside_a_word_is_none() -> None:
    assert propose([field("x", "Country of Birth")]) == {"x": "country"}
    assert propose([field("x", "Date of Birth (mm/dd/yyyy)")]) == {"x": "birth_date"}
    assert propose([field("x", "Name of Attorney")]) == {"x": "counsel_name"}
    assert propose([field("x", "Languages spoken by your mother-in-law")]) == {}
    assert propose([field("x", "Mother’s Family Name"), field("y", "Date of Birth of your spouse")]) == {}
    assert propose([field("Female2", "Female", TEXT), field("y", "Family name", TICK)]) == {}
    assert set(TICKS) <= set(FACTS)
