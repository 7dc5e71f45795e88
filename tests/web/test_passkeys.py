"""Passkeys in a real browser, under the pages' strict policy: set up, sign in with one alone, and as the second step.

The authenticator is the browser's own virtual one (WebAuthn over the debugging protocol); nothing is replaced.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.chromium import chromium
from tests.journeys.conftest import enter_code
from tests.served_office import Office

pytestmark = pytest.mark.browser
WHO = "director2"
GO = "main form .btn.go"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page() -> Iterator[Page]:
    """A page in a browser that has a finger to read."""
    with chromium() as browser:
        context = browser.new_context()
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield page
        context.close()


def test_a_passkey_is_set_up_and_signs_in_alone_and_as_second_step(office: Office, page: Page) -> None:
    account = office.account(WHO)
    site = office.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    refused: list[str] = []
    page.on("console", lambda told: refused.append(told.text) if told.type == "error" else None)

    def give_password() -> None:
        page.fill("[name=login]", account["username"])
        page.fill("[name=password]", account["password"])
        page.click(GO)

    def sign_out() -> None:
        page.goto(f"{site}/accounts/logout/")
        page.click(GO)

    page.goto(f"{site}/accounts/login/")
    give_password()
    enter_code(page, account["totp_secret"])
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", account["password"])
    page.click(GO)
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    page.goto(f"{site}/accounts/2fa/webauthn/")
    assert "1 passkey" in page.inner_text("h1")
    sign_out()
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/")
    sign_out()
    give_password()
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(f"{site}/")
    assert refused == [], "the pages' policy let everything through that passkeys need"
