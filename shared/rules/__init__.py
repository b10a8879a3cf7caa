"""Who may buy, how many, at what price: a dated table (`rules.yaml`, with its sources)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from shared.data_tables import table_of

_NOT_TOLD = ("source", "over")
"""Keys of a row that no rule has."""

_ODD_WEEKDAYS = (0, 2, 4)
"""Monday, Wednesday, Friday: odd last digits."""

_SUNDAY = 6
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """The rules of one feed on one day."""

    since: date
    adult: int
    """how many an adult may buy"""
    child: int
    days: int
    """so many in how many days; 0: once a round, until a new round is announced"""
    price: int
    """for one of what is counted (a mask, a pack of tests), in NT$"""
    parity: bool
    """the last digit decides on which days of the week one may buy"""
    parity_today: str
    """who may buy today by the last digit of the id: odd, even, all; 0 is even"""
    child_any_day: bool
    """children may buy whatever the day"""
    child_age: int
    """up to this age (included) one counts as a child; 0: no difference is made"""
    child_size: str
    """who may buy children's size: children, anyone"""
    bring: tuple[str, ...]
    """what must be shown: health_card, child_card (for a child's share), residence_permit"""
    proxy: int | None
    """how many other people's cards one may bring; 0: some, how many is not established;
    None: nothing is"""
    proxy_child: int | None
    """the same for children's cards"""
    pack: int
    """pieces in one of what is counted"""
    free_market: bool
    """it is also sold freely elsewhere"""
    changed: tuple[str, ...]
    """which of these changed on `since`; () for the first day of a scheme and for a new round"""

    def may_buy(self, last_digit: int) -> bool:
        """Whether an adult whose id ends in `last_digit` may buy on this day."""
        if self.parity_today == "all":
            return True
        return (last_digit % 2 == 1) == (self.parity_today == "odd")


def rule_on(feed: str, day: date) -> Rule | None:
    """The rules of `feed` (its key in products.yaml) on `day`; None where none are known.

    >>> rule_on("masks", date(2020, 3, 3)).parity_today  # a Tuesday
    'even'
    """
    known = [row for row in _table().get(feed, ()) if row["since"] <= day]
    if not known or known[-1].get("over"):
        return None
    row = {key: value for key, value in known[-1].items() if key not in _NOT_TOLD}
    row["bring"] = tuple(row["bring"])
    return Rule(**row, parity_today=_parity(day) if row["parity"] else "all")


def coming_rule(feed: str, day: date) -> Rule | None:
    """The rules that will hold a week after `day`, where one may buy more or fewer then; else None.

    >>> coming_rule("masks", date(2020, 3, 3)).adult
    3
    """
    now, then = rule_on(feed, day), rule_on(feed, day + timedelta(days=_WEEK))
    if not (now and then) or then.since <= day:
        return None
    return then if (now.adult, now.child) != (then.adult, then.child) else None


def next_turn(feed: str, day: date, ends: str) -> date | None:
    """The first day from `day` on that an id of that end (odd, even) may buy; None: unknown.

    >>> next_turn("masks", date(2020, 3, 3), "odd")
    datetime.date(2020, 3, 4)
    """
    digit = 1 if ends == "odd" else 0
    week = (day + timedelta(days=ahead) for ahead in range(_WEEK))
    return next((on for on in week if (rule := rule_on(feed, on)) and rule.may_buy(digit)), None)


def _parity(day: date) -> str:
    if day.weekday() == _SUNDAY:
        return "all"
    return "odd" if day.weekday() in _ODD_WEEKDAYS else "even"


@cache
def _table() -> Mapping[str, tuple[dict[str, Any], ...]]:
    """Feed → its rows in order of date, each complete."""
    table = {}
    for feed, changes in table_of(__package__, "rules.yaml").items():
        rows: list[dict[str, Any]] = []
        for change in changes:
            before = rows[-1] if rows else change
            new = (key for key in change if change[key] != before.get(key))
            changed = tuple(key for key in new if key not in ("since", *_NOT_TOLD))
            rows.append({**before, **change, "changed": changed})
        table[feed] = tuple(rows)
    return table
