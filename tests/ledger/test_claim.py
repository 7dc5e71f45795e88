"""The claim "first per head" is answered from the tables, and no further."""

import pytest

from posada.ledger.claim import evidence, findings, gaps, growth_needed, report_text
from posada.ledger.per_capita import FISCAL_2014, YEARS

JULY_LIST = "2014-01-01..2014-07-31"


def test_maryland_comes_first_of_the_states_in_every_ranked_list_of_2014() -> None:
    ranked = [one for one in findings(2014) if one.is_first_of_states is not None]
    assert len(ranked) == 9
    assert all(one.is_first_of_states for one in ranked)


def test_the_district_of_columbia_passes_maryland_under_one_denominator() -> None:
    passed = [one for one in findings(2014) if one.is_first_with_dc is False]
    assert [(one.period, one.denominator) for one in passed] == [
        (FISCAL_2014, "under 18 civilian, Vintage 2019")
    ]
    assert passed[0].rivals[0].state == "DC"
    assert passed[0].confirmed == 0


def test_a_list_without_the_state_or_too_short_answers_neither_way() -> None:
    answers = {one.period: one.is_first_of_states for one in findings(2014)}
    assert answers["2014-01-01..2014-08-31"] is None
    assert answers["2014-01-01..2014-09-30"] is None
    assert answers["2013-10-01..2014-10-31"] is None


def test_another_state_is_not_called_first() -> None:
    texas = [one for one in findings(2014, state="TX") if one.is_first_of_states is not None]
    assert not any(one.is_first_of_states for one in texas)


def test_a_partial_list_says_what_an_unlisted_state_would_need() -> None:
    found = growth_needed(JULY_LIST)
    assert found is not None
    assert found[0] == "RI"
    assert found[1] == pytest.approx(208.22 * 213_000 / 100_000 / 119, rel=0.01)
    assert growth_needed("2014-01-01..2014-07-07") is None


def test_the_report_names_verification_gaps_and_counterevidence() -> None:
    text = report_text(2014)
    assert "among the 13 listed of 51" in text
    assert "not verified" in text
    assert "39 more than the published total of 30,340" in text
    assert "qualifies: 2014-08-05, Baltimore Sun" in text
    assert "mostly to family" in text


def test_years_without_a_population_are_named_as_a_gap() -> None:
    assert gaps(2021) == (
        "No population table for FY2021 ships with Posada: counts are given, rates and ranks are not.",
    )
    assert "No list of this period can rank MD." in report_text(2021)


@pytest.mark.parametrize("year", YEARS)
def test_every_covered_year_has_a_report(year: int) -> None:
    assert report_text(year).startswith("Children released to sponsors per 100,000 residents")


def test_evidence_is_read_with_its_bearing() -> None:
    assert {one.bearing for one in evidence()} == {"claim", "supports", "qualifies", "context"}
