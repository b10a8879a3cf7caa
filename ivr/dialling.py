"""Which numbers can be dialled, and what a telephone channel can do with the number it has."""

import re

from settings import Settings
from shared.dialog.values import Channel

_TAIWANESE = re.compile(r"\+886[1-9]\d{7,8}")
"""E.164: +886 and 8 or 9 digits without the leading 0 (國家通訊傳播委員會, 電信號碼計畫)."""

_NATIONAL = re.compile(r"0[1-9]\d{7,8}")
"""As dialled inside Taiwan: 0227653147, 037123456, 0912345678, 0800123456."""

_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")


def telephone_channel(name: str, settings: Settings) -> Channel:
    """What a telephone channel can do; transfers need a Taiwanese CALLER_ID
    (docs/decisions/transfers.md)."""
    has_number = bool(_TAIWANESE.fullmatch(settings.caller_id))
    return Channel(
        name,
        operator=settings.operator_number,
        keys=True,
        dials=has_number and bool(e164(settings.operator_number)),
        dials_pharmacies=has_number,
    )


def taiwanese(number: str) -> str:
    """`number` in E.164 where it is a Taiwanese one; else "".

    >>> taiwanese("+886912345678"), taiwanese("+81312345678"), taiwanese("anonymous")
    ('+886912345678', '', '')
    """
    found = e164(number)
    return found if _TAIWANESE.fullmatch(found) else ""


def e164(number: str) -> str:
    """`number` in E.164, as Twilio dials it; "" for one that cannot be dialled from abroad.

    >>> e164("02-2765-3147")
    '+886227653147'
    >>> e164("1922")
    ''
    """
    digits = re.sub(r"[\s()-]", "", number)
    if _NATIONAL.fullmatch(digits):
        return "+886" + digits[1:]
    return digits if _FOREIGN.fullmatch(digits) else ""
