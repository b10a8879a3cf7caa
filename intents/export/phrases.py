"""Training phrases for a platform: an even sample of the sentences, with slots filled."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from intents.export.slot_values import SLOTS, Value, values_of
from intents.templates import split
from shared.catalog import Catalog

_NUMBERS = ("106", "220", "404", "700", "800")

# Neighbouring values (all districts of one county) are too alike to follow each other.
_STRIDE = 7


def spread(texts: Sequence[str], most: int) -> list[str]:
    """At most `most` of `texts`, taken evenly, so that every template is represented."""
    step = max(1.0, len(texts) / most)
    return [texts[int(number * step)] for number in range(min(len(texts), most))]


def fair(groups: Sequence[Sequence[str]], most: int) -> list[str]:
    """At most `most` of the texts of all `groups`: the large groups give way to the small ones.

    >>> fair([["a", "b", "c", "d"], ["x"]], 3)
    ['a', 'c', 'x']
    """

    def taken(each: int) -> int:
        return sum(min(each, len(group)) for group in groups)

    longest = max(map(len, groups), default=0)
    each = bisect_right(range(1, longest + 1), most, key=taken)
    return [text for group in groups for text in spread(group, max(1, each))][:most]


class Filler:
    """Fills the slots of sentences with one value after the other, so that many occur."""

    def __init__(self, catalog: Catalog, locale: str) -> None:
        self._values: Mapping[str, tuple[Value, ...]] = {
            slot: values_of(slot, catalog, locale) for slot in SLOTS
        }
        self._next = dict.fromkeys((*SLOTS, "number"), 0)

    def fill(self, sentence: str) -> list[tuple[str, str]]:
        """The pieces of `sentence` as (text, slot); slot "" for plain text."""
        return [(self._take(slot) if slot else text, slot) for text, slot in split(sentence)]

    def _take(self, slot: str) -> str:
        number = self._next[slot]
        self._next[slot] = number + 1
        if slot == "number":
            return _NUMBERS[number % len(_NUMBERS)]
        values = self._values[slot]
        names = values[number * _STRIDE % len(values)].names
        return names[number % len(names)]
