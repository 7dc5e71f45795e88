"""The calendar file, read back by another library under other system zones."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from posada.docket.deadlines import Deadline, excuse, meet, supersede
from posada.docket.feed import calendar_bytes, sequence_of, uid_of
from posada.docket.hearings import Hearing, cancelled, rescheduled
from tests.docket.made import BOOK, TODAY, adjustment, case, day, event, only, refreshed

MADE_AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
FILE = case(event("ij_decision", "2026-11-02"), event("birth", "2010-02-14"))
APPEAL = only(FILE, "eoir.bia_appeal")
HEARING = Hearing(
    "h1", "c1", "master", "DEN", datetime.fromisoformat("2026-12-10T08:30"), "America/Denver", "Room 3"
)


def text(*deadlines: Deadline, hearings: tuple[Hearing, ...] = (), language: str = "en") -> str:
    made = calendar_bytes(
        deadlines, hearings, book=BOOK, made_at=MADE_AT, case_numbers={"c1": "17"}, language=language
    )
    return made.decode("utf-8").replace("\r\n ", "")


READ_BACK = """
import json, sys, vobject
found = []
for each in vobject.readOne(sys.stdin.read()).vevent_list:
    start, end = each.dtstart.value, each.dtend.value
    found.append([each.uid.value, type(start).__name__, start.isoformat(), end.isoformat()])
print(json.dumps(sorted(found)))
"""


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Honolulu", "Asia/Tokyo"])
def test_another_library_reads_the_same_days_and_hours_under_any_system_zone(zone: str) -> None:
    made = calendar_bytes([APPEAL], [HEARING], book=BOOK, made_at=MADE_AT).decode("utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", READ_BACK],
        input=made,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": zone},
    )
    assert json.loads(ran.stdout) == [
        [uid_of(APPEAL), "date", "2026-11-12", "2026-11-13"],
        [uid_of(HEARING), "datetime", "2026-12-10T08:30:00-07:00", "2026-12-10T09:30:00-07:00"],
    ]


def test_a_deadline_is_one_whole_day_with_its_end_on_the_next() -> None:
    made = text(APPEAL)
    assert "DTSTART;VALUE=DATE:20261112\r\nDTEND;VALUE=DATE:20261113" in made
    assert "T000000" not in made.replace(f"DTSTAMP:{MADE_AT:%Y%m%dT%H%M%SZ}", "")


def test_a_hearing_has_its_places_zone_and_that_zone_is_in_the_file() -> None:
    made = text(hearings=(HEARING,))
    assert "DTSTART;TZID=America/Denver:20261210T083000" in made
    assert "BEGIN:VTIMEZONE\r\nTZID:America/Denver" in made


def test_a_change_raises_the_sequence_and_keeps_the_uid() -> None:
    extension = adjustment("extension", "eoir.bia_appeal", "ij_decision", days=21)
    kept = refreshed(FILE).deadlines
    moved = refreshed(replace(FILE, adjustments=(extension,)), kept).deadlines
    now = next(each for each in moved if each.rule_id == "eoir.bia_appeal")
    assert (uid_of(now), sequence_of(now)) == (uid_of(APPEAL), 1)
    later = rescheduled(HEARING, at=datetime.fromisoformat("2026-12-11T09:00"))
    assert "SEQUENCE:1" in text(hearings=(later,))


def test_what_was_taken_off_is_sent_as_cancelled_and_what_was_done_says_so() -> None:
    off = supersede(APPEAL, by_event="e2", on=TODAY, by="counsel", entered_on=TODAY)
    excused = excuse(APPEAL, on=TODAY, by="counsel", why="waived", entered_on=TODAY)
    for made in (text(off), text(excused), text(hearings=(cancelled(HEARING),))):
        assert "STATUS:CANCELLED" in made
        assert "SEQUENCE:1" in made
    done = meet(APPEAL, on=day("2026-11-10"), proof="receipt", by="counsel", entered_on=TODAY)
    assert "SUMMARY:Done – case 17: Notice of Appeal" in text(done)
    assert "STATUS:TENTATIVE" in text(hearings=(replace(HEARING, is_confirmed=False),))


def test_titles_carry_no_personal_data_and_no_birthday() -> None:
    deadlines = refreshed(FILE).deadlines
    made = text(*deadlines, hearings=(HEARING,))
    titles = re.findall(r"SUMMARY:(.+)\r", made)
    assert all("17" in title for title in titles)
    assert "birthday" not in made.lower()
    assert "20280214" not in made
    assert "2010" not in made.partition("END:VTIMEZONE")[2]
    assert titles.count("Case 17: last day to file\\; see the docket") == 3
    assert "Room 3" not in made


def test_the_same_input_gives_the_same_bytes_and_every_line_is_short_enough() -> None:
    deadlines = refreshed(FILE).deadlines
    once = calendar_bytes(deadlines, [HEARING], book=BOOK, made_at=MADE_AT, language="es")
    again = calendar_bytes(tuple(reversed(deadlines)), [HEARING], book=BOOK, made_at=MADE_AT, language="es")
    assert once == again
    assert max(map(len, once.split(b"\r\n"))) <= 75


def test_each_description_says_that_a_lawyer_confirms_the_date() -> None:
    assert "a lawyer confirms each date" in text(APPEAL)
    assert "un abogado confirma cada fecha" in text(APPEAL, language="es")


def test_a_rule_without_a_date_has_no_place_and_a_clock_without_a_zone_is_refused() -> None:
    urgent = only(case(event("in_absentia_order", "2026-11-02")), "eoir.in_absentia_no_notice")
    assert "BEGIN:VEVENT" not in text(urgent)
    with pytest.raises(ValueError, match="needs its zone"):
        calendar_bytes([], [], book=BOOK, made_at=MADE_AT.replace(tzinfo=None))


def test_the_source_of_the_words_has_no_name_of_a_person() -> None:
    source = Path(__file__).parents[2] / "src" / "posada" / "docket" / "words" / "en.toml"
    assert "{name}" not in source.read_text(encoding="utf-8")
