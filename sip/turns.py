"""Speech and keys → utterances; the caller's number from a SIP header."""

import re

from aiosipua.headers import parse_address

from shared.dialog.values import Utterance
from shared.places.telephone_numbers import area_code_of

_NUMBER = re.compile(r"\+?\d{3,15}")
_INTERNATIONAL = re.compile(r"^\+?886(?=\d{8,9}$)")


def opening_turn(caller: str) -> Utterance:
    """The first turn of a call: who calls, nothing said yet."""
    return Utterance(opens=True, area_code=area_code_of(caller))


def words_turn(words: str, caller: str) -> Utterance:
    """What the recogniser transcribed."""
    return Utterance(text=words, caller=caller)


def keys_turn(keys: str, caller: str) -> Utterance:
    """Keys that were pressed."""
    return Utterance(keys=keys, caller=caller)


def silent_turn(caller: str) -> Utterance:
    """Nothing was said."""
    return Utterance(caller=caller)


def unanswered_turn() -> Utterance:
    """A transfer failed."""
    return Utterance(unanswered=True)


def number_in(address: str) -> str:
    """The telephone number in a From header, as +886… where it is one of Taiwan's; else "".

    >>> number_in('"A" <sip:0227653147@10.0.0.1>;tag=1'), number_in("<sip:desk@10.0.0.1>")
    ('0227653147', '')
    >>> number_in("<sip:886227653147@10.0.0.1>")
    '+886227653147'
    """
    try:
        user = parse_address(address).uri.user or ""
    except (ValueError, AttributeError):
        return ""
    return _INTERNATIONAL.sub("+886", user) if _NUMBER.fullmatch(user) else ""
