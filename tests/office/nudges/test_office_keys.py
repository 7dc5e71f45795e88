"""The office has a push key of its own; without one, or without a real contact, nobody can be told."""

from dataclasses import replace
from typing import Any

import pytest

from posada.office.nudges.office_keys import CONTACT, office_keys


def test_a_new_deployment_has_its_own_key(settings: Any) -> None:
    keys = office_keys()
    assert keys is not None and keys.contact == "mailto:office@example.org"
    assert settings.DEPLOYMENT.keys.push == keys.text


def test_an_older_deployment_without_a_key_tells_nobody(settings: Any) -> None:
    deployment = settings.DEPLOYMENT
    settings.DEPLOYMENT = replace(deployment, keys=replace(deployment.keys, push=""))
    assert office_keys() is None


def test_a_contact_that_services_refuse_is_no_contact(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, demonstration=False)
    assert office_keys() is None  # nobody reads mail at example.org
    monkeypatch.setenv(CONTACT, "mailto:desk@localhost")
    assert office_keys() is None
    monkeypatch.setenv(CONTACT, "mailto:desk@posada-maryland.gov")
    assert office_keys() is not None
