"""An audit outside the office: no small figure is shown, and none can be worked out from those that are."""

from dataclasses import replace
from random import Random

import highspy
import pytest

from posada.page.audit_shown import (
    COUNTS,
    OTHERS,
    ShownAudit,
    _figures,
    _together,
    exactly,
    for_the_public,
)
from posada.page.disclosure import is_small
from posada.placement.audit import Audit, Row, audit
from tests.placement.sample_plan import sample_plan, sample_program


def random_audit(seed: int, *, scale: int = 12) -> Audit:
    """Some dozens or hundreds of children in tables that share their total."""
    rng = Random(seed)
    children = []
    for _ in range(rng.randint(5, 10) * scale):
        placed = rng.random() < 0.8
        kin = placed and rng.random() < 0.6
        shares = kin or (placed and rng.random() < 0.5)
        known = rng.random() < 0.9
        outcome = Row(
            children=1,
            placed=int(placed),
            waiting=int(not placed),
            with_kin=int(kin),
            sharing_language=int(shares),
            represented=int(placed and rng.random() < 0.5),
            days_known=int(known),
            days_waited=rng.randint(0, 200) * known,
        )
        children.append((outcome, rng.choice("FFFMMMX"), rng.choice(("HND", "GTM", "SLV", "MEX", "NIC"))))
    tables: dict[str, dict[str, Row]] = {"sex": {}, "country": {}}
    for row, sex, country in children:
        tables["sex"][sex] = tables["sex"].get(sex, Row()) + row
        tables["country"][country] = tables["country"].get(country, Row()) + row
    return Audit(tables=tables, total=sum((row for row, _, _ in children), Row()))


def shown_figures(found: ShownAudit) -> dict[str, int]:
    """Name -> figure, for the figures that are shown."""
    rows = {"total": found.total} | {
        f"{name}:{key}": row for name, rows in found.tables.items() for key, row in rows.items()
    }
    return {
        f"{place}|{count}": figure
        for place, row in rows.items()
        for count, figure in row.counts.items()
        if figure is not None
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_small_figure_is_shown_and_none_follows_from_the_others(seed: int) -> None:
    """By a linear program for every small figure: with all sums and all shown figures, it can still vary."""
    exact = random_audit(seed)
    shown = shown_figures(for_the_public(exact))
    assert not [name for name, figure in shown.items() if is_small(figure)]
    merged = Audit({name: _together(name, rows) for name, rows in exact.tables.items()}, exact.total)
    figures, ties = _figures(merged)
    assert {name: figures[name] for name in shown} == shown
    place = {name: at for at, name in enumerate(figures)}
    solver = highspy.Highs()
    solver.silent()
    for name in figures:
        low, high = (shown[name], shown[name]) if name in shown else (0, exact.total.children)
        solver.addVar(low, high)
    for tie in ties:
        at, signs = zip(*((place[name], sign) for name, sign in tie.signs.items()), strict=True)
        solver.addRow(0, 0, len(at), list(at), list(map(float, signs)))
    for name in figures:
        if not is_small(figures[name]):
            continue
        reach = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver.changeColCost(place[name], 1.0)
            solver.changeObjectiveSense(sense)
            solver.run()
            reach.append(solver.getInfo().objective_function_value)
        solver.changeColCost(place[name], 0.0)
        assert reach[1] - reach[0] >= 1, (name, figures[name], reach)


def test_in_the_office_every_figure_is_exact() -> None:
    exact = random_audit(1)
    found = exactly(exact)
    assert found.exact
    for name, rows in exact.tables.items():
        for key, row in rows.items():
            assert found.tables[name][key].counts == {count: getattr(row, count) for count in COUNTS}
    assert found.total.mean_days_waited == round(exact.total.days_waited / exact.total.days_known, 1)


def test_where_all_rows_are_large_nothing_is_hidden() -> None:
    big = Row(300, 200, 100, 100, 150, 100, 250, 2500)
    found = for_the_public(Audit({"sex": {"F": big, "M": big}}, big + big))
    assert None not in found.total.counts.values()
    assert None not in found.tables["sex"]["F"].counts.values()
    assert found.tables["sex"]["F"].mean_days_waited == 10.0


def test_countries_and_languages_of_few_are_told_together() -> None:
    big, few = Row(300, 200, 100, 100, 150, 100, 250, 2500), Row(9, 6, 3, 3, 6, 3, 9, 90)
    rows = {"HND": big, "GTM": big, "BLZ": few, "CHN": few, "COL": few, "CRI": few}
    found = for_the_public(Audit({"country": rows}, sum(rows.values(), Row())))
    assert list(found.tables["country"]) == ["HND", "GTM", OTHERS]
    assert found.tables["country"][OTHERS].counts["children"] == 36
    assert list(exactly(Audit({"country": rows}, big)).tables["country"]) == list(rows)


def test_a_mean_of_few_is_hidden_and_so_is_one_that_would_tell_it() -> None:
    big, few = Row(300, 200, 100, 100, 150, 100, 250, 2500), Row(40, 20, 20, 11, 15, 11, 3, 600)
    rows = {"F": big, "M": replace(big, days_known=100), "X": few}
    found = for_the_public(Audit({"sex": rows}, sum(rows.values(), Row())))
    assert found.tables["sex"]["X"].mean_days_waited is None
    assert found.tables["sex"]["M"].mean_days_waited is None
    assert found.tables["sex"]["F"].mean_days_waited == 10.0


def test_a_plan_of_few_children_shows_nothing_of_them() -> None:
    found = for_the_public(audit(sample_program(), sample_plan(), country_of={}))
    assert not [figure for figure in shown_figures(found).values() if is_small(figure)]
