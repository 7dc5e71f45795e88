"""Why a packet cannot be built or read: plain sentences that name file, page and reason.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_folder.py.
"""

from dataclasses import dataclass

from posada.programme.printable import shown


@dataclass(frozen=True, slots=True)
class Problem:
    """One file, or one entry of packet.toml, that cannot be used. `page` counts from 1; None: the whole."""

    file: str
    reason: str
    page: int | None = None
    tab: str | None = None

    def sentence(self) -> str:
        """One line for a person.

        >>> Problem("birth.pdf", "it is empty", tab="A").sentence()
        'birth.pdf (Tab A): it is empty.'
        """
        where = f"Tab {self.tab}" if self.tab else ""
        if self.page is not None:
            where = f"{where}, page {self.page}" if where else f"page {self.page}"
        named = f"{shown(self.file)} ({where})" if where else shown(self.file)
        return f"{named}: {self.reason}{'' if self.reason.endswith('.') else '.'}"


class PacketFolderBad(Exception):  # noqa: N818
    """packet.toml is missing or cannot be followed, so nothing was begun. One problem for each entry."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(each.sentence() for each in problems))


class ExhibitsUnusable(Exception):  # noqa: N818
    """Some exhibits cannot be used as they are, so nothing was written. One problem for each of them."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(each.sentence() for each in problems))


class PacketNotWritten(Exception):  # noqa: N818
    """The packet could not be written where it was asked for; what was there still is."""


class PacketUnreadable(Exception):  # noqa: N818
    """A file is no PDF that can be read, so no rule could be checked. The message is one line."""


class ToolsMissing(Exception):  # noqa: N818
    """The libraries that packets need are not installed. The message says how to get them."""
