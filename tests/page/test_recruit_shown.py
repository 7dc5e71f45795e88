"""Whom to recruit, on the page: everything for the office, nothing that points to few children outside."""

from dataclasses import replace

import pytest

from posada.page.recruit_shown import appeals, office_list
from posada.page.render import render
from posada.page.wording import Wording
from posada.placement.recruit import Gain
from posada.placement.recruit_wanted import Wanted
from tests.page.sample import sample, summary_of

HOME = Gain(
    Wanted("home", "24031", ("mam",), beds=5, max_siblings=5, needs=("asthma",), reach=11),
    "children_placed",
    5,
    proven=True,
)
COUNSEL = Gain(Wanted("counsel", "BAL", ("spa",), slots=3, reach=40), "children_represented", 4, proven=True)
FEW = replace(HOME, wanted=replace(HOME.wanted, languages=("kjb",), reach=10))


def test_the_public_reads_place_and_language_and_no_number() -> None:
    program, _ = sample()
    found = appeals([HOME, COUNSEL, FEW, HOME], replace(program, courts=(), state="MD"), Wording("en"))
    assert found == (
        "A home in Montgomery County where Mam is spoken",
        "Counsel at BAL who speak Spanish",
    )


def test_what_is_wanted_for_fewer_than_eleven_children_is_not_told() -> None:
    program, _ = sample()
    assert appeals([FEW], program, Wording("en")) == ()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_office_reads_every_line_with_its_gain(lang: str) -> None:
    program, _ = sample()
    (listing,) = office_list([HOME, COUNSEL, FEW], program, Wording(lang))
    assert listing.total == 3
    first, second, _ = listing.pages[0].rows
    assert "5" in first[3] and "asthma" in first[3] and "5" in first[4]
    assert "3" in second[3]
    assert office_list([], program, Wording(lang)) == ()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_has_the_one_or_the_other(lang: str) -> None:
    program, plan = sample()
    pages = [
        render(
            plan=plan,
            program=program,
            policy_title="rules",
            summary=summary_of(program),
            lang=lang,
            internal=internal,
            recruit=[HOME, COUNSEL],
        )
        for internal in (False, True)
    ]
    words = Wording(lang)
    assert [words("recruit.title") in page for page in pages] == [True, False]
    assert [words("detail.recruit") in page for page in pages] == [False, True]
    assert "asthma" not in pages[0]
