"""What intake asks others to do, in words. Tests: tests/office/intake/test_joining.py."""

from django.utils.translation import gettext_lazy as _

from posada.office.desk.task_words import Words

_GROUP = {"route": "intake_group", "about": "group"}
WORDS = {
    "joined_withdraw_offer": Words(
        _("A sibling joined a group that has an open offer"),
        _("Withdraw the offer: it is about fewer children. Then solve again."),
        **_GROUP,
    ),
    "joined_solve_again": Words(
        _("A sibling joined a group, and its home cannot take one more"),
        _("Solve again for the whole group."),
        **_GROUP,
    ),
    "joined_ask_exception": Words(
        _("A sibling joined a group, and its home needs a license exception"),
        _("Ask for a dated exception, or plan the group anew."),
        **_GROUP,
    ),
    "joined_leave_home": Words(
        _("A sibling who joined a group lives in another home"),
        _("Plan the move to the group's home."),
        **_GROUP,
    ),
    "joined_conflict_check": Words(
        _("A sibling joined a group that has counsel"),
        _("Check counsel for conflicts again."),
        **_GROUP,
    ),
    "joined_joint_hearing": Words(
        _("A sibling joined a group that has a hearing"),
        _("Ask the court to bring the hearings together."),
        **_GROUP,
    ),
}
