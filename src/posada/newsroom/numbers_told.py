"""The figures as pages tell them: read once per change of the file, formatted in the language, as CSV.

Tests: tests/newsroom/test_site.py.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from posada.newsroom.figures import Figure, Figures, NoFigures, read_figures, version_of
from posada.newsroom.tables_told import as_csv

FILE = "to_public/figures.json"


def figures_now() -> Figures | None:
    """The published figures; None where there are none that are proved."""
    path = Path(settings.NEWSROOM.exchange) / FILE
    version = version_of(path)
    return _read(path, version) if version else None


@lru_cache(maxsize=2)
def _read(path: Path, _version: tuple[int, int, int]) -> Figures | None:
    try:
        return read_figures(path, public_key=settings.NEWSROOM.figures_key)
    except NoFigures:
        return None


def shown_value(figure: Figure) -> str:
    """The number alone, with its unit: "1,184", "83%", "$31.40"."""
    if figure.between:
        low, high = (
            number_format(each // 100, use_l10n=True, force_grouping=True) for each in figure.between
        )
        return f"${low}–${high}"
    if figure.hidden_because and figure.unit == "cents":
        return _("hidden: it would tell how few live in a kind of home")
    if figure.hidden_because:
        return _("fewer than 11")
    if figure.value is None:
        return _("not known")
    whole = isinstance(figure.value, int) or float(figure.value).is_integer()
    if figure.unit in ("cents", "cent"):
        return "$" + number_format(figure.value / 100, decimal_pos=2, use_l10n=True, force_grouping=True)
    number = number_format(figure.value, decimal_pos=0 if whole else 1, use_l10n=True, force_grouping=True)
    return f"{number}%" if figure.unit in ("percent", "%") else number


def shown_of(figure: Figure) -> str:
    """The number with its denominator: "1,184 of 1,214"."""
    if figure.denominator is None or figure.value is None or figure.unit in ("percent", "%", "cents"):
        return shown_value(figure)
    whole = number_format(figure.denominator, decimal_pos=0, use_l10n=True, force_grouping=True)
    return _("%(part)s of %(whole)s") % {"part": shown_value(figure), "whole": whole}


def figures_file(*, for_excel: bool, language: str) -> HttpResponse:
    """All figures as CSV; for Excel with a byte-order mark."""
    head = ["id", "value", "at_least", "at_most", "unit", "denominator", "as_of", "hidden_because"]
    rows: list[list[object]] = [[*head, "definition", "source"]]
    told = figures_now()
    for each in told.figures.values() if told else ():
        between = each.between or (None, None)
        cells = [each.id, each.value, *between, each.unit, each.denominator, each.as_of.isoformat()]
        rows.append([*cells, each.hidden_because, each.definition_in(language), each.source])
    body = as_csv(rows, for_excel=for_excel)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response
