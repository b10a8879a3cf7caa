"""A hand-made feed for conversations: few enough pharmacies that every answer can be foretold.

Two pharmacies of 台北市大安區 have the same counts, because which of them a caller hears first
depends on the conversation (callers are spread), and the tables must hold for both. 東引鄉 is an
island. All other districts but its neighbours have one pharmacy each, as names must be heard among
many: nobody asks for them.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.catalog import Catalog, Kind, Pharmacy, Snapshot
from shared.places.address import Address
from shared.places.districts import all_districts, by_key
from tests.products import ADULT, CHILD

NOW = datetime(2020, 3, 3, 11, 25, tzinfo=ZoneInfo("Asia/Taipei"))
"""A Tuesday, a minute after the counts were taken."""


Row = tuple[str, str, str, str, str, str, str, int, int]

ROWS: tuple[Row, ...] = (
    # id, name, district, road, section, number, telephone, adult, child
    ("5901010101", "長青藥局", "台北市大安區", "辛亥路", "3", "15", "0227001001", 120, 40),
    ("5901010102", "福星藥局", "台北市大安區", "和平東路", "2", "20", "0227001002", 120, 40),
    ("5936010101", "海風藥局", "台中市大安區", "中山南路", "", "10", "0426001001", 60, 25),
    ("5907010101", "健安藥局", "高雄市三民區", "建國三路", "", "88", "073001001", 70, 30),
    ("5905010101", "健安藥局", "台南市永康區", "中正路", "", "66", "063001001", 50, 20),
    ("5945010101", "洄瀾藥局", "花蓮縣花蓮市", "中華路", "", "7", "038001001", 30, 12),
    ("2391010101", "連江縣東引鄉衛生所", "連江縣東引鄉", "", "", "", "083677001", 0, 0),
)


_FIRST = "吉宏德昌華榮興佑豐立"
_SECOND = "生民春泰祥仁昇"


def snapshot(now: datetime = NOW) -> Snapshot:
    """The feed of ROWS and the others, as of a minute before `now`."""
    rows = (*ROWS, *_others())
    return Snapshot(
        feed="masks",
        products=(ADULT, CHILD),
        catalog=Catalog.of(tuple(_pharmacy(row) for row in rows)),
        stocks={row[0]: {"adult_mask": row[7], "child_mask": row[8]} for row in rows},
        source_time=now - timedelta(minutes=1),
    )


def _others() -> list[Row]:
    told_of = {row[2] for row in ROWS}
    rows: list[Row] = []
    for number, district in enumerate(all_districts()):
        if district.key in told_of or district.county.name == "連江縣":
            continue
        first, second = _FIRST[number % len(_FIRST)], _SECOND[number % len(_SECOND)]
        code, phone = f"59990{number:05}", f"02{80000000 + number}"
        rows.append((code, f"{first}{second}藥局", district.key, "光明路", "", "1", phone, 9, 9))
    return rows


def _pharmacy(row: Row) -> Pharmacy:
    pharmacy_id, name, district, road, section, number, phone, *_ = row
    text = district + road + (f"{section}段" if section else "") + (f"{number}號" if number else "")
    kind = Kind.HEALTH_CENTRE if "衛生所" in name else Kind.PHARMACY
    address = Address(text, road=road, section=section, number=number)
    return Pharmacy(pharmacy_id, name, kind, by_key()[district], address, phone)
