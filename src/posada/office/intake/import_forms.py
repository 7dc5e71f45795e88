"""What a person chooses for an import, from the fields of its page.

Comes in: a POST. Goes out: choices as `services.choose` takes them; names that the page did not show are passed over.
Tests: tests/office/intake/test_import_views.py.
"""

from collections.abc import Mapping
from typing import Any

from posada.intake.dates import DateOrder
from posada.intake.spreadsheet import Delimiter, Encoding
from posada.office.intake.differences import CHOICES

DELIMITERS = {"comma": Delimiter.COMMA, "semicolon": Delimiter.SEMICOLON, "tab": Delimiter.TAB}


def opened_from(post: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """How each file is to be opened: {file: {encoding, delimiter, order}}."""
    found = {}
    for each in report.get("recognized", []):
        file = each["file"]
        said = {
            "encoding": _one_of(post.get(f"{file}:encoding"), [every.value for every in Encoding]),
            "order": _one_of(post.get(f"{file}:order"), [every.value for every in DateOrder]),
            "delimiter": DELIMITERS.get(str(post.get(f"{file}:delimiter"))) or "",
        }
        kept = {name: str(value) for name, value in said.items() if value}
        if kept:
            found[file] = kept
    return found


def rules_from(post: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The rule for each column, and for each row of which one was chosen: {fields: …, rows: …}."""
    fields = {f"{each['file']}:{each['column']}" for each in report.get("fields", [])}
    marks = {each["mark"] for each in report.get("differences", [])}
    return {
        "fields": {name: rule for name in fields if (rule := _one_of(post.get(name), CHOICES))},
        "rows": {mark: rule for mark in marks if (rule := _one_of(post.get(f"row:{mark}"), CHOICES))},
    }


def _one_of(value: Any, choices: Any) -> str:
    return str(value) if value in choices else ""
