"""The house's own rules: where files stand, what the core may not do, and what no file may hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "posada"
CORE = (
    *("records", "rulebook", "reference", "programme", "placement", "ledger", "demonstration", "page"),
    *("docket", "packets", "simulation", "licensing", "intake", "preparation"),
)
MOST_LINES = 400
VAGUE = {
    *("utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "handler", "lib", "core"),
    *("data", "info", "tools", "stuff", "shared"),
}
MODULES = sorted(
    path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if path.parent.name != "migrations"
)
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".html", ".css", ".jinja", ".yml", ".yaml", ""}


def tracked() -> list[Path]:
    """Files under version control; in an unpacked archive, every file that is not made by a tool."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        made = {"demo", "dist", "build", "__pycache__"}
        within = (path for path in ROOT.rglob("*") if path.is_file())
        found = [
            path
            for path in within
            if not any(part in made or part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])
        ]
    return [path for path in found if path.is_file() and path.suffix in TEXT]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_source_file_has_its_mirror_among_the_tests(module: Path) -> None:
    """tests/ROOM/test_x.py for ROOM/x.py; or, where files are tested as one, the file its docstring names."""
    if module.name == "__init__.py":
        return
    text = (SOURCE / module).read_text(encoding="utf-8")
    named = re.findall(r"Tests: (tests/[\w/]+\.py)", ast.get_docstring(ast.parse(text)) or "")
    mirrors = [f"tests/{module.parent.as_posix()}/test_{module.name}", *named]
    assert any((ROOT / mirror).is_file() for mirror in mirrors), f"{mirrors[0]} is missing"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_source_file_is_short_named_and_explained(module: Path) -> None:
    text = (SOURCE / module).read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    assert not {*module.parts[:-1], module.stem} & VAGUE
    assert not text or ast.get_docstring(ast.parse(text)), "a docstring says what the file is for"


@pytest.mark.parametrize("module", [each for each in MODULES if each.parts[0] in CORE], ids=str)
def test_the_core_reads_no_clock_no_environment_and_no_dice_without_a_seed(module: Path) -> None:
    assert list(_impure((SOURCE / module).read_text(encoding="utf-8"))) == []


IMPURE = re.compile(
    r"(datetime\.|^)date\.today|(datetime|date)\.(now|utcnow|today)|time\.(time|localtime)"
    r"|os\.(getenv|urandom|environ.*)|secrets\..*|uuid\..*"
    r"|(np\.)?random\.(random|choice|choices|randint|shuffle|sample|uniform|gauss|seed)"
)
"""Calls whose answer is not in their arguments. A user's deadline is measured by `time.perf_counter`."""
SEEDED = {"random.Random", "Random", "np.random.default_rng"}


def _impure(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if IMPURE.fullmatch(called) or (called in SEEDED and not (node.args or node.keywords)):
            yield f"line {node.lineno}: {called}"


def test_the_search_for_clocks_and_dice_finds_them() -> None:
    planted = "date.today()\nos.environ.get('X')\nrandom.Random()\nrandom.choice(x)\nself.chance.choice(x)\n"
    assert len(list(_impure(planted))) == 4


def test_rooms_import_only_what_the_contracts_allow() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_what_docstrings_point_to_is_there() -> None:
    missing = []
    for module in MODULES:
        text = (SOURCE / module).read_text(encoding="utf-8")
        for named in re.findall(r"\b(?:docs|tests)/[\w/-]+\.(?:md|py)\b", text):
            if not (ROOT / named).is_file():
                missing.append(f"{module}: {named}")
    assert missing == []


# Put together here, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.*])/(ho" + "me|ro" + "ot|wo" + "rk|Us" + "ers)/"),
    "the host of a package registry": re.compile(
        "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "crates" + r"\.io"))
    ),
    "an index in a lock file": re.compile("--(extra-)?ind" + "ex-url"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    holding = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked()
        if (found := FORBIDDEN[what].search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert holding == [], f"these hold {what}"


def test_no_tracked_file_needs_the_folder_beside_the_clone() -> None:
    beside = "../" + "shared"
    assert [str(p) for p in tracked() if beside in p.read_text(encoding="utf-8", errors="replace")] == []


def test_nothing_looks_like_a_real_alien_registration_number() -> None:
    number = re.compile(r"\bA[- ]?\d{3}[- ]?\d{3}[- ]?\d{3}\b")
    found = []
    for path in tracked():
        for match in number.findall(path.read_text(encoding="utf-8", errors="replace")):
            if not re.fullmatch(r"A[- ]?000[- ]?000[- ]?\d{3}", match):
                found.append(f"{path.relative_to(ROOT)}: {match}")
    assert found == []


def test_the_lock_file_pins_every_dependency_to_one_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split("\n")
    assert all(re.match(r"[a-z0-9._-]+==[^ ]+( ; .+)?$", line) for line in lines if line)
    pinned = {line.partition("==")[0] for line in lines if line}
    wanted = set(re.findall(r'^  "([a-z0-9-]+)[>=]', (ROOT / "pyproject.toml").read_text(), re.MULTILINE))
    assert {"numpy", "typer", "pytest"} <= wanted <= pinned
