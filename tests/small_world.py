"""A hand-made snapshot that is small enough to know by heart.

大安區 lies in 台北市 and in 台中市; 健安藥局 stands four times; the one in 坪林區 is sold out;
烏坵鄉 has none.
"""

from datetime import datetime, timedelta

from shared.catalog import Catalog, Kind, Pharmacy, Snapshot
from shared.clock import TAIPEI
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.places.address import Address
from shared.places.districts import by_key
from tests.products import ADULT, CHILD

SOURCE_TIME = datetime(2020, 3, 3, 11, 20, tzinfo=TAIPEI)
NOW = SOURCE_TIME + timedelta(minutes=2)


_ROWS = (
    # id, name, district, road, number, phone, adult, child
    ("9001060001", "信義藥局", "台北市大安區", "信義路", "15", "0227390997", 205, 50),
    ("9001060002", "仁愛藥局", "台北市大安區", "仁愛路", "8", "0227001234", 36, 0),
    ("9001060003", "和平藥局", "台北市大安區", "和平東路", "3", "0227005678", 0, 12),
    ("9004390001", "海邊藥局", "台中市大安區", "中山南路", "120", "0426710001", 77, 4),
    ("9002320001", "茶香藥局", "新北市坪林區", "北宜路", "2", "0226650001", 0, 0),
    ("9002410001", "健安藥局", "新北市三重區", "正義北路", "1", "0229810001", 9, 9),
    ("9002200001", "健安藥局", "新北市板橋區", "文化路", "7", "0229600001", 19, 9),
    ("9004070001", "健安藥局", "台中市西屯區", "逢甲路", "9", "0427010001", 29, 9),
    ("9008020001", "健安藥局", "高雄市苓雅區", "四維二路", "5", "077100001", 39, 9),
)


def _pharmacy(row: tuple[str, str, str, str, str, str, int, int]) -> Pharmacy:
    identity, name, place, road, number, phone, _, _ = row
    address = Address(f"{place}{road}{number}號", road=road, number=number)
    return Pharmacy(identity, name, Kind.PHARMACY, by_key()[place], address, phone)


CATALOG = Catalog.of(tuple(_pharmacy(row) for row in _ROWS))
SNAPSHOT = Snapshot(
    feed="masks",
    products=(ADULT, CHILD),
    catalog=CATALOG,
    stocks={row[0]: {"adult_mask": row[6], "child_mask": row[7]} for row in _ROWS},
    source_time=SOURCE_TIME,
)


def heard_districts(*keys: str, sure: bool = False) -> Resolution:
    """What the resolver answers for districts named in a sentence."""
    matches = tuple(PlaceMatch(by_key()[key], 0.9) for key in keys)
    return Resolution("", Meant.DISTRICT, districts=matches, sure=sure)


def heard_pharmacies(*ids: str, sure: bool = False, namesakes: int = 1) -> Resolution:
    """What the resolver answers for pharmacies named in a sentence."""
    matches = tuple(PharmacyMatch(CATALOG.by_id[item], 0.9) for item in ids)
    return Resolution("", Meant.PHARMACY, pharmacies=matches, sure=sure, namesakes=namesakes)
