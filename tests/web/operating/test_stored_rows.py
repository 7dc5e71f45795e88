"""SQLite as it is stored: whatever a table can hold comes back the same, told by plain SQL."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from posada.web.operating.rows import Tally, blocks_of
from posada.web.operating.stored_rows import (
    finish,
    make_tables,
    schema_of,
    stored_lines,
    stored_tallies,
    write_stored,
)
from tests.promises.compared import differing, sqlite_tables

ALL_SORTS = """
CREATE TABLE plain (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, at datetime, said text, "odd ""name" bool);
INSERT INTO plain VALUES (3, '2026-01-02 03:04:05', '{"b": 1,  "a": "\u00e9"}', 1), (9, '2026-01-02', NULL, 0);
INSERT INTO plain VALUES (5, 'no date', 'two' || char(10) || 'lines', 2); DELETE FROM plain WHERE id = 9;
CREATE TABLE by_word (id char(32) PRIMARY KEY, cost decimal, size real, held BLOB);
INSERT INTO by_word VALUES ('b', 1.10, 0.1, x'00ff0a'), ('a', 12345678901234567890, 1e300, x'');
INSERT INTO by_word VALUES ('gone', 1, 1, 1), ('c', '007', 3, 'text'); DELETE FROM by_word WHERE id = 'gone';
CREATE TABLE no_numbers (a TEXT, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
INSERT INTO no_numbers VALUES ('y', 9223372036854775807), ('x', -1);
CREATE TABLE worked_out (a INTEGER, double INTEGER GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO worked_out (a) VALUES (21);
CREATE TABLE empty (a, b, UNIQUE (a, b));
CREATE VIRTUAL TABLE words USING fts5(title, body);
INSERT INTO words VALUES ('Una casa', 'con un jardín'), ('A house', 'with a garden');
DELETE FROM words WHERE title = 'A house';
CREATE INDEX by_said ON plain (said) WHERE said IS NOT NULL;
CREATE VIEW few AS SELECT id FROM plain;
CREATE TRIGGER on_plain AFTER INSERT ON plain BEGIN INSERT INTO empty VALUES (new.id, new.at); END;
ANALYZE;
"""


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Any, Any, Path]]:
    """Django's connections to a database with all sorts of tables, and to one with a table of its own."""
    made = []
    for name in ("one", "other"):
        file = tmp_path / name
        with sqlite3.connect(file) as opened:
            opened.executescript(
                ALL_SORTS if name == "one" else "CREATE TABLE own (a); CREATE TABLE plain (x);"
            )
        opened.close()
        described = {**connections.settings["default"], "NAME": str(file), "OPTIONS": {}}
        made.append(DatabaseWrapper(described, name))
    yield made[0], made[1], tmp_path
    for each in made:
        each.close()


@pytest.mark.django_db
def test_every_select_gives_the_same_afterwards(two: tuple[Any, Any, Path]) -> None:
    one, other, folder = two
    schema = schema_of(one)
    make_tables(other, schema)
    for table, shape in schema["tables"].items():
        write_stored(other, table, shape, blocks_of(stored_lines(one, table, shape), Tally()))
    finish(other, schema)
    assert stored_tallies(other) == stored_tallies(one)
    before = sqlite_tables(folder / "one")
    assert differing(before, sqlite_tables(folder / "other")) == set()
    assert {"sqlite_sequence", "sqlite_stat1", "words_data"} <= before.keys()
    found = other.cursor().execute("SELECT title FROM words WHERE words MATCH 'jardin'").fetchall()
    assert found == [("Una casa",)]


@pytest.mark.django_db
def test_one_changed_value_shows_in_the_digest_of_its_table_alone(two: tuple[Any, Any, Path]) -> None:
    one, _, _ = two
    before = stored_tallies(one)
    one.cursor().execute("UPDATE by_word SET size = 0.1000000000000001 WHERE id = 'b'")
    assert differing(before, stored_tallies(one)) == {"by_word"}
