"""A mapping file: foreign file names, column names and codes, so that another system's export can be read.

Comes in: `mapping.toml`. Goes out: a `Mapping`, asked per table. Example::

    ["children.csv"]
    file = "minors.csv"
    columns = { child_id = "Case No", sex = "Gender" }
    values.sex = { Girl = "F", Boy = "M" }

A code that `values` does not list is left as it is and must then be one of Posada's own.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_mapping.py.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from posada.programme.errors import FolderUnreadable
from posada.programme.read import NotReadable, read_bytes
from posada.programme.tables import SEALED_FILES, TABLES, Column, Table

MAPPING_FILE = "mapping.toml"
_KEYS = {"file", "columns", "values"}


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is spelled elsewhere."""

    file: str
    columns: dict[str, str] = field(default_factory=dict)  # Posada's name -> the foreign one
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # column -> foreign code -> Posada's

    def foreign(self, column: str) -> str:
        """The foreign name of one of Posada's columns."""
        return self.columns.get(column, column)

    def translated(self, column: Column, text: str) -> str:
        """A cell in Posada's codes; each entry of a list on its own.

        >>> from posada.programme.tables import CHILDREN
        >>> mapping = TableMapping("minors.csv", values={"sex": {"Girl": "F"}})
        >>> mapping.translated(CHILDREN.columns[3], "Girl")
        'F'
        """
        codes = self.values.get(column.name)
        if not codes:
            return text
        if text in codes or not column.kind.is_list:
            return codes.get(text, codes.get(text.strip(), text))
        return ";".join(codes.get(entry.strip(), entry) for entry in text.split(";"))


@dataclass(frozen=True, slots=True)
class Mapping:
    """Every table's mapping; a table that it does not name is spelled Posada's way."""

    tables: dict[str, TableMapping] = field(default_factory=dict)

    def of(self, table: Table) -> TableMapping:
        """The mapping of one table."""
        return self.tables.get(table.file) or TableMapping(table.file)


def read_mapping(path: Path, *, within: Path | None = None) -> Mapping:
    """Read a mapping file; `within`: as of `read_bytes`. Raises FolderUnreadable with one line for each fault."""
    try:
        raw = tomllib.loads(read_bytes(path, within=within).decode("utf-8"))
    except (NotReadable, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FolderUnreadable((f"{path.name}: not readable: {error}.",)) from error
    faults = [fault for name, entry in raw.items() for fault in _faults(name, entry)]
    if faults:
        raise FolderUnreadable(tuple(f"{path.name}: {fault}" for fault in faults))
    return Mapping(
        {
            name: TableMapping(
                file=entry.get("file", name),
                columns=dict(entry.get("columns", {})),
                values={column: dict(codes) for column, codes in entry.get("values", {}).items()},
            )
            for name, entry in raw.items()
        }
    )


def _faults(name: str, entry: object) -> list[str]:
    if name not in TABLES:
        return [f"there is no table {name!r}; the tables are {', '.join(TABLES)}."]
    if not isinstance(entry, dict) or set(entry) - _KEYS:
        return [f"{name} may have the keys {', '.join(sorted(_KEYS))} only."]
    found = []
    file = entry.get("file", name)
    if not isinstance(file, str) or PurePosixPath(file).name != file or "\\" in file or file in SEALED_FILES:
        found.append(f"{name}: file must be the name of a file in the same folder.")
    known = set(TABLES[name].names)
    for key in ("columns", "values"):
        part = entry.get(key, {})
        if not isinstance(part, dict):
            found.append(f"{name}: {key} must be a table.")
            continue
        found += [f"{name}: {key} names no column {each!r}." for each in sorted(set(part) - known)]
        found += [
            f"{name}: {key}.{each} must be text." for each, value in part.items() if not _fits(key, value)
        ]
    columns = entry.get("columns", {})
    if isinstance(columns, dict) and len({str(each) for each in columns.values()}) < len(columns):
        found.append(f"{name}: two columns have one foreign name.")
    return found


def _fits(key: str, value: object) -> bool:
    if key == "columns":
        return isinstance(value, str) and bool(value.strip())
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
