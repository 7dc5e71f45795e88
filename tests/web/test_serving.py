"""A really served office: it signs people in, starts again what dies, and stops when told."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from posada.web import serving
from posada.web.serving import CannotServe, Site
from tests.served_office import Office, Visitor, posada


def until(claim: object, *, seconds: float = 120.0) -> bool:
    """Whether a claim becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if claim():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


ROLES = [
    *(
        "administrator",
        "intake",
        "licensing",
        "placement",
        "legal",
        "attorney",
        "foster",
        "director",
        "auditor",
    ),
    "editor",
]


@pytest.mark.parametrize("username", ROLES)
def test_any_client_can_sign_in_at_the_ordinary_page(office: Office, username: str) -> None:
    assert office.visitor(username).get("/").status == 200


def test_a_code_opens_the_office_once_only(office: Office) -> None:
    account = office.account("administrator2")

    def after_the_password() -> Visitor:
        visitor = office.visitor()
        visitor.post("/accounts/login/", login=account["username"], password=account["password"])
        return visitor

    here = after_the_password()
    here.enter_code(account["totp_secret"])
    again = after_the_password().post("/accounts/2fa/authenticate/", code=here.last_code)
    assert "/accounts/2fa/authenticate/" in again.url


def test_a_wrong_password_opens_nothing(office: Office) -> None:
    answer = office.visitor().post("/accounts/login/", login="intake", password="not the password")
    assert "/accounts/login/" in answer.url


def test_pages_are_compressed_and_static_files_are_kept_by_browsers(office: Office) -> None:
    page = office.visitor().get("/accounts/login/")
    sheet = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert sheet.startswith("/static/posada/posada.")
    found = office.visitor().get(sheet)
    assert found.status == 200
    assert "immutable" in found.headers["cache-control"]
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    assert "access-control-allow-origin" not in found.headers


def test_a_child_that_dies_is_started_again(office: Office) -> None:
    before = office.children_of()
    assert len(before) == 2
    for each in before:
        os.kill(each, signal.SIGKILL)
    assert until(lambda: len(set(office.children_of()) - set(before)) == 2)

    def answers() -> bool:
        try:
            return office.visitor().get("/accounts/login/").status == 200
        except OSError:
            return False

    assert until(answers)


def test_an_office_is_served_once_only(office: Office) -> None:
    ran = posada("serve", "--data", office.data, "--port", "0")
    assert ran.returncode == 2
    assert "is being served already" in ran.stderr


def test_a_port_that_is_taken_is_named(demonstration: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {port}"):
            serving.serve(Site(demonstration, port=port), tell=print)


def test_a_demonstration_is_refused_off_this_machine(demonstration: Path) -> None:
    ran = posada("serve", "--data", demonstration, "--host", "0.0.0.0", "--port", "0")
    assert ran.returncode == 2
    assert "this machine only" in ran.stderr
