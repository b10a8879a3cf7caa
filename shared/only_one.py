"""The only one of several: there is no first one to take by mistake."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def only_one(several: Sequence[T]) -> T | None:
    """The one of a list of one; None of fewer or more.

    >>> only_one(["大安區"]), only_one(["大安區", "信義區"])
    ('大安區', None)
    """
    return several[0] if len(several) == 1 else None
