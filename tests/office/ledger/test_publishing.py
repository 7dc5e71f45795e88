"""Figures that the public site proves, equal to a recount, and safe beside the edition before."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from posada.newsroom.appeals_told import read_appeals
from posada.newsroom.figures import read_figures, read_signed
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.counsel.models import Engagement
from posada.office.exchange_keys import figures_signer, public_bytes
from posada.office.intake.models import Child, ProgramSettings
from posada.office.ledger import publishing
from posada.office.ledger.models import Publication
from posada.office.placement.models import Placement
from posada.office.refusals import NotThere
from tests.office.ledger.test_closing import OCTOBER, closed_by
from tests.office.people import acting, assign_placement, counsel_of, group_of, home_of


def program(homes: int = 12, waiting: int = 15, represented: int = 12) -> None:
    """Groups of two children: with kin and in foster homes, some of them with counsel; and children who wait."""
    for kind in ("kin", "foster", "group"):
        for number in range(homes):
            group = group_of(date(2012, 1, 1), date(2014, 1, 1), arrived_on=date(2026, 9, 1))
            home = home_of(kind=kind, cost_cents_per_child_day=3_000)
            assign_placement(group, home, from_date=date(2026, 9, 11))
            if number < represented // 2:
                Engagement.objects.create(counsel=counsel_of(), group=group, from_date=date(2026, 10, 1))
    counsel = counsel_of()
    for number in range(waiting * 2):
        group = group_of(languages=["spa"])
        if number % 2:
            Engagement.objects.create(counsel=counsel, group=group, from_date=date(2026, 10, 1))


def read() -> Any:
    """As the public site reads them."""
    key = public_bytes(figures_signer(settings.DEPLOYMENT.keys.audit))
    return read_figures(Path(settings.DEPLOYMENT.folder) / "exchange/to_public/figures.json", public_key=key)


def test_the_public_site_proves_the_file_and_its_figures_equal_a_recount() -> None:
    program()
    director = acting(Role.PROGRAM_DIRECTOR)
    closed_by(director)
    publishing.publish_now(director)
    found = read().figures
    living = Placement.objects.filter(to_date__isnull=True).values("child").distinct()
    engaged = Child.objects.filter(group__engagements__isnull=False).distinct()
    assert found["children_sheltered"].value == living.count() == 72
    assert found["children_with_kin"].value == living.filter(home__kind="kin").count()
    assert found["children_waiting"].value == Child.objects.count() - living.count()
    assert found["children_represented"].value == engaged.count()
    assert found["siblings_together"].value == 100
    assert found["days_to_home_median"].value == 10
    assert found["cost_per_child_day"].value == 3_000
    assert found["cost_state"].value == 48 * 31 * 3_000
    assert found["cost_family"].value == 24 * 31 * 3_000
    assert Entry.objects.filter(act="figures.publish").count() == 1


def test_what_is_short_is_signed_as_the_figures_are() -> None:
    publishing.publish_now(acting(Role.PROGRAM_DIRECTOR))
    path = Path(settings.DEPLOYMENT.folder) / "exchange/to_public/appeals.json"
    key = public_bytes(figures_signer(settings.DEPLOYMENT.keys.audit))
    assert (
        read_signed(path, public_key=key)["appeals"] == [] == list(read_appeals(path, public_key=key).short)
    )
    assert read_appeals(path, public_key=key).made_on == read().made_on


def test_a_small_program_publishes_no_count_at_all() -> None:
    program(homes=1, waiting=2, represented=0)
    publishing.publish_now(acting(Role.PROGRAM_DIRECTOR))
    figures = read().figures
    assert {f.value for f in figures.values() if f.unit in ("children", "percent", "days")} == {None}
    assert figures["children_sheltered"].hidden_because == "small"


def test_an_edition_beside_the_one_before_tells_no_small_difference() -> None:
    program()
    director = acting(Role.PROGRAM_DIRECTOR)
    publishing.publish_now(director)
    before = read().figures["children_sheltered"].value
    assign_placement(group_of(), home_of(kind="kin"), from_date=date(2026, 11, 20))
    publishing.publish_now(director)
    assert read().figures["children_sheltered"].value == before
    assert [each.number for each in Publication.objects.order_by("number")] == [1, 2]


def test_the_counts_behind_an_edition_never_leave() -> None:
    program(homes=1, waiting=2, represented=0)
    publishing.publish_now(acting(Role.PROGRAM_DIRECTOR))
    folder = Path(settings.DEPLOYMENT.folder) / "exchange/to_public"
    text = (folder / "figures.json").read_text()
    assert "counts" not in json.loads(text)
    assert all(cell is None for row in json.loads(text)["tables"][0]["cells"] for cell in row)
    ids = [*Child.objects.values_list("pk", flat=True), *Child.objects.values_list("child_id", flat=True)]
    assert not [each for each in ids if str(each) in text]


def test_only_the_director_publishes_and_the_machine_once_it_is_switched_on() -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.NEWSROOM_EDITOR):
        with pytest.raises(NotThere):
            publishing.publish_now(acting(role))
        with pytest.raises(NotThere):
            publishing.switch_daily(acting(role), on=True)
    assert publishing.publish_daily() is None
    publishing.switch_daily(acting(Role.PROGRAM_DIRECTOR), on=True)
    edition = publishing.publish_daily()
    assert edition is not None and edition.by is None
    ProgramSettings.objects.update(is_muted=True)
    assert publishing.publish_daily() is None


def test_an_edition_that_never_reached_the_exchange_is_put_out_before_the_next() -> None:
    director = acting(Role.PROGRAM_DIRECTOR)
    first = publishing.publish_now(director)
    path = Path(settings.DEPLOYMENT.folder) / "exchange/to_public/figures.json"
    path.unlink()
    publishing._catch_up()
    assert json.loads(path.read_text())["signature"] == first.told["signature"]
    assert read().title == "Test"


def test_the_month_told_is_the_last_one_that_was_closed() -> None:
    program()
    director = acting(Role.PROGRAM_DIRECTOR)
    closed_by(director)
    late = Placement.objects.filter(home__kind="kin")[:2]
    Placement.objects.filter(pk__in=[each.pk for each in late]).update(to_date=date(2026, 10, 2))
    publishing.publish_now(director)
    found = read().figures["cost_per_child_day"]
    assert (found.value, found.as_of) == (3_000, date(2026, 10, 31))
    assert found.as_of > OCTOBER
