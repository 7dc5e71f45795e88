"""The file of a child on paper: every note and date stands, on Letter, from dark mode too, and nothing sealed."""

from datetime import date

import pytest
from django.urls import reverse

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.casefile.models import Note
from tests.office.docket.cases import hearing_of
from tests.office.docket.test_print import printed
from tests.office.people import browser_of, group_of, person

pytestmark = pytest.mark.browser
LINES = 200


def test_a_file_of_two_hundred_notes_is_printed_whole_and_without_what_is_sealed() -> None:
    group = group_of(date(2012, 5, 1), languages=["mam"])
    child = group.children.get()
    doors.seal_fields(child, {"a_number": "000-777-123", "birth_name": "Nombre Sellado"})
    Note.objects.bulk_create(Note(child=child, group=group, text=f"Line {n:03}.") for n in range(LINES))
    hearing_of(group, date(2026, 12, 1), kind="master", hearing_time="08:30")
    user = person(Role.INTAKE_WORKER, Role.PLACEMENT_WORKER)
    html = browser_of(user).get(reverse("child_print", args=[child.pk])).content.decode()
    pages = printed(html).pages
    whole = "".join("".join(page.extract_text() for page in pages).split())
    assert [n for n in range(LINES) if f"Line{n:03}." not in whole] == []
    assert child.given_name in whole
    assert "1Dec2026" in whole
    assert "000-777-123" not in whole
    assert "Sellado" not in whole
    assert "Signout" not in whole
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(612, 792)}
    assert f"1/{len(pages)}" in whole
