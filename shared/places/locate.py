"""Which district each address of a feed lies in.

Most addresses name it. For the rest two witnesses are learnt from the same feed: digits 3–6 of
the 醫事機構代碼, which the health insurance gives by district, and, where those tell nothing, the
road (where a road of that county lies in one district only).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from shared.places.address import Address, clean, parse_parts
from shared.places.districts import County, District, by_county, by_key, county_by_name
from shared.places.former import former_names

Located = tuple[District | None, Address]

WITNESS_SHARE = 0.9
"""A code or a road tells a district where at least this share of its addresses agree. In the feed
of 2020-03-03, each address told by all the others, codes told 6,523 of 6,588, every one rightly;
roads told 3,169, 177 of them wrongly: so the code is asked first."""

_SUFFIXES = "區市鄉鎮"

_NAMED_LIKE_A_DISTRICT = re.compile(
    r"[東西南北中大新一二三四五六七八九十\d]{0,2}(?:路|街|大道|段)|里|村|巷|市場"
)
"""What follows a district's stem in the name of something else, which may lie elsewhere: 中山北路
(in 士林區 too), 左營大路, 新莊里, 東山市場."""


@dataclass
class _Witnesses:
    """What the addresses with a district tell about those without."""

    roads: dict[tuple[County, str], Counter[District]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    codes: dict[str, Counter[District]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, identity: str, district: District, address: Address) -> None:
        self.codes[identity[2:6]][district] += 1
        if address.road:
            self.roads[district.county, address.road][district] += 1

    def tell(self, identity: str, county: County | None, address: Address) -> District | None:
        by_code = _clear(self.codes.get(identity[2:6]))
        if by_code and county in (None, by_code.county):
            return by_code
        return _clear(self.roads.get((county, address.road))) if county else None


def _clear(votes: Counter[District] | None) -> District | None:
    if not votes:
        return None
    district, count = votes.most_common(1)[0]
    return district if count >= WITNESS_SHARE * votes.total() else None


def locate(rows: Sequence[tuple[str, str]]) -> list[Located]:
    """(id, address as the feed writes it) of a whole feed → district and parts of each address.

    The district is None where neither the address nor a witness tells it.
    """
    witnesses = _Witnesses()
    read = []
    for identity, text in rows:
        cleaned = clean(text)
        county, district, rest = read_district(cleaned)
        address = parse_parts(cleaned, rest)
        if district:
            witnesses.learn(identity, district, address)
        read.append((identity, county, district, address))
    return [
        (district or witnesses.tell(identity, county, address), address)
        for identity, county, district, address in read
    ]


def read_district(cleaned: str) -> tuple[County | None, District | None, str]:
    """County, district and what follows them in a cleaned address; None for what is not named."""
    for name, renamed in former_names().districts.items():
        if cleaned.startswith(name):
            return renamed.county, renamed, cleaned[len(name) :]
    county, rest = _read_county(cleaned)
    if county is None:
        return _without_county(cleaned)
    rest = _after_short_name(county, rest) or rest  # 連江縣馬祖南竿鄉
    district, after = _read_in_county(county, rest)
    if district:
        after = after.removeprefix(district.name)  # 朴子市朴子市平和里
    return county, district, after


def _read_county(cleaned: str) -> tuple[County | None, str]:
    county = _county_names().get(cleaned[:3])
    if county:
        return county, cleaned[3:]
    for name, short in _county_names().items():
        if cleaned.startswith(name[:2]) and _named_whole(short, cleaned[2:]):
            return short, cleaned[2:]  # 台南東區富強里, 嘉義民雄鄉
    for county in set(former_names().short_counties.values()):
        if rest := _after_short_name(county, cleaned):
            return county, rest  # 馬祖南竿鄉
    return None, cleaned


def _after_short_name(county: County, text: str) -> str:
    """The town of `county` and all after it, where what people call `county` stands before it."""
    for name, named in former_names().short_counties.items():
        if named == county and text.startswith(name) and _named_whole(county, text[len(name) :]):
            return text[len(name) :]
    return ""


def _named_whole(county: County, rest: str) -> bool:
    """Whether `rest` starts with a district of `county`, its suffix with it."""
    names = _in_county(county)
    heads = (rest[:length] for length in (4, 3, 2))
    return any(head in names and names[head].name == head for head in heads)


@cache
def _county_names() -> dict[str, County]:
    return {**county_by_name(), **former_names().counties}


@cache
def _in_county(county: County) -> dict[str, District]:
    """Name and name without its suffix → district, of one county."""
    return {name: district for district in by_county()[county] for name in _called(district)}


def _called(district: District) -> tuple[str, ...]:
    """Its name, and that without its suffix; 2-character names whole only."""
    return (district.name, district.short) if len(district.name) > 2 else (district.name,)


def _read_in_county(county: County, rest: str) -> tuple[District | None, str]:
    """The district at the start of `rest`: whole, with a former suffix, or without any."""
    names = _in_county(county)
    for length in (4, 3, 2):
        head = rest[:length]
        if head in names and (head[-1] in _SUFFIXES or length < 4):
            after = rest[length:]
            bare = head != names[head].name
            return _bare(names[head], after) if bare else (names[head], after)
    return _misspelt(names, rest)


def _bare(district: District, after: str) -> tuple[District | None, str]:
    """A stem without today's suffix: 西港鄉 (now 區), 左營重愛路."""
    if _NAMED_LIKE_A_DISTRICT.match(after):
        return None, district.short + after
    if after[:1] in tuple(_SUFFIXES):
        return district, after[1:]
    return district, after


def _misspelt(names: dict[str, District], rest: str) -> tuple[District | None, str]:
    """盧竹區 for 蘆竹區: one other character, the same suffix, one district it can be."""
    head = rest[:3]
    if len(head) < 3 or head[-1] not in _SUFFIXES:
        return None, rest
    near = {
        district
        for name, district in names.items()
        if len(name) == 3 and sum(a != b for a, b in zip(name, head, strict=True)) == 1
    }
    return (near.pop(), rest[3:]) if len(near) == 1 else (None, rest)


def _without_county(cleaned: str) -> tuple[County | None, District | None, str]:
    """彰化市興北里, 板橋市文化路: a district or former town of whose name there is one."""
    for length in (4, 3):
        head = cleaned[:length]
        if head[-1:] in tuple(_SUFFIXES) and cleaned[length : length + 1] != "場":
            districts = _everywhere().get(head) or _everywhere().get(head[:-1], [])
            if len(districts) == 1:
                return districts[0].county, districts[0], cleaned[length:]
    return None, None, cleaned


@cache
def _everywhere() -> dict[str, list[District]]:
    """Name with and without its suffix → districts."""
    found: dict[str, list[District]] = defaultdict(list)
    for district in by_key().values():
        for name in _called(district):
            found[name].append(district)
    return dict(found)
