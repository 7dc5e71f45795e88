"""Forms of offers and placements."""

from posada.office.access.roles import Role
from posada.office.placement.offer_forms import CheckInForm, EndForm, MoveForm, SendForm, first_values
from tests.office.people import TODAY, acting, home_of
from tests.office.placement.offered import the_day


def test_days_are_iso_in_the_browsers_own_control() -> None:
    the_day()
    assert f'value="{TODAY.isoformat()}"' in str(EndForm(initial=first_values())["on"])


def test_a_time_from_the_browser_is_read_in_the_offices_zone() -> None:
    form = SendForm({"expires_at": "2026-12-01T20:00", "length_days": ""})
    assert form.is_valid()
    assert form.cleaned_data["expires_at"].isoformat() == "2026-12-01T20:00:00-05:00"


def test_a_check_in_offers_every_outcome_and_no_empty_one() -> None:
    codes = [code for code, _words in CheckInForm().fields["outcome"].choices]  # type: ignore[attr-defined]
    assert codes == ["", "safe", "concern", "not_reached", "refused"]


def test_a_move_goes_to_open_homes_that_the_person_sees() -> None:
    home_of(state="closed")
    home = home_of()
    form = MoveForm(actor=acting(Role.PLACEMENT_WORKER))
    assert list(form.fields["to"].queryset) == [home]  # type: ignore[attr-defined]
    assert not MoveForm(actor=acting(Role.FOSTER_PARENT)).fields["to"].queryset.exists()  # type: ignore[attr-defined]
