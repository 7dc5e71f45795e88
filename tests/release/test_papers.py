"""The papers of a release hold what pip would install, and nothing of where it came from."""

import json
from typing import Any

import pytest

from release import papers


def report(name: str = "Some_Part", **hashes: str) -> dict[str, Any]:
    where = {"url": "https://files.example.org/some.whl", "archive_info": {"hashes": hashes}}
    told = {"name": name, "version": "1.2", "license_expression": "MIT"}
    return {"install": [{"metadata": told, "download_info": where}]}


def test_the_lock_names_version_and_hash_and_no_host() -> None:
    found = papers.packages(report(sha256="ab" * 32), installed={})
    lock = papers.locked(found, on="CPython 3.11")
    assert f"some-part==1.2 --hash=sha256:{'ab' * 32}\n" in lock
    assert "example.org" not in lock + papers.bill(found, version="1", epoch=0) + papers.licences(found)


def test_our_own_wheel_is_not_in_the_lock() -> None:
    assert papers.packages(report("posada", sha256="ab" * 32), installed={}) == []


def test_a_file_without_a_hash_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        papers.packages(report(md5="ab"), installed={})


def test_the_bill_names_each_part_with_hash_and_licence() -> None:
    bill = json.loads(
        papers.bill(papers.packages(report(sha256="cd" * 32), installed={}), version="0.1", epoch=86400)
    )
    (part,) = bill["components"]
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["timestamp"] == "1970-01-02T00:00:00Z"
    assert part["purl"] == "pkg:pypi/some-part@1.2"
    assert part["hashes"] == [{"alg": "SHA-256", "content": "cd" * 32}]
    assert part["licenses"] == [{"license": {"name": "MIT"}}]


def test_where_the_report_names_no_licence_what_is_installed_does() -> None:
    told = report(sha256="ab" * 32)
    del told["install"][0]["metadata"]["license_expression"]
    (same,) = papers.packages(told, installed={"some-part==1.2": "ISC"})
    (other,) = papers.packages(told, installed={"some-part==1.1": "ISC"})
    assert (same.licence, other.licence) == ("ISC", "")
