"""Numbers are written as the readers of this program write them, in both languages."""

import pytest
from django.utils import translation
from django.utils.formats import number_format


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_number_has_commas_by_thousands_and_a_decimal_point(language: str) -> None:
    with translation.override(language):
        assert number_format(1498.5, decimal_pos=2, use_l10n=True, force_grouping=True) == "1,498.50"
