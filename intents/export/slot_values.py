"""The values of the slots, as each language names them.

Platforms match letters, not sounds: what they do not know by one of these names they pass on as
words, and `shared.names` hears them by sound. Every value's id is Chinese, as our resolver reads it
best: a district's key (台北市大安區), a county, road or pharmacy by its name, a product's id.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from intents.contract import sentences
from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.index import index_of
from shared.names.resolution import Meant
from shared.names.resolve import resolve
from shared.places.districts import District, all_counties, all_districts, county_by_name
from shared.places.landmarks import Landmark, landmarks
from shared.speech.english import say_landmark_en, say_name_en, say_road_en
from shared.speech.japanese import (
    say_landmark_ja,
    say_name_ja,
    say_place_ja,
    say_road_ja,
    write_ja,
)
from shared.speech.names import say_name

SLOTS = ("county", "district", "pharmacy", "road", "landmark", "product")
"""The slots with a list of values; {number} is a platform's own number."""

# Roads by how many pharmacies they have; the models of Alexa have a limit of size.
_MOST_ROADS = 1500

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a slot."""

    id: str
    names: tuple[str, ...]
    """what it is called, the usual name first; each name belongs to one value of its slot"""


def values_of(slot: str, catalog: Catalog, locale: str) -> tuple[Value, ...]:
    """Every value of `slot` in `locale`: always in the same order for the same catalogue."""
    match slot:
        case "county":
            return _counties(locale)
        case "district":
            return _districts(locale)
        case "pharmacy":
            return _pharmacies(catalog, locale)
        case "road":
            return _roads(catalog, locale)
        case "landmark":
            return _landmarks(locale)
        case "product":
            names = sentences(locale).products
            return tuple(Value(product, words) for product, words in sorted(names.items()))
    raise ValueError(f"{slot} has no list of values")


def _gather(named: Iterable[tuple[str, Iterable[str]]]) -> tuple[Value, ...]:
    """Values whose names are shared with none before them."""
    taken: set[str] = set()
    values = []
    for id_, names in named:
        own = tuple(dict.fromkeys(n for n in names if n and n.casefold() not in taken))
        taken.update(name.casefold() for name in own)
        if own:
            values.append(Value(id_, own))
    return tuple(values)


@cache
def _counties(locale: str) -> tuple[Value, ...]:
    return _gather((county.name, _county_names(county.name, locale)) for county in all_counties())


def _county_names(name: str, locale: str) -> list[str]:
    if locale == "en-US":
        english = county_by_name()[name].english
        return _plain_too([english, *([] if _shared(name) else [english.rsplit(" ", 1)[0]])])
    short = [] if _shared(name) else [name[:-1]]
    if locale == "ja-JP":
        return [*(write_ja(text) for text in (name, *short)), say_place_ja(name)]
    return [text for plain in (name, *short) for text in _both_tai(plain)]


def _shared(county: str) -> bool:
    """新竹 and 嘉義 are each a county and a city."""
    return sum(other.short == county[:-1] for other in all_counties()) > 1


@cache
def _districts(locale: str) -> tuple[Value, ...]:
    """All districts; a name that several share (大安區, 仁愛) is a value of its own, asked back."""
    bearers: dict[str, list[District]] = {}
    for district in all_districts():
        for name in _district_names(district, locale):
            bearers.setdefault(name.casefold(), []).append(district)
    counties = {name.casefold() for value in _counties(locale) for name in value.names}
    named: list[tuple[str, list[str]]] = []
    ambiguous: dict[str, list[str]] = {}
    for district in all_districts():
        names = [n for n in _district_names(district, locale) if n.casefold() not in counties]
        own = [name for name in names if len(bearers[name.casefold()]) == 1]
        named.append((district.key, [*_with_county(district, locale), *own]))
        for name in names:
            if name not in own:
                ambiguous.setdefault(_shared_id(name, district), []).append(name)
    return _gather([*named, *ambiguous.items()])


def _shared_id(name: str, district: District) -> str:
    """The Chinese of a shared name: the district's, whole or short as `name` is."""
    whole = (
        len(name) == len(district.name)
        or name.endswith(district.english.split()[-1])
        or _is_kana(name)
    )
    short = district.short
    return short if not whole and len(short) >= _SHORTEST else district.name


def _district_names(district: District, locale: str) -> list[str]:
    if locale == "en-US":
        return _plain_too([district.english, district.english.rsplit(" ", 1)[0]])
    short = district.short
    names = [district.name, *([short] if len(short) >= _SHORTEST else [])]
    if locale == "ja-JP":
        return [*(write_ja(name) for name in names), say_place_ja(district.name)]
    return [text for name in names for text in _both_tai(name)]


def _with_county(district: District, locale: str) -> Iterator[str]:
    """The district's names behind its county's."""
    if locale == "en-US":
        county = district.county.english.rsplit(" ", 1)[0]
        for name in _district_names(district, locale):
            yield f"{name} {county}"
        yield f"{district.english} {district.county.english}"
        return
    counties = [district.county.name]
    if not _shared(district.county.name):
        counties.append(district.county.short)
    for county in counties:
        for name in _district_names(district, locale):
            if locale == "ja-JP":
                reading = say_place_ja(district.county.name)
                spoken = reading if county == district.county.name else reading[:-1]
                yield (spoken if _is_kana(name) else write_ja(county)) + name
            else:
                yield from (text + name for text in _both_tai(county))


def _pharmacies(catalog: Catalog, locale: str) -> tuple[Value, ...]:
    by_id = sorted(catalog.pharmacies, key=lambda one: one.id, reverse=True)
    first = {one.name: one for one in by_id}
    centres = Counter(
        one.district.english for one in first.values() if one.kind is Kind.HEALTH_CENTRE
    )
    return _gather(
        (name, _names_of(first[name], locale, centres[first[name].district.english] == 1))
        for name in sorted(first)
    )


def _names_of(pharmacy: Pharmacy, locale: str, alone: bool) -> list[str]:
    """The names of a pharmacy; a health centre as it is called: Zhongliao Health Center.

    `alone`: no other health centre lies in a district of that English name.
    """
    names = _pharmacy_names(pharmacy.name, locale)
    if pharmacy.kind is not Kind.HEALTH_CENTRE or locale == "zh-TW":
        return names
    district = pharmacy.district
    station = _station_of(pharmacy)
    if locale == "ja-JP":
        own = f"{write_ja(district.name)}{write_ja(station)}衛生所"
        return [*([own] if alone or station else []), write_ja(district.key + station + "衛生所")]
    place = district.english.rsplit(" ", 1)[0]
    county = district.county.english.rsplit(" ", 1)[0]
    if station:
        branch = say_name_en(station)
        return _plain_too([f"{branch} Health Center", f"{place} {branch} Health Center"])
    spoken = [f"{place} Health Center", f"{district.english} Health Center"] if alone else []
    spoken += [f"{place} {county} Health Center", f"{county} {place} Health Center"]
    return _plain_too(spoken)


_KIND = re.compile("(健康服務中心|衛生所|衛生室).*$")
_PLACE = re.compile("^..[縣市](?=.)|^.{1,3}[區鄉鎮市](?=.)")


def _station_of(pharmacy: Pharmacy) -> str:
    """四民 of 台中市北屯區四民衛生所; "" for the one that bears its district's name alone."""
    left = _KIND.sub("", pharmacy.name.replace("臺", "台").replace("巿", "市"))
    left = re.sub(r"[(（].*", "", left)
    for name in (pharmacy.district.county.name, pharmacy.district.name):
        left = left.removeprefix(name)
    left = _PLACE.sub("", left)
    short = pharmacy.district.short
    return "" if left in (short, pharmacy.district.name) else left.removesuffix("區")


def _pharmacy_names(name: str, locale: str) -> list[str]:
    if locale == "en-US":
        # 赤繐 has a character without a reading; the rest of such a name is still heard.
        return [say_name_en(name).replace(",", "").encode("ascii", "ignore").decode()]
    if locale == "ja-JP":
        spoken = say_name(name, digits=False)
        return [write_ja(spoken), say_name_ja(name).replace("、", "")]
    return [name, say_name(name)]


def _roads(catalog: Catalog, locale: str) -> tuple[Value, ...]:
    counted = Counter(pharmacy.address.road for pharmacy in catalog.pharmacies)
    del counted[""]
    usual = sorted(counted, key=lambda road: (-counted[road], road))[:_MOST_ROADS]
    heard = _heard_roads(catalog)
    return _gather((road, _road_names(road, locale)) for road in sorted(usual) if road in heard)


@lru_cache(maxsize=2)
def _heard_roads(catalog: Catalog) -> frozenset[str]:
    """The roads that our resolver finds by their name alone. A village that stands for a road in an
    address (三塊厝, 中埔) is none: Alexa hands back its name, and a township answers to it."""
    index = index_of(catalog)
    roads = {pharmacy.address.road for pharmacy in catalog.pharmacies} - {""}
    found = {road: resolve(road, index) for road in roads}
    return frozenset(
        road for road, one in found.items() if one.meant is Meant.ROAD and one.roads[0].road == road
    )


@cache
def _landmarks(locale: str) -> tuple[Value, ...]:
    towns = {district.short for district in all_districts()}  # 公館 is a station and a township
    marks = (one for one in landmarks() if one.key not in towns)
    return _gather((one.key, _landmark_names(one, locale)) for one in marks)


def _landmark_names(landmark: Landmark, locale: str) -> list[str]:
    name = landmark.key
    if locale == "en-US":
        return _plain_too([say_landmark_en(name)])
    if locale == "ja-JP":
        return [write_ja(name), say_landmark_ja(name)]
    return list(landmark.spoken)


def _road_names(road: str, locale: str) -> list[str]:
    if locale == "en-US":
        return [say_road_en(road)]
    if locale == "ja-JP":
        return [write_ja(road), say_road_ja(road)]
    return [road]


def _plain_too(names: Iterable[str]) -> list[str]:
    """Names, and each without its apostrophes and hyphens: Da'an, Daan."""
    plain = [text for name in names for text in (name, name.replace("'", "").replace("-", " "))]
    return list(dict.fromkeys(plain))


def _both_tai(name: str) -> tuple[str, ...]:
    """台 and 臺 are both written."""
    return (name, name.replace("台", "臺")) if "台" in name else (name,)


def _is_kana(name: str) -> bool:
    """Whether a Japanese name begins with its reading: ダーアン区."""
    return "ァ" <= name[0] <= "ヺ" or "ぁ" <= name[0] <= "ゖ"
