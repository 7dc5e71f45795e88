"""The papers of a release, from pip's own report: locked requirements, bill of materials, licences.

Pure: comes in the report as read from JSON, goes out text. The same report gives the same bytes.
Docs: docs/how-to/make-a-release.md. Tests: tests/release/test_papers.py.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from release.licences import named


@dataclass(frozen=True, slots=True)
class Package:
    """One package that Posada is built upon. `sha256` is of the file that was resolved, in hexadecimal."""

    name: str
    version: str
    sha256: str
    licence: str


def packages(
    report: Mapping[str, Any], *, installed: Mapping[str, str], without: Collection[str] = ("posada",)
) -> list[Package]:
    """Every package in the report but those without, by name. Raises KeyError where a file has no SHA-256.

    `installed` tells the licence by "name==version": older pips leave licence expressions out of the report.
    """
    found = []
    for each in report["install"]:
        told = each["metadata"]
        name = told["name"].lower().replace("_", "-")
        if name in without:
            continue
        licence = named(
            expression=told.get("license_expression", ""),
            licence=told.get("license", ""),
            classifiers=told.get("classifier", []),
        )
        sha256 = each["download_info"]["archive_info"]["hashes"]["sha256"]
        licence = licence or installed.get(f"{name}=={told['version']}", "")
        found.append(Package(name, told["version"], sha256, licence))
    return sorted(found, key=lambda package: package.name)


def locked(found: list[Package], *, on: str) -> str:
    """Requirements for `pip install --require-hashes --no-deps`. `on` says for which machine they were resolved."""
    lines = [f"{each.name}=={each.version} --hash=sha256:{each.sha256}\n" for each in found]
    return f"# For {on}.\n" + "".join(lines)


def bill(found: list[Package], *, version: str, epoch: int) -> str:
    """A bill of materials in CycloneDX 1.5 (cyclonedx.org/docs/1.5/json). `epoch` is in seconds since 1970, UTC."""
    parts = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{each.name}@{each.version}",
            "name": each.name,
            "version": each.version,
            "purl": f"pkg:pypi/{each.name}@{each.version}",
            "hashes": [{"alg": "SHA-256", "content": each.sha256}],
            "licenses": [{"license": {"name": each.licence}}],
        }
        for each in found
    ]
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "application", "name": "posada", "version": version},
        },
        "components": parts,
    }
    return json.dumps(whole, indent=2, sort_keys=True) + "\n"


def licences(found: list[Package]) -> str:
    """One line for each package: name, version, licence, parted by tabs."""
    return "".join(f"{each.name}\t{each.version}\t{each.licence}\n" for each in found)
