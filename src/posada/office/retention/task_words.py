"""What is asked of the two persons on the day, in words. Tests: tests/office/retention/test_asking.py."""

from django.utils.translation import gettext_lazy as _

from posada.office.desk.task_words import Words

WORDS = {
    "retention_due": Words(
        _("Something is past its time and due to be erased"),
        _("Look at what is due; one of you asks, another one agrees. Nothing is erased by itself."),
        route="retention",
    ),
}
