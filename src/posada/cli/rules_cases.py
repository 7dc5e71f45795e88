"""`posada rules answer` and `posada rules check`: worked cases answered, and held against what is expected.

Docs: docs/reference/commands.md. Tests: tests/cli/test_rules_cases.py.
"""

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.refusals import NothingDone
from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import say, write, write_json

if TYPE_CHECKING:
    from posada.docket.cases import CaseAnswer
    from posada.records import Rejection

CasesArgument = Annotated[
    Path, typer.Argument(metavar="CASES", help="A CSV file of worked cases.", show_default=False)
]


def answer(
    cases: CasesArgument,
    json: Annotated[
        bool, typer.Option("--json", help="Print JSON, with the arithmetic, the citation and the standing.")
    ] = False,
) -> None:
    """Answer worked cases: the date and status of each, as CSV with the columns id, date, status.

    What is expected is never read. A case without an answer has the status gap, and the gap is named.
    """
    from posada.docket.cases import answered
    from posada.programme.read import NotReadable
    from posada.rulebook.legal_files import load_legal_rules

    try:
        answers, refused = answered(_bytes(cases), book=load_legal_rules(), file=cases.name)
    except NotReadable as error:
        raise NothingDone(f"{cases.name}: {error}.") from None
    if json:
        write_json([_row(each) for each in answers])
    else:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(("id", "date", "status"))
        out.writerows((each.case_id, each.day_text, each.status) for each in answers)
    gaps = _tell(answers, refused)
    raise typer.Exit(SOME_INPUT_REFUSED if refused or gaps else DONE)


def check(cases: CasesArgument) -> None:
    """Hold worked cases against their expected dates and statuses: each failure, then the count."""
    from posada.docket.cases import checked
    from posada.programme.read import NotReadable
    from posada.rulebook.legal_files import load_legal_rules

    try:
        compared, answers, refused = checked(_bytes(cases), book=load_legal_rules(), file=cases.name)
    except NotReadable as error:
        raise NothingDone(f"{cases.name}: {error}.") from None
    failed = [each for each in compared if not each.passed]
    for each in failed:
        write(
            f"{each.case_id} ({each.rule_id}): expected {_pair(each.expected)}; found {_pair(each.found)}\n"
        )
    _tell(answers, refused)
    failures = len(failed) + len(refused)
    write(f"{len(compared) - len(failed)} passed, {failures} failed\n")
    raise typer.Exit(SOME_INPUT_REFUSED if failures else DONE)


def _bytes(path: Path) -> bytes:
    from posada.programme.read import NotReadable, read_bytes

    try:
        return read_bytes(path)
    except NotReadable as error:
        raise NothingDone(f"{path.name}: {error}.") from None


def _tell(answers: "tuple[CaseAnswer, ...]", refused: "tuple[Rejection, ...]") -> int:
    """Name each refused row and each gap on standard error; how many gaps there are."""
    from posada.cli.sentences import rejection_sentence
    from posada.programme.printable import shown

    say(*map(rejection_sentence, refused))
    gaps = [each for each in answers if each.gap]
    say(*(f"{shown(each.case_id)}: {each.gap}" for each in gaps))
    return len(gaps)


def _row(each: "CaseAnswer") -> dict[str, Any]:
    from posada.docket.arithmetic import told
    from posada.rulebook.standing import sign_off_words

    found = each.found
    row: dict[str, Any] = {"id": each.case_id, "rule_id": each.rule_id, "date": each.day_text or None}
    row |= {"status": each.status, "gap": each.gap or None}
    if found is not None:
        version = found.version
        row |= {
            "arithmetic": told(found.counted) if found.counted else None,
            "alternative": found.alternative.isoformat() if found.alternative else None,
            "source": found.rule.citation,
            "version": version.name if version else None,
            "confidence": version.confidence if version else None,
            "signed_off": sign_off_words(version) if version else None,
        }
    return row


def _pair(pair: tuple[str, str]) -> str:
    day, status = pair
    return f"{day or 'no date'}, {status or 'no status'}"
