"""A notice's text proposes; what could be two things is left empty, and a broken file breaks nothing."""

from posada.office.docket.notice_text import proposed, read_pdf
from posada.office.intake.models import Court

COURTS = [
    Court(court_code="BAL", city="Baltimore", state="MD"),
    Court(court_code="HYV", city="Hyattsville", state="MD"),
]
NOTICE = """UNITED STATES DEPARTMENT OF JUSTICE
IMMIGRATION COURT, 31 HOPKINS PLAZA, BALTIMORE, MD
Date: November 20, 2026
Please take notice that the above captioned case has been scheduled for a MASTER hearing
before the Immigration Court on December 14, 2026 at 8:30 A.M.
"""


def small_pdf(text: str) -> bytes:
    """A one-page PDF with a text layer, written here."""
    lines = text.splitlines()
    shown = " T* ".join(f"({line.replace('(', '').replace(')', '')}) Tj" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 740 Td {shown} ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def test_a_notice_is_read_from_its_text_layer() -> None:
    found = proposed(read_pdf(small_pdf(NOTICE)), courts=COURTS)
    assert (found.day_typed, found.time_typed) == ("2026-12-14", "08:30")
    assert (found.kind, found.court_code) == ("master", "BAL")
    assert "December 14, 2026" in found.lines["day_typed"]


def test_an_impossible_day_is_proposed_as_the_paper_has_it() -> None:
    text = NOTICE.replace("December 14, 2026", "11/31/2026")
    assert proposed(text, courts=COURTS).day_typed == "2026-11-31"


def test_two_readings_give_none() -> None:
    text = NOTICE + "The individual hearing is scheduled for January 20, 2027 at 1:00 PM in Hyattsville\n"
    found = proposed(text, courts=COURTS)
    assert (found.day_typed, found.time_typed, found.kind, found.court_code) == ("", "", "", "")
    assert found.has_text


def test_hours_are_read_in_both_ways_of_writing() -> None:
    assert proposed("hearing on 12/14/2026 at 1:05 p.m.", courts=[]).time_typed == "13:05"
    assert proposed("hearing on 12/14/2026 at 12:15 AM", courts=[]).time_typed == "00:15"
    assert proposed("hearing on 12/14/2026 at 13:00 hours", courts=[]).time_typed == "13:00"


def test_a_picture_or_a_broken_file_has_no_text_and_harms_nothing() -> None:
    assert read_pdf(b"%PDF-1.7 nothing of a PDF") == ""
    assert not proposed("", courts=COURTS).has_text
