"""A reply → TwiML, within every limit of Twilio and of what Somleng understands of it."""

import re
from dataclasses import dataclass

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from ivr.settings import e164
from ivr.voices import Voice, voice_of
from shared.dialog.values import Reply

CHOICE_SECONDS = 7
"""Silence after a prompt before it counts as nothing heard: an old caller who writes an address
down needs longer than Twilio's 5 s."""

CODE_SECONDS = 5
"""The same where three keys may come. Shorter, because a single 0, * or # is only taken when so
much time has gone by without another key (docs/decisions/gather.md)."""

SPEECH_END_SECONDS = 2
"""Silence that ends what is being said. A whole number is valid with every recogniser, `auto` is
not (warning 13335), and `auto` cuts off those who pause between words."""

RING_SECONDS = 20
"""About six rings; then the conversation goes on."""

_CODE_KEYS = 3

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""What XML 1.0 has no way to write (its production 2, Char)."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the call goes next; each carries the state."""

    turn: str
    dialled: str


def render(reply: Reply, links: Links, caller_id: str, hints: str, *, after_code: bool) -> str:
    """`reply` as a TwiML document.

    `after_code`: the caller has just entered a postal code. Many end such an entry with # out of
    habit; that late # must not end the call, so this once it counts as the end of an entry.
    """
    response = VoiceResponse()
    voice = voice_of(reply.locale)
    if reply.listens:
        gather = _gather(reply, links, voice, hints)
        gather.attrs["finishOnKey"] = "#" if after_code else ""
        _say(gather, reply, voice)
        response.append(gather)
        # Where a platform goes on after silence instead of asking the action URL, this does.
        response.redirect(links.turn, method="POST")
        return str(response)
    _say(response, reply, voice)
    if reply.rings:
        _ring(response, reply.rings, links, caller_id)
    else:
        response.hangup()
    return str(response)


def render_fallback(text: str) -> str:
    """`text` in the default voice, then the end of the call."""
    response = VoiceResponse()
    voice = voice_of("")
    response.say(_clean(text), voice=voice.voice, language=voice.say)
    response.hangup()
    return str(response)


def _gather(reply: Reply, links: Links, voice: Voice, hints: str) -> Gather:
    code = reply.digits == _CODE_KEYS
    return Gather(
        input="speech dtmf",
        action=links.turn,
        method="POST",
        language=voice.listen,
        hints=_clean(hints),
        profanity_filter=False,  # it would put asterisks into names that it takes for oaths
        speech_timeout=SPEECH_END_SECONDS,
        timeout=CODE_SECONDS if code else CHOICE_SECONDS,
        num_digits=reply.digits,
        action_on_empty_result=True,
    )


def _say(parent: VoiceResponse | Gather, reply: Reply, voice: Voice) -> None:
    text = _clean(reply.text)
    if not reply.slow:
        parent.say(text, voice=voice.voice, language=voice.say)
        return
    say = parent.say(voice=voice.voice, language=voice.say)
    say.prosody(text, rate="slow")


def _ring(response: VoiceResponse, rings: str, links: Links, caller_id: str) -> None:
    """Ring a number; one that cannot be rung goes on as if nobody had answered."""
    number = e164(rings)
    if not number:
        response.redirect(links.dialled, method="POST")
        return
    dial = Dial(
        action=links.dialled,
        method="POST",
        caller_id=caller_id,
        timeout=RING_SECONDS,
        answer_on_bridge=True,
    )
    dial.number(number)
    response.append(dial)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)
