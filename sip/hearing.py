"""What a caller said, written down: with the names she is likely to say, and where that is not sure
once more with those it may mean."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from shared.catalog import Snapshot
from shared.dialog.values import State
from sip.bias import LOCALE, is_listed, is_recited, likely_names, names_in, surer
from sip.observer import SipObserver
from sip.recogniser import Recogniser
from sip.servers import NoServerError
from sip.settings import PATIENCE


@dataclass(frozen=True, slots=True)
class Hearing:
    """The recogniser, and what it is told."""

    recogniser: Recogniser
    snapshot: Callable[[], Snapshot | None]
    seen: SipObserver
    again_within_s: float = PATIENCE.again_within_s

    async def write_down(self, pcm: bytes, state: State | None) -> str:
        """What was said in `pcm` (8,000 a second), "" for nothing. NoServerError where none hears.

        A recogniser that gives its list back, instead of what was said, is asked again without
        one, however long it took: a district that nobody named costs a walk.
        """
        started, locale = time.monotonic(), state.locale if state else LOCALE
        area_code = state.area_code if state else ""
        snapshot = self.snapshot()
        names = likely_names(state, snapshot, area_code)
        try:
            words = await self.recogniser.write_down(pcm, locale, names)
            if is_recited(words, names):
                words = await self.recogniser.write_down(pcm, locale)
        except NoServerError:
            self.seen.lost("recogniser")
            raise
        took = time.monotonic() - started
        self.seen.took("recogniser", took)
        if locale != LOCALE or took > self.again_within_s or snapshot is None:
            return words
        return await self._once_more(pcm, words, snapshot, area_code)

    async def _once_more(self, pcm: bytes, words: str, snapshot: Snapshot, area_code: str) -> str:
        """The surer of `words` and of what is written where the names it may mean are told."""
        names = await asyncio.to_thread(names_in, words, snapshot, area_code)
        if not names:
            return words
        try:
            second = await self.recogniser.write_down(pcm, LOCALE, names)
        except NoServerError:  # the first is better than none
            return words
        if not second or is_recited(second, names) or is_listed(second, names):
            return words
        return await asyncio.to_thread(surer, words, second, snapshot, area_code)
