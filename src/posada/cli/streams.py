"""Where words go: data to standard output, messages and progress to standard error.

Tests: tests/cli/test_streams.py.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def say(*lines: str) -> None:
    """Messages for people, one a line, to standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def say_some(lines: Iterable[str], *, most: int, rest: str) -> None:
    """The first messages of many, and how many more there are; `rest` says where they stand."""
    listed = list(lines)
    say(*listed[:most])
    if len(listed) > most:
        say(f"… and {len(listed) - most:,} more {rest}")


def write(text: str) -> None:
    """Data, as they are, to standard output."""
    sys.stdout.write(text)


def write_json(value: object) -> None:
    """Data as JSON to standard output."""
    write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def console() -> "Console":
    """Tables for people, on standard output."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def is_read_by_a_person() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line on the terminal that says what is being done; nothing at all where none is looking."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True, highlight=False).status("Starting") as status:
        yield lambda text: status.update(escape(text))
