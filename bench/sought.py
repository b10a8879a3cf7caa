"""Pharmacies that are sought where none is called so: what the line makes of them.

python -m bench.sought [SEED]

Drawn at random from the catalogue and named, in written sentences, beside another district, of
their own county and of another. Callers take the next district for their own; the baseline is the
share of which the very pharmacy is told or asked about (docs/decisions/names.md).
"""

import random
import sys
from collections import Counter

from bench.spoken import catalog
from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.index import index_of
from shared.names.resolution import Meant, Resolution
from shared.names.resolve import resolve
from shared.places.districts import District

_DRAWN = 150
"""Pharmacies, of each of the two ways."""

_SEED = 77
"""The first that was drawn after the rule had been made."""

_SENTENCES = ("{}的{}還有嗎", "{}{}還有口罩嗎", "我要問{}的{}", "{}那間{}")
_SHOP = "藥局"


def main() -> None:
    """Print what became of them."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else _SEED
    chance = random.Random(seed)  # noqa: S311  # no secret
    names = catalog()
    index = index_of(names)
    shops = [one for one in names.pharmacies if one.kind is Kind.PHARMACY and _has_name(one)]
    for title, same in (("of their county", True), ("of another county", False)):
        fates: Counter[str] = Counter()
        for shop in chance.sample(shops, min(_DRAWN, len(shops))):
            if place := _elsewhere(shop, names, chance, same_county=same):
                said = chance.choice((place.key, place.name, place.short))
                text = chance.choice(_SENTENCES).format(said, shop.name)
                fates[_fate(resolve(text, index), shop)] += 1
        print(f"named beside another district {title}: {fates.total()}")
        for fate, count in fates.most_common():
            print(f"  {fate:40} {count:4}  {count / fates.total():6.1%}")


def _has_name(shop: Pharmacy) -> bool:
    return shop.name.endswith(_SHOP) and shop.name != _SHOP


def _elsewhere(
    shop: Pharmacy, names: Catalog, chance: random.Random, *, same_county: bool
) -> District | None:
    """A district in which no pharmacy is called so, nor by what has it as a part."""
    called = shop.name.removesuffix(_SHOP)
    home = shop.district
    there = [
        place
        for place, shops in names.by_district.items()
        if place != home
        and (place.county == home.county) is same_county
        and not any(called in one.name for one in shops)
    ]
    return chance.choice(there) if there else None


def _fate(found: Resolution, shop: Pharmacy) -> str:
    told = [match.pharmacy.name for match in found.pharmacies]
    if found.meant is Meant.PHARMACY:
        if shop.name not in told:
            return "another is told" if found.sure else "asked about others"
        first = found.sure and told[0] == shop.name
        return "told where it is" if first else "asked about with others"
    if found.sought:
        return "told that there is none, and the place"
    return "the place alone" if found.sure else "asked which place"


if __name__ == "__main__":
    main()
