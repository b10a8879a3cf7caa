"""The line on this machine, in a thread of its own, beside scripted servers."""

import asyncio
import os
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from conversation.service import Conversation
from sip.service import built
from sip.settings import SipSettings, parse_networks
from sip.user_agent import UserAgent
from tests import small_feed
from tests.conversations import Recorder
from tests.sip.scripted import ScriptedEar, ScriptedVoice

T = TypeVar("T")

SNAPSHOT = small_feed.snapshot()

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = (18_000 + 400 * WORKER, 18_399 + 400 * WORKER)
"""Each of the workers that pytest runs side by side has its own."""

SETTINGS = SipSettings(port=0, allow=parse_networks("127.0.0.0/8"), ports=PORTS)


class Seen:
    """What the line tells of itself."""

    def __init__(self) -> None:
        self.now = 0
        self.refusals: list[str] = []
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.losses: list[str] = []

    def calls(self, now: int) -> None:
        self.now = now

    def refused(self, why: str) -> None:
        self.refusals.append(why)

    def took(self, what: str, seconds: float) -> None:
        self.seconds[what].append(seconds)

    def lost(self, what: str) -> None:
        self.losses.append(what)


class Rig:
    """A line that runs; everything below is called from the test's thread."""

    def __init__(
        self,
        folder: Path,
        *,
        ear: bool = True,
        voice: bool = True,
        **settings: object,
    ) -> None:
        self.ear, self.voice = ScriptedEar(), ScriptedVoice()
        self.seen, self.recorder = Seen(), Recorder()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.run(self.ear.start())
        self.run(self.voice.start())
        chosen = replace(
            SETTINGS,
            recognisers=(self.ear.uri,) if ear else (),
            voices=(self.voice.uri,) if voice else (),
            **settings,  # type: ignore[arg-type]
        )
        conversation = Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW, self.recorder)
        self.line: UserAgent = self.run(self._build(chosen, conversation, folder))
        self.run(self.line.start())

    async def _build(self, *parts: Any) -> UserAgent:
        settings, conversation, folder = parts
        return built(settings, conversation, lambda: SNAPSHOT, folder, self.seen)

    def run(self, work: Coroutine[Any, Any, T] | Awaitable[T]) -> T:
        """Do `work` in the line's thread and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)  # type: ignore[arg-type]

    def tasks(self) -> int:
        """Tasks in the line's thread now."""

        async def count() -> int:
            return len(asyncio.all_tasks()) - 1

        return self.run(count())

    @property
    def outcomes(self) -> list[str]:
        """Class names of what was answered."""
        return [type(reply.outcome).__name__ for reply in self.recorder.replies]

    def stop(self) -> None:
        self.run(self.line.stop())
        self.run(self.ear.die())
        self.run(self.voice.die())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


def wait_until(true: Callable[[], object], seconds: float = 60.0, every_s: float = 0.05) -> bool:
    """Whether it came true in time; looked at each `every_s`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(every_s)
    return bool(true())
