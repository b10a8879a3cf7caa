"""What the hotline can do with the numbers it was given."""

import pytest

from ivr.dialling import e164, telephone_channel
from settings import Settings
from shared.errors import SettingError


@pytest.mark.parametrize(
    ("number", "rung"),
    [
        ("0227653147", "+886227653147"),
        ("02-2765-3147", "+886227653147"),
        ("(02) 2765 3147", "+886227653147"),
        ("037123456", "+88637123456"),
        ("0912345678", "+886912345678"),
        ("0800123456", "+886800123456"),
        ("+886227653147", "+886227653147"),
        ("+12025550123", "+12025550123"),
        ("1922", ""),
        ("119", ""),
        ("8358141", ""),
        ("0227653147#12", ""),
        ("+", ""),
        ("", ""),
        ("一九二二", ""),
        ("٠٢٢٧٦٥٣١٤٧", ""),
    ],
)
def test_a_number_is_rung_in_e164_or_not_at_all(number: str, rung: str) -> None:
    """Twilio rings E.164 alone; a short code or a number without area code cannot be reached."""
    assert e164(number) == rung


@pytest.mark.parametrize(
    ("caller_id", "operator", "dials", "dials_pharmacies"),
    [
        ("+886227653147", "0289781234", True, True),
        ("+886227653147", "+886289781234", True, True),
        ("+886227653147", "1922", False, True),
        ("+12025550123", "0289781234", False, False),
        ("", "0289781234", False, False),
        ("0227653147", "0289781234", False, False),
    ],
)
def test_transfers_need_a_taiwanese_caller_id(
    caller_id: str, operator: str, dials: bool, dials_pharmacies: bool
) -> None:
    """From a foreign number the callee would first hear a fraud warning; 1922 cannot be rung."""
    channel = telephone_channel("x", Settings(operator_number=operator, caller_id=caller_id))
    assert (channel.dials, channel.dials_pharmacies) == (dials, dials_pharmacies)
    assert channel.operator == operator
    assert channel.keys


def test_a_public_url_leaves_room_for_the_state() -> None:
    """A PUBLIC_URL so long that no state fits beside it is refused at the start, by name."""
    with pytest.raises(SettingError, match="PUBLIC_URL"):
        Settings.from_environment({"PUBLIC_URL": "https://" + "a" * 300})
