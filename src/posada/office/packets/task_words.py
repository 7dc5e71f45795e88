"""Tasks of this room in words. Tests: tests/office/packets/test_task_words.py."""

from django.utils.translation import gettext_lazy as _

from posada.office.desk.task_words import Words

WORDS: dict[str, Words] = {
    "share_agree": Words(
        _("Somebody asks to give a case to outside counsel: agree, or end it"),
        _("Look at the consent and at the reason first."),
        route="share_page",
        about="share",
    ),
}
