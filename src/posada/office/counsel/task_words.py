"""The tasks that the counsel desk opens, in words. Tests: tests/office/counsel/test_task_words.py."""

from django.utils.translation import gettext_lazy as _

from posada.office.desk.task_words import Words

WORDS = {
    "conflict_hit": Words(
        _("A possible conflict of interest in an open engagement"),
        _("Look at what the check found, and say why it is none or end the engagement."),
        route="group_counsel",
        about="group",
    ),
    "hours_offer": Words(
        _("Somebody has offered hours on the public site"),
        _("Call within three working days, and enter a lawyer as counsel."),
        route="hours_offers",
    ),
    "find_counsel": Words(
        _("Nobody acts for these children. Next hearing: %(hearing)s"),
        _("Run a conflict check and engage somebody."),
        route="group_counsel",
        about="group",
    ),
}
