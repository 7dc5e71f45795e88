"""The errors carry plain lines."""

from posada.programme import FolderUnreadable
from posada.records import Rejection


def test_an_unreadable_folder_carries_its_lines_and_the_rows_refused_so_far() -> None:
    rejection = Rejection("homes.csv", 1, "home_id", "", "a value")
    error = FolderUnreadable(("one", "two"), rejections=(rejection,))
    assert str(error) == "one\ntwo"
    assert error.messages == ("one", "two")
    assert error.rejections == (rejection,)
