"""The topics of the public site, in the order in which a message is put under one of them.

Tests: tests/newsroom/notifications/test_announcing.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

TOPICS = ("breaking", "live", "exclusive")
NAMES: dict[str, Any] = {
    "breaking": _("Breaking news"),
    "live": _("Live events"),
    "exclusive": _("Exclusive reporting"),
}
TOLD: dict[str, Any] = {
    "breaking": _("What cannot wait until tomorrow. A few times a year."),
    "live": _("When a briefing begins that you can watch or read."),
    "exclusive": _("Reporting that nobody else has."),
}
