"""The line, over the Wyoming protocol. A sentence is a connection of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info

PROGRAM = "mask-line"
"""What the line's program is called; no other Wyoming server is asked."""

SECONDS = 10.0
"""A turn takes milliseconds; the first one after a new feed a second."""


class ClientError(Exception):
    """The line does not answer, or what answers is no line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the line says to a sentence."""

    text: str
    ours: bool
    """False: the sentence is not for the line, or was not understood"""
    listens: bool = False
    """another sentence is awaited"""


@dataclass(frozen=True, slots=True)
class Client:
    """Where the line is served."""

    host: str
    port: int

    async def describe(self) -> None:
        """ClientError unless the line is served there."""
        async with self._connected() as client:
            await client.write_event(Describe().event())
            info = Info.from_event(await _next(client, Info))
        if not any(program.name == PROGRAM for program in info.handle):
            raise ClientError("another Wyoming service answers there")

    async def ask(self, words: str, language: str, conversation: str, device: str) -> Answer:
        """The answer to `words`. `conversation`, `device`: what the house calls them.

        ClientError.
        """
        context = {"conversation_id": conversation, "device_id": device}
        async with self._connected() as client:
            await client.write_event(Transcript(words, context, language).event())
            event = await _next(client, Handled, NotHandled)
        text, told = event.data.get("text") or "", event.data.get("context") or {}
        return Answer(text, Handled.is_type(event.type), told.get("listens") is True)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncTcpClient]:
        try:
            async with asyncio.timeout(SECONDS):
                async with AsyncTcpClient(self.host, self.port) as client:
                    yield client
        except (OSError, EOFError, ValueError, KeyError, TypeError) as problem:
            raise ClientError(f"{self.host}:{self.port}: {type(problem).__name__}") from problem


async def _next(client: AsyncTcpClient, *kinds: type) -> Event:
    """The next event of one of `kinds`; others are dropped, as the protocol asks."""
    while event := await client.read_event():
        if any(kind.is_type(event.type) for kind in kinds):
            return event
    raise ClientError("the line closed the connection")
