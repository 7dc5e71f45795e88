"""Whom to call first, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.licensing.enquiry import Enquiry
from posada.licensing.triage import Shortage, in_order, owner_due_on, shortages_of

DAY = date(2026, 11, 27)  # a Friday, the day after Thanksgiving
MAM = Shortage("24033", ("mam",), 2, 2, 2)
ANY = Shortage("24031", (), 3, 3, 3)


def enquiry(enquiry_id: str, **facts: object) -> Enquiry:
    sound = {"kind": "foster", "county_fips": "24005", "received_on": date(2026, 11, 25), "has_owner": True}
    return Enquiry(enquiry_id, **(sound | {"beds_offered": 2} | facts))  # type: ignore[arg-type]


def codes(*enquiries: Enquiry, on: date = DAY) -> list[tuple[str, tuple[str, ...]]]:
    ranked = in_order(enquiries, shortages=[MAM, ANY], on=on, owner_within=1)
    return [(each.enquiry.enquiry_id, tuple(reason.code for reason in each.reasons)) for each in ranked]


def test_the_best_fit_to_the_published_shortage_is_called_first() -> None:
    found = codes(
        enquiry("none"),
        enquiry("county", county_fips="24033", languages=("eng",)),
        enquiry("language", languages=("mam",)),
        enquiry("smaller", county_fips="24031", beds_offered=1),
        enquiry("fits", county_fips="24033", languages=("spa", "mam")),
    )
    assert found == [
        ("fits", ("fills_shortage",)),
        ("smaller", ("fills_in_part",)),
        ("language", ("speaks_language",)),
        ("county", ("in_county",)),
        ("none", ("no_shortage",)),
    ]


def test_of_two_that_fit_alike_the_one_that_gains_more_children_comes_first_then_the_oldest() -> None:
    found = codes(
        enquiry("young", county_fips="24033", languages=("mam",)),
        enquiry("old", county_fips="24033", languages=("mam",), received_on=date(2026, 11, 1)),
        enquiry("more", county_fips="24031", beds_offered=3),
    )
    assert [each for each, _ in found] == ["more", "old", "young"]


def test_an_enquiry_without_an_owner_after_one_business_day_comes_before_all_others() -> None:
    late = enquiry("late", has_owner=False, received_on=date(2026, 11, 24))
    fits = enquiry("fits", county_fips="24033", languages=("mam",))
    assert codes(fits, late) == [("late", ("no_owner",)), ("fits", ("fills_shortage",))]


def test_a_holiday_is_no_business_day() -> None:
    assert owner_due_on(date(2026, 11, 25), owner_within=1) == DAY
    waiting = enquiry("waiting", has_owner=False)
    assert codes(waiting) == [("waiting", ("no_shortage",))]
    assert codes(waiting, on=date(2026, 11, 28)) == [("waiting", ("no_owner",))]


def test_kin_are_called_before_strangers() -> None:
    fits = enquiry("fits", county_fips="24033", languages=("mam",))
    assert codes(fits, enquiry("aunt", kind="kin"))[0] == ("aunt", ("kin",))


def test_a_home_that_takes_fewer_siblings_than_are_short_fills_it_in_part() -> None:
    found = codes(enquiry("small", county_fips="24033", languages=("mam",), max_siblings=1))
    assert found == [("small", ("fills_in_part",))]


def test_an_offer_of_no_beds_fills_nothing() -> None:
    assert codes(enquiry("none", county_fips="24031", beds_offered=0)) == [("none", ("no_shortage",))]


def test_rows_of_the_file_and_rows_of_the_plan_are_read_alike() -> None:
    of_file = {
        "kind": "home",
        "county_fips": "24033",
        "court_code": "",
        "languages": "mam;spa",
        "beds": "2",
        "max_siblings": "",
        "children_gained": "2",
    }
    of_plan = {
        "kind": "home",
        "county_fips": "24033",
        "court_code": None,
        "languages": ("mam", "spa"),
        "beds": 2,
        "max_siblings": None,
        "children_gained": 2,
    }
    counsel = {"kind": "counsel", "court_code": "BAL", "children_gained": "4"}
    expected = (Shortage("24033", ("mam", "spa"), 2, None, 2),)
    assert shortages_of([of_file, counsel]) == shortages_of([of_plan]) == expected


def test_a_row_that_names_no_county_or_number_is_refused() -> None:
    with pytest.raises(ValueError, match="no county"):
        shortages_of([{"kind": "home", "beds": "1", "children_gained": "1"}])
    with pytest.raises(ValueError, match="whole number"):
        shortages_of([{"kind": "home", "county_fips": "24033", "beds": "1.0", "children_gained": "1"}])


ENQUIRIES = st.lists(
    st.builds(
        enquiry,
        st.text("abc", min_size=1, max_size=3),
        kind=st.sampled_from(["kin", "foster"]),
        county_fips=st.sampled_from(["24033", "24031", "24005"]),
        languages=st.sampled_from([(), ("mam",), ("spa", "eng")]),
        beds_offered=st.integers(0, 4),
        received_on=st.dates(date(2026, 11, 1), DAY),
        has_owner=st.booleans(),
    ),
    unique_by=lambda each: each.enquiry_id,
    max_size=12,
)


@given(ENQUIRIES, st.randoms())
def test_the_order_is_the_same_however_enquiries_come_in_and_loses_none(found, chance) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    ranked = in_order(found, shortages=[MAM, ANY], on=DAY, owner_within=1)
    assert ranked == in_order(shuffled, shortages=[MAM, ANY], on=DAY, owner_within=1)
    assert {each.enquiry.enquiry_id for each in ranked} == {each.enquiry_id for each in found}
    assert all(each.reasons for each in ranked)
