"""Speech → text, by a recogniser that speaks the Wyoming protocol."""

import asyncio
from collections.abc import Sequence
from functools import partial

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.error import Error

from conversation.sanitizing import words_in
from sip.servers import Servers
from sip.settings import PATIENCE
from sip.sound import from_pcm, resampled, to_pcm

RATE = 16_000
"""Samples per second that every recogniser accepts; not all accept a telephone's 8,000."""

CHUNK = 3_200
HEARD_LIMIT = 500
"""Characters of a transcript that are used; an utterance has at most 20 s."""

NAMES_LIMIT = 60
"""Whisper's prompt holds 224 tokens, and a name takes three or four."""


class Recogniser:
    """A pool of recognisers."""

    def __init__(self, servers: Servers, wait_s: float = PATIENCE.recogniser_s) -> None:
        self.servers = servers
        self._wait_s = wait_s

    async def write_down(self, pcm: bytes, locale: str, names: Sequence[str] = ()) -> str:
        """The transcript of `pcm` (s16le, 8,000 a second); "" for nothing.

        `names`: names that are likely now, for servers that use them. NoServerError where no server
        answered.
        """
        wide = await asyncio.to_thread(lambda: to_pcm(resampled(from_pcm(pcm), 8_000, RATE)))
        asked = partial(_ask, pcm=wide, locale=locale, names=names)
        text = await self.servers.ask(self._wait_s, asked)
        return words_in(text[: 4 * HEARD_LIMIT])[:HEARD_LIMIT]


async def _ask(client: AsyncClient, pcm: bytes, locale: str, names: Sequence[str]) -> str:
    names = list(names[:NAMES_LIMIT]) or None  # type: ignore[assignment]
    ask = Transcribe(language=locale.partition("-")[0], transcript_names=names)  # type: ignore[arg-type]
    await client.write_event(ask.event())
    await client.write_event(AudioStart(RATE, 2, 1).event())
    for at in range(0, len(pcm), CHUNK):
        await client.write_event(AudioChunk(RATE, 2, 1, pcm[at : at + CHUNK]).event())
    await client.write_event(AudioStop().event())
    while event := await client.read_event():
        if Transcript.is_type(event.type):
            text = event.data["text"]
            return text if isinstance(text, str) else ""
        if Error.is_type(event.type):
            raise ValueError("the recogniser reports an error")
    raise EOFError
