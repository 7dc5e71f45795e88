"""Per field: take what the file says, keep what stands, or fill only if empty."""

import pytest

from posada.office.access.actor import machine
from posada.office.intake.differences import Difference, chosen, compare, digest
from posada.office.intake.reading import read_brought
from posada.office.intake.services import take_folder
from tests.office.intake.folders import csv, folder, spoiled
from tests.office.people import TODAY

RULES = ("", "take", "keep", "fill")


def differing(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """File, column and kind of each difference."""
    found = compare(read_brought(files, on=TODAY))
    return sorted((one.file, one.column, one.kind) for each in found.values() for one in each.differences)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("changes", (True, True, False, False)),
        ("fills", (True, True, False, True)),
        ("empties", (False, True, False, False)),
    ],
)
def test_what_is_written_follows_from_the_rule_and_only_take_empties(
    kind: str, written: tuple[bool, ...]
) -> None:
    each = Difference("children.csv", 1, ("C1",), "sex", "F", "M", kind)
    assert tuple(chosen(each, {"fields": {"children.csv:sex": rule}}) for rule in RULES) == written
    assert chosen(each, {"fields": {"children.csv:sex": "keep"}, "rows": {each.mark: "take"}})


def test_new_same_and_differing_rows_are_told_apart() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    assert differing(folder()) == []
    changed = spoiled(folder(), "children.csv", "2012-03-04,F,mam;spa", "2012-03-05,F,")
    changed = spoiled(changed, "people.csv", "000-000-001", "000-000-009")
    changed = spoiled(changed, "people.csv", "C3,Ana,Gómez,", "C3,Ana,Gómez,000-000-003")
    changed = spoiled(changed, "kin.csv", "aunt", "older sister")
    assert differing(changed) == [
        ("children.csv", "birth_date", "changes"),
        ("children.csv", "languages", "empties"),
        ("kin.csv", "relationship", "changes"),
        ("people.csv", "a_number", "changes"),
        ("people.csv", "a_number", "fills"),
    ]


def test_a_column_that_the_file_lacks_says_nothing() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    short = csv("child_id,sibling_group_id,birth_date,sex", "C1,G1,2012-03-04,F")
    assert differing({"children.csv": short}) == []


def test_rows_without_an_id_of_their_own_are_matched_by_what_they_say() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    two = csv(
        "action,sibling_group_id,home_id,reason,by",
        "forbid,G2,H2,too far,R. Example",
        "forbid,G2,H2,the school is here,R. Example",
    )
    found = compare(read_brought(folder(overrides_csv=two), on=TODAY))["overrides.csv"]
    assert (found.same, len(found.new), len(found.changed)) == (1, 1, 0)
    reworded = csv("action,sibling_group_id,home_id,reason,by", "forbid,G2,H2,far away,R. Example")
    found = compare(read_brought(folder(overrides_csv=reworded), on=TODAY))["overrides.csv"]
    assert (len(found.new), [each.column for each in found.differences]) == (0, ["reason"])


def test_the_digest_tells_what_would_be_written() -> None:
    one, other = (compare(read_brought(folder(kin_csv=kin), on=TODAY)) for kin in (None, folder()["kin.csv"]))
    assert digest(one) != digest(other)
    assert digest(one) == digest(compare(read_brought(folder(kin_csv=None), on=TODAY)))
