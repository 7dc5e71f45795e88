"""Tasks of this room in words. Tests: tests/office/placement/test_task_words.py."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from posada.office.desk.task_words import Words

OFFER = {"route": "offer_page", "about": "offer"}
PLACED = {"route": "placed_group", "about": "group"}

WORDS: dict[str, Words] = {
    "offer_not_delivered": Words(
        _("An offer was not delivered: call the home"),
        _("Read the offer out, then write down the answer. Its clock stands still."),
        **OFFER,
    ),
    "offer_declined": Words(
        _("A home said no: a group waits again"),
        _("The plan is solved again. Look at the next best home and send a new offer."),
        **OFFER,
    ),
    "offer_lapsed": Words(
        _("A home did not answer in time: a group waits again"),
        _("The plan is solved again. Look at the next best home and send a new offer."),
        **OFFER,
    ),
    "offer_refused": Words(
        _("A home wanted to say yes and may not: a group waits again"),
        _("Call the home and tell it why, then send the next offer."),
        **OFFER,
    ),
    "home_silent": Words(
        _("A home let %(offers)s offers lapse and is on hold: call it"),
        _("Ask whether it still wants to receive children, then open it again or close it."),
    ),
    "ask_open_to": Words(
        _("A home said no %(declined)s times: ask what it is open to"),
        _("Ask again about ages, sexes, number and needs, and correct the home."),
    ),
    "arrival_to_confirm": Words(
        _("An arrival is to be confirmed"), _("Write down on which day they came."), **PLACED
    ),
    "did_not_arrive": Words(_("Children did not arrive: they wait again"), **PLACED),
    "propose_engagement": Words(
        _("Counsel is planned for a group that has a home now"),
        _("Check for conflicts, then record the engagement."),
    ),
    "find_counsel": Words(_("A group has a home and no counsel"), _("Look for counsel at their court.")),
    "post_release_services": Words(
        _("Post-release services are to be arranged"),
        _("Say which services the family gets, from when until when."),
        **PLACED,
    ),
    "go_there": Words(
        _("Nobody was reached %(tries)s times: somebody must go there"),
        _("Go to the home, see the children, and write down what you found."),
        **PLACED,
    ),
    "concern": Words(
        _("A check-in raised a concern"), _("Read the note and decide what to do today."), **PLACED
    ),
    "incident_report": Words(
        _("A report is due on what happened on %(happened_on)s"), _("Write and file the report."), **PLACED
    ),
    "disrupted": Words(
        _("A stay broke off: a group needs a new home together"),
        _("The plan is solved again. Send the next offer today."),
        **PLACED,
    ),
    "length_ends": Words(
        _("A stay was offered until %(ends_on)s"),
        _("Extend it, plan again, or prepare for what comes after."),
        **PLACED,
    ),
    "license_ends": Words(
        _("The license of a home with children ends on %(ends_on)s"), _("Renew it, or plan a move in time.")
    ),
    "turns_18": Words(
        _("A young person turns 18 on %(ends_on)s"),
        _("Prepare aftercare, and ask counsel about every limit that ends on this day."),
        **PLACED,
    ),
    "move_school": Words(
        _("After the move of %(moved_on)s: school"), _("Enroll, or arrange the way to school."), **PLACED
    ),
    "move_counsel": Words(_("After the move of %(moved_on)s: tell counsel")),
    "move_address_form": Words(
        _("After the move of %(moved_on)s: file the change of address (EOIR-33/IC)"),
        _("A move does not move the case. Source: %(citation)s."),
    ),
    "move_court": Words(_("After the move of %(moved_on)s: plan the way to the hearing")),
    "move_venue": Words(
        _("After the move of %(moved_on)s: decide on a motion to change venue"), _("Source: %(citation)s.")
    ),
}

SHORT = {
    "home_silent": _("A silent home is on hold: call it"),
    "ask_open_to": _("Ask a home what it is open to"),
    "go_there": _("Somebody must go to a home"),
    "incident_report": _("A report is due on what happened"),
    "length_ends": _("The length of a stay ends"),
    "license_ends": _("The license of a home with children ends"),
    "turns_18": _("A young person turns 18"),
    "move_school": _("After a move: school"),
    "move_counsel": _("After a move: tell counsel"),
    "move_address_form": _("After a move: the change of address"),
    "move_court": _("After a move: the way to the hearing"),
    "move_venue": _("After a move: a motion to change venue"),
}
"""Kinds without their values, for lists of kinds and for the digest."""
WORDS |= {kind: replace(WORDS[kind], short=text) for kind, text in SHORT.items()}
