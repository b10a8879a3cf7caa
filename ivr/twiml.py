"""A reply → TwiML, within every limit of Twilio and of what Somleng understands of it."""

import re
from functools import cache, lru_cache
from xml.sax.saxutils import escape

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

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

_CODE_KEYS = 3

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""What XML 1.0 has no way to write (its production 2, Char)."""


def render(reply: Reply, links: Links, caller_id: str, hints: str, *, after_code: bool) -> str:
    """`reply` as a TwiML document.

    `after_code`: the caller has just entered a postal code. Many end such an entry with # out of
    habit; that late # must not end the call, so this once it counts as the end of an entry.
    """
    voice = voice_of(reply.locale)
    if reply.listens:
        text, link = escape(_clean(reply.text)), _quoted(links.turn)
        form = _question(voice, reply.digits == _CODE_KEYS, reply.slow, after_code)
        return form.format(text=text, link=link, hints=_quoted_hints(hints))
    if not reply.rings:
        return _farewell(voice, reply.slow).format(text=escape(_clean(reply.text)))
    response = VoiceResponse()
    _say(response, _clean(reply.text), reply.slow, voice)
    _ring(response, reply.rings, links, caller_id)
    return str(response)


def render_fallback(text: str) -> str:
    """`text` in the default voice, then the end of the call."""
    return _farewell(voice_of(""), False).format(text=escape(_clean(text)))


def render_telling(text: str, locale: str) -> str:
    """`text` after a second, for the telephone to reach the ear, then the end of the call."""
    response, voice = VoiceResponse(), voice_of(locale)
    response.pause(length=1)
    response.say(_clean(text), voice=voice.voice, language=voice.say)
    response.hangup()
    return str(response)


@cache
def _question(voice: TwilioVoice, code: bool, slow: bool, after_code: bool) -> str:
    """The template of all questions: a document with the blanks {text}, {link} and {hints}.

    Nearly every reply is one, and building each document anew took a tenth of a turn.
    """
    response = VoiceResponse()
    gather = Gather(
        input="speech dtmf",
        action="{link}",
        method="POST",
        language=voice.listen,
        hints="{hints}",
        profanity_filter=False,  # it would mask names that it takes for swear words
        speech_timeout=SPEECH_END_SECONDS,
        timeout=CODE_SECONDS if code else CHOICE_SECONDS,
        num_digits=_CODE_KEYS if code else 1,
        action_on_empty_result=True,
    )
    gather.attrs["finishOnKey"] = "#" if after_code else ""
    _say(gather, "{text}", slow, voice)
    response.append(gather)
    # Where a platform goes on after silence instead of asking the action URL, this does.
    response.redirect("{link}", method="POST")
    return str(response)


@cache
def _farewell(voice: TwilioVoice, slow: bool) -> str:
    """The template of a last sentence, with the blank {text}."""
    response = VoiceResponse()
    _say(response, "{text}", slow, voice)
    response.hangup()
    return str(response)


@lru_cache(maxsize=512)
def _quoted_hints(hints: str) -> str:
    """Hints as an XML attribute, 6 KB; there are some two for each district."""
    return _quoted(_clean(hints))


def _quoted(text: str) -> str:
    """`text` escaped for an attribute; fit for an element too."""
    return escape(text, {'"': "&quot;", "\t": "&#09;", "\n": "&#10;", "\r": "&#13;"})


def _say(parent: VoiceResponse | Gather, text: str, slow: bool, voice: TwilioVoice) -> None:
    if not slow:
        parent.say(text, voice=voice.voice, language=voice.say)
        return
    say = parent.say(voice=voice.voice, language=voice.say)
    say.prosody(text, rate="slow")


def _ring(response: VoiceResponse, rings: str, links: Links, caller_id: str) -> None:
    """Dial a number; one that cannot be dialled goes on as if nobody had answered."""
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
