"""Accounts of the desk are made on the server: a link that works once, a role, and nothing that publishes alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom.desk_visitor import Visitor
from tests.newsroom.newsroom_site import Site
from tests.served_office import posada

PASSWORD = "four plain words here"


@pytest.fixture
def data(site: Site) -> Iterator[Path]:
    """The folder in which the newsroom lies, as an operator names it; what a test adds is taken away again."""
    yield site.folder.parent
    site.run(
        "from django.contrib.auth.models import User\n"
        "User.objects.exclude(username__in=('writer', 'reader')).delete()"
    )


def test_a_new_editor_chooses_a_password_by_a_link_that_works_once(site: Site, data: Path) -> None:
    made = posada("editors", "--data", data, "--add", "nadia", "--role", "editor")
    path = made.stdout.strip()
    assert made.returncode == 0 and path.startswith("/cms/sign-in/new/")
    visitor = Visitor(site.address)
    assert visitor.get(path).status == visitor.get(path).status == 200  # looking at it uses nothing up
    assert visitor.post(path, new_password1="short", new_password2="short").url == path
    assert visitor.post(path, new_password1=PASSWORD, new_password2=PASSWORD).url == "/cms/sign-in/"
    assert visitor.get(path).status == 404
    answer = visitor.post("/cms/sign-in/", login="nadia", password=PASSWORD)
    assert answer.url == "/cms/sign-in/app/"  # first of all a second factor


def test_names_roles_and_double_accounts_are_refused_in_a_line(site: Site, data: Path) -> None:
    refused = (
        ("add", "writer", "editor"),
        ("add", "a b", "editor"),
        ("add", "x", "chief"),
        ("remove", "nobody"),
    )
    told = site.run(
        "from posada.newsroom.desk_people import main\n"
        f"for words in {refused!r}:\n    print(main(list(words)))\n"
    )
    assert told.split() == ["3"] * len(refused)
    ran = posada("editors", "--data", data, "--add", "writer")
    assert ran.returncode == 2 and "already" in ran.stderr and "Traceback" not in ran.stderr
    assert "--new-link writer" in ran.stderr


def test_a_shut_account_opens_nothing(site: Site, data: Path) -> None:
    path = site.run(
        "from posada.newsroom.desk_people import add, remove\nprint(add('nadia', 'editor'))\nremove('nadia')\n"
    )
    assert Visitor(site.address).get(path.strip()).status == 404


def test_the_name_of_a_shut_account_is_refused_and_no_way_in_is_promised(site: Site, data: Path) -> None:
    site.run(
        "from posada.newsroom.acts import NotDone\n"
        "from posada.newsroom.desk_people import add, new_link, remove\n"
        "add('nadia', 'editor'); remove('nadia')\n"
        "try:\n new_link('nadia'); raise SystemExit('opened')\n"
        "except NotDone: pass\n"
        "try:\n add('Nadia', 'editor'); raise SystemExit('made')\n"
        "except NotDone as error: assert 'shut' in str(error) and '--new-link' not in str(error)\n"
    )


def test_a_demonstration_lists_who_is_there_now_and_only_secrets_that_work(site: Site, data: Path) -> None:
    file = site.folder / "accounts.json"
    first = file.read_text(encoding="utf-8")
    known = json.loads(first)[0]
    file.write_text(json.dumps([*json.loads(first), {**known, "username": "nadia"}]), encoding="utf-8")
    site.run("from posada.newsroom.desk_people import add; add('nadia', 'editor')")
    rows = {each["username"]: each for each in json.loads(posada("editors", "--data", data, "--json").stdout)}
    assert set(rows) == {"writer", "reader", "nadia"} and rows["writer"]["role"] == "editor"
    assert rows["nadia"]["totp_secret"] == rows["writer"]["totp_secret"] == known["totp_secret"] != ""
    assert posada("editors", "--data", data, "--new-link", "nadia").returncode == 0
    told = posada("editors", "--data", data).stdout
    assert told.count(known["totp_secret"]) == 1 and "nadia" in told
    assert posada("editors", "--data", data, "--remove", "nadia").returncode == 0
    assert "nadia" not in posada("editors", "--data", data).stdout
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(first)


def test_nobody_has_the_right_to_publish_or_to_make_accounts(site: Site) -> None:
    told = site.run(
        "from django.contrib.auth.models import User\n"
        "from posada.newsroom.models import ArticlePage\n"
        "for user in User.objects.all():\n"
        "    may = ArticlePage.objects.first().permissions_for_user(user)\n"
        "    print(may.can_edit(), may.can_publish(), user.has_perm('auth.add_user'), user.is_superuser)\n"
    )
    assert set(told.splitlines()) == {"True False False False"}
