"""Where an exhibit's page stands on a Letter page: upright, whole, and clear of the band for the number.

Lengths are points (1/72 inch); a matrix is (a, b, c, d, e, f) as in PDF.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_page_space.py.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 612.0, 792.0
BAND = 40.0
"""Height of the band at the foot that belongs to the page number alone."""
MARGIN = 18.0
"""At the other three edges: most printers leave so much white."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

ROOM: Box = (MARGIN, BAND, WIDTH - MARGIN, HEIGHT - MARGIN)
"""What an exhibit's page may cover: left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a page is set: `matrix` takes its own space to the Letter page's."""

    matrix: Matrix
    box: Box

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the exhibit's page on the Letter page."""
        return moved(self.matrix, x, y)

    def rectangle(self, box: Box) -> Box:
        """A rectangle of the exhibit's page on the Letter page."""
        return bounds(self.matrix, box)


def fit(box: Box, *, rotation: int) -> Fit:
    """Set a page whose visible part is `box`, turned clockwise by `rotation` degrees (a multiple of 90).

    It is made smaller where it must be, never larger, and stands in the middle.
    """
    left, bottom, right, top = box
    turned = _turn(box, rotation)
    width, height = (right - left, top - bottom) if rotation % 180 == 0 else (top - bottom, right - left)
    scale = min((ROOM[2] - ROOM[0]) / width, (ROOM[3] - ROOM[1]) / height, 1.0)
    x = (ROOM[0] + ROOM[2] - width * scale) / 2
    y = (ROOM[1] + ROOM[3] - height * scale) / 2
    return Fit(times(turned, (scale, 0, 0, scale, x, y)), box)


def _turn(box: Box, rotation: int) -> Matrix:
    left, bottom, right, top = box
    return {
        0: (1.0, 0.0, 0.0, 1.0, -left, -bottom),
        90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, 1.0, -1.0, 0.0, top, -left),
    }[rotation % 360]


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does both, in this order."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i),
        *(c * h + d * j, e * g + f * i + k, e * h + f * j + m),
    )


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(matrix: Matrix, box: Box) -> Box:
    """The upright rectangle around what a matrix makes of a rectangle."""
    corners = [moved(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def written(matrix: Matrix) -> str:
    """A matrix as a content stream has it.

    >>> written((1.0, 0.0, 0.0, 1.0, 0.5, 0.0))
    '1 0 0 1 0.5 0 cm'
    """
    return " ".join(number(each) for each in matrix) + " cm"


def number(value: float) -> str:
    """A number as a content stream has it: no exponent, no trailing zeros."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
