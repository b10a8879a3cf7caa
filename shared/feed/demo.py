"""The demo feed: invented pharmacies in the real districts, with counts that move.

With no setting at all, this is what runs. It comes as the bytes of a mask file, so that it goes
through the same parser as a real one. Everything is a pure function of the time.
"""

import csv
import hashlib
import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from shared.places.districts import District, all_districts
from shared.places.middles import DEGREE_KM, middle_of
from shared.places.neighbours import nearest_km
from shared.places.telephone_numbers import area_codes

_TITLES = (
    "醫事機構代碼",
    "醫事機構名稱",
    "醫事機構地址",
    "醫事機構電話",
    "成人口罩剩餘數",
    "兒童口罩剩餘數",
    "來源資料時間",
)
_POINTS_TITLES = ("醫事機構代碼", "x", "y")
_HOURS_TITLES = ("醫事機構代碼", "醫事機構名稱", "看診星期", "看診備註")

_FIRST = "安康仁德和平信福長青大同永健明新美佳宏瑞正祥春松百吉金瑞"
_SECOND = "生民心林泉泰安華昌成興元全光宜家友盛田昇恩濟善寧壽杏春"
_KINDS = ("藥局",) * 8 + ("健康藥局", "大藥局")
_ROADS = ("中山路", "中正路", "民生路", "民權路", "和平路", "復興路", "光明路", "文化路", "成功路")

_NOTES = (
    "",
    "",
    "口罩販售時間：上午9點開始，售完為止",
    "8:30發放號碼牌，9:00開始販售口罩",
    "口罩販售時間 14:00~20:00",
    "口罩下午兩點開始販售",
)
_PERIODS = ("NNNNNNYNNNNNNYNNNNNNY", "NNNNNYYNNNNNYYNNNNNYY", "NNNNNNNNNNNNNNNNNNNNN")

_DAILY_ADULT = 200
_DAILY_CHILD = 50
"""Pieces a pharmacy got each day in February 2020; here up to half as many more."""

_RESTOCKED = time(9)

_LOCAL = {
    "02": "2555",
    "台中市": "2555",
    "彰化縣": "755",
    "037": "55",
    "082": "55",
    "089": "55",
    "0836": "5",
}
"""First digits of a telephone number, so that with four more it has the length of its area. No
range is kept free for invented numbers in Taiwan; the dialogue rings none of a demo feed."""


_FARTHEST_KM = 1.2


@dataclass(frozen=True, slots=True)
class _Invented:
    id: str
    district: District
    name: str
    address: str
    phone: str
    sold_out_after: timedelta
    """the restock"""
    left_over: int
    periods: str
    note: str


def demo_feed(now: datetime) -> tuple[bytes, bytes]:
    """The mask file and the hours file as they stand at `now` (aware, Taipei)."""
    stamp = now.strftime("%Y/%m/%d %H:%M:%S")
    rows = [(p.id, p.name, p.address, p.phone, *_counts(p, now), stamp) for p in _pharmacies()]
    hours = [(p.id, p.name, p.periods, p.note) for p in _pharmacies()]
    return _table(_TITLES, rows), _table(_HOURS_TITLES, hours)


def demo_points() -> bytes:
    """The file of their coordinates: around the middle of their district, nowhere in truth."""
    rows = []
    for pharmacy in _pharmacies():
        chance = random.Random(pharmacy.id)  # noqa: S311  invented, not secret
        longitude, latitude = middle_of(pharmacy.district)
        away, turned = _reach(pharmacy.district) * chance.random(), math.tau * chance.random()
        latitude += away * math.sin(turned) / DEGREE_KM
        longitude += away * math.cos(turned) / DEGREE_KM / math.cos(math.radians(latitude))
        rows.append((pharmacy.id, f"{longitude:.5f}", f"{latitude:.5f}"))
    return _table(_POINTS_TITLES, rows)


def invented_names() -> tuple[str, ...]:
    """The names of its pharmacies, each once."""
    return tuple(sorted({one.name for one in _pharmacies()}))


def invented_roads() -> tuple[str, ...]:
    """The roads that it knows, with and without a section."""
    return (*_ROADS, *(f"{road}{section}段" for road in _ROADS for section in "一二三四"))


def _reach(district: District) -> float:
    """Kilometres from the middle within which a point is still in the district."""
    return min(_FARTHEST_KM, nearest_km(district) / 2)


def _table(titles: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _counts(pharmacy: _Invented, now: datetime) -> tuple[int, int]:
    """Full after the morning's restock, falling through the day; before it yesterday's rest."""
    if now.time() < _RESTOCKED:
        return pharmacy.left_over, pharmacy.left_over
    since = now - datetime.combine(now, _RESTOCKED, now.tzinfo)
    share = max(0.0, 1 - since / pharmacy.sold_out_after)
    day = int.from_bytes(hashlib.blake2s(f"{pharmacy.id}{now:%j}".encode()).digest())
    adult, child = (int((got + day % (got // 2)) * share) for got in (_DAILY_ADULT, _DAILY_CHILD))
    return adult, child


@cache
def _pharmacies() -> tuple[_Invented, ...]:
    """Some 1,440, the same at every start."""
    chance = random.Random(2020)  # noqa: S311  invented, not secret
    codes = {county: code for code, counties in area_codes().items() for county in counties}
    found: list[_Invented] = []
    for district in all_districts():
        big = district.name[-1] == "區" or district.name[-1] == "市"
        for _ in range(chance.randint(4, 7) if big else chance.randint(1, 4)):
            found.append(_invent(len(found), district, codes[district.county], chance))
    return tuple(found)


def _invent(number: int, district: District, code: str, chance: random.Random) -> _Invented:
    name = chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_KINDS)
    section = f"{chance.randint(1, 4)}段" if chance.random() < 0.3 else ""
    road = chance.choice(_ROADS) + section
    local = _LOCAL.get(district.county.name) or _LOCAL.get(code, "555")
    return _Invented(
        id=f"99{district.postal_code}{number:05d}",
        district=district,
        name=name,
        address=f"{district.key}{road}{chance.randint(1, 399)}號",
        phone=f"({code}){local}{number:04d}",
        sold_out_after=timedelta(minutes=chance.randint(240, 1400)),
        left_over=chance.randint(0, 60),
        periods=chance.choice(_PERIODS),
        note=chance.choice(_NOTES),
    )
