"""What a check found: a rule, whether it holds, where, and under which citation.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_check.py.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule of a check. `holds` None: a person must look. `page` counts the file's pages from 1."""

    rule: str
    holds: bool | None
    page: int | None
    citation: str
    message: str


def finding(
    rule: str, holds: bool | None, message: str, *, page: int | None = None, citation: str = ""
) -> Finding:
    """A finding under the rule's own citation, or under a closer one. Raises KeyError for an unknown rule."""
    return Finding(rule, holds, page, citation or check_rules()[rule]["citation"], message)


@lru_cache
def check_rules() -> dict[str, dict[str, str]]:
    """Title and citation of each rule, in the order in which a check tells them."""
    text = resources.files("posada.packets").joinpath("check_rules.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def page_list(pages: list[int]) -> str:
    """Page numbers as people write them; of very many, the first and how many there are.

    >>> page_list([1, 2, 3, 7])
    '1–3, 7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    written = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    more = f" … ({len(pages):,} pages)" if len(runs) > _MOST_RUNS else ""
    return ", ".join(written[:_MOST_RUNS]) + more
