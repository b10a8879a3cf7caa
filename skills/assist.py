"""Assist, the voice assistant of Home Assistant, over the Wyoming protocol.

A peer asks `Describe` and is told that we handle sentences; it sends a `Transcript` and gets
`Handled`, or `NotHandled` where we did not understand, with the words to say. A connection is one
conversation. Home Assistant however opens a connection for every sentence and names the
conversation in the transcript's context: then the name counts, for as long as it keeps one itself.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from functools import partial

from wyoming.asr import Transcript
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Attribution, Describe, HandleModel, HandleProgram, Info
from wyoming.ping import Ping, Pong
from wyoming.server import AsyncEventHandler, AsyncServer

from conversation.service import Conversation
from shared.dialog.values import Channel, State, Turn
from shared.outcomes import NoData, NotHeard, NotUnderstood
from shared.speech.say import say_outcome
from skills.typed import typed_keys

LANGUAGES = ("zh-TW", "en", "ja")

IDLE_SECONDS = 300.0
"""As long as Home Assistant keeps a conversation; then the connection is closed."""

EVENT_BYTES = 64 * 1024
"""The most that an event may bring; a transcript has some hundred bytes; audio is not for us."""

KEPT_CONVERSATIONS = 1_000
"""Of those that a context names; the one that was silent longest goes first."""

HEARD_CHARACTERS = 1_000

log = logging.getLogger(__name__)


def serve(uri: str, conversation: Conversation, operator: str = "1922") -> None:
    """Serve at `uri` (tcp://127.0.0.1:10400, unix:///run/mask-line.sock) until stopped.

    ValueError for a URI that is neither.
    """
    asyncio.run(listen(uri, conversation, operator))


async def listen(uri: str, conversation: Conversation, operator: str = "1922") -> None:
    """As `serve`, inside a running event loop."""
    talks = Talks()
    server = AsyncServer.from_uri(uri)
    log.info("Assist is served at %s", uri)
    await server.run(partial(_Peer, conversation, Channel("assist", operator=operator), talks))


class Talks:
    """The states of the conversations that a context names, each for IDLE_SECONDS."""

    def __init__(self) -> None:
        """None yet."""
        self._states: OrderedDict[str, tuple[float, State]] = OrderedDict()

    def get(self, name: str) -> State | None:
        """The state of that conversation; None for a new one, and for one long silent."""
        since, state = self._states.get(name, (0.0, None))
        return state if time.monotonic() - since < IDLE_SECONDS else None

    def put(self, name: str, state: State | None) -> None:
        """Keep `state`; None ends the conversation."""
        self._states.pop(name, None)
        if state is not None:
            self._states[name] = (time.monotonic(), state)
        while len(self._states) > KEPT_CONVERSATIONS:
            self._states.popitem(last=False)


class _Peer(AsyncEventHandler):
    """One connection. Whatever its peer does ends this connection at most."""

    def __init__(
        self,
        conversation: Conversation,
        channel: Channel,
        talks: Talks,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        super().__init__(_Bounded(reader), writer)
        self._conversation = conversation
        self._channel = channel
        self._talks = talks
        self._state: State | None = None

    async def run(self) -> None:
        """Answer events until the peer leaves, falls silent or sends what is none."""
        try:
            await super().run()
        except (OSError, EOFError, TimeoutError) as problem:
            log.info("an Assist peer left: %s", type(problem).__name__)
        except Exception:  # one peer's rubbish: wyoming raises a dozen kinds for it
            log.info("an Assist peer sent what is no event", exc_info=True)

    async def handle_event(self, event: Event) -> bool:
        """Answer `event`; those that are not for us are dropped, as the protocol asks."""
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
        context = event.data.get("context")
        name = context.get("conversation_id") if isinstance(context, dict) else None
        name = name if isinstance(name, str) else ""
        state = self._talks.get(name) if name else self._state
        words = text.strip()[:HEARD_CHARACTERS]
        turn = Turn(
            heard=words,
            keys=typed_keys(words),
            opens=state is None,
            locale=_locale_of(event.data.get("language")),
        )
        # In a thread, so that a slow turn (the first one after a new feed) delays nobody else.
        return await asyncio.to_thread(self._take, name, state, turn)

    def _take(self, name: str, state: State | None, turn: Turn) -> Event:
        context = {"conversation_id": name} if name else None
        try:
            after, reply = self._conversation.take(state, turn, self._channel)
        except Exception:
            log.exception("Assist failed")
            return NotHandled(
                say_outcome(NoData(self._channel.operator), turn.locale, keys=False)
            ).event()
        kept = after if reply.listens else None
        if name:
            self._talks.put(name, kept)
        else:
            self._state = kept
        missed = isinstance(reply.outcome, NotHeard | NotUnderstood)
        return (NotHandled if missed else Handled)(reply.text, context).event()


def describe() -> Info:
    """What we are: a program that handles sentences."""
    maker = Attribution(name="口罩專線", url="https://data.gov.tw/dataset/116285")
    about = "Where masks are left: pharmacies in Taiwan, their stock, address and telephone"
    model = HandleModel("mask-line", maker, True, about, None, languages=list(LANGUAGES))
    program = HandleProgram("mask-line", maker, True, about, None, models=[model])
    return Info(handle=[program])


def _locale_of(language: object) -> str:
    start = language[:2].lower() if isinstance(language, str) else ""
    return {"en": "en-US", "ja": "ja-JP"}.get(start, "zh-TW")


class _Bounded(asyncio.StreamReader):
    """A peer's stream with a limit of time and size: nobody waits, or is read, for ever."""

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
