"""What the hotline must know of its Twilio account and its place in the network."""

import re
from dataclasses import dataclass

from settings import Settings
from shared.dialog.values import Channel
from shared.errors import SettingError

PUBLIC_URL_LIMIT = 250
"""Characters. An action URL stays under 1,000 of them, and the largest state takes some 700."""

_TAIWANESE = re.compile(r"\+886[1-9]\d{7,8}")
"""E.164: +886 and 8 or 9 digits without the leading 0 (國家通訊傳播委員會, 電信號碼計畫)."""

_NATIONAL = re.compile(r"0[1-9]\d{7,8}")
"""As dialled inside Taiwan: 0227653147, 037123456, 0912345678, 0800123456."""

_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """Settings of the hotline, as the environment tells them."""

    secret_key: str
    """signs the state in the action URLs; the same for all workers and hosts"""
    auth_token: str = ""
    """of the Twilio account (for Somleng: of its account); "" is for trying out alone"""
    public_url: str = ""
    """as Twilio calls it, without a slash at the end: https://line.example.tw"""
    operator: str = "1922"
    """whom a caller is sent to who wants a person"""
    account_sid: str = ""
    """of the account, for calls that begin here"""
    restock: bool = False
    """a caller may ask to be rung once a pharmacy has new stock"""
    caller_id: str = ""
    """a number of the account to ring others from; transfers need a Taiwanese one"""

    def __post_init__(self) -> None:
        """SettingError where the action URLs could not hold a state."""
        if len(self.public_url) > PUBLIC_URL_LIMIT:
            raise SettingError(f"PUBLIC_URL: give at most {PUBLIC_URL_LIMIT} characters")

    @classmethod
    def of(cls, settings: Settings) -> "TwilioSettings":
        """What of the service's settings the hotline reads."""
        return cls(
            secret_key=settings.secret_key,
            auth_token=settings.twilio_auth_token,
            public_url=settings.public_url,
            operator=settings.operator_number,
            caller_id=settings.caller_id,
            account_sid=settings.twilio_account_sid,
            restock=settings.restock,
        )

    @property
    def channel(self) -> Channel:
        """What the hotline can do; see docs/decisions/transfers.md."""
        taiwanese = _TAIWANESE.fullmatch(self.caller_id) is not None
        return Channel(
            name="twilio",
            operator=self.operator,
            keys=True,
            dials=taiwanese and bool(e164(self.operator)),
            dials_pharmacies=taiwanese,
            notifies="ring" if taiwanese and self._may_ring else "",
            asks_nlu=True,
        )

    @property
    def _may_ring(self) -> bool:
        return bool(self.restock and self.account_sid and self.auth_token)


def taiwanese(number: str) -> str:
    """`number` as Twilio rings it, where it is a Taiwanese one; else "".

    >>> taiwanese("+886912345678"), taiwanese("+81312345678"), taiwanese("anonymous")
    ('+886912345678', '', '')
    """
    if _TAIWANESE.fullmatch(number):  # nearly every one is written so already
        return number
    found = e164(number)
    return found if _TAIWANESE.fullmatch(found) else ""


def e164(number: str) -> str:
    """A number as Twilio rings it, or "" for one that it cannot reach.

    >>> e164("02-2765-3147")
    '+886227653147'
    >>> e164("1922")
    ''
    """
    digits = re.sub(r"[\s()-]", "", number)
    if _NATIONAL.fullmatch(digits):
        return "+886" + digits[1:]
    return digits if _FOREIGN.fullmatch(digits) else ""
