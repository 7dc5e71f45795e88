"""Read the entries of packet.toml, one typed value at a time, and keep every fault instead of the first.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_folder.py.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from posada.packets.errors import Problem
from posada.programme.codes import is_language, language_hints
from posada.programme.printable import shown

MOST_CHARACTERS = 500
"""Of a text: a title that is longer is a document, and no page of contents would hold it."""

_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


class Fields:
    """A table of packet.toml. What is wrong with an entry goes to `problems` under its name."""

    def __init__(self, table: object, *, file: str, where: str, problems: list[Problem]) -> None:
        self._file, self._where, self._problems = file, where, problems
        self._table: Mapping[str, Any] = {}
        if isinstance(table, dict):
            self._table = table
        else:
            self._bad("", "a table of entries is wanted")

    def has(self, name: str) -> bool:
        """Whether there is such an entry."""
        return name in self._table

    def raw(self, name: str) -> Any:
        """The entry as TOML gives it; None if it is not there."""
        return self._table.get(name)

    def text(self, name: str, *, needed: bool = True) -> str:
        """A line of text; empty if it is not there."""
        value = self._table.get(name)
        if value is None:
            return self._missing(name, needed=needed)
        if not isinstance(value, str):
            return self._bad(name, "a text in quotation marks is wanted")
        if not value.strip():
            return self._missing(name, needed=needed)
        return self._line(name, value)

    def texts(self, name: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of lines, or one line; empty if it is not there."""
        value = self._table.get(name)
        if value is None or value == []:
            self._missing(name, needed=needed)
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            self._bad(name, "a text, or a list of texts, is wanted")
            return ()
        if not all(each.strip() for each in listed):
            self._missing(name, needed=True)
            return ()
        return tuple(self._line(name, each) for each in listed)

    def day(self, name: str) -> date:
        """A date, written without quotation marks or within; 1 January of year 1 if it is no date."""
        value = self._table.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                value = shown(value)
        if value is None:
            self._missing(name, needed=True)
        else:
            self._bad(name, f"a date such as 2025-03-03 is wanted, not {value}")
        return date.min

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._table.get(name)
        if not isinstance(value, bool):
            self._bad(name, "true or false is wanted, without quotation marks")
        return value is True

    def choice(self, name: str, *, among: tuple[str, ...]) -> str:
        """One of a few words; the first of them where it is none."""
        value = self._table.get(name)
        if value in among:
            return str(value)
        found = "" if value is None else f", not {shown(str(value))}"
        self._bad(name, f"one of {', '.join(among)} is wanted{found}")
        return among[0]

    def clock(self, name: str) -> str:
        """A time of day such as 13:00, with quotation marks or without; empty if it is not there."""
        bare = self._table.get(name)
        if isinstance(bare, time):
            return f"{bare:%H:%M}"
        value = self.text(name, needed=False)
        if value and not _TIME.fullmatch(value):
            return self._bad(name, f"a time such as 13:00 is wanted, not {shown(value)}")
        return value

    def languages(self, name: str) -> tuple[str, ...]:
        """ISO 639-3 codes."""
        return tuple(code for code in self.texts(name) if self._is_language(name, code))

    def language(self, name: str) -> str:
        """One ISO 639-3 code; empty if it is none."""
        code = self.text(name)
        return code if code and self._is_language(name, code) else ""

    def megabytes(self, name: str) -> int | None:
        """A size in megabytes of 1,000,000 bytes, given in bytes; None if it is not there."""
        value = self._table.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.1 <= value <= 10_000:
            self._bad(name, "a number of megabytes from 0.1 to 10,000 is wanted")
            return None
        return round(value * 1_000_000)

    def unknown(self, *known: str) -> list[str]:
        """Entries that nobody reads, sorted."""
        return sorted(f"{self._where}{name}" for name in self._table if name not in known)

    def bad(self, name: str, wanted: str) -> None:
        """Note a fault of this entry."""
        self._bad(name, wanted)

    def _is_language(self, name: str, code: str) -> bool:
        if is_language(code):
            return True
        hint = language_hints().get(code.lower())
        tail = f"; {hint}?" if hint else ""
        self._bad(name, f"an ISO 639-3 code such as spa or mam is wanted, not {shown(code)}{tail}")
        return False

    def _line(self, name: str, value: str) -> str:
        if len(value) > MOST_CHARACTERS:
            return self._bad(name, f"it has more than {MOST_CHARACTERS} characters")
        # Marks that join or turn letters belong to names in some scripts; other unseen characters to none.
        if not all(each.isprintable() or each in "\u200c\u200d" or _is_space(each) for each in value):
            return self._bad(name, f"it holds a line break or an unseen character: {shown(value)}")
        return value

    def _missing(self, name: str, *, needed: bool) -> str:
        if needed:
            self._bad(name, "this entry is missing or empty")
        return ""

    def _bad(self, name: str, wanted: str) -> str:
        self._problems.append(Problem(self._file, f"{self._where}{name}: {wanted}"))
        return ""


def _is_space(character: str) -> bool:
    """Whether it is a space of some width, as word processors put between names."""
    return unicodedata.category(character) == "Zs"
