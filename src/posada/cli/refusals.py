"""From an error to the lines that a user reads: what is wrong, in plain words, never a traceback.

Docs: docs/reference/commands.md. Tests: tests/cli/test_refusals.py.
"""

import errno
import os

DEBUG = "POSADA_DEBUG"
"""Set to 1 in the environment, the whole traceback of an unforeseen error is shown."""


class NothingDone(Exception):  # noqa: N818
    """A command that could do nothing. `lines` are the messages, one each."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def lines_for(error: BaseException) -> list[str]:
    """The lines that tell a user of an error; of one that was not foreseen, only its kind.

    The message of an unforeseen error may hold what stood in a file, so it is not shown.

    >>> lines_for(NothingDone("There is nothing to do."))
    ['There is nothing to do.']
    """
    if isinstance(error, NothingDone):
        return list(error.lines)
    foreseen = _foreseen(error)
    if foreseen is not None:
        return foreseen
    if isinstance(error, MemoryError):
        return ["There is not enough memory on this machine for a program of this size."]
    if isinstance(error, OSError) and error.errno is not None:
        return [_system(error)]
    return [
        f"Something went wrong inside Posada ({type(error).__name__}); the fault is Posada's, not yours.",
        f"Run the same command with {DEBUG}=1 before it for the details, and please report it.",
    ]


def _foreseen(error: BaseException) -> list[str] | None:
    # Imported here: when nothing goes wrong, nothing of this is needed.
    from posada.cli.sentences import rejection_sentence
    from posada.demonstration.assumptions import AssumptionRefused
    from posada.ledger.per_capita import YearNotCovered
    from posada.placement.why_not import UnknownName
    from posada.programme import (
        FolderUnreadable,
        OutExists,
        OutNotReplaceable,
        OutNotWritten,
        PlanUnreadable,
    )
    from posada.programme.errors import ScenarioRefused
    from posada.rulebook import BadPolicyFile, RuleGap, UnknownPolicy

    if isinstance(error, ScenarioRefused):
        return list(error.messages)
    if isinstance(error, FolderUnreadable):
        return [*error.messages, *map(rejection_sentence, error.rejections)]
    plain = (OutExists, OutNotReplaceable, OutNotWritten, PlanUnreadable, AssumptionRefused, YearNotCovered)
    if isinstance(error, (*plain, BadPolicyFile, RuleGap, UnknownName, UnknownPolicy)):
        return [_sentence(str(error))]
    return None


def _system(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full."
    name = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    return f"{name}the system refused: {error.strerror}."


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:] if text[:5] == "year " else text
    return text if text.endswith((".", "!", "?")) else f"{text}."
