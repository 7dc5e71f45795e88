"""Numbers in Spanish as the United States, Mexico and Central America write them: 1,498.50.

Source: CLDR, es-US, es-MX and es-419. Django's own Spanish is that of Spain, 1 498,50; beside amounts in dollars it
would be misread. Tests: tests/web/test_formats.py.
"""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
