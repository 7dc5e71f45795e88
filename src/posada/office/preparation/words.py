"""What the pages of this room call things. Tests: tests/office/preparation/test_words.py."""

from django.utils.translation import gettext_lazy as _

from posada.office.preparation.models import ChecklistMark
from posada.preparation import checklist as lists
from posada.preparation import readiness

STATE_WORDS = {
    readiness.LATE: _("late"),
    readiness.AT_RISK: _("at risk: too few working days are left"),
    readiness.NOW: _("begin now"),
    readiness.WAITS: _("waits"),
    readiness.LATER: _("later"),
    readiness.UNDATED: _("open, without a date"),
    readiness.DONE: _("ready"),
    readiness.NOT_NEEDED: _("not needed"),
}
STATE_TONES = {
    readiness.LATE: "stop",
    readiness.AT_RISK: "stop",
    readiness.NOW: "warn",
    readiness.WAITS: "plain",
    readiness.LATER: "plain",
    readiness.UNDATED: "unsure",
    readiness.DONE: "ok",
    readiness.NOT_NEEDED: "plain",
}
PROVIDERS = {
    "child": _("the child"),
    "sponsor": _("sponsor or home"),
    "counsel": _("counsel"),
    "interpreter": _("interpreter"),
    "translator": _("translator"),
    "court": _("a court or agency"),
}
NEEDS = {
    lists.NEED: _("needed"),
    lists.IF: _("if it applies"),
    lists.AIM: _("good practice"),
}
MARKS = {
    ChecklistMark.State.OPEN: _("still open"),
    ChecklistMark.State.DONE: _("ready"),
    ChecklistMark.State.NOT_NEEDED: _("not needed"),
}
