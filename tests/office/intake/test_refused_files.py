"""Refused rows come back as a file of the same shape, and what was mended in it can be loaded."""

import csv as reader
import io

import pytest

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.intake.refused_files import refused_rows
from posada.office.intake.services import preview
from posada.office.refusals import NotThere
from tests.office.intake.folders import folder, spoiled
from tests.office.people import acting, person


@pytest.mark.parametrize("for_excel", [False, True])
def test_refused_rows_are_mended_and_taken(for_excel: bool) -> None:
    actor = actor_of(person(Role.INTAKE_WORKER))
    bad = spoiled(folder(), "children.csv", "2015-07-08,M", "2015-13-08,M")
    bad = spoiled(bad, "children.csv", "C2,G1", "=C2,G1")
    looked = preview(bad, actor=actor)
    content = refused_rows(looked, "children.csv", actor=actor, for_excel=for_excel)
    rows = list(reader.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["child_id"] for row in rows] == ["'=C2" if for_excel else "=C2"]
    assert rows[0]["reason"] == "birth_date: a date that exists, written YYYY-MM-DD"
    mended = content.replace(b"2015-13-08", b"2015-07-08")
    again = preview({"children.csv": mended}, actor=actor)
    assert again.report["rejections"] == []
    assert again.report["new"] == {"children.csv": 1}


def test_names_and_addresses_go_back_only_to_who_brought_them() -> None:
    actor = actor_of(person(Role.INTAKE_WORKER))
    looked = preview(spoiled(folder(), "people.csv", "C3,Ana", "C9,Ana"), actor=actor)
    assert b"Ana" in refused_rows(looked, "people.csv", actor=actor, for_excel=False)
    with pytest.raises(NotThere):
        refused_rows(looked, "people.csv", actor=acting(Role.INTAKE_WORKER), for_excel=False)
