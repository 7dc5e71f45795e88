"""Data to standard output, messages to standard error."""

import json
import sys

import pytest

from posada.cli.streams import console, is_read_by_a_person, progress, say, say_some, write_json


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    say("one", "two")
    assert capsys.readouterr() == ("", "one\ntwo\n")


def test_of_many_messages_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    say_some(map(str, range(5)), most=3, rest="elsewhere")
    assert capsys.readouterr().err == "0\n1\n2\n… and 2 more elsewhere\n"
    say_some(map(str, range(3)), most=3, rest="elsewhere")
    assert capsys.readouterr().err == "0\n1\n2\n"


def test_json_goes_to_standard_output_in_plain_letters(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"name": "Peña"})
    said = capsys.readouterr()
    assert json.loads(said.out) == {"name": "Peña"}
    assert "Peña" in said.out
    assert said.err == ""


def test_progress_is_silent_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as doing:
        doing("Planning")
    assert capsys.readouterr() == ("", "")
    assert not is_read_by_a_person()


def test_progress_on_a_terminal_survives_brackets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress() as doing:
        doing("Reading [/x]")
    assert capsys.readouterr().out == ""


def test_the_console_prints_brackets_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("group [red]1")
    assert capsys.readouterr().out == "group [red]1\n"
