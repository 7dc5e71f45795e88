"""What can stop a program folder from being read, or a plan from being written: plain sentences.

Docs: docs/reference/program-folder.md. Tests: tests/programme/test_errors.py.
"""

from posada.records import Rejection


class FolderUnreadable(Exception):  # noqa: N818
    """Nothing can be planned from a folder. `messages`: one line each; `rejections`: rows refused so far."""

    def __init__(self, messages: tuple[str, ...], *, rejections: tuple[Rejection, ...] = ()) -> None:
        self.messages = messages
        self.rejections = rejections
        super().__init__("\n".join(messages))


class PlanUnreadable(Exception):  # noqa: N818
    """A folder is not a plan that Posada wrote, or not a whole one; the message is one line."""


class ScenarioRefused(Exception):  # noqa: N818
    """A scenario file that cannot be used. `messages`: one line for each fault."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


class OutExists(Exception):  # noqa: N818
    """The output folder is there already and replacing it was not asked for."""


class OutNotReplaceable(Exception):  # noqa: N818
    """The output path holds something that Posada did not write, or lies across the input folder."""


class OutNotWritten(Exception):  # noqa: N818
    """The output could not be written whole, for example on a full disk; nothing of it was left behind."""
