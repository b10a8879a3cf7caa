"""Who may buy, how many, at what price: a dated table."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rule:
    """The rules of one product on one day."""

    since: date
    adult_count: int
    child_count: int
    days: int
    """so many in how many days"""
    price_ntd: int
    """for one piece, in NT$"""
    parity_today: str
    """who may buy today by the last digit of the id: odd, even, all"""
