"""Which faults the parts have: real past advisories, at versions that had the fault and at those that mended it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from release.advisories import BadAdvisory, faults, latest

FOLDER = Path(__file__).parent.parent / "fixtures" / "advisories"
RECORDS = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
ON = date(2026, 11, 26)


def ids(name: str, version: str) -> set[str]:
    """The names of the faults that one part has."""
    return {each for fault in faults({name: version}, RECORDS.values()) for each in fault.ids}


@pytest.mark.parametrize(
    ("name", "version", "record", "has"),
    [
        ("pillow", "10.1.0", "GHSA-3f63-hfp8-52jq", True),
        ("pillow", "10.2.0rc1", "GHSA-3f63-hfp8-52jq", True),  # before what mended it
        ("pillow", "10.2.0", "GHSA-3f63-hfp8-52jq", False),
        ("pillow", "10.2", "GHSA-3f63-hfp8-52jq", False),
        ("Pillow", "9.5.0", "PYSEC-2023-175", True),
        ("pillow", "10.0.1", "PYSEC-2023-175", False),
        ("django", "3.1.14", "PYSEC-2024-28", False),  # too old to have it
        ("django", "3.2.23", "PYSEC-2024-28", True),
        ("django", "3.2.9", "PYSEC-2024-28", True),  # by the range; the list here is shortened
        ("django", "3.2.24", "PYSEC-2024-28", False),
        ("django", "4.2.9", "PYSEC-2024-28", True),
        ("django", "4.2.10", "PYSEC-2024-28", False),
        ("django", "5.0.1", "PYSEC-2024-28", True),
        ("django", "5.0.2", "PYSEC-2024-28", False),
        ("django", "5.2.5", "GHSA-6w2r-r2m5-xq5w", True),
        ("django", "5.2a1", "GHSA-6w2r-r2m5-xq5w", True),
        ("django", "5.2.6", "GHSA-6w2r-r2m5-xq5w", False),
        ("django", "5.1.12", "GHSA-6w2r-r2m5-xq5w", False),
        ("django", "4.2.23", "GHSA-6w2r-r2m5-xq5w", True),
        ("django-pillow", "5.2.5", "GHSA-6w2r-r2m5-xq5w", False),
    ],
)
def test_a_version_has_what_its_record_says(name: str, version: str, record: str, has: bool) -> None:
    assert (record in ids(name, version)) is has


def test_a_fault_tells_its_names_severity_first_day_and_what_mends_it() -> None:
    (webp, code) = sorted(faults({"pillow": "10.0.0"}, RECORDS.values()), key=lambda each: each.since)
    assert (code.severity, code.since, code.fixed_in) == ("high", date(2024, 1, 19), ("10.2.0",))
    assert code.ids == ("CVE-2023-50447", "GHSA-3f63-hfp8-52jq")
    assert code.days(date(2024, 1, 26)) == 7
    assert (webp.severity, webp.since) == ("not stated", date(2023, 9, 25)), "by the day it was written"
    assert webp.is_grave, "what is not stated counts as grave"


def other(record: str, **changes: Any) -> dict[str, Any]:
    return {**RECORDS[record], **changes}


def test_one_fault_of_two_databases_is_one_with_the_severity_that_is_stated_and_the_first_day() -> None:
    twin = other("PYSEC-2023-175", id="PYSEC-1", aliases=["CVE-2023-50447"], published="2024-01-10T00:00:00Z")
    for pair in ([RECORDS["GHSA-3f63-hfp8-52jq"], twin], [twin, RECORDS["GHSA-3f63-hfp8-52jq"]]):
        (found,) = faults({"pillow": "9.0.0"}, pair)
        assert (found.severity, found.since) == ("high", date(2024, 1, 10))
        assert set(found.ids) == {"CVE-2023-50447", "GHSA-3f63-hfp8-52jq", "PYSEC-1"}


def test_a_moderate_fault_is_not_grave_and_a_withdrawn_one_is_none() -> None:
    moderate = other("GHSA-3f63-hfp8-52jq", database_specific={"severity": "MODERATE"})
    (found,) = faults({"pillow": "9.0.0"}, [moderate])
    assert not found.is_grave
    assert faults({"pillow": "9.0.0"}, [other("GHSA-3f63-hfp8-52jq", withdrawn="2025-01-01T00:00:00Z")]) == []


def test_the_last_version_that_is_affected_is_and_the_next_is_not() -> None:
    events = [{"introduced": "0"}, {"last_affected": "2.1"}]
    affected = [
        {"package": {"ecosystem": "PyPI", "name": "a.b"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    ]
    record = {"id": "X-1", "modified": "2024-01-01T00:00:00Z", "affected": affected}
    assert [len(faults({"a-b": version}, [record])) for version in ("0.1", "2.1", "2.1.1")] == [1, 1, 0]


def test_another_ecosystem_of_the_same_name_is_another_part() -> None:
    affected = [
        {**each, "package": {"ecosystem": "npm", "name": "pillow"}}
        for each in RECORDS["PYSEC-2023-175"]["affected"]
    ]
    assert faults({"pillow": "9.0.0"}, [other("PYSEC-2023-175", affected=affected)]) == []


def test_a_record_of_a_part_that_cannot_be_read_is_not_passed_over() -> None:
    events = [{"introduced": "0"}, {"fixed": "soon"}]
    affected = [
        {
            "package": {"ecosystem": "PyPI", "name": "pillow"},
            "ranges": [{"type": "ECOSYSTEM", "events": events}],
        }
    ]
    record = other("PYSEC-2023-175", affected=affected)
    with pytest.raises(BadAdvisory, match="PYSEC-2023-175"):
        faults({"pillow": "9.0.0"}, [record])
    assert faults({"django": "5.2.6"}, [record]) == [], "of a part that is not ours it is not asked"


def test_the_newest_record_says_how_old_they_all_are() -> None:
    assert latest(RECORDS.values()) == date(2025, 9, 8)
    assert latest([]) is None
