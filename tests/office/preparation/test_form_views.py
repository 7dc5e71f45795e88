"""A form through its pages: brought, confirmed by a person, told what is too long, filled."""

from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from posada.office.access import doors
from posada.office.casefile.models import Document
from posada.office.intake.models import Child
from posada.office.preparation.models import FormEdition
from tests.office.people import browser_of
from tests.preparation.forms import made_form


def test_from_the_blank_form_to_the_filled_one(child: Child, lawyer: tuple) -> None:
    Child.objects.filter(pk=child.pk).update(given_name="María de los Ángeles Guadalupe")
    doors.seal_fields(child, {"a_number": "000-000-017"})
    client = browser_of(lawyer[0])
    bad = {"name": "Form X", "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7\n%%EOF\n")}
    assert client.post(f"/children/{child.pk}/forms/", bad).status_code == 422
    good = {"name": "Form X", "file": SimpleUploadedFile("x.pdf", made_form())}
    page = client.post(f"/children/{child.pk}/forms/", good).headers["Location"]
    assert "Open the form" in client.get(page).content.decode()
    text = unescape(client.post(page, {"act": "look"}).content.decode())
    assert "5 of 7 fields have a proposal; a person confirms" in text
    assert "City or town" in text
    assert "000-000-017" not in text
    assert client.post(page, {"act": "fill"}).status_code == 422, "nobody confirmed it"
    chosen = {"f0": "family_name", "f1": "given_name", "f2": "a_number", "f5": "is_girl", "f6": "is_boy"}
    text = unescape(client.post(page, {"act": "confirm", "version": "0", **chosen}).content.decode())
    assert "one value does not fit its field" in text
    assert "Fill it, with an addendum" in text
    refused = client.post(page, {"act": "fill"})
    assert refused.status_code == 422
    assert "María de los Ángeles Guadalupe" in unescape(refused.content.decode())
    assert client.post(page, {"act": "fill", "agreed": "yes"}).status_code == 302
    assert Document.objects.filter(kind="filled_form").count() == 1
    assert FormEdition.objects.get().confirmed_by == lawyer[0]
    assert "María" not in page
