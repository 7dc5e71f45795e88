"""What the text of a page is made of. A number is never typed: a block or `[[id]]` in a paragraph names it.

Tests: tests/newsroom/test_site.py.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PLAIN = ["bold", "italic", "link", "ol", "ul"]


class FigureBlock(blocks.StructBlock):
    """A published figure with its date, its denominator and where it comes from."""

    figure = blocks.RegexBlock(regex=r"^[a-z0-9_]{1,60}$", label=_("Id of the figure"))
    words = blocks.CharBlock(label=_("Words after the number"), max_length=200)

    class Meta:
        template = "newsroom/blocks/figure.html"
        icon = "order"
        label = _("Figure")


class CorrectionBlock(blocks.StructBlock):
    """What was wrong, and since when it is right."""

    corrected_on = blocks.DateBlock(label=_("Corrected on"))
    words = blocks.TextBlock(label=_("What was wrong"))

    class Meta:
        label = _("Correction")


BODY = [
    (
        "heading",
        blocks.CharBlock(max_length=120, template="newsroom/blocks/heading.html", label=_("Heading")),
    ),
    ("text", blocks.RichTextBlock(features=PLAIN, template="newsroom/blocks/text.html", label=_("Text"))),
    ("quote", blocks.BlockQuoteBlock(label=_("Quote"))),
    ("figure", FigureBlock()),
]
