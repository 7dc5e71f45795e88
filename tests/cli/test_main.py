"""The version, help, and errors that nobody foresaw."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from posada import __version__
from posada.cli import main
from tests.cli.terminal import posada, started
from tests.programme.folders import FIXTURES

PATIENCE_SECONDS = 240


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "--version")
    assert (ran.status, ran.out) == (0, f"posada {__version__}\n")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "--help")
    assert ran.status == 0
    for command in ("plan", "check", "generate", "demo", "report", "data", "rules"):
        assert f"\n  {command} " in ran.out


@pytest.mark.parametrize(
    "words", [["nonsense"], ["plan"], ["check", "--nonsense", "x"], ["plan", "x", "--out", "y", "--gap", "2"]]
)
def test_a_slip_on_the_command_line_is_status_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    ran = posada(capsys, *words)
    assert ran.status == 2
    assert "Error: " in ran.err
    assert not ran.out


def test_an_unforeseen_error_is_told_in_two_lines_without_what_stood_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyError("child-17 of Honduras")

    monkeypatch.setattr(main, "app", breaks)
    ran = posada(capsys, "check", "x")
    assert ran.status == 2
    assert len(ran.messages) == 2
    assert "KeyError" in ran.err
    assert "POSADA_DEBUG=1" in ran.err
    assert "Honduras" not in ran.err


def test_the_details_of_an_unforeseen_error_are_shown_to_who_asks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyError("a detail")

    monkeypatch.setattr(main, "app", breaks)
    monkeypatch.setenv("POSADA_DEBUG", "1")
    with pytest.raises(SystemExit):
        main.run([])
    assert "Traceback" in capsys.readouterr().err


def test_a_stop_from_the_keyboard_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "program"
    # A shell that runs the tests in the background makes them deaf to the keyboard; this command shall hear.
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    starts = "from posada.cli.main import run; print('ready', flush=True); run()"
    running = subprocess.Popen(
        [
            *(sys.executable, "-c", f"{hears}; {starts}"),
            *("generate", "--scope", "national", "--children", "300000", "--out", out),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(1.5)
    said, messages = _stopped(running)
    assert running.returncode == 130
    assert messages.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said + messages
    assert list(tmp_path.iterdir()) == []


def _stopped(running: "subprocess.Popen[str]") -> tuple[str, str]:
    """Press the keys again where a first press was lost in the middle of an import."""
    for patience in (10, 10, PATIENCE_SECONDS):
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return running.communicate(timeout=patience)
    raise AssertionError("it does not stop")


def test_nothing_heavy_is_imported_for_help() -> None:
    heavy = "{'numpy', 'highspy', 'jinja2', 'rich.console', 'posada.programme', 'posada.placement'}"
    check = f"import sys, posada.cli.main; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_folder_is_read_the_same_in_a_process_of_its_own() -> None:
    running = started("check", FIXTURES / "county")
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 0
    assert said == "file,row,field,found,wanted\n"
