"""「今天」 in a note: the day on which it was first seen.

Of 30 real notes that name a date beside it 22 were first seen on that date, seven a day later: the
file came late, so where a note names the day before, nothing is told of its today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from shared.hours.note_dates import on_days
from shared.hours.note_tokens import Part
from shared.hours.when import When
from shared.today import days_from_today

_A_DAY = timedelta(days=1)


def on_the_day(tokens: Sequence[Part], seen: date | None) -> Iterator[Part]:
    """The tokens with the date for 「今天」 and its like; as they are where it is not known."""
    known = seen is not None and not any(_is_day(token, seen - _A_DAY) for token in tokens)
    for place, token in enumerate(tokens):
        days = days_from_today().get(token.text) if token.kind == "today" else None
        if seen is None or not known or days is None or _sold_out(tokens[place:]):
            yield token
        else:
            yield replace(token, kind="when", value=on_days((seen + days * _A_DAY,)))


def _is_day(token: Part, day: date) -> bool:
    """Whether it names `day` by its date."""
    value = token.value
    return isinstance(value, When) and any(one.single and one.covers(day) for one in value.dates)


def _sold_out(behind: Sequence[Part]) -> bool:
    """「今日已售完，每日14:00」: what follows is of the day itself, not when it is sold."""
    near = takewhile(lambda token: token.kind not in ("stop", "soft", "space", "time"), behind)
    return any(token.kind == "sold_out" for token in near)
