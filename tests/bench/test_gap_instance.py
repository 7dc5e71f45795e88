"""Assignment instances: read as they are published, and refused where they are not whole."""

import zipfile

import numpy as np
import pytest
from gap_instance import (
    FOLDER,
    LARGE_NAMES,
    NotAnInstance,
    model_of,
    other_names,
    read_instance,
    recorded_bounds,
    small_names,
    value_of,
)

from posada.placement.exact import solve_exactly

TEXT = "2 3\n 4 1\n 2  3 5 1\n 1 1 1 1 1 9\n 2 2"


def written(folder, text):
    path = folder / "tiny.txt"
    path.write_text(text)
    return path


def test_numbers_may_be_split_over_lines_anywhere(tmp_path):
    instance = read_instance(written(tmp_path, TEXT))
    assert instance.cost.tolist() == [[4, 1, 2], [3, 5, 1]]
    assert instance.load.tolist() == [[1, 1, 1], [1, 1, 9]]
    assert instance.capacity.tolist() == [2, 2]


def test_a_zip_reads_like_the_text_in_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "tiny.zip", "w") as archive:
        archive.writestr("tiny", TEXT)
    assert read_instance(tmp_path / "tiny.zip").cost.shape == (2, 3)


@pytest.mark.parametrize("text", ["", "2", "0 3", "2 3 1 2 3", TEXT + " 7", "two three"])
def test_what_is_no_instance_is_refused_in_one_line(tmp_path, text):
    with pytest.raises(NotAnInstance) as refused:
        read_instance(written(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_a_pair_that_can_never_fit_is_left_out(tmp_path):
    model = model_of(read_instance(written(tmp_path, TEXT)), is_max=False)
    assert list(zip(model.edge_item.tolist(), model.edge_bin.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (2, 0),
    ]


def test_the_least_cost_and_the_greatest_profit_are_found(tmp_path):
    instance = read_instance(written(tmp_path, TEXT))
    for is_max, best in ((False, 6), (True, 11)):
        model = model_of(instance, is_max=is_max)
        solution = solve_exactly(model)
        assert value_of(instance, model, solution.x) == best == solution.bounds[0]


def test_an_assignment_that_overloads_an_agent_is_not_counted(tmp_path):
    instance = read_instance(written(tmp_path, TEXT))
    model = model_of(instance, is_max=False)
    with pytest.raises(ValueError, match="overloaded"):
        value_of(instance, model, np.array([1, 0, 1, 0, 1]))
    with pytest.raises(ValueError, match="exactly once"):
        value_of(instance, model, np.array([1, 0, 0, 0, 1]))


def test_every_shipped_instance_is_in_one_list_and_has_recorded_bounds():
    small, others, recorded = small_names(), other_names(), recorded_bounds()
    names = [*small, *LARGE_NAMES, *others]
    assert len(names) == len(set(names)) == len(list(FOLDER.glob("*.zip"))) == 117
    assert len(small) == 60
    assert all(f"{name}_Max" in recorded for name in small)
    assert all(f"{name}_Min" in recorded for name in [*LARGE_NAMES, *others])


def test_a_shipped_instance_comes_to_its_known_optimum():
    instance = read_instance(FOLDER / "c0515_1.zip")
    solution = solve_exactly(model_of(instance, is_max=True))
    assert solution.values[0] == recorded_bounds()["c0515_1_Max"][1]
