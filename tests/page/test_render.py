"""The page as a file."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from posada.page.render import render
from posada.records import Plan, Program
from tests.page.sample import MARYLAND, sample, summary_of

POLICY = "Maryland resource homes"
VOID = {"meta", "link", "br", "img", "input", "hr"}
# Words that no Spanish sentence has; names that come from the data are left out before looking.
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and with without children child home homes counsel group groups waiting not shown this that "
        "policy page county counties court bound best possible proven within how good read about fewer than",
    )
)


def _page(
    made: tuple[Program, Plan], *, lang: str = "en", internal: bool = False, title: str = POLICY
) -> str:
    program, plan = made
    return render(
        plan=plan,
        program=program,
        policy_title=title,
        summary=summary_of(program),
        lang=lang,
        internal=internal,
    )


class _Outline(HTMLParser):
    """Checks that tags are closed, and keeps headings, tables and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def count(self, tag: str) -> int:
        return sum(1 for seen, _ in self.tags if seen == tag)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "shape", [{}, {"groups": 3, "waiting_groups": 1}, {"groups": 0, "waiting_groups": 0}]
)
def test_no_id_reaches_a_public_page(lang: str, shape: dict[str, int]) -> None:
    page = _page(sample(alone_groups=2 if shape else 18, **shape), lang=lang)
    assert "CANARY" not in page
    assert "HND" not in page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_office_page_has_the_ids_and_says_that_it_must_stay(lang: str) -> None:
    page = _page(sample(), lang=lang, internal=True)
    assert "CANARY-G00007" in page and "CANARY-C00007a" in page and "CANARY-H00007" in page
    assert ("Do not share this page" if lang == "en" else "No comparta esta página") in page
    assert '<meta name="robots" content="noindex">' in page
    assert "HND" not in page


@pytest.mark.parametrize("internal", [False, True])
def test_the_page_is_well_formed_and_in_order(internal: bool) -> None:
    outline = _Outline(_page(sample(), internal=internal))
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert outline.count("table") == outline.count("caption") > 3
    assert all(attributes.get("scope") for tag, attributes in outline.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = _page(sample())
    assert not re.search(r"<script|javascript:|\son\w+=|\sstyle=|@import|http-equiv=.refresh", page)
    assert set(re.findall(r"""(?:href|src)=["']([^"']*)""", page)) == {"data:,", "#main"}
    assert set(re.findall(r"url\(([a-z]+:)", page)) == {"data:"}
    assert "http://" not in page and "https://" not in page


@pytest.mark.parametrize("internal", [False, True])
def test_the_content_policy_allows_this_style_and_nothing_else(internal: bool) -> None:
    page = _page(sample(), internal=internal)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:" in page
    assert "unsafe" not in page


def test_hostile_text_is_shown_and_does_nothing() -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{percent}"
    made = sample(name=evil, court_names=(evil, "Hyattsville"))
    page = _page(made, title=evil)
    assert "<script" not in page and "<img" not in page
    assert "&lt;script&gt;" in page and "{{ 7*7 }}{percent}" in page
    _Outline(page)


def test_hostile_ids_are_escaped_in_the_office() -> None:
    program, plan = sample(groups=20)
    first = replace(plan.groups[0], sibling_group_id="<b onclick=x>", children=('"><script>',))
    page = _page((program, replace(plan, groups=(first, *plan.groups[1:]))), internal=True)
    assert "<b onclick" not in page and "<script" not in page


@pytest.mark.parametrize("internal", [False, True])
def test_a_spanish_page_has_no_english_left(internal: bool) -> None:
    outline = _Outline(_page(sample(name="Puerto"), lang="es", internal=internal, title="Hogares"))
    words = set(re.findall(r"[a-záéíóúñ]+", " ".join(outline.text).lower()))
    counties = {"county", "city"}  # names stay as the Census writes them
    codes = {"home"} if internal else set()  # no_lawful_home is a code
    labels = {a.get("data-l") or a.get("aria-label") or "" for _, a in outline.tags}
    words |= set(re.findall(r"[a-záéíóúñ]+", " ".join(labels).lower()))
    codes |= {"counsel", "court", "group"} if internal else set()
    assert words & ENGLISH - counties - codes == set()
    assert outline.tags[0] == ("html", {"lang": "es"})


def test_the_same_plan_gives_the_same_page() -> None:
    assert _page(sample()) == _page(sample())


def test_pages_stay_small() -> None:
    shapes = tuple(MARYLAND) + tuple(f"48{county:03d}" for county in range(1, 508, 2))
    assert len(_page(sample()).encode()) < 250_000
    nation = _page(sample(groups=6000, waiting_groups=900, counties=shapes, state=""))
    assert len(nation.encode()) < 1_500_000
    assert "Map of the United States" in nation


def test_a_plan_cut_short_says_so() -> None:
    program, plan = sample()
    page = _page((program, replace(plan, time_limit_reached=True)))
    assert "Time ran out before everything was proven best" in page


@pytest.mark.parametrize(("rows", "text"), [(0, "none"), (3, "fewer than 11"), (12, "12"), (None, "none")])
def test_refused_rows_are_counted_without_small_numbers(rows: object, text: str) -> None:
    program, plan = sample()
    page = render(plan=plan, program=program, policy_title=POLICY, summary={"rejected_rows": rows})
    assert f"<dt>Input rows refused</dt><dd>{text}</dd>" in page


def test_another_language_is_refused() -> None:
    program, plan = sample(groups=1)
    with pytest.raises(ValueError, match="en or es"):
        render(plan=plan, program=program, policy_title=POLICY, summary={}, lang="fr")
