"""One spoken question through the whole way: a call over loopback, sound in, sound out."""

import asyncio
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.hear_asked import Question, asks_back, not_heard
from bench.sip_caller import Caller
from conversation.observation import Observed
from shared.dialog.values import Reply, State
from sip.metronome import FRAME_S
from sip.recogniser import Recogniser
from sip.servers import Servers
from sip.settings import PATIENCE, Patience
from sip.sound import from_pcm

LOUD = 0.004
"""Of full scale; softer frames are silence."""

STILL_S = 0.7
"""Silence of the line after which it has spoken."""

BREAKS_IN_S = 2.0
"""After so much of the greeting every second caller speaks into it."""

REPLY_S = 75.0
HEARD_LAG_S = 0.06
"""What the caller's own jitter buffer adds; taken off."""


class Recorder:
    """What the line answered, and when."""

    def __init__(self) -> None:
        self.replies: list[tuple[float, Reply]] = []

    def __call__(self, _seen: Observed, reply: Reply | None) -> None:
        if reply is not None:
            self.replies.append((time.monotonic(), reply))


def unseen(_seen: object, _reply: object) -> None:
    """Nobody looks."""


class KeepingEar(Recogniser):
    """A recogniser that keeps what it was given."""

    def __init__(self, servers: Servers, patience: Patience = PATIENCE) -> None:
        super().__init__(servers, patience.recogniser_s)
        self.given: list[tuple[bytes, str]] = []
        """sound and what was written"""
        self.seconds: list[float] = []

    async def write_down(self, pcm: bytes, locale: str, names: Sequence[str] = ()) -> str:
        """As the recogniser does."""
        started = time.monotonic()
        text = await super().write_down(pcm, locale, names)
        self.seconds.append(time.monotonic() - started)
        self.given.append((pcm, text))
        return text


@dataclass(slots=True)
class Asked:
    """What came of one question."""

    question: Question
    how: str = "nothing"
    """at once, asked back, said again, wrong, nothing"""
    outcomes: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    pcm: bytes = b""
    """what reached the recogniser"""
    state: State | None = None
    first_sound_s: float | None = None
    answer_s: float | None = None
    silence_s: float = 0.0
    """the longest between her end and the answer"""


class Listener:
    """What a caller hears, by time."""

    def __init__(self) -> None:
        self.frames: list[tuple[float, bytes, bool]] = []

    def __call__(self, pcm: bytes) -> None:
        loud = bool(np.abs(from_pcm(pcm)).max(initial=0) > LOUD)
        self.frames.append((time.monotonic() - HEARD_LAG_S, pcm, loud))

    def loud_since(self, since: float) -> float | None:
        """When it was first loud after `since`."""
        return next((at for at, _, loud in self.frames if at >= since and loud), None)

    def begins_since(self, since: float) -> float | None:
        """When something first began after `since`: loud after 150 ms of silence."""
        quiet = 8
        for at, _, loud in self.frames:
            if loud and at >= since and quiet >= 8:
                return at
            quiet = 0 if loud else quiet + 1
        return None

    def still_s(self) -> float:
        """Seconds of silence until now."""
        for number, (_, _, loud) in enumerate(reversed(self.frames)):
            if loud:
                return number * FRAME_S
        return 0.0

    def longest_silence(self, since: float, until: float) -> float:
        """Seconds."""
        times = [since, *(at for at, _, loud in self.frames if loud and since < at < until), until]
        return max(after - before for before, after in itertools.pairwise(times))


def breaks_in(question: Question) -> bool:
    """Every second caller does not wait for the end of the greeting."""
    return question.number % 2 == 0


async def ask(
    question: Question, pcm: bytes, line: tuple[str, int], recorder: Recorder, ear: KeepingEar
) -> Asked:
    """Call the line, ask, answer what it asks back, and listen to the answer."""
    asked, listener = Asked(question), Listener()
    recorder.replies.clear()
    ear.given.clear()
    async with Caller(line, number=question.caller or "0277777777") as caller:
        caller.on_audio = listener
        if await caller.dial() != 200:
            return asked
        await _greeted(listener, breaks_in=breaks_in(question))
        ended = await _say(caller, pcm)
        if not await _replied(recorder, 2):
            return asked
        _judge(asked, recorder, ear)
        await _timed(asked, listener, ended, recorder.replies[1][0])
        await _settle(asked, caller, pcm, recorder)
    asked.outcomes = [type(reply.outcome).__name__ for _, reply in recorder.replies[1:]]
    asked.heard = [text for _, text in ear.given]
    return asked


async def _greeted(listener: Listener, *, breaks_in: bool) -> None:
    await until(lambda: listener.loud_since(0.0) is not None, 20)
    if breaks_in:
        await asyncio.sleep(BREAKS_IN_S)
    else:
        await until(lambda: listener.still_s() > STILL_S, 20)


async def _say(caller: Caller, pcm: bytes) -> float:
    """When the last of it was sent."""
    caller.say(pcm)
    while caller.saying_s > 0:
        await asyncio.sleep(0.005)
    return time.monotonic()


async def _replied(recorder: Recorder, count: int) -> bool:
    return await until(lambda: len(recorder.replies) >= count, REPLY_S)


def _judge(asked: Asked, recorder: Recorder, ear: KeepingEar) -> None:
    outcomes = recorder.replies[-1][1].outcomes
    if any(asked.question.is_answered(one) for one in outcomes):
        asked.how = "at once"
    elif asks_back(outcomes[-1]):
        asked.how = "asked back"
    elif not_heard(outcomes[-1]):
        asked.how = "said again"
    else:
        asked.how = "wrong"
    asked.pcm = ear.given[0][0] if ear.given else b""


async def _timed(asked: Asked, listener: Listener, ended: float, replied: float) -> None:
    await until(lambda: listener.begins_since(replied) is not None, 20)
    first, begins = listener.loud_since(ended + FRAME_S), listener.begins_since(replied)
    if first is None or begins is None:
        return
    asked.first_sound_s, asked.answer_s = first - ended, begins - ended
    asked.silence_s = listener.longest_silence(ended, begins)


async def _settle(asked: Asked, caller: Caller, pcm: bytes, recorder: Recorder) -> None:
    """Choose what was offered, or say it once more; then it is right or it is not."""
    if asked.how not in ("asked back", "said again"):
        return
    if asked.how == "asked back":
        key = asked.question.key_among(recorder.replies[-1][1].outcome)
        if not key:
            asked.how = "nothing"
            return
        await caller.press(key)
    else:
        await _say(caller, pcm)
    right = await _replied(recorder, 3) and any(
        asked.question.is_answered(one) for one in recorder.replies[-1][1].outcomes
    )
    if not right:
        last = recorder.replies[-1][1].outcome
        asked.how = "nothing" if asks_back(last) or not_heard(last) else "wrong"


async def until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        await asyncio.sleep(0.02)
    return False
