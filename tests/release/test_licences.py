"""Nothing that is installed is under GPL, AGPL or a licence that nobody named."""

import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

from release.licences import carried, named, refused

ROOT = Path(__file__).parent.parent.parent
REVIEWED = tomllib.loads((ROOT / "release" / "licences.toml").read_text())
LEFT_OUT = {name for name, each in REVIEWED.items() if each.get("left_out")}


def test_everything_that_is_installed_here_may_be_built_upon() -> None:
    refusals = []
    carrying = set()
    for each in distributions():
        told = each.metadata
        words = named(
            expression=told.get("License-Expression", ""),
            licence=told.get("License", ""),
            classifiers=told.get_all("Classifier") or [],
        )
        name = each.name.lower().replace("_", "-")
        if carried(str(path) for path in each.files or []):
            carrying.add(name)
        if name not in LEFT_OUT:
            refusals.append(refused(name, words=words, reviewed=REVIEWED))
    assert len(refusals) > 50
    assert carrying <= LEFT_OUT
    assert not list(filter(None, refusals))


@pytest.mark.parametrize(
    "words",
    [
        "GPL-3.0-only",
        "GPLv2",
        "AGPL-3.0-or-later",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
        "MIT AND GPL-2.0-only",
        "",
        "Proprietary",
    ],
)
def test_these_are_refused(words: str) -> None:
    assert refused("thing", words=words, reviewed={})


@pytest.mark.parametrize(
    "words",
    [
        "MIT",
        "LGPL-3.0-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "MPL-2.0",
        "Apache-2.0 OR BSD-3-Clause",
    ],
)
def test_these_are_taken(words: str) -> None:
    assert not refused("thing", words=words, reviewed={})


def test_each_review_says_which_licence_and_why() -> None:
    assert all(each["licence"] and len(each["why"]) > 30 for each in REVIEWED.values())


def test_a_library_under_gpl_inside_a_wheel_is_found_whatever_its_metadata_says() -> None:
    assert carried(
        ["pillow_heif.libs/libx265-4883ecb5.so.217", "pi_heif.libs/libheif-7a3e919c.so.1.23.0"]
    ) == ["pillow_heif.libs/libx265-4883ecb5.so.217"]


def test_what_is_left_out_is_refused_where_it_comes_in_again() -> None:
    assert refused("pillow-heif", words="BSD-3-Clause", reviewed=REVIEWED)
