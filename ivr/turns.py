"""A form posted by the platform → an utterance. Every field may be missing, huge or nonsense."""

from collections.abc import Mapping

from conversation.sanitizing import keys_in, words_in
from ivr.dialling import taiwanese
from shared.dialog.values import Utterance
from shared.places.telephone_numbers import area_code_of

_NAME_LIMIT = 64
"""A CallSid has 34 characters at Twilio and 36 at Somleng, a SIP caller's name may have more."""

_CONNECTED = ("completed", "answered", "in-progress")
"""Values of DialCallStatus after which the two have spoken; the last is one of Somleng's."""


def opening_turn(form: Mapping[str, str]) -> Utterance:
    """The first turn of a call, or of one whose state is lost: the area code, nothing said yet."""
    return Utterance(opens=True, area_code=area_code_of(caller_of(form)))


def later_turn(form: Mapping[str, str]) -> Utterance:
    """What the caller said or pressed after a reply; an empty utterance for silence.

    `Confidence` is not read: Twilio warns against relying on it, some of its recognisers always
    send 0.0, and the resolver measures how well the words fit a name.
    """
    caller = caller_of(form)
    if keys := keys_in(form.get("Digits", "")):
        return Utterance(keys=keys, caller=caller, person=taiwanese(caller))
    words = words_in(form.get("SpeechResult", ""))
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
