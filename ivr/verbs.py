"""A reply → jambonz' JSON verbs."""

from collections.abc import Sequence

from ivr.calls import Links
from ivr.dialling import e164
from ivr.twiml import CHOICE_SECONDS, CODE_KEYS, CODE_SECONDS, RING_SECONDS, SPEECH_END_SECONDS
from ivr.voices import TwilioVoice, voice_of
from shared.dialog.values import Reply

Verb = dict[str, object]

DEFAULT = "default"
"""The recogniser and the voice that the jambonz application is set to; ours name no vendor."""

_BETWEEN_KEYS = 3


def verbs_of(reply: Reply, links: Links, caller_id: str, hints: Sequence[str]) -> list[Verb]:
    """What jambonz does next: ask, dial, or say goodbye."""
    voice = voice_of(reply.locale)
    if reply.listens:
        return [_gather(reply, voice, links.turn, hints)]
    said = _say(reply.text, voice)
    number = e164(reply.rings) if reply.rings else ""
    if number:
        return [said, _dial(number, links.dialled, caller_id)]
    if reply.rings:
        return [said, {"verb": "redirect", "actionHook": links.dialled}]
    return [said, {"verb": "hangup"}]


def fallback_verbs(text: str) -> list[Verb]:
    """`text` in the default voice, then the end of the call."""
    return [_say(text, voice_of("")), {"verb": "hangup"}]


def _gather(reply: Reply, voice: TwilioVoice, link: str, hints: Sequence[str]) -> Verb:
    code = reply.digits == CODE_KEYS
    keys: Verb = (
        {"minDigits": 1, "maxDigits": CODE_KEYS, "interDigitTimeout": _BETWEEN_KEYS}
        if code
        else {"numDigits": 1}
    )
    return {
        "verb": "gather",
        "actionHook": link,
        "input": ["speech", "digits"],
        "bargein": True,
        "dtmfBargein": True,
        "timeout": CODE_SECONDS if code else CHOICE_SECONDS,
        "speechTimeout": SPEECH_END_SECONDS,
        **keys,
        "recognizer": {"vendor": DEFAULT, "language": voice.listen, "hints": list(hints)},
        "say": {key: value for key, value in _say(reply.text, voice).items() if key != "verb"},
    }


def _say(text: str, voice: TwilioVoice) -> Verb:
    return {
        "verb": "say",
        "text": text,
        "synthesizer": {"vendor": DEFAULT, "language": voice.say},
    }


def _dial(number: str, link: str, caller_id: str) -> Verb:
    return {
        "verb": "dial",
        "actionHook": link,
        "callerId": caller_id,
        "answerOnBridge": True,
        "timeout": RING_SECONDS,
        "target": [{"type": "phone", "number": number}],
    }
