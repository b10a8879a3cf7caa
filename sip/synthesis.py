"""Text → sound, by a voice that speaks the Wyoming protocol."""

import asyncio
from functools import partial

import numpy as np
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.error import Error
from wyoming.tts import Synthesize, SynthesizeVoice

from sip.servers import Servers
from sip.settings import PATIENCE
from sip.sound import Samples, from_pcm, levelled, resampled, trimmed

LONGEST_BYTES = 8_000_000
"""40 s at 48,000 a second, two channels."""


class Synthesis:
    """A pool of voices."""

    def __init__(self, servers: Servers, wait_s: float = PATIENCE.voice_s) -> None:
        self.servers = servers
        self._wait_s = wait_s

    async def speak(self, text: str, locale: str) -> Samples:
        """`text` at 8,000 samples a second; NoServerError where no server made it."""
        asked = partial(_ask, text=text, locale=locale)
        return await asyncio.to_thread(_fit, *await self.servers.ask(self._wait_s, asked))


async def _ask(client: AsyncClient, text: str, locale: str) -> tuple[bytes, int, int]:
    voice = SynthesizeVoice(language=locale)
    await client.write_event(Synthesize(text=text, voice=voice).event())
    made, rate, channels = bytearray(), 0, 1
    while event := await client.read_event():
        if AudioStart.is_type(event.type):
            start = AudioStart.from_event(event)
            if start.width != 2:
                raise ValueError("only 16-bit sound is understood")
        elif AudioChunk.is_type(event.type):
            chunk = AudioChunk.from_event(event)
            rate, channels = int(chunk.rate), int(chunk.channels)
            made += chunk.audio
            if len(made) > LONGEST_BYTES:
                raise ValueError("the voice does not end")
        elif AudioStop.is_type(event.type):
            if not made or not 8_000 <= rate <= 96_000 or channels not in (1, 2):
                raise ValueError("the voice said nothing")
            return bytes(made), rate, channels
        elif Error.is_type(event.type):
            raise ValueError("the voice reports an error")
    raise EOFError


def _fit(pcm: bytes, rate: int, channels: int) -> Samples:
    samples = from_pcm(pcm)
    if channels == 2:
        samples = samples[: len(samples) // 2 * 2].reshape(-1, 2).mean(axis=1).astype(np.float32)
    return levelled(trimmed(resampled(samples, rate), 8_000))
