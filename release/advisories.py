"""Which published faults the parts of a release have: records in the OSV format against names and versions.

Pure: comes in records as read from JSON (ossf.github.io/osv-schema), goes out `Fault`s. One fault that two databases
tell under two names is one. What a record does not say counts as the worst: a fault without a severity is high.
Docs: docs/how-to/make-a-release.md. Tests: tests/release/test_advisories.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"
WORDS = {"LOW": "low", "MODERATE": "moderate", "MEDIUM": "moderate", "HIGH": "high", "CRITICAL": "critical"}
NOT_STATED = "not stated"
GRAVE = ("high", "critical", NOT_STATED)
"""Severities that may not stay."""
ORDER = ("low", "moderate", NOT_STATED, "high", "critical")


class BadAdvisory(ValueError):  # noqa: N818
    """A record that names one of our parts and cannot be read: nobody knows then what it says."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One known fault of one part. `since`: the first day on which it was public."""

    name: str
    version: str
    ids: tuple[str, ...]
    severity: str
    since: date
    fixed_in: tuple[str, ...]
    summary: str

    def days(self, on: date) -> int:
        """How long it has been known on a day."""
        return (on - self.since).days

    @property
    def is_grave(self) -> bool:
        """Whether it may not stay."""
        return self.severity in GRAVE


def faults(parts: Mapping[str, str], records: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Every fault of the parts (name → version), each once, the worst first. Raises BadAdvisory."""
    versions: dict[str, str] = {canonicalize_name(name): version for name, version in parts.items()}
    found: list[Fault] = []
    for record in records:
        if record.get("withdrawn"):
            continue
        for name in sorted({_name(each) for each in record.get("affected", ())} & versions.keys()):
            concerned = [each for each in record["affected"] if _name(each) == name]
            if any(_is_affected(versions[name], each, record) for each in concerned):
                found.append(_fault(name, versions[name], record, concerned))
    return sorted(_once_each(found), key=lambda each: (-ORDER.index(each.severity), each.since, each.name))


def latest(records: Iterable[Mapping[str, Any]]) -> date | None:
    """The day on which the newest of the records was written or changed."""
    return max((_day(each["modified"]) for each in records if each.get("modified")), default=None)


def _name(affected: Mapping[str, Any]) -> str:
    package = affected.get("package", {})
    return canonicalize_name(package["name"]) if package.get("ecosystem") == ECOSYSTEM else ""


def _is_affected(version: str, affected: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """By the list of versions or by a range, as the format says: either is enough."""
    if version in affected.get("versions", ()):
        return True
    ranges = [each for each in affected.get("ranges", ()) if each.get("type") in ("ECOSYSTEM", "SEMVER")]
    try:
        return any(_is_within(Version(version), each["events"]) for each in ranges)
    except (InvalidVersion, KeyError, TypeError) as wrong:
        raise BadAdvisory(f"{record.get('id')} names {_name(affected)} and cannot be read: {wrong}") from None


def _is_within(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Whether a version lies in a range: after what introduced the fault, and not after what ended it."""
    inside = False
    for at, kind in sorted((_at(event) for event in events), key=lambda each: each[0]):
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _at(event: Mapping[str, str]) -> tuple[Version, str]:
    ((kind, text),) = event.items()
    return Version("0.dev0" if text == "0" else text), kind


def _fault(
    name: str, version: str, record: Mapping[str, Any], concerned: Iterable[Mapping[str, Any]]
) -> Fault:
    said = str(record.get("database_specific", {}).get("severity", "")).upper()
    events = [event for each in concerned for span in each.get("ranges", ()) for event in span["events"]]
    text = record.get("summary") or record.get("details", "")
    return Fault(
        name=name,
        version=version,
        ids=tuple(sorted({record["id"], *record.get("aliases", ())})),
        severity=WORDS.get(said, NOT_STATED),
        since=_day(record.get("published") or record["modified"]),
        fixed_in=tuple(sorted({event["fixed"] for event in events if "fixed" in event}, key=Version)),
        summary=" ".join(text.split())[:200],
    )


def _once_each(found: Iterable[Fault]) -> list[Fault]:
    """Faults of one part that share a name are one: all names, the worst severity that is stated, the first day."""
    kept: list[Fault] = []
    for each in found:
        same = [other for other in kept if other.name == each.name and set(other.ids) & set(each.ids)]
        kept = [other for other in kept if other not in same]
        all_ = (*same, each)
        stated = [one.severity for one in all_ if one.severity != NOT_STATED]
        kept.append(
            Fault(
                name=each.name,
                version=each.version,
                ids=tuple(sorted({name for one in all_ for name in one.ids})),
                severity=max(stated, key=ORDER.index) if stated else NOT_STATED,
                since=min(one.since for one in all_),
                fixed_in=max((one.fixed_in for one in all_), key=len),
                summary=min((one.summary for one in all_ if one.summary), key=len, default=""),
            )
        )
    return kept


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()
