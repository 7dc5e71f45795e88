# ruff: noqa: S603, S607
"""`make release`: build what is committed twice, compare, and lay the papers beside it in dist/.

Comes in: the commit HEAD. Goes out: dist/ with wheel, source, locked requirements, bill of materials, licences and
SHA256SUMS, and their signature where POSADA_RELEASE_KEY gives a key. Ends with status 1 and a sentence when two
builds differ, a licence is refused or the key cannot be used: dist/ stays as it was.
Docs: docs/how-to/make-a-release.md. Tests: tests/promises/test_45_what_is_shipped_was_built.py.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from importlib.metadata import distributions
from pathlib import Path

from release import papers, signing
from release.licences import named, refused

ROOT = Path(__file__).parent.parent
UMASKS = (0o022, 0o077)  # two builders whose files do not even have the same rights


def built_twice(within: Path, *, epoch: int) -> Path:
    """The folder with wheel and source, built twice from HEAD. Raises SystemExit when two builds differ."""
    python = within / "tools" / "bin" / "python"
    venv.create(within / "tools", with_pip=True)
    quiet = ("--quiet", "--disable-pip-version-check")
    _run(python, "-m", "pip", "install", *quiet, "-r", ROOT / "release" / "build-tools.txt")
    outs = []
    for place, umask in enumerate(UMASKS):
        source, out = within / f"source-{place}", within / f"out-{place}"
        source.mkdir()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
        # --touch: files as old as the build, not as the commit
        subprocess.run(["tar", "-x", "--touch"], cwd=source, input=archive, check=True, umask=umask)
        _run(python, "-m", "hatchling", "build", "-d", out, cwd=source, umask=umask, epoch=epoch)
        outs.append(out)
    if sums(outs[0]) != sums(outs[1]):
        raise SystemExit(f"Two builds of one commit differ:\n{sums(outs[0])}{sums(outs[1])}")
    return outs[0]


def installed() -> dict[str, str]:
    """The licence of everything that is installed where this runs, by "name==version"."""
    return {
        f"{each.name.lower().replace('_', '-')}=={each.version}": named(
            expression=each.metadata.get("License-Expression", ""),
            licence=each.metadata.get("License", ""),
            classifiers=each.metadata.get_all("Classifier") or [],
        )
        for each in distributions()
    }


def sums(folder: Path) -> str:
    """The SHA-256 of every file of the folder, as `sha256sum -c` reads it."""
    names = sorted(path.name for path in folder.iterdir())
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def lay_papers(out: Path, *, epoch: int) -> None:
    """Write what pip would install for the wheel, with hashes. Raises SystemExit when a licence is refused."""
    wheel = next(out.glob("*.whl"))
    resolve = (
        "install",
        "--dry-run",
        "--ignore-installed",
        "--only-binary",
        ":all:",
        "--report",
        "-",
        "--quiet",
    )
    constraints = ROOT / "constraints.txt"
    said = _run(sys.executable, "-m", "pip", *resolve, "-c", constraints, f"{wheel}[newsroom]")
    reviewed = tomllib.loads((ROOT / "release" / "licences.toml").read_text())
    left_out = {name for name, each in reviewed.items() if each.get("left_out")}
    found = papers.packages(json.loads(said), installed=installed(), without={"posada", *left_out})
    refusals = [refused(each.name, words=each.licence, reviewed=reviewed) for each in found]
    if any(refusals):
        raise SystemExit("\n".join(filter(None, refusals)))
    on = f"{platform.python_implementation()} {sys.version_info[0]}.{sys.version_info[1]} on {platform.machine()}"
    version = wheel.name.split("-")[1]
    (out / "requirements.txt").write_text(papers.locked(found, on=f"{on}, {platform.system()}"))
    (out / "bill-of-materials.cdx.json").write_text(papers.bill(found, version=version, epoch=epoch))
    (out / "licences.tsv").write_text(papers.licences(found))
    (out / "SHA256SUMS").write_text(sums(out))


def _run(*words: object, cwd: Path = ROOT, umask: int = -1, epoch: int = 0) -> str:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)} if epoch else None
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, umask=umask, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{words[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def main() -> None:
    """Build, compare, write, and only then put everything into dist/."""
    try:
        key = signing.given()  # a key that cannot be used is said before the work
    except signing.NoKey as why:
        raise SystemExit(str(why)) from None
    epoch = int(_run("git", "log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as folder:
        out = built_twice(Path(folder), epoch=epoch)
        lay_papers(out, epoch=epoch)
        if key is not None:
            signing.sign(out, key=key)
        shutil.rmtree(ROOT / "dist", ignore_errors=True)
        shutil.copytree(out, ROOT / "dist")
    sys.stdout.write((ROOT / "dist" / "SHA256SUMS").read_text())
    said = "Signed: SHA256SUMS.sig" if key is not None else f"Not signed: {signing.NAME} names no key"
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    main()
