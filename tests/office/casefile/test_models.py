"""What the tables of the file refuse by themselves."""

import pytest
from django.db import IntegrityError, transaction

from posada.office.casefile.models import Document, WrittenName
from tests.office.people import group_of


def test_a_document_is_about_something() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(
            kind="other", title="x", stored_name="a", content_type="application/pdf", size=1, digest="d"
        )


def test_an_authority_writes_a_name_in_one_way() -> None:
    child = group_of().children.get()
    WrittenName.objects.create(child=child, authority="court", name="PEREZ JOSE")
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenName.objects.create(child=child, authority="court", name="JOSE PEREZ")
