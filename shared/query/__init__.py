"""Questions about a snapshot: which pharmacy first, which is near, how old the counts are."""

from shared.query.age import is_old, too_old
from shared.query.choose import (
    find_around,
    find_nearby,
    find_pharmacies,
    has_stock,
    in_order,
    neighbours_with_stock,
)
from shared.query.near import nearest, walk_between, walking_metres

__all__ = [
    "find_around",
    "find_nearby",
    "find_pharmacies",
    "has_stock",
    "in_order",
    "is_old",
    "nearest",
    "neighbours_with_stock",
    "too_old",
    "walk_between",
    "walking_metres",
]
