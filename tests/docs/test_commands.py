"""Every command and option is documented, and every documented one exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from posada.cli.main import app

ROOT = Path(__file__).parent.parent.parent
COMMANDS_PAGE = ROOT / "docs" / "reference" / "commands.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def commands() -> dict[str, set[str]]:
    """Each command with its options, `posada` itself among them."""
    found: dict[str, set[str]] = {}

    def visit(command: Any, name: str) -> None:
        inner = getattr(command, "commands", None)
        if inner is None or name == "posada":
            found[name] = {
                spelled
                for parameter in command.params
                for spelled in (*parameter.opts, *parameter.secondary_opts)
                if spelled.startswith("--") and spelled != "--help"
            }
        for each, sub in (inner or {}).items():
            visit(sub, f"{name} {each}")

    visit(typer.main.get_command(app), "posada")
    return found


COMMANDS = commands()


def sections() -> dict[str, str]:
    """The sections of the commands' page by their heading."""
    parts = re.split(r"^## (.+)$", COMMANDS_PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    section = sections()[command]
    rows = [line for line in section.splitlines() if line.startswith("| `--")]
    documented = {spelled for row in rows for spelled in re.findall(r"--[a-z-]+", row.split("|")[1])}
    assert documented == COMMANDS[command]


def test_every_documented_command_exists() -> None:
    assert {heading for heading in sections() if heading.startswith("posada")} == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_examples_exist(page: Path) -> None:
    """`posada …` in code, in any page: known command, known options. `make …`: a target of the Makefile."""
    text = page.read_text(encoding="utf-8")
    code = re.findall(r"```\n(.*?)```", text, flags=re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in "\n".join(code).splitlines():
        words = line.partition("#")[0].split()
        if words[:1] == ["make"] and len(words) > 1:
            assert words[1] in targets, line
        if words[:1] != ["posada"] or len(words) == 1:
            continue
        options = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
        command = _command(words)
        assert command in COMMANDS, line
        assert options <= COMMANDS[command], line


def _command(words: list[str]) -> str:
    for length in (3, 2, 1):
        if " ".join(words[:length]) in COMMANDS:
            is_whole = length > 1 or words[1].startswith("--")
            return " ".join(words[:length]) if is_whole else " ".join(words[:2])
    return " ".join(words)


def test_the_readme_fits_on_a_screen_and_names_both_targets() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("\n") <= 60
    assert "make demo" in text
    assert "make test" in text
