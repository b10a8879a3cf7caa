"""What is known of a pharmacy's hours: values that the outcomes carry."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class OpeningState(StrEnum):
    """Whether a pharmacy is open."""

    OPEN = "open"
    CLOSES_SOON = "closes_soon"
    OPENS_LATER = "opens_later"
    CLOSED_TODAY = "closed_today"
    """closed all day, or for the rest of it"""
    UNKNOWN = "unknown"


class DayPart(StrEnum):
    """The part of a day that the weekly periods tell."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


Span = tuple[time, time]
"""from, until"""


@dataclass(frozen=True, slots=True)
class SaleNote:
    """What a hand-written note (看診備註) tells of one day, as far as it could be read."""

    plates_from: time | None = None
    """number plates (號碼牌) are handed out from"""
    sold_from: time | None = None
    sold_until: time | None = None
    no_plates: bool = False
    see_door: bool = False
    """the times hang at the door"""
    breaks: tuple[Span, ...] = ()
    """when nothing is sold in between: lunch"""
    not_today: bool = False
    """nothing is sold on this day"""
    sold_today: bool = False
    """it is sold on this date, against the weekly rule; at what time is not told"""
    stopped: bool = False
    """it is not sold any more"""
    since: date | None = None
    """these times hold from that day"""
    until: date | None = None
    """these times hold to that day, which is the last"""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a pharmacy's hours at one moment."""

    state: OpeningState
    at: datetime | None = None
    """OPENS_LATER, CLOSED_TODAY: when it opens next; OPEN, CLOSES_SOON: when it closes; None where
    no clock time is known"""
    sale: SaleNote | None = None
    """when masks are sold today, where the note tells"""
    sale_over: bool = False
    """what is sold today was sold until a time that has passed"""
    spoken_note: str = ""
    """the note itself, made fit for the ear (Chinese), where it could not be read; "" when it is
    noise"""
    opens_on: date | None = None
    """OPENS_LATER, CLOSED_TODAY: the day on which it opens next; None unknown"""
    opens_in: DayPart | None = None
    """… and the part of that day; the weekly periods tell no clock time"""

    @property
    def stopped(self) -> bool:
        """Whether the pharmacy does not sell any more what is counted."""
        return self.sale is not None and self.sale.stopped
