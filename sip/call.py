"""One call: speech and keys become turns, replies become sound, until one side hangs up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from conversation.service import Conversation
from shared.catalog import Snapshot
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.outcomes import NoData
from shared.places.telephone_numbers import area_code_of
from shared.speech.say import say_outcome
from sip.echo import is_echo
from sip.endpointing import END_S, Began, Said, SpeechEndpointer
from sip.hearing import Hearing
from sip.keypad import Keypad
from sip.media import FRAME, Media
from sip.observer import SipObserver
from sip.servers import NoServerError
from sip.settings import PATIENCE
from sip.sound import from_pcm, tone
from sip.texts import own
from sip.voice import Voice

log = logging.getLogger(__name__)

BEGIN_KEYS_S = 10.0
"""Silence that counts as nothing heard where only keys count: glasses on, find the key."""

UNFINISHED_S = 1.6
"""Additional wait after an unfinished sentence, 「我住…」."""

MOMENT_S = 1.2
"""Silence after the end of speech before a first sign that the answer is coming."""

TONE_EVERY_S = 1.8
"""Between two tones while the caller waits: never silence over 3 s."""

VANISHED_S = 60.0
"""Without a datagram for so long, the other end is gone, and its BYE was lost."""

STEP_S = 0.04
STILL_S = 0.4
"""Without a datagram for so long, the other end suppresses silence; late packets come sooner, and
silence inserted before them would split a word."""

_UNFINISHED = (
    "我住",
    "我在",
    "我要",
    "我想",
    "我們",
    "請問",
    "那個",
    "在",
    "嗯",
    "呃",
    "就是",
    "住在",
    "找",
)


@dataclass(slots=True)
class Parts:
    """What all calls share."""

    conversation: Conversation
    channel: Channel
    snapshot: Callable[[], Snapshot | None]
    voice: Voice
    hearing: Hearing | None
    """None for keys alone"""
    seen: SipObserver
    begin_s: float = PATIENCE.begin_s


@dataclass(slots=True)
class _Listening:
    """What was said and pressed since the line began to ask."""

    keypad: Keypad
    texts: list[asyncio.Task[str]] = field(default_factory=list)
    quiet_since: float = 0.0
    ended: float = 0.0
    """when the caller last stopped speaking"""
    grace_until: float = 0.0
    told_moment: float = 0.0


class Call:
    """One call, from the answer to its end. `run` returns when the line hangs up."""

    def __init__(
        self,
        parts: Parts,
        media: Media,
        caller: str,
        transfer: Callable[[str], Awaitable[bool]],
    ) -> None:
        """`caller`: the caller's number, "" where it is withheld.

        `transfer`: transfers the call to a number; whether that succeeded.
        """
        self._parts = parts
        self._media = media
        self._caller = caller
        self._transfer = transfer
        self._endpointer = SpeechEndpointer(self._is_echo)
        self._events: asyncio.Queue[str | Began | Said] = asyncio.Queue(maxsize=500)
        self._state: State | None = None
        self._speaker: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._last_frame = self._loop.time()
        self._waits_since = 0.0
        """when the caller had finished; 0 once the answer has begun"""
        self._sounded = self._loop.time()
        """when the caller last heard something"""
        self._rest = bytearray()
        media.on_audio = self._hear
        media.on_key = self._press

    def tick(self) -> None:
        """Called every 20 ms."""
        if self._media.playing_s > 0:
            self._sounded = self._loop.time()
        self._media.tick()
        if self._endpointer.attends and self._loop.time() - self._last_frame > STILL_S:
            self._take_frame(bytes(2 * FRAME))  # it suppresses silence

    @property
    def vanished(self) -> bool:
        """Whether nothing came from the other end for a long time."""
        return not self._media.on_hold and self._loop.time() - self._last_frame > VANISHED_S

    async def run(self) -> None:
        """The whole conversation; after any fault the caller hears the fallback."""
        try:
            await self._talk()
        except Exception:
            log.exception("a call failed")
            await self._say_goodbye()
        finally:
            await self._stop_speaking()

    async def _talk(self) -> None:
        turn = Utterance(opens=True, area_code=area_code_of(self._caller))
        how = "opens"
        while True:
            started = self._loop.time()
            state, reply = await asyncio.to_thread(
                self._parts.conversation.take, self._state, turn, self._parts.channel
            )
            self._log(how, self._loop.time() - started)
            opens, self._state = self._state is None, state
            await self._start_speaking(reply, opens)
            if reply.rings:
                await self._played()
                if await self._transfer(reply.rings):
                    return
                turn, how = Utterance(unanswered=True), "unanswered"
                continue
            if not reply.listens:
                await self._played()
                return
            turn = await self._listen(reply.digits)
            how = "speech" if turn.text else "keys" if turn.keys else "silence"

    # -- speaking --

    async def _start_speaking(self, reply: Reply, opens: bool) -> None:
        await self._stop_speaking()
        self._speaker = asyncio.create_task(self._speak(reply, opens))

    async def _speak(self, reply: Reply, opens: bool) -> None:
        hum = asyncio.create_task(self._hum())
        try:
            async for pcm in self._parts.voice.say(reply):
                self._play(pcm)
            if opens and self._parts.hearing is None:
                await self._read(own("keys_only", reply.locale), reply.locale)
        finally:
            hum.cancel()

    async def _read(self, text: str, locale: str) -> None:
        async for pcm in self._parts.voice.read(text, locale):
            self._play(pcm)

    async def _hum(self) -> None:
        """A soft tone now and then, while a slow voice makes what comes next."""
        while True:
            await asyncio.sleep(STEP_S)
            since = self._waits_since or self._sounded
            wait = MOMENT_S if self._waits_since else TONE_EVERY_S
            if self._media.playing_s == 0 and self._loop.time() - since >= wait:
                self._play(tone())

    def _play(self, pcm: bytes) -> None:
        if self._waits_since:
            self._parts.seen.took("first_sound", self._loop.time() - self._waits_since)
            self._waits_since = 0.0
        self._media.play(pcm)

    async def _stop_speaking(self) -> None:
        if self._speaker and not self._speaker.done():
            self._speaker.cancel()
            await asyncio.gather(self._speaker, return_exceptions=True)
        self._speaker = None

    async def _played(self) -> None:
        """Wait until all was said and heard."""
        if self._speaker:
            await asyncio.gather(self._speaker, return_exceptions=True)
        while self._media.playing_s > 0:
            await asyncio.sleep(STEP_S)
        await asyncio.sleep(0.2)

    def _is_speaking(self) -> bool:
        return self._media.playing_s > 0 or bool(self._speaker and not self._speaker.done())

    async def _interrupt(self) -> None:
        """The caller speaks or presses: what is being said ends."""
        await self._stop_speaking()
        self._media.hush()

    async def _say_goodbye(self) -> None:
        try:
            text = say_outcome(NoData(self._parts.channel.operator), "zh-TW")
            await self._read(text, "zh-TW")
            self._speaker = None
            await self._played()
        except Exception:
            log.exception("and the fallback failed too")

    # -- listening --

    def _hear(self, pcm: bytes) -> None:
        self._last_frame = self._loop.time()
        self._rest += pcm
        while len(self._rest) >= 2 * FRAME:  # some telephones send 10 or 30 ms in a packet
            self._take_frame(bytes(self._rest[: 2 * FRAME]))
            del self._rest[: 2 * FRAME]

    def _take_frame(self, frame: bytes) -> None:
        if self._parts.hearing is None:
            return
        self._endpointer.over_us = self._media.playing_s > 0
        event = self._endpointer.hear(frame)
        if event is not None and not self._events.full():
            self._events.put_nowait(event)

    def _is_echo(self, heard: bytes) -> bool:
        return is_echo(from_pcm(heard), from_pcm(self._media.sent))

    def _press(self, key: str) -> None:
        self._last_frame = self._loop.time()
        if not self._events.full():
            self._events.put_nowait(key)

    async def _listen(self, digits: int) -> Utterance:
        """What the caller says or presses in answer; an empty turn for silence."""
        listening = _Listening(Keypad(digits), quiet_since=self._loop.time())
        try:
            while True:
                try:
                    event = await asyncio.wait_for(self._events.get(), STEP_S)
                except TimeoutError:
                    event = None
                if event is not None:
                    await self._take(event, listening)
                if (turn := await self._decide(listening)) is not None:
                    return turn
        finally:
            for task in listening.texts:
                task.cancel()

    async def _take(self, event: str | Began | Said, listening: _Listening) -> None:
        now = self._loop.time()
        if isinstance(event, str):
            await self._interrupt()
            listening.keypad.press(event, now)
            self._waits_since = now
        elif isinstance(event, Began):
            await self._interrupt()
        else:
            await self._interrupt()  # what was said softly has not stopped us yet
            listening.ended = self._waits_since = now - END_S
            listening.told_moment = 0.0
            if hearing := self._parts.hearing:
                written = hearing.write_down(event.pcm, self._state)
                listening.texts.append(asyncio.create_task(written))

    async def _decide(self, listening: _Listening) -> Utterance | None:
        """The turn, once it is known what was meant; None to listen on."""
        now = self._loop.time()
        if keys := listening.keypad.complete(now):
            return Utterance(keys=keys, caller=self._caller)
        if listening.keypad.pressed or self._endpointer.speaking:
            listening.quiet_since = now
            return None
        if listening.texts:
            listening.quiet_since = now
            return await self._understood(listening, now)
        if self._is_speaking():
            listening.quiet_since = now
            return None
        patience = self._parts.begin_s if self._parts.hearing else BEGIN_KEYS_S
        if now - listening.quiet_since > patience and not self._media.on_hold:
            self._waits_since = now
            return Utterance(caller=self._caller)
        if self._media.on_hold:
            listening.quiet_since = now
        return None

    async def _understood(self, listening: _Listening, now: float) -> Utterance | None:
        if not all(task.done() for task in listening.texts):
            await self._bridge(listening, now)
            return None
        try:
            words = " ".join(filter(None, (task.result() for task in listening.texts)))
        except NoServerError:
            listening.texts.clear()
            await self._go_deaf()
            return None
        if not words:  # a cough, a door
            listening.texts.clear()
            return None
        if words.rstrip("，。、 …").endswith(_UNFINISHED):
            listening.grace_until = listening.grace_until or now + UNFINISHED_S
            if now < listening.grace_until:
                return None
        return Utterance(text=words, caller=self._caller)

    async def _bridge(self, listening: _Listening, now: float) -> None:
        """Let the caller hear that something is done."""
        since = listening.told_moment or listening.ended
        first = listening.told_moment == 0.0
        if self._is_speaking() or now - since < (MOMENT_S if first else TONE_EVERY_S):
            return
        listening.told_moment = now
        self._play(tone())
        if first:
            await self._read_own("moment")

    async def _go_deaf(self) -> None:
        """No recogniser answers: say so, and go on with keys. It is asked again at the next."""
        await self._read_own("unheard_now")
        await self._read_own("keys_only")

    async def _read_own(self, key: str) -> None:
        locale = self._state.locale if self._state else "zh-TW"
        await self._read(own(key, locale), locale)

    def _log(self, how: str, seconds: float) -> None:
        log.info(
            "sip turn heard=%s milliseconds=%d playing_s=%.1f strangers=%d",
            how,
            seconds * 1000,
            self._media.playing_s,
            self._media.strangers,
        )
