"""Assist, the voice assistant of Home Assistant, over the Wyoming protocol.

A peer asks `Describe` and is told that we handle sentences; it sends a `Transcript` and gets
`Handled` with the words to say, or `NotHandled` where it is not for us or was not understood. A
connection is one conversation. Home Assistant however opens a connection for every sentence and
names the conversation in the transcript's context: then the name counts, for as long as it keeps
one itself. For such a peer the context of the answer says whether another sentence is expected, so
that custom_components/mask_line can keep the microphone open.
"""

import asyncio
import logging
from contextlib import AsyncExitStack
from functools import partial

from wyoming.asr import Transcript
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Attribution, Describe, HandleModel, HandleProgram, Info
from wyoming.ping import Ping, Pong
from wyoming.server import AsyncEventHandler, AsyncServer

from conversation.sanitizing import typed_keys
from conversation.service import Conversation
from shared.dialog.values import Channel, Utterance
from shared.locales import all_locales, spoken_as
from shared.outcomes import NoData
from shared.speech.say import say_outcome
from skills.assist.discovery import announced
from skills.assist.sessions import IDLE_SECONDS, Session, Sessions
from skills.assist.subject import is_ours
from skills.typed import locale_of_letters

LANGUAGES = tuple(
    dict.fromkeys(tag for one in all_locales().values() for tag in (one.tag, one.tag.lower()))
)
"""Home Assistant 2025.4 looks for zh-tw, later ones for zh-TW, both case-sensitively."""

CHANNEL = "assist"

EVENT_BYTES = 64 * 1024
"""Payload limit of an event; a transcript has some hundred bytes, and audio is not accepted."""

log = logging.getLogger(__name__)


async def serve(
    uri: str, conversation: Conversation, operator: str = "1922", *, announce: bool = False
) -> None:
    """Serve at `uri` (tcp://127.0.0.1:10400, unix:///run/mask-line.sock) until stopped.

    `announce`: by mDNS, where it listens to the network. ValueError for any other URI.
    """
    sessions = Sessions()
    server = AsyncServer.from_uri(uri)
    async with AsyncExitStack() as stack:
        if announce:
            await stack.enter_async_context(announced(uri))
        log.info("Assist is served at %s", uri)
        channel = Channel(CHANNEL, operator=operator)
        await server.run(partial(_Peer, conversation, channel, sessions))


class _Peer(AsyncEventHandler):
    """One connection. A fault of the peer ends this connection at most."""

    def __init__(
        self,
        conversation: Conversation,
        channel: Channel,
        sessions: Sessions,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        super().__init__(_Bounded(reader), writer)
        self._conversation = conversation
        self._channel = channel
        self._sessions = sessions
        self._session = Session()

    async def run(self) -> None:
        """Answer events until the peer leaves, falls silent or sends an invalid one."""
        try:
            await super().run()
        except (OSError, EOFError, TimeoutError) as problem:
            log.info("an Assist peer left: %s", type(problem).__name__)
        except Exception:  # invalid input: wyoming raises a dozen types for it
            log.info("an Assist peer sent what is no event", exc_info=True)

    async def handle_event(self, event: Event) -> bool:
        """Answer `event`; unknown types are dropped, as the protocol asks."""
        if Describe.is_type(event.type):
            await self.write_event(describe().event())
        elif Ping.is_type(event.type):
            await self.write_event(Pong(text=Ping.from_event(event).text).event())
        elif Transcript.is_type(event.type):
            await self.write_event(await self._answer(event))
        return True

    async def _answer(self, event: Event) -> Event:
        text = event.data.get("text")
        if not isinstance(text, str):
            return Error("a transcript has a text", "no-text").event()
        name = _name_of(event.data.get("context"))
        session = self._sessions.get(name) if name else self._session
        words = text.strip()
        turn = Utterance(
            text="" if (keys := typed_keys(words)) else words,
            keys=keys,
            opens=session.state is None,
            locale=_locale_of(event.data.get("language"), words),
        )
        # In a thread, so that a slow turn (the first one after a new feed) delays nobody else.
        return await asyncio.to_thread(self._take, name, session, turn)

    def _take(self, name: str, session: Session, turn: Utterance) -> Event:
        try:
            state, reply = self._conversation.take(session.state, turn, self._channel)
        except Exception:
            log.exception("Assist failed")
            return NotHandled(
                say_outcome(NoData(self._channel.operator), turn.locale, keys=False)
            ).event()
        ours = is_ours(turn.text, reply.outcome, reply.locale, opens=not session.begun)
        kept = Session(state, session.begun or ours) if reply.listens else Session()
        if name:
            self._sessions.put(name, kept)
        else:
            self._session = kept
        context = {"conversation_id": name, "listens": reply.listens and ours} if name else None
        return (Handled if ours else NotHandled)(reply.text, context).event()


def _name_of(context: object) -> str:
    """The peer's id of the conversation, or else of the device."""
    if not isinstance(context, dict):
        return ""
    names = (context.get("conversation_id"), context.get("device_id"))
    return next((name for name in names if isinstance(name, str) and name), "")


def describe() -> Info:
    """What we are: a program that handles sentences."""
    maker = Attribution(name="口罩專線", url="https://data.gov.tw/dataset/116285")
    about = "Where masks are left: pharmacies in Taiwan, their stock, address and telephone"
    model = HandleModel("mask-line", maker, True, about, None, languages=list(LANGUAGES))
    program = HandleProgram("mask-line", maker, True, about, None, models=[model])
    return Info(handle=[program])


def _locale_of(language: object, words: str) -> str:
    """The locale of a language code; without one (Home Assistant 2025.4), of the letters."""
    ours = spoken_as(language) if isinstance(language, str) else ""
    return ours or locale_of_letters(words)


class _Bounded(asyncio.StreamReader):
    """A peer's stream with a timeout and a limit of size."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        super().__init__()
        self._peer = reader

    async def readline(self) -> bytes:
        """A line, at most as long as asyncio's own limit (64 KB), which raises ValueError."""
        return await asyncio.wait_for(self._peer.readline(), IDLE_SECONDS)

    async def readexactly(self, n: int) -> bytes:
        """`n` bytes; ValueError for more than an event may bring."""
        if n > EVENT_BYTES:
            raise ValueError("the event is too large")
        return await asyncio.wait_for(self._peer.readexactly(n), IDLE_SECONDS)

    def feed_eof(self) -> None:
        """End the peer's stream: the server stops."""
        self._peer.feed_eof()
