"""A form posted by the platform → an utterance. Every field may be missing, huge or nonsense."""

import re
from collections.abc import Mapping

from ivr.dialling import taiwanese
from shared.dialog.values import Utterance
from shared.places.telephone_numbers import area_code_of

KEYS_LIMIT = 8
"""Keys that are read: a postal code has three, and an impatient finger presses more."""

_NAME_LIMIT = 64
"""A CallSid has 34 characters at Twilio and 36 at Somleng, a SIP caller's name may have more."""

_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+")
"""Control characters, lone surrogates, and the replacement character of invalid UTF-8."""

_INTERNATIONAL = re.compile(r"^886(?=\d{8,9}$)")
"""A number in E.164 without its +, as SIP trunks behind Somleng send it."""

_NO_KEYS = re.compile(r"[^0-9*#]+")

_CONNECTED = ("completed", "answered", "in-progress")
"""Values of DialCallStatus after which the two have spoken; the last is one of Somleng's."""


def opening_turn(form: Mapping[str, str]) -> Utterance:
    """The first turn of a call, or of one whose state is lost: the area code, nothing said yet."""
    return Utterance(
        opens=True,
        area_code=area_code_of(_INTERNATIONAL.sub("+886", form.get("From", "")[:_NAME_LIMIT])),
    )


def later_turn(form: Mapping[str, str]) -> Utterance:
    """What the caller said or pressed after a reply; an empty utterance for silence.

    `Confidence` is not read: Twilio warns against relying on it, some of its recognisers always
    send 0.0, and the resolver measures how well the words fit a name.
    """
    caller = caller_of(form)
    keys = _NO_KEYS.sub("", form.get("Digits", "")[:KEYS_LIMIT])
    if keys:
        return Utterance(keys=keys, caller=caller, person=taiwanese(caller))
    words = _UNSPEAKABLE.sub(" ", form.get("SpeechResult", "")).strip()
    return Utterance(text=words, caller=caller, person=taiwanese(caller))


def caller_of(form: Mapping[str, str]) -> str:
    """The caller's number, as Twilio writes it; "" where it is not given."""
    return form.get("From", "")[:_NAME_LIMIT]


def call_of(form: Mapping[str, str]) -> str:
    """The id of the call; "" where it is not given."""
    return form.get("CallSid", "")[:_NAME_LIMIT]


def dialled_turn(form: Mapping[str, str]) -> Utterance:
    """After a number was dialled: the two have spoken and the call is over, or nobody answered."""
    if form.get("DialCallStatus", "") in _CONNECTED:
        return Utterance(hung_up=True)
    return Utterance(unanswered=True)
