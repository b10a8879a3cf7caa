"""`doctor`'s check of the SIP line's servers: a voice speaks, and a recogniser transcribes it."""

import asyncio
import time
from collections.abc import Iterator

from commands.reach import Diagnosis
from sip.recogniser import Recogniser
from sip.servers import NoServerError, Servers
from sip.settings import SipSettings
from sip.sound import Samples, to_pcm, tone
from sip.synthesis import Synthesis

SENTENCE = "您好，大安區還有口罩嗎"
"""Spoken by the voice; the recogniser need not transcribe it without a mistake."""

LOCALE = "zh-TW"


def sound_of(settings: SipSettings) -> Iterator[Diagnosis]:
    """A line for each voice and each recogniser; one for each kind that is not set."""
    said: Samples | None = None
    for uri in settings.voices:
        finding, made = asyncio.run(_voice(uri))
        said = made if made is not None else said
        yield finding
    for uri in settings.recognisers:
        yield asyncio.run(_recogniser(uri, to_pcm(said) if said is not None else tone(1.0)))
    if not settings.voices:
        yield Diagnosis(
            None, "TTS_URI is not set", "calls by SIP hear the sound pack (docs/sip.md)"
        )
    if not settings.recognisers:
        yield Diagnosis(None, "STT_URI is not set", "calls by SIP are heard by keys (docs/sip.md)")


async def _voice(uri: str) -> tuple[Diagnosis, Samples | None]:
    started = time.monotonic()
    try:
        made = await Synthesis(Servers("voice", (uri,))).speak(SENTENCE, LOCALE)
    except NoServerError:
        return Diagnosis(False, f"TTS_URI {uri} made no sound", "start it, or leave it out"), None
    took = time.monotonic() - started
    return Diagnosis(
        True, f"TTS_URI {uri}: {len(made) / 8_000:.1f} s of speech in {took:.1f} s"
    ), made


async def _recogniser(uri: str, pcm: bytes) -> Diagnosis:
    started = time.monotonic()
    try:
        text = await Recogniser(Servers("recogniser", (uri,))).write_down(pcm, LOCALE)
    except NoServerError:
        return Diagnosis(False, f"STT_URI {uri} wrote nothing down", "start it, or leave it out")
    took = time.monotonic() - started
    return Diagnosis(True, f"STT_URI {uri}: {len(text)} characters in {took:.1f} s")
