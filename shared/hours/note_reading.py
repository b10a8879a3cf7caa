"""What is known of a note while it is read: statements, and what waits for its purpose."""

from dataclasses import dataclass, field

from shared.hours.clock_times import Half, Times
from shared.hours.when import ALWAYS, When

SALE = ("plates", "sold")

SHORT_H = 3
"""No pharmacy opens for less: 「14:00-16:00」 alone is the sale, and 「營業時間9:00-10:00」 ends in
the evening."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a note tells."""

    about: str
    """plates, sold, open, break, closed, unsold, stopped, no_plates, see_door; until: a sale ends
    at …; off: closed in a part of the day; doubt: nothing is sure on these days"""
    when: When
    times: tuple[Times, ...] = ()
    topics: frozenset[str] = frozenset()
    """empty: whatever the note is about"""
    as_open: bool = False
    """sold while it is open"""
    half: Half | None = None
    """off"""


@dataclass(slots=True)
class Reading:
    """What is known where the next clause begins."""

    purpose: str = ""
    topics: frozenset[str] = frozenset()
    when: When = ALWAYS
    told: list[Statement] = field(default_factory=list)
    pending: list[Statement] = field(default_factory=list)
    """times whose purpose is not told yet"""
    evidence: bool = False
    """something speaks of a sale: 排隊, 售完, 號碼牌"""
    opening: bool = False
    """something speaks of opening hours"""
    headed: bool = False
    """times of sale had their own heading, so times without one are the opening hours"""
    conditional: bool = False
    """the last that was said is an if"""
    children: list[Statement] = field(default_factory=list)
    """what is told of children's alone"""
    adults: bool = False
    """times stand beside adults alone: 「14:00各100份成人口罩」"""
