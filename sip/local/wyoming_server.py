"""A recogniser and a voice behind Wyoming on this machine.

python -m sip.local.wyoming_server FOLDER [PORT OF THE RECOGNISER] [PORT OF THE VOICE]
"""

import asyncio
import contextlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioChunkConverter, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

from sip.local.kokoro import RATE, Kokoro
from sip.local.whisper import Whisper

EAR, VOICE = 10_300, 10_200
"""Their usual ports."""


class _Recogniser(AsyncEventHandler):
    def __init__(
        self, whisper: Whisper, turn: asyncio.Lock, *streams: asyncio.StreamReader
    ) -> None:
        super().__init__(*streams)  # type: ignore[arg-type]  # a reader and a writer
        self._whisper = whisper
        self._turn = turn
        self._asked = Transcribe()
        self._heard = bytearray()
        self._fit = AudioChunkConverter(rate=16_000, width=2, channels=1)

    async def handle_event(self, event: Event) -> bool:
        """Gather what is said, and write it down at its end."""
        if Transcribe.is_type(event.type):
            self._asked, self._heard = Transcribe.from_event(event), bytearray()
        elif AudioChunk.is_type(event.type):
            self._heard += self._fit.convert(AudioChunk.from_event(event)).audio
        elif AudioStop.is_type(event.type):
            speech = np.frombuffer(bytes(self._heard), "<i2").astype(np.float32) / 32768
            names = self._asked.transcript_names or ()
            async with self._turn:
                if self.writer.transport.is_closing():  # nobody waits for it
                    return False
                text = await asyncio.to_thread(
                    self._whisper.write_down, speech, self._asked.language or "zh", names
                )
            with contextlib.suppress(ConnectionError):
                await self.write_event(Transcript(text=text).event())
        return True


class _Voice(AsyncEventHandler):
    def __init__(self, kokoro: Kokoro, turn: asyncio.Lock, *streams: asyncio.StreamReader) -> None:
        super().__init__(*streams)  # type: ignore[arg-type]  # a reader and a writer
        self._kokoro = kokoro
        self._turn = turn

    async def handle_event(self, event: Event) -> bool:
        """Say a text."""
        if Synthesize.is_type(event.type):
            text = Synthesize.from_event(event).text
            async with self._turn:
                if self.writer.transport.is_closing():  # who was interrupted wants it no more
                    return False
                samples = await asyncio.to_thread(self._kokoro.say, text)
            pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
            with contextlib.suppress(ConnectionError):
                await self.write_event(AudioStart(RATE, 2, 1).event())
                await self.write_event(AudioChunk(RATE, 2, 1, pcm).event())
                await self.write_event(AudioStop().event())
        return True


async def serve(folder: Path, ear: int = EAR, voice: int = VOICE) -> None:
    """Both, until stopped."""
    hears: Callable[..., _Recogniser] = partial(
        _Recogniser, Whisper(folder / "whisper-base"), asyncio.Lock()
    )
    says: Callable[..., _Voice] = partial(_Voice, Kokoro(folder, threads=2), asyncio.Lock())
    uris = [f"tcp://127.0.0.1:{port}" for port in (ear, voice)]
    print(f"STT_URI={uris[0]} TTS_URI={uris[1]}", flush=True)  # noqa: T201  # what the line wants
    both = [
        asyncio.create_task(AsyncServer.from_uri(uris[0]).run(hears)),
        asyncio.create_task(AsyncServer.from_uri(uris[1]).run(says)),
    ]
    # Each of them takes SIGTERM for itself: the one that was started last gets it.
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    for one in both:
        one.cancel()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), *map(int, sys.argv[2:])))
