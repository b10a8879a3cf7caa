"""Wyoming servers that do what a test tells them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.server import AsyncEventHandler
from wyoming.tts import Synthesize

from tests.sip.signals import voice_of

Handle = Callable[[AsyncEventHandler, Event], Awaitable[bool]]


class _Handler(AsyncEventHandler):
    def __init__(self, handle: Handle, *streams: object) -> None:
        super().__init__(*streams)
        self._handle = handle

    async def handle_event(self, event: Event) -> bool:
        return await self._handle(self, event)


class Scripted:
    """A server on a free port of this machine; `die` ends it."""

    def __init__(self) -> None:
        self.delay_s = 0.0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._peers: set[asyncio.Task[None]] = set()

    @property
    def uri(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    async def start(self) -> None:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            self._peers.add(task)
            try:
                await _Handler(self.handle, reader, writer).run()
            finally:
                self._peers.discard(task)

        self._server = await asyncio.start_server(handle, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def die(self) -> None:
        if self._server:
            self._server.close()
        for peer in tuple(self._peers):
            peer.cancel()
        await asyncio.gather(*self._peers, return_exceptions=True)

    async def handle(self, peer: AsyncEventHandler, event: Event) -> bool:
        raise NotImplementedError


class ScriptedVoice(Scripted):
    """Says each text in a sound of its own, and remembers what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    async def handle(self, peer: AsyncEventHandler, event: Event) -> bool:
        if not Synthesize.is_type(event.type):
            return True
        text = Synthesize.from_event(event).text
        self.said.append(text)
        await asyncio.sleep(self.delay_s)
        pcm = (voice_of(text) * 32767).astype("<i2").tobytes()
        await peer.write_event(AudioStart(8_000, 2, 1).event())
        await peer.write_event(AudioChunk(8_000, 2, 1, pcm).event())
        await peer.write_event(AudioStop().event())
        return True


class ScriptedEar(Scripted):
    """Writes down what the test gave it, one after the other, and keeps what it heard."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: deque[str] = deque()
        self.heard: list[np.ndarray] = []
        self.names: list[list[str]] = []
        self._audio: dict[AsyncEventHandler, bytearray] = {}

    async def handle(self, peer: AsyncEventHandler, event: Event) -> bool:
        if Transcribe.is_type(event.type):
            self._audio[peer] = bytearray()
            self.names.append(Transcribe.from_event(event).transcript_names or [])
        elif AudioChunk.is_type(event.type):
            self._audio[peer] += AudioChunk.from_event(event).audio
        elif AudioStop.is_type(event.type):
            samples = np.frombuffer(bytes(self._audio.pop(peer)), "<i2").astype(float) / 32768
            self.heard.append(samples)
            await asyncio.sleep(self.delay_s)
            text = self.writes.popleft() if self.writes else ""
            await peer.write_event(Transcript(text=text).event())
        return True
