"""Promise 30: what leaves for a spreadsheet runs nothing there, and comes back to us as it was put in.

Formulas are brought as names, papers, addresses and reasons by the page of arrivals and by the form of one child, and
leave by every file that is written for spreadsheets: the export that two persons agree to, the refused rows of an
import, the tables of the public site. Short: 90 payloads, read back by parsers; 1,000 in the long run,
`POSADA_FORMULAS=1000`. With `POSADA_LIBREOFFICE=1` LibreOffice opens each file, however it parts the cells:
`apt-get install -y --no-install-recommends libreoffice-calc`.
"""

import csv
import io
import os
import re
import subprocess
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posada.newsroom.tables_told import as_csv
from posada.office.access import two_persons
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.intake.archive import opened
from posada.office.intake.models import Child, Import
from posada.office.intake.opened_files import open_files
from posada.office.intake.reading import read_brought
from posada.office.intake.sealed_tables import Person
from posada.office.intake.spreadsheet_guard import guarded
from posada.office.intake.standing_ids import StandingIds
from posada.programme.read import read_sheet
from tests.office.intake.folders import csv as lines_of
from tests.office.intake.folders import folder
from tests.office.people import TODAY, acting, browser_of, person
from tests.promises.formula_payloads import payloads, running

pytestmark = pytest.mark.django_db
COUNT = int(os.environ.get("POSADA_FORMULAS", "90"))
AT_ONCE = 300  # rows of a file that the page takes without its worker
WORDS = "a long enough passphrase"
CHILDREN = "child_id,sibling_group_id,birth_date,sex,languages,country,arrived_on,needs,location_fips"
PEOPLE = "child_id,given_name,family_name,a_number,birth_country_document"
TYPED = {"birth_date": "2014-05-01", "birth_date_basis": "stated", "sex": "F", "languages": "spa"}
CONTACTS = "home_id,name,street,city,postal_code,phone,email,best_language"


def row(*cells: str) -> str:
    """A row as any program writes it."""
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()


def arrivals(numbered: dict[str, str], *, day: str) -> dict[str, bytes]:
    """A folder in which each payload is the name and the paper of a child."""
    return folder(
        children_csv=lines_of(CHILDREN, *(f"{c},G{c},{day},F,spa,GTM,2026-11-20,,48215" for c in numbered)),
        people_csv=lines_of(PEOPLE, *(row(c, text, text, "", text) for c, text in numbered.items())),
        contacts_csv=lines_of(CONTACTS, row("H1", *[next(iter(numbered.values()))] * 6, "spa")),
        **dict.fromkeys(("kin_csv", "hearings_csv", "separations_csv", "overrides_csv")),
    )


def is_taken(text: str) -> bool:
    """Line breaks and signs that nobody sees are refused before a name is kept; those leave as refused rows."""
    return text.isprintable() and text == text.strip()


def bring(texts: list[str], *, day: str = "2012-03-04", take: bool = True) -> list[bytes]:
    """Load them by the page of arrivals; the refused rows of people, for spreadsheets."""
    client, refused = browser_of(person(Role.INTAKE_WORKER)), []
    numbered = [(f"C{place:04}", text) for place, text in enumerate(texts)]
    for start in range(0, len(numbered), AT_ONCE):
        sent = arrivals(dict(numbered[start : start + AT_ONCE]), day=day)
        files = [SimpleUploadedFile(name, content) for name, content in sent.items()]
        assert client.post("/arrivals/upload/", {"files": files}).status_code == 302
        found = Import.objects.latest("entered_at")
        answer = client.get(f"/imports/{found.pk}/refused/?file=people.csv&for=excel")
        refused += [answer.content] if answer.status_code == 200 else []
        if take:
            assert client.post(f"/imports/{found.pk}/take/", {"version": found.version}).status_code == 302
    return refused


def exported() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What two persons let out, by the pages: the plain folder, and the one for spreadsheets."""
    client = browser_of(person(Role.PROGRAM_DIRECTOR))
    asked = {"reason": "for the next office", "sealed": "on", "country": "on", "location": "on"}
    assert client.post("/export/", asked).status_code == 302
    approval = Approval.objects.latest("asked_at")
    two_persons.answer(acting(Role.ADMINISTRATOR), approval.pk, approve=True)
    written = client.post(f"/export/{approval.pk}/write/", {"passphrase": WORDS})
    files = opened(written.content, passphrase=WORDS)
    return tuple(
        {name.partition("/")[2]: content for name, content in files.items() if name.startswith(part)}
        for part in ("plain/", "excel/")
    )  # type: ignore[return-value]


def read_back(files: dict[str, bytes]) -> dict[str, list[object]]:
    """The rows that our own importer takes from files, none refused."""
    brought = read_brought(open_files(files, choices={})[0], on=TODAY, standing=StandingIds())
    assert brought.rejections == ()
    return {
        file: sorted((record for _, record in each.good), key=str) for file, each in brought.readings.items()
    }


def inert(files: dict[str, bytes], *, holding: set[str]) -> int:
    """Nothing in the files runs, and what was put in is in them. The number of cells that were looked at."""
    tables = {name: content for name, content in files.items() if name.endswith(".csv")}
    assert [cell for content in tables.values() for cell in running(content)] == []
    cells = {
        cell
        for content in tables.values()
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        for cell in line
    }
    assert {each.replace("'", "") for each in holding} <= {cell.replace("'", "") for cell in cells}
    return len(cells)


def test_an_export_runs_nothing_and_comes_back_as_it_was_put_in() -> None:
    texts = [text for text in payloads(COUNT * 3) if is_taken(text)][:COUNT]
    assert len(texts) == COUNT
    bring(texts)
    kept = {child.child_id: child.given_name for child in Child.objects.all()}
    assert kept == {f"C{at:04}": text for at, text in enumerate(texts)}
    names = list(kept.values())
    plain, excel = exported()
    cells = inert(excel, holding=set(names))
    assert list(running(plain["people.csv"])), "what is put in does run where nothing guards it"
    assert read_back(excel) == read_back(plain)
    people = read_back(excel)["people.csv"]
    assert {each.child_id: each.given_name for each in people if isinstance(each, Person)} == kept
    print(
        f"{len(names):,} tries as names that left in an export, {cells:,} cells: 0 run, all came back exactly"
    )


def test_a_child_written_down_at_the_form_leaves_inert() -> None:
    client, typed = browser_of(person(Role.INTAKE_WORKER)), payloads(COUNT)[:40]
    for text in typed:
        told = {**TYPED, "given_name": text, "family_name": text, "another": "yes"}
        assert client.post("/arrivals/child/", told).status_code in (302, 422)
    names = set(Child.objects.values_list("given_name", flat=True))
    assert len(names) > 20
    plain, excel = exported()
    inert(excel, holding=names)
    assert read_back(excel) == read_back(plain)
    print(f"{len(names):,} tries typed at the form of one child: 0 run")


def test_refused_rows_run_nothing_and_come_back() -> None:
    texts = payloads(COUNT)
    files = bring(texts, day="2012-13-04", take=False)
    assert files and Child.objects.count() == 0
    cells = sum(inert({"people.csv": content}, holding=set()) for content in files)
    back = set[str]()
    for content in files:
        sheet = read_sheet(open_files({"people.csv": content}, choices={})[0]["people.csv"])
        back |= {record.cells[sheet.header.index("given_name")] for record in sheet.records()}
    whole = {text for text in texts if not re.search(r"[\r\n]", text)}
    assert whole <= back, sorted(whole - back)[:3]
    print(f"{len(whole):,} tries in refused rows, {cells:,} cells: 0 run")


def test_tables_of_the_public_site_run_nothing() -> None:
    texts = payloads(COUNT)
    content = as_csv(
        [["id", "definition"], *([str(at), text] for at, text in enumerate(texts))], for_excel=True
    )
    assert inert({"figures.csv": content}, holding=set(texts)) > COUNT
    print(f"{COUNT:,} tries in tables of the public site: 0 run")


if os.environ.get("POSADA_LIBREOFFICE"):

    def converted(files: dict[str, bytes], place: Path, separators: str) -> dict[str, list[str]]:
        """Open the files in LibreOffice, its cells parted by these; file → the formulas in it, and its texts."""
        for name, content in files.items():
            (place / name).write_bytes(content)
        out = place / f"out-{separators.replace('/', '-')}"
        subprocess.run(
            [
                *("soffice", "--headless", f"-env:UserInstallation=file://{place}/profile"),
                *(f"--infilter=CSV:{separators},34,76,1", "--convert-to", "xlsx", "--outdir", str(out)),
                *(str(place / name) for name in files),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        found = {}
        for name in files:
            with zipfile.ZipFile(out / f"{name.removesuffix('.csv')}.xlsx") as book:
                found[name] = [
                    book.read(f"xl/{each}.xml").decode() for each in ("worksheets/sheet1", "sharedStrings")
                ]
        return found

    def test_libreoffice_evaluates_nothing(tmp_path: Path) -> None:
        texts = payloads(COUNT)
        refused = bring(texts, day="2012-13-04", take=False)
        bring([text for text in payloads(COUNT * 3) if is_taken(text)][:COUNT])
        plain, excel = exported()
        told = as_csv([["id", "definition"], *(["x", text] for text in texts)], for_excel=True)
        leaving = {
            "people.csv": excel["people.csv"],
            "contacts.csv": excel["contacts.csv"],
            "figures.csv": told,
        }
        leaving |= {f"refused{at}.csv": content for at, content in enumerate(refused)}
        looked = 0
        for separators in ("44", "44/59/9", "59", "9"):
            for name, (sheet, _texts) in converted(leaving, tmp_path, separators).items():
                assert re.findall(r"<f\b[^>]*>[^<]*", sheet) == [], (name, separators)
                looked += sheet.count("<c ")
        texts_shown = re.findall(r"<t\b[^>]*>([^<]*)", converted(leaving, tmp_path, "44")["people.csv"][1])
        shown = {unescape(text) for text in texts_shown}
        names = Child.objects.values_list("given_name", flat=True)
        missing = {guarded(name, is_id=False) for name in names} - shown
        assert missing == set(), "each name is seen as it was written"
        control = converted({"control.csv": plain["people.csv"]}, tmp_path, "44/59/9")["control.csv"][0]
        assert control.count("<f") > COUNT / 20, "LibreOffice does run them where nothing guards them"
        print(
            f"{COUNT:,} payloads in {len(leaving)} files opened by LibreOffice in 4 ways, {looked:,} cells: "
            f"0 evaluated; {control.count('<f'):,} unguarded ones were"
        )
        assert looked > COUNT
