"""The time that a question is about, and whether a pharmacy is open then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from shared.catalog import Pharmacy
from shared.clock import TAIPEI
from shared.hours.opening import FRINGE, opening_at
from shared.hours.periods import PARTS
from shared.hours.values import DayPart, Opening, OpeningState


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A day; an hour of it, or a part of it, where one was said.

    >>> str(AskedTime(date(2020, 3, 4), part=DayPart.EVENING))
    '2020-03-04 evening'
    >>> AskedTime.read("2020-03-04 17:00")
    AskedTime(day=datetime.date(2020, 3, 4), clock=datetime.time(17, 0), part=None)
    """

    day: date
    clock: time | None = None
    part: DayPart | None = None

    def __str__(self) -> str:
        said = self.clock.isoformat("minutes") if self.clock else self.part or ""
        return f"{self.day.isoformat()} {said}".strip()

    @classmethod
    def read(cls, text: str) -> "AskedTime | None":
        """The time that `str` wrote; None for "" and for anything else, such as a number."""
        day, _, said = text.partition(" ")
        try:
            if said in set(DayPart):
                asked = cls(date.fromisoformat(day), part=DayPart(said))
            else:
                asked = cls(date.fromisoformat(day), time.fromisoformat(said) if said else None)
        except ValueError:
            return None
        return asked if str(asked) == text else None

    @property
    def late(self) -> bool:
        """Whether it is of the afternoon or of the evening."""
        return self.clock.hour >= _NOON if self.clock else self.part in _AFTER_NOON

    def is_over(self, now: datetime) -> bool:
        """Whether that time has passed at `now` (aware)."""
        here = now.astimezone(TAIPEI)
        ends = self.clock or (PARTS[self.part][1] if self.part else time.max)
        return (self.day, ends) <= (here.date(), here.time())

    def moments(self) -> Sequence[datetime]:
        """When one must be open, at one of them, to be open then; a day without more begins.

        In a part of the day: its middle, and as near to its nominal ends as anything is claimed.
        """
        if self.part is None:
            return [datetime.combine(self.day, self.clock or time.min, TAIPEI)]
        start, end = (datetime.combine(self.day, one, TAIPEI) for one in PARTS[self.part])
        first, last = start + FRINGE, end - FRINGE
        return [first, first + (last - first) / 2, last]


_NOON = 12
_AFTER_NOON = (DayPart.AFTERNOON, DayPart.EVENING)


def is_open(pharmacy: Pharmacy, asked: AskedTime) -> bool | None:
    """Whether `pharmacy` is open at that time; at any time of the day where no more was said. None
    where that is not known."""
    return _is_open(_openings(pharmacy, asked), asked)


def serves(pharmacy: Pharmacy, asked: AskedTime) -> bool:
    """Whether `pharmacy` is known to be open then, and is not known to sell nothing."""
    openings = _openings(pharmacy, asked)
    return bool(_is_open(openings, asked)) and any(map(_sells, openings))


def _openings(pharmacy: Pharmacy, asked: AskedTime) -> list[Opening | None]:
    return [opening_at(pharmacy, moment) for moment in asked.moments()]


def _is_open(openings: Sequence[Opening | None], asked: AskedTime) -> bool | None:
    whole_day = asked.clock is None and asked.part is None
    found = [_open_in(opening, whole_day) for opening in openings]
    return True if True in found else None if None in found else False


def _open_in(opening: Opening | None, whole_day: bool) -> bool | None:
    if opening is None or opening.state is OpeningState.UNKNOWN:
        return None
    if opening.state in (OpeningState.OPEN, OpeningState.CLOSES_SOON):
        return True
    return whole_day and opening.state is OpeningState.OPENS_LATER


def _sells(opening: Opening | None) -> bool:
    sale = opening.sale if opening else None
    return opening is not None and not (
        opening.sale_over or (sale and (sale.stopped or sale.not_today))
    )
