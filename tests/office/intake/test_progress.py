"""Progress is told beside the data, in counts only."""

from uuid import uuid4

from posada.office.intake import progress


def test_progress_is_noted_read_and_forgotten() -> None:
    pk = uuid4()
    assert progress.read(pk).at == 0
    progress.note(pk, "children.csv", 2_000, 57_496)
    found = progress.read(pk)
    assert (found.step, found.done, found.total, found.has_stalled) == ("children.csv", 2_000, 57_496, False)
    progress.forget(pk)
    assert progress.read(pk).has_stalled
