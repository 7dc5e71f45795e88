"""The pages of arrivals: load, look, choose, take, throw away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from posada.office.access.roles import Role
from posada.office.intake.models import Child, Import, SiblingGroup
from tests.office.intake.folders import folder, spoiled
from tests.office.people import browser_of, person


@pytest.fixture
def client() -> Client:
    """An intake worker's browser."""
    return browser_of(person(Role.INTAKE_WORKER))


def sent(client: Client, files: dict[str, bytes]) -> Import:
    """Upload files; the import that came of it."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files.items()]
    answer = client.post("/arrivals/upload/", {"files": uploads})
    assert answer.status_code == 302, answer.content
    return Import.objects.latest("entered_at")


def text(client: Client, address: str) -> str:
    """A page's text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_folder_is_loaded_looked_at_and_taken(client: Client) -> None:
    found = sent(client, spoiled(folder(), "children.csv", "2015-07-08", "2015-13-08"))
    page = text(client, f"/imports/{found.pk}/")
    assert "one is refused" not in page
    assert "2 are refused" in page  # the child, and its row of names
    assert "a date that exists, written YYYY-MM-DD" in page
    assert "Sibling groups: 1" in page
    assert Child.objects.count() == 0
    done = client.post(f"/imports/{found.pk}/take/", {"version": found.version}, follow=True)
    assert "What was taken" in done.content.decode()
    assert Child.objects.count() == 2
    held = SiblingGroup.objects.get(sibling_group_id="G1")
    assert f"/groups/{held.pk}/family/" in text(client, "/arrivals/")
    assert "held back by one refused row" in text(client, f"/groups/{held.pk}/family/")


def test_refused_rows_can_be_downloaded_plain_and_for_excel(client: Client) -> None:
    found = sent(client, spoiled(folder(), "children.csv", "2015-07-08", "2015-13-08"))
    plain = client.get(f"/imports/{found.pk}/refused/?file=children.csv")
    assert plain.headers["Content-Disposition"] == 'attachment; filename="refused-children.csv"'
    assert plain.content.splitlines()[0].endswith(b",reason")
    excel = client.get(f"/imports/{found.pk}/refused/?file=children.csv&for=excel")
    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert client.get(f"/imports/{found.pk}/refused/?file=homes.csv").status_code == 404


def test_a_semicolon_file_with_other_dates_is_asked_about(client: Client) -> None:
    hearings = "sibling_group_id;court_code;hearing_date\nG1;BAL;03/04/2027\n".encode("windows-1252")
    found = sent(client, folder(hearings_csv=hearings))
    page = text(client, f"/imports/{found.pk}/")
    assert "How these files were saved" in page
    assert "03/04/2027" in page
    said = {"version": found.version, "opened": "1", "hearings.csv:order": "month_first"}
    client.post(f"/imports/{found.pk}/choose/", said)
    found.refresh_from_db()
    assert found.report["rejections"] == []
    assert found.choices["opened"]["hearings.csv"] == {"order": "month_first"}


def test_differences_are_chosen_by_column(client: Client) -> None:
    first = sent(client, folder())
    client.post(f"/imports/{first.pk}/take/", {"version": first.version})
    found = sent(client, spoiled(folder(), "children.csv", "2012-03-04", "2012-03-05"))
    assert "One field differs" in text(client, f"/imports/{found.pk}/")
    said = {
        "version": found.version,
        "rules": "1",
        "children.csv:birth_date": "keep",
        "children.csv:sex": "take",
    }
    client.post(f"/imports/{found.pk}/choose/", said)
    found.refresh_from_db()
    assert found.choices["fields"] == {"children.csv:birth_date": "keep"}
    client.post(f"/imports/{found.pk}/take/", {"version": found.version})
    assert Child.objects.get(child_id="C1").birth_date.isoformat() == "2012-03-04"


def test_an_old_page_takes_nothing(client: Client) -> None:
    found = sent(client, folder())
    answer = client.post(f"/imports/{found.pk}/take/", {"version": found.version - 1})
    assert answer.status_code == 409
    assert client.post(f"/imports/{found.pk}/throw-away/", {"version": found.version}).status_code == 302
    assert "nothing of it was taken" in text(client, f"/imports/{found.pk}/")
    assert Child.objects.count() == 0


def test_a_file_that_cannot_be_opened_is_told_on_the_page(client: Client) -> None:
    answer = client.post("/arrivals/upload/", {"files": [SimpleUploadedFile("a.pdf", b"%PDF")]})
    assert answer.status_code == 422
    assert "None of these is a file of a program folder" in answer.content.decode()
    found = sent(client, {"children.csv": b"PK\x05\x06 something"})
    assert "cannot be read" in text(client, f"/imports/{found.pk}/")


def test_progress_is_a_part_of_the_page_and_reloads_it_when_done(client: Client) -> None:
    found = sent(client, folder())
    Import.objects.filter(pk=found.pk).update(state=Import.State.TAKING)
    page = text(client, f"/imports/{found.pk}/")
    assert "hx-get" in page
    assert "Take it again" in page
    assert "HX-Refresh" not in client.get(f"/imports/{found.pk}/running/").headers
    Import.objects.filter(pk=found.pk).update(state=Import.State.TAKEN)
    assert client.get(f"/imports/{found.pk}/running/").headers["HX-Refresh"] == "true"


def test_large_files_go_to_the_worker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from posada.office.intake import services

    monkeypatch.setattr(services, "LARGE", 10)
    assert sent(client, folder()).state == "preview"  # tests have a worker that works at once


def test_the_page_speaks_spanish() -> None:
    client = browser_of(person(Role.INTAKE_WORKER), language="es")
    assert "Cargar una carpeta" in text(client, "/arrivals/")


def test_the_name_under_which_refused_rows_leave_is_plain(client: Client) -> None:
    files = spoiled(folder(), "children.csv", "2015-07-08", "2015-13-08")
    name = "kids\u00b9 (1); x.csv"
    files[name] = files.pop("children.csv")
    files["mapping.toml"] = f"[\"children.csv\"]\nfile = '{name}'\n".encode()
    found = sent(client, files)
    answer = client.get(f"/imports/{found.pk}/refused/", {"file": name})
    assert answer.status_code == 200
    said = 'attachment; filename="refused-kids-1-x.csv"'
    assert answer.headers["Content-Disposition"] == said
