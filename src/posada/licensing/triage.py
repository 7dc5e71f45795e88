"""Whom to call first: enquiries in the order of the published shortage, each with its reasons.

Comes in: enquiries, and the rows of a plan's recruit.csv. Goes out: `Ranked` enquiries, always in the same
order for the same input. No score is hidden: an enquiry's reasons are its place in the order.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_triage.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from posada.docket.calendar import CalendarGap, business_days_from
from posada.licensing.enquiry import Enquiry

HOME = "home"
NO_SHORTAGE = "no_shortage"
FITS = ("fills_shortage", "fills_in_part", "speaks_language", "in_county", NO_SHORTAGE)
"""How well an enquiry fills a shortage, best first: county, language and size; county and language, but
smaller; the language, in another county; the county, without the language; not at all."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """One row of recruit.csv that asks for a home: what it should be like, and how many children it gains."""

    county_fips: str
    languages: tuple[str, ...]
    beds: int
    max_siblings: int | None
    children_gained: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an enquiry stands where it does: a code, and the values that its words name."""

    code: str  # no_owner, kin, fills_shortage, fills_in_part, speaks_language, in_county, no_shortage
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An enquiry with the reasons for its place, the weightiest first."""

    enquiry: Enquiry
    reasons: tuple[Reason, ...]
    children_gained: int


def shortages_of(rows: Iterable[Mapping[str, object]]) -> tuple[Shortage, ...]:
    """The homes asked for by rows of recruit.csv, as texts or as `placement.recruit.recruit_rows` gives them.

    Raises ValueError where a row that asks for a home names no county or no whole number.
    """
    return tuple(_shortage(row) for row in rows if row.get("kind") == HOME)


def in_order(
    enquiries: Iterable[Enquiry], *, shortages: Sequence[Shortage], on: date, owner_within: int
) -> tuple[Ranked, ...]:
    """The enquiries, whom to call first at the front: whoever nobody is answerable for yet although the time
    for it is over; then kin; then those who fill a shortage best (`FITS`, then children gained); then the
    oldest.

    `owner_within`: business days within which each enquiry has an owner (rule `enquiry.owner_days`).
    """
    ranked = [_ranked(each, shortages, on=on, owner_within=owner_within) for each in enquiries]
    return tuple(ranked_one for _, ranked_one in sorted(ranked, key=lambda pair: pair[0]))


def owner_due_on(received_on: date, *, owner_within: int) -> date:
    """The last day on which an enquiry may be without an owner: so many business days after it came.

    >>> owner_due_on(date(2026, 11, 25), owner_within=1)  # Thanksgiving is passed over
    datetime.date(2026, 11, 27)
    """
    try:
        return business_days_from(received_on, count=owner_within)
    except CalendarGap:  # the calendar of holidays ends somewhere; weekends do not
        day, left = received_on, owner_within
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day


_Key = tuple[bool, bool, int, int, date, str]


def _ranked(
    enquiry: Enquiry, shortages: Sequence[Shortage], *, on: date, owner_within: int
) -> tuple[_Key, Ranked]:
    due = owner_due_on(enquiry.received_on, owner_within=owner_within)
    is_late = not enquiry.has_owner and on > due
    is_kin = enquiry.kind == "kin"
    fit, gained, shortage = _best(enquiry, shortages)
    reasons = [
        *([Reason("no_owner", (("date", enquiry.received_on.isoformat()),))] if is_late else []),
        *([Reason("kin")] if is_kin else []),
    ]
    if fit != NO_SHORTAGE or not reasons:
        reasons.append(Reason(fit, _values(enquiry, shortage, gained)))
    key = (not is_late, not is_kin, FITS.index(fit), -gained, enquiry.received_on, enquiry.enquiry_id)
    return key, Ranked(enquiry, tuple(reasons), children_gained=gained)


def _best(enquiry: Enquiry, shortages: Sequence[Shortage]) -> tuple[str, int, Shortage | None]:
    """The shortage that it fills best: how well, how many children it gains there, and which one it is."""
    found = [
        (FITS.index(fit), -_gain(enquiry, each), each.county_fips, each.languages, at)
        for at, each in enumerate(shortages)
        if (fit := _fit(enquiry, each)) != NO_SHORTAGE
    ]
    if not found:
        return NO_SHORTAGE, 0, None
    rank, less, _, _, at = min(found)
    return FITS[rank], -less, shortages[at]


def _fit(enquiry: Enquiry, shortage: Shortage) -> str:
    is_near = enquiry.county_fips == shortage.county_fips
    speaks = not shortage.languages or bool(set(shortage.languages) & set(enquiry.languages))
    if not (enquiry.beds_offered > 0 and shortage.children_gained > 0):
        return NO_SHORTAGE
    if not speaks:
        return "in_county" if is_near else NO_SHORTAGE
    if not is_near:
        # A home anywhere fills a shortage that asks for no language: that tells nothing about this one.
        return "speaks_language" if shortage.languages else NO_SHORTAGE
    takes = enquiry.max_siblings is None or enquiry.max_siblings >= (shortage.max_siblings or 0)
    return "fills_shortage" if enquiry.beds_offered >= shortage.beds and takes else "fills_in_part"


def _gain(enquiry: Enquiry, shortage: Shortage) -> int:
    return min(enquiry.beds_offered, shortage.children_gained)


def _values(enquiry: Enquiry, shortage: Shortage | None, gained: int) -> tuple[tuple[str, str], ...]:
    if shortage is None:
        return ()
    spoken = [code for code in shortage.languages if code in enquiry.languages]
    return (
        ("children", str(gained)),
        ("county_fips", shortage.county_fips),
        ("languages", ";".join(spoken or shortage.languages)),
        ("beds", str(shortage.beds)),
    )


def _shortage(row: Mapping[str, object]) -> Shortage:
    county = str(row.get("county_fips") or "")
    if not county:
        raise ValueError("a row of recruit.csv that asks for a home names no county")
    languages = row.get("languages") or ()
    listed = languages.split(";") if isinstance(languages, str) else languages
    most = row.get("max_siblings")
    return Shortage(
        county_fips=county,
        languages=tuple(str(code) for code in listed) if isinstance(listed, Iterable) else (),
        beds=_whole(row.get("beds")),
        max_siblings=None if most in (None, "") else _whole(most),
        children_gained=_whole(row.get("children_gained")),
    )


def _whole(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"recruit.csv: {text[:40]!r} is not a whole number")
    return int(text)
