"""A reply → TwiML, within every limit of Twilio and of what Somleng understands of it."""

import re
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from ivr.calls import Links
from ivr.dialling import e164
from ivr.voices import TwilioVoice, voice_of
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

CODE_KEYS = 3
"""Of a postal code."""

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""What XML 1.0 has no way to write (its production 2, Char)."""


def render(reply: Reply, links: Links, caller_id: str, hints: str, *, after_code: bool) -> str:
    """`reply` as a TwiML document.

    `after_code`: the caller has just entered a postal code. Many end such an entry with # out of
    habit; that late # must not end the call, so this once it counts as the end of an entry.
    """
    voice = voice_of(reply.locale)
    said = _say(reply.text, voice, slow=reply.slow)
    if not reply.listens:
        return _document(said, _ring(reply.rings, links, caller_id) if reply.rings else _HANGUP)
    own = _attributes(action=links.turn, hints=hints)
    alike = _listening(voice.listen, code=reply.digits == CODE_KEYS, after_code=after_code)
    gather = f"<Gather{own}{alike}>{said}</Gather>"
    # Where a platform goes on after silence instead of asking the action URL, this does.
    return _document(gather, _redirect(links.turn))


@cache
def _listening(language: str, *, code: bool, after_code: bool) -> str:
    """The attributes of Gather that are alike in many turns."""
    return _attributes(
        actionOnEmptyResult="true",
        finishOnKey="#" if after_code else "",
        input="speech dtmf",
        language=language,
        method="POST",
        numDigits=CODE_KEYS if code else 1,
        profanityFilter="false",  # it would mask names that it takes for swear words
        speechTimeout=SPEECH_END_SECONDS,
        timeout=CODE_SECONDS if code else CHOICE_SECONDS,
    )


def render_last(text: str, locale: str = "", *, pause: bool = False) -> str:
    """`text`, by default in the default voice, then the end of the call.

    `pause`: a second before it, for the telephone to reach the ear.
    """
    before = [_element("Pause", length=1)] if pause else []
    return _document(*before, _say(text, voice_of(locale)), _HANGUP)


def _say(text: str, voice: TwilioVoice, *, slow: bool = False) -> str:
    words = escape(_clean(text))
    if slow:
        words = _element("prosody", words, rate="slow")
    return _element("Say", words, language=voice.say, voice=voice.voice)


def _ring(rings: str, links: Links, caller_id: str) -> str:
    """Dial a number; one that cannot be dialled goes on as if nobody had answered."""
    number = e164(rings)
    if not number:
        return _redirect(links.dialled)
    return _element(
        "Dial",
        _element("Number", number),
        action=links.dialled,
        answerOnBridge="true",
        callerId=caller_id,
        method="POST",
        timeout=RING_SECONDS,
    )


def _redirect(link: str) -> str:
    return _element("Redirect", escape(link), method="POST")


def _document(*verbs: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{_element("Response", *verbs)}'


def _element(name: str, *inside: str, **attributes: str | int) -> str:
    """An element of XML; `inside`: others, or text that is escaped."""
    told = _attributes(**attributes)
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told} />"


def _attributes(**values: str | int) -> str:
    return "".join(f" {key}={quoteattr(str(value))}" for key, value in values.items())


_HANGUP = _element("Hangup")


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)
