"""Places and pharmacies named in English, put into Chinese for the resolver.

A recogniser that listens in English writes 「Da'an District」 or 「ban qiao」; the resolver hears
Mandarin. Here the names are found by their letters, spaces and apostrophes aside, as the platforms
find them: the same names stand in the exported slot values.
"""

from collections.abc import Mapping
from functools import lru_cache

from intents.contract import normal
from intents.export.values import values_of
from intents.platform_intents import heard_in
from shared.catalog import Catalog

_SLOTS = ("county", "district", "road", "pharmacy")

_LONGEST = 8
"""Words in a name: Sun Moon Lake Township, Nantou County has six."""

_SHORTEST = 4
"""Letters. Below, English words are as likely: 「Lane」, 「Hai」."""

_EVERYDAY = frozenset({"east", "west", "south", "north", "central", "chang", "taiwan"})
"""Words that are heard in any sentence, though a district is called so without its ending."""


def in_chinese(heard: str, catalog: Catalog) -> str:
    """The names in an English sentence as one Chinese text, in the order of an address; or ""."""
    words, names = normal(heard).split(), _names(catalog)
    slots: dict[str, str] = {}
    at = 0
    while at < len(words):
        for end in range(min(at + _LONGEST, len(words)), at, -1):
            found = names.get("".join(words[at:end]))
            if found:
                slots.setdefault(*found)
                at = end
                break
        else:
            at += 1
    return heard_in(slots)


@lru_cache(maxsize=2)
def _names(catalog: Catalog) -> Mapping[str, tuple[str, str]]:
    """English name without its spaces → (slot, Chinese). Places before roads before pharmacies."""
    names: dict[str, tuple[str, str]] = {}
    for slot in _SLOTS:
        for value in values_of(slot, catalog, "en-US"):
            for name in value.names:
                key = normal(name).replace(" ", "")
                if len(key) >= _SHORTEST and key not in _EVERYDAY:
                    names.setdefault(key, (slot, value.id))
    return names
