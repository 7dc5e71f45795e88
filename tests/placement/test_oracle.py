"""The two oracles, written apart, find the same best values and refuse the same pins."""

from dataclasses import replace
from pathlib import Path

import pytest

from posada.programme.folder import read_program
from posada.records import Override
from tests.placement.oracle import brute_force
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, TODAY, Sizes, random_program, write_folder
from tests.placement.sample_plan import sample_program


@pytest.mark.parametrize("seed", range(300))
def test_two_oracles_agree_on_every_level(seed: int) -> None:
    program = random_program(seed, few_edges=seed % 2 == 0)
    tried, solved = brute_force(program, policy=MARYLAND), integer_program(program, policy=MARYLAND)
    assert tried.levels == solved.levels
    assert tried.refused == solved.refused


def test_the_sample_is_planned_as_its_author_would() -> None:
    best = brute_force(sample_program(), policy=MARYLAND)
    assert best.levels[:5] == (12, 1, 12, 10, 9)
    assert best.homes == {"g1": "h1", "g2": "h2", "g3": "h3", "g4": "h4", "g7": "h4"}
    assert best.refused == {("g5", "h1")}


def test_pins_that_are_given_as_refused_are_let_go() -> None:
    program = sample_program()
    best = brute_force(program, policy=MARYLAND, refused=[("g5", "h1"), ("g1", "h1"), ("g1", "k1")])
    assert best.levels == brute_force(program, policy=MARYLAND).levels
    with pytest.raises(ValueError, match="g5 to h1"):
        brute_force(program, policy=MARYLAND, refused=[])


def test_the_second_of_two_pins_to_different_homes_is_refused() -> None:
    pins = tuple(Override("pin", "g4", "synthetic", "a worker", home_id=home) for home in ("h1", "h4"))
    program = replace(sample_program(), overrides=pins, separations=())
    for oracle in (brute_force, integer_program):
        best = oracle(program, policy=MARYLAND)
        assert best.homes["g4"] == "h1"
        assert best.refused == {("g4", "h4")}


def test_forty_groups_are_within_reach_of_the_integer_program() -> None:
    program = random_program(7, sizes=Sizes(groups=40, homes=25, counsel=8), few_edges=True)
    best = integer_program(program, policy=MARYLAND)
    assert best.levels[0] > 0
    assert program.plan_date == TODAY


def test_the_same_seed_gives_the_same_program() -> None:
    assert random_program(3) == random_program(3)
    assert random_program(3) != random_program(4)


@pytest.mark.parametrize("seed", range(20))
def test_a_random_program_reads_back_from_its_folder(seed: int, tmp_path: Path) -> None:
    program = replace(random_program(seed), held_groups={}, closed_homes=frozenset())
    write_folder(program, tmp_path / "folder")
    again = read_program(tmp_path / "folder")
    assert again.rejections == ()
    assert replace(again, input_sha256="", warnings=()) == program
