"""Who may buy, how many, at what price: a dated table (`rules.yaml`, with its sources)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise

import yaml

from shared.errors import DataError

_TOLD: tuple[str, ...] = (
    *("adult", "child", "days", "price", "parity", "child_any_day", "child_age", "child_size"),
    *("bring", "proxy", "proxy_child", "pack", "free_market"),
)
"""The keys that every row has, its own or those of the row before; `rules.yaml` explains them."""

_ODD_WEEKDAYS = (0, 2, 4)
"""Monday, Wednesday, Friday: odd last digits."""

_SUNDAY = 6
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """The rules of one feed on one day."""

    since: date
    adult_count: int
    child_count: int
    days: int
    """so many in how many days; 0: once a round, until a new round is announced"""
    price_ntd: int
    """for one of what is counted (a mask, a pack of tests), in NT$"""
    parity_today: str
    """who may buy today by the last digit of the id: odd, even, all; 0 is even"""
    by_weekday: bool = False
    """the last digit decides on which days of the week one may buy"""
    child_any_day: bool = False
    """children may buy whatever the day"""
    child_age: int = 0
    """up to this age (included) one counts as a child; 0: no difference is made"""
    adults_child_size: bool = False
    """adults may buy children's size"""
    bring: tuple[str, ...] = ("health_card",)
    """what must be shown: health_card, child_card (for a child's share), residence_permit"""
    proxy: int | None = None
    """how many other people's cards one may bring; 0: some, how many is not established;
    None: nothing is"""
    proxy_child: int | None = None
    """the same for children's cards"""
    pack: int = 1
    """pieces in one of what is counted"""
    free_market: bool = False
    """it is also sold freely elsewhere"""
    changed: tuple[str, ...] = ()
    """what changed on `since`: adult, child, days, price, parity, child_any_day, child_age,
    child_size, proxy_child, free_market; () for the first day of a scheme and for a new round"""

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
    row = known[-1]
    return Rule(
        since=row["since"],
        adult_count=row["adult"],
        child_count=row["child"],
        days=row["days"],
        price_ntd=row["price"],
        parity_today=_parity(day) if row["parity"] else "all",
        by_weekday=row["parity"],
        child_any_day=row["child_any_day"],
        child_age=row["child_age"],
        adults_child_size=row["child_size"] == "anyone",
        bring=tuple(row["bring"]),
        proxy=row["proxy"],
        proxy_child=row["proxy_child"],
        pack=row["pack"],
        free_market=row["free_market"],
        changed=row["changed"],
    )


def coming_rule(feed: str, day: date) -> Rule | None:
    """The rules that will hold a week after `day`, where one may buy more or fewer then; else None.

    >>> coming_rule("masks", date(2020, 3, 3)).adult_count
    3
    """
    now, then = rule_on(feed, day), rule_on(feed, day + timedelta(days=_WEEK))
    if not (now and then) or then.since <= day:
        return None
    counts = (now.adult_count, now.child_count), (then.adult_count, then.child_count)
    return then if counts[0] != counts[1] else None


def next_turn(feed: str, day: date, ends: str) -> date | None:
    """The first day from `day` on that an id of that end (odd, even) may buy; None: unknown.

    >>> next_turn("masks", date(2020, 3, 3), "odd")
    datetime.date(2020, 3, 4)
    """
    digit = 1 if ends == "odd" else 0
    for ahead in range(_WEEK):
        rule = rule_on(feed, day + timedelta(days=ahead))
        if rule and rule.may_buy(digit):
            return day + timedelta(days=ahead)
    return None


def _parity(day: date) -> str:
    if day.weekday() == _SUNDAY:
        return "all"
    return "odd" if day.weekday() in _ODD_WEEKDAYS else "even"


@cache
def _table() -> Mapping[str, tuple[dict, ...]]:  # type: ignore[type-arg]  # rows of YAML
    """Feed → its rows in order of date, each complete. Raises DataError listing all faults."""
    source = resources.files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    table, faults = {}, []
    for feed, changes in yaml.safe_load(source).items():
        rows: list[dict] = []  # type: ignore[type-arg]
        for change in changes:
            before = rows[-1] if rows else {}
            row = {**before, **change}
            row["changed"] = tuple(k for k in _TOLD if rows and before.get(k) != row.get(k))
            missing = [key for key in _TOLD if key not in row]
            if missing:
                faults.append(f"{feed} {change['since']}: lacks {', '.join(missing)}")
            rows.append(row)
        if any(later["since"] <= earlier["since"] for earlier, later in pairwise(rows)):
            faults.append(f"{feed}: rows are not in order of date")
        table[feed] = tuple(rows)
    if faults:
        raise DataError("rules.yaml: " + "; ".join(faults))
    return table
