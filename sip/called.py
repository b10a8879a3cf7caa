"""Telephone numbers in the addresses of SIP: the caller's, and one that is to be rung."""

import re

from aiosipua.headers import parse_address

_CALLER = re.compile(r"\+?\d{3,15}")
_DIALLED = re.compile(r"[0-9+*#]{2,20}")


def number_in(address: str) -> str:
    """The telephone number in a From header; "" for none.

    >>> number_in('"A" <sip:0227653147@10.0.0.1>;tag=1'), number_in("<sip:desk@10.0.0.1>")
    ('0227653147', '')
    """
    try:
        user = parse_address(address).uri.user or ""
    except (ValueError, AttributeError):
        return ""
    return user if _CALLER.fullmatch(user) else ""


def dialled(number: str) -> str:
    """A number as it is put into a SIP address; "" for what cannot be rung.

    >>> dialled("02-2765-3147")
    '0227653147'
    """
    plain = re.sub(r"[\s()-]", "", number)
    return plain if _DIALLED.fullmatch(plain) else ""
