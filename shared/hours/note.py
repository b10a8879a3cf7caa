"""A hand-written note (看診備註) read into values, or not at all."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shared.hours.values import SaleNote, Span


@dataclass(frozen=True, slots=True)
class Note:
    """A note of which every word was understood."""

    def on(self, day: date, holiday: bool) -> SaleNote | None:  # noqa: ARG002
        return None

    def open_on(self, day: date, holiday: bool) -> tuple[Span, ...]:  # noqa: ARG002
        return ()

    def closed_on(self, day: date, holiday: bool) -> bool:  # noqa: ARG002
        return False


@lru_cache(maxsize=8192)
def read_note(text: str) -> Note | None:
    return None
