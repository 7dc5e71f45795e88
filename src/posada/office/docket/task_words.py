"""Tasks of this room in words. Tests: tests/office/docket/test_task_words.py."""

from django.utils.translation import gettext_lazy as _

from posada.office.desk.task_words import Words

DOCKET = {"route": "docket_child", "about": "child"}
CITED = _("Rule: %(rule)s. Counsel decides; the date is on the docket.")

WORDS: dict[str, Words] = {
    "notice_check_court_line": Words(
        _("A notice of hearing is in doubt: ask the court’s line about %(day)s"),
        _("Write down when you asked and what it answered. Until it confirms, ask each week."),
        short=_("A notice of hearing is in doubt: ask the court’s line"),
        **DOCKET,
    ),
    "notice_proof_that_we_came": Words(
        _("A hearing in doubt: keep proof that the child came"),
        _("Go there all the same; take a picture of the door, the list and the clock, and keep them."),
        **DOCKET,
    ),
    "notice_ask_venue": Words(
        _("A notice names another court (%(court)s) than the home’s: decide on venue"),
        _("Only a motion that is granted moves the case; until then the child appears there."),
        short=_("A notice names another court than the home’s: decide on venue"),
        **DOCKET,
    ),
    "appeal_number": Words(
        _("Appeal filed on %(filed_on)s: write down the new docket number, and ask for its notices"),
        _(
            "Counsel, watchers and stays go on with the child. Put the receipt into her file under that number."
        ),
        short=_("An appeal was filed: write down its docket number"),
        **DOCKET,
    ),
    "order_motion_no_notice": Words(
        _("Order of %(ordered_on)s: motion to rescind, no notice or in custody, at any time and at once"),
        CITED,
        short=_("An order was found: motion to rescind for lack of notice"),
        **DOCKET,
    ),
    "order_motion_exceptional": Words(
        _("Order of %(ordered_on)s: motion to rescind, exceptional circumstances"),
        CITED,
        short=_("An order was found: motion to rescind, exceptional circumstances"),
        **DOCKET,
    ),
    "order_file_stay_with_motion": Words(
        _("Order of %(ordered_on)s: state the automatic stay in the motion, and tell the removal office"),
        CITED,
        short=_("An order was found: state the automatic stay"),
        **DOCKET,
    ),
    "order_counsel_checks_one_motion": Words(
        _("Order of %(ordered_on)s: only one motion is allowed, counsel decides before anything is filed"),
        CITED,
        short=_("An order was found: only one motion is allowed"),
        **DOCKET,
    ),
    "order_appeal": Words(
        _("Order of %(ordered_on)s: appeal to the Board"),
        CITED,
        short=_("An order was found: appeal to the Board"),
        **DOCKET,
    ),
    "order_motion_to_reopen": Words(
        _("Order of %(ordered_on)s: motion to reopen"),
        CITED,
        short=_("An order was found: motion to reopen"),
        **DOCKET,
    ),
    "order_petition_for_review": Words(
        _("Order of %(ordered_on)s: petition for review, with a motion for a stay"),
        CITED,
        short=_("An order was found: petition for review"),
        **DOCKET,
    ),
    "order_find_board_decision": Words(
        _("Order of %(ordered_on)s: find out whether and when the Board decided"),
        short=_("An order was found: find out about the Board"),
        **DOCKET,
    ),
}

ASKS = {
    "in_absentia": _("Order of %(ordered_on)s: find out whether it was made in absentia"),
    "notice_address_was_right": _("Order of %(ordered_on)s: find out where the notice was sent"),
    "notice_served_on_adult": _("Order of %(ordered_on)s: find out on whom the notice was served"),
    "age_at_order": _("Order of %(ordered_on)s: find out how old the child was"),
    "had_counsel": _("Order of %(ordered_on)s: find out whether the child had counsel"),
    "in_custody_that_day": _("Order of %(ordered_on)s: find out whether the child was in custody that day"),
    "was_appealed": _("Order of %(ordered_on)s: find out whether it was appealed"),
    "appeal_waived": _("Order of %(ordered_on)s: find out whether the appeal was waived"),
    "moved_to_reopen_before": _("Order of %(ordered_on)s: find out whether there was a motion before"),
}
WORDS |= {
    f"order_ask_{name}": Words(text, short=_("An order was found: something is to be found out"), **DOCKET)
    for name, text in ASKS.items()
}
