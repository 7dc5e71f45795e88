"""Kin homes and links."""

from collections import Counter

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.families import families
from posada.demonstration.kin import kin

FAMILIES = families(shipped(), scope="national", children=6000, seed=1)
KIN = kin(shipped(), families=FAMILIES, kin_share=0.9, state=None, seed=1)


def test_nine_in_ten_groups_have_kin() -> None:
    linked = {link.sibling_group_id for link in KIN.links}
    assert len(linked) / len(FAMILIES) == pytest.approx(0.9, abs=0.02)
    assert linked == KIN.county_of_group.keys()


def test_about_one_in_twenty_share_a_kin_home() -> None:
    groups_of = Counter(link.home_id for link in KIN.links)
    shared = {home for home, groups in groups_of.items() if groups == 2}
    sharing = {link.sibling_group_id for link in KIN.links if link.home_id in shared}
    assert max(groups_of.values()) == 2
    assert len(sharing) / len(KIN.county_of_group) == pytest.approx(0.05, abs=0.02)


def test_kin_homes_have_no_license_and_cost_nothing() -> None:
    assert all(home.kind == "kin" and home.license_from is None for home in KIN.homes)
    assert {home.cost_cents_per_child_day for home in KIN.homes} == {0}


def test_every_link_names_a_home_and_a_category() -> None:
    assert {link.home_id for link in KIN.links} == {home.home_id for home in KIN.homes}
    assert {link.sponsor_category for link in KIN.links} == {"1", "2A", "2B", "3"}


def test_nobody_has_kin_where_the_share_is_zero() -> None:
    none = kin(shipped(), families=FAMILIES, kin_share=0, state=None, seed=1)
    assert (none.homes, none.links) == ((), ())
