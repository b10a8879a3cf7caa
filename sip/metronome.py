"""One clock for the sound of all calls: a tick each 20 ms."""

import asyncio
import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

FRAME_S = 0.02
"""RFC 3551's default for G.711."""

MOST_BEHIND = 5
"""Late ticks that are caught up after a delay; older ones are skipped."""


class Metronome:
    """Calls each of its listeners at every tick, on deadlines, so that no delay adds up."""

    def __init__(self, most_behind: int = MOST_BEHIND) -> None:
        """`most_behind`: late ticks that are caught up."""
        self._most_behind_s = most_behind * FRAME_S
        self._listeners: dict[Callable[[], None], None] = {}
        self._task: asyncio.Task[None] | None = None
        self.latest_s = 0.0
        """the most that a tick came late since `latest_s` was last set to 0"""

    def start(self) -> None:
        """Tick in the running loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop ticking."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def add(self, listener: Callable[[], None]) -> None:
        """Call `listener` from the next tick on."""
        self._listeners[listener] = None

    def remove(self, listener: Callable[[], None]) -> None:
        """Stop calling it."""
        self._listeners.pop(listener, None)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + FRAME_S
        while True:
            await asyncio.sleep(max(0.0, deadline - loop.time()))
            late = loop.time() - deadline
            self.latest_s = max(self.latest_s, late)
            if late > self._most_behind_s:
                deadline = loop.time()
            deadline += FRAME_S
            for listener in tuple(self._listeners):
                try:
                    listener()
                except Exception:
                    log.exception("a tick failed")
