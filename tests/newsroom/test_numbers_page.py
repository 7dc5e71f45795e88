"""The page of numbers: equal to the files it is made of, in both languages, light enough, inert as a file."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from posada.ledger.minimal_cost import ProgramCost, compare
from posada.ledger.money_told import MonthCost, PriceList
from posada.ledger.per_capita import per_capita
from posada.ledger.publish import Counted, publish
from posada.ledger.rates import shipped_rates
from posada.newsroom.county_drawing import drawing_of
from posada.newsroom.tables_told import as_csv
from tests.newsroom.newsroom_site import Site, figures, write_figures
from tests.served_office import posada

ON = date(2014, 9, 30)
PLACES = {"kin": (671, 749), "foster": (32, 44), "group": (2, 0), "waiting": (40, 1763)}


def edition() -> dict[str, Any]:
    """What an office with two children in group care publishes."""
    both = ("with_counsel", "without_counsel")
    month = MonthCost(
        ON,
        cents={"state": 7_676_255, "family": 0, "donated": 1_602_000},
        children={"state": 78, "family": 1420},
        nights=43_000,
        kinds={"kin": 1420, "foster": 76, "group": 2},
        kin_nights=40_700,
        prices=PriceList((0, 0), (2_745, 26_762)),
        beside=compare(ProgramCost(178, 179, 0.0, "the book"), on=ON, rates=shipped_rates()),
    )
    counted = Counted(
        on=ON,
        state="MD",
        title="Maryland",
        places={
            (row, column): n for row, each in PLACES.items() for column, n in zip(both, each, strict=True)
        },
        counties={"24031": 455, "24033": 506, "24005": 128, "24510": 74, "24019": 1, "24003": 334},
        siblings=(637, 600),
        days_to_home=[40] * 30,
        days_to_counsel=[60] * 30,
        month=month,
    )
    told = publish(counted, last=None).told
    return json.loads(json.dumps({**told, "made_on": figures()["made_on"]}))


@pytest.fixture(scope="module")
def told(site: Site) -> Iterator[dict[str, Any]]:
    """Published by an office, shown by the site."""
    made = edition()
    write_figures(site.exchange, made)
    yield made
    write_figures(site.exchange, figures())


def test_every_figure_stands_once_with_its_value_definition_source_and_an_address_of_its_own(
    site: Site, told: dict[str, Any]
) -> None:
    page = site.get("/numbers/").text
    for each in told["figures"]:
        assert page.count(f'id="{each["id"]}"') == 1, each["id"]
        if each["id"] != "per_100k":
            assert each["definition"]["en"].replace("'", "&#x27;") in page
    assert "<h3>Children in a home</h3>" in page and "<strong>Paid by the state</strong>" in page
    spanish = site.get("/es/cifras/").text
    assert "<h3>Niños con hogar</h3>" in spanish and "<strong>Pagado por el estado</strong>" in spanish
    assert "1,498 of 3,301" in page and "$1–$15" in page
    assert "24019" not in page and "Garrett" in page, "every county is in the list, that of one child too"


@pytest.mark.parametrize("address", ["/numbers/", "/es/cifras/"])
def test_the_page_stays_under_100_kib_with_its_sheets_and_has_no_style_or_act_within_its_marks(
    site: Site, told: dict[str, Any], address: str
) -> None:
    page = site.get(address)
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
    assert len(page.body) + sum(len(site.get(each).body) for each in sheets) < 100 * 1024
    assert "style=" not in page.text and "onclick" not in page.text


def test_in_spanish_nothing_of_the_page_is_english(site: Site, told: dict[str, Any]) -> None:
    page = site.get("/es/cifras/").text
    for words in (
        "hogar de acogida",
        "Todos los condados en una tabla",
        "Lo que cuesta",
        "36.90",
        "1,498 de 3,301",
    ):
        assert words in page, words
    for words in ("foster home", "What it costs", ">hidden<", "All states", "federal shelter"):
        assert words not in page, words


@pytest.mark.parametrize("kind", ["plain", "excel"])
def test_each_table_comes_as_a_file_that_says_the_same(site: Site, told: dict[str, Any], kind: str) -> None:
    for table in told["tables"]:
        answer = site.get(f"/numbers/?table={table['id']}&csv={kind}")
        assert answer.status == 200 and table["id"] in answer.headers["content-disposition"]
        assert answer.body.startswith(b"\xef\xbb\xbf") == (kind == "excel")
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
        in_all = 1 if table.get("row_totals") else 0
        assert table["rows"] and len(rows) == len(table["rows"]) + in_all
        for row, key, cells in zip(rows, table["rows"], table["cells"], strict=False):
            assert next(iter(row.values())) == key
            assert [row[name] for name in table["columns"]] == [
                "" if each is None else str(each) for each in cells
            ]
    assert site.get("/numbers/?table=none&csv=plain").status == 404


def test_the_page_and_the_command_agree_on_every_state(site: Site, told: dict[str, Any]) -> None:
    table = next(each for each in told["tables"] if each["id"] == "per_100k_by_state")
    said = json.loads(posada("report", "per-capita", "--year", "2014", "--json").stdout)
    rows = said if isinstance(said, list) else said["rows"]
    period = table["source"].removeprefix("ORR and Census tables, ").split(";")[0]
    same = [
        each for each in rows if each["period"] == period and each["denominator"] == "all ages, Vintage 2014"
    ]
    by_command = {each["state"]: each["per_100k"] for each in same}
    assert dict(zip(table["rows"], [row[0] for row in table["cells"]], strict=True)) == by_command
    page = site.get("/numbers/").text
    for row in per_capita(2014):
        if row.period == period and row.denominator == "all ages, Vintage 2014":
            assert f"<td>{row.per_100k:,.2f}</td>" in page, row.state


def test_the_map_shows_classes_and_no_county_that_is_hidden(told: dict[str, Any]) -> None:
    table = next(each for each in told["tables"] if each["id"] == "children_by_county")
    drawn = drawing_of(table, "MD")
    assert drawn is not None and len(drawn.counties) == 24
    shade = {name: shade for shade, _, name in drawn.counties}
    assert shade["Montgomery County"] == "m2" and shade["Garrett County"] == "m0"
    assert drawing_of(table, "XX") is None


def test_a_cell_that_a_table_program_would_run_is_kept_a_text() -> None:
    assert as_csv([["=1+1", None, -3, "@x"]], for_excel=False) == b"'=1+1,,-3,'@x\r\n"
