"""Makes the sample files: `python -m samples.make`. The same ones each time.

Pharmacies, telephone numbers, counts and notes are invented; counties, districts and the roads that
are named here are real. Ids begin with 99, so that none is a real pharmacy's. Where real files are
odd, these are odd in the same way: `_ODD` lists how.
"""

import csv
import io
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from samples import FEED, SAMPLES
from samples.spoken_rows import spoken_rows
from shared.places.districts import District, all_districts, by_key
from shared.places.middles import middle_of
from shared.places.telephone_numbers import area_codes

TIME = "2020/03/03 11:23:40"
"""A Tuesday in the time of rationing, as in the real file."""

_FIRST = "安康仁德和平信福長青大同永健明新美佳宏瑞正祥春松百吉金御裕興榮華"
_SECOND = "生民心林泉泰安昌成元全光宜家友盛田昇恩濟善寧壽杏春希展佑欣弘"
_KINDS = ("藥局",) * 12 + ("健保藥局", "大藥局", "中西藥局", "連鎖藥局")
_ROADS = ("中山路", "中正路", "民生路", "民權路", "光明路", "文化路", "成功路", "博愛街")

_NAMED = (
    # name, district, rest of the address: what tests ask for
    ("康希藥局", "新北市三重區", "正義北路２１３號"),
    ("康博中西健保藥局", "台中市北屯區", "昌平路一段１３號"),
    ("皇安藥局", "高雄市三民區", "建工路９９號1樓"),
    ("板橋大樹藥局", "新北市板橋區", "文化路一段３２１號"),
    ("鳳山啄木鳥藥局", "高雄市鳳山區", "光遠路７７號"),
    ("御安藥局", "台南市北區", "公園路３１２號"),
    ("裕安藥局", "彰化縣員林市", "三民街１１７號"),
    ("國泰藥局", "台中市西區", "民權路２１９號"),
    ("和平藥局", "台北市中正區", "羅斯福路１段１７號"),
    ("榮星藥局", "台北市松山區", "八德路４段６０８號１、２樓"),
    ("新竹市香山衛生所", "新竹市香山區", "育德街１１號"),
    ("大安健康服務中心", "台北市大安區", "和平東路３段２１１號"),
    ("中正健康服務中心", "台北市中正區", "牯嶺街４１號"),
    ("東區衛生所", "嘉義市東區", "民族路１４４號"),
    ("仁心藥局", "台北市大安區", "羅斯福路３段２３３號"),
    ("松友藥局", "台北市文山區", "羅斯福路６段１２１號"),
    ("元盛藥局", "台北市大安區", "忠孝東路４段１５１號"),
    ("百成藥局", "台北市信義區", "忠孝東路４段５１１號"),
    ("長昇藥局", "台北市信義區", "忠孝東路５段４２１號"),
    ("青宜藥局", "台北市士林區", "中山北路６段２２２號"),
    ("明泉藥局", "台北市中山區", "中山北路２段８８號"),
    ("信生藥局", "台南市永康區", "中正路６２１號"),
    ("和欣藥局", "澎湖縣馬公市", "中正路４１號"),
)

_ODD = (
    # name, district meant, address as it is written
    ("臺大安心藥局", "台北市大安區", "臺北市大安區辛亥路３段２１５號"),
    ("正展藥局", "高雄市三民區", "高雄巿三民區建國三路２１１號"),  # 巿 is U+5DFF
    ("軍校藥局", "高雄市楠梓區", "高雄市揇梓區軍校路７１０號"),
    ("南崁藥局", "桃園市蘆竹區", "桃園市盧竹區南崁路２１０號"),
    ("西港藥局", "台南市西港區", "台南縣西港鄉中山路３５８號"),
    ("桃成藥局", "桃園市桃園區", "桃園縣桃園市南平路４１１號"),
    ("員祥藥局", "彰化縣員林市", "彰化縣員林鎮莒光路３號"),
    ("淡水藥局", "新北市淡水區", "淡水區新市一路３段１０３號"),
    ("海口藥局", "新北市貢寮區", "新北市貢寮區朝陽街７０巷１０號、新北市貢寮區仁愛路１２８號"),
    ("里民藥局", "屏東縣屏東市", "屏東縣屏東市前進里清進巷１０７號"),
    ("金華藥局", "台南市南區", "台南市南區金華路２段８１號"),
    ("金宜藥局", "台南市南區", "台南市金華路２段９６號"),  # no district: the road tells it
    ("香泉藥局", "新竹市香山區", "新竹市香山區中華路６段６２１號"),
    ("香民藥局", "新竹市香山區", "新竹市中華路６段６７６號"),
    ("羅東健安藥局", "宜蘭縣羅東鎮", "宜蘭縣羅東鎮公正路 ９３ 號"),
)

_ODD_PHONES = {
    "南崁藥局": "3521234",  # no area code
    "西港藥局": "(06) 795 1234",
    "員祥藥局": "(48)321234",
    "海口藥局": "（０２）２４９４１２３４",
    "淡水藥局": "(02)0226201234",  # the area code twice
}

_NAMESAKES = "健安藥局"
"""Fifteen of one name, as in the real file."""

_NOTES = (
    # 21 periods and a note, in our own words
    ("NNNNNNYNNNNNNYNNNNNNY", "口罩每天早上九點開始賣，賣完為止"),
    ("NNNNNYYNNNNNYYNNNNNYY", "週一至週五８：３０發號碼牌，09:00起憑牌購買"),
    ("NNNNNNYNNNNNNYNNNNNNY", "販售口罩時間14:00~20:00，週日公休"),
    ("NNNNNNNNNNNNNNNNNNNNN", "口罩下午兩點開始販售"),
    ("NNNNNNYNNNNNNYYYYYYYY", "晚上沒有營業。口罩上午10點開賣"),
    ("NNNNNNNNNNNNNNNNNNNNN", ""),
    ("NNNNNNYNNNNNNYNNNNNNY", "電話忙線中請見諒，看本店門口公告"),
    ("NNNNNNYNNNNNNYNNNNNNY", "3/8休息一天；口罩平日16:30開始"),
)

_LOCAL = {
    "台中市": "2_______",
    "彰化縣": "7______",
    "基隆市": "24______",
    "037": "5_____",
    "082": "5_____",
    "089": "5_____",
    "0836": "5____",
    "02": "5_______",
}
"""What a number behind the area code looks like; `_` is any digit."""

_LOCAL_ELSEWHERE = "5______"

_UNPLACED = 4
"""One pharmacy in so many has no coordinates."""


@dataclass(frozen=True, slots=True)
class Made:
    """A pharmacy of the sample feed."""

    id: str
    name: str
    district: District
    address: str
    phone: str
    adult: int
    child: int


def pharmacies() -> tuple[Made, ...]:
    """All of them, in the order of the file: by district, as the real file is."""
    chance = random.Random(303)  # noqa: S311  invented, not secret
    wanted: list[tuple[str, District, str]] = []
    for name, key, rest in _NAMED:
        wanted.append((name, by_key()[key], key + rest))
    wanted += [(name, by_key()[key], text) for name, key, text in _ODD]
    for district in chance.sample(all_districts(), 14):
        wanted.append((_NAMESAKES, district, _address(district, chance)))
    taken = {name for name, _, _ in wanted}
    for district in all_districts():
        for _ in range(chance.randint(2, 4) if district.name[-1] in "區市" else 1):
            while (name := _name(chance)) in taken and chance.random() < 0.9:
                pass
            wanted.append((name, district, _address(district, chance)))
    wanted.sort(key=lambda one: all_districts().index(one[1]))
    return tuple(_made(*one, chance) for one in _numbered(wanted))


def _numbered(
    wanted: Iterable[tuple[str, District, str]],
) -> Iterable[tuple[str, str, District, str]]:
    """Each with its id: 99, county and district by two digits, a number."""
    counties = list(dict.fromkeys(district.county for district in all_districts()))
    numbers = {district: count(1) for district in all_districts()}
    places = {county: [d for d in all_districts() if d.county == county] for county in counties}
    for name, district, address in wanted:
        county = counties.index(district.county) + 1
        place = places[district.county].index(district) + 1
        yield f"99{county:02}{place:02}{next(numbers[district]):04}", name, district, address


def _name(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_KINDS)


def _address(district: District, chance: random.Random) -> str:
    section = f"{chance.randint(1, 3)}段" if chance.random() < 0.2 else ""
    lane = f"{chance.randint(2, 300)}巷" if chance.random() < 0.1 else ""
    floor = "1樓" if chance.random() < 0.3 else ""
    house = f"{lane}{chance.randint(1, 399)}號{floor}"
    text = f"{chance.choice(_ROADS)}{section}{house}"
    return district.key + (_full_width(text) if chance.random() < 0.6 else text)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


def _made(
    identity: str, name: str, district: District, address: str, chance: random.Random
) -> Made:
    codes = {county: code for code, counties in area_codes().items() for county in counties}
    code = codes[district.county]
    form = _LOCAL.get(district.county.name) or _LOCAL.get(code, _LOCAL_ELSEWHERE)
    local = "".join(str(chance.randrange(10)) if sign == "_" else sign for sign in form)
    sold_out = chance.random() < 0.15
    adult = 0 if sold_out else chance.choice((1, 3, 9, 36, 120, 205, 460))
    child = chance.choice((0, 2, 12, 48, 90, 250))
    phone = _ODD_PHONES.get(name) or f"({code}){local}"
    return Made(identity, name, district, address, phone, adult, child)


def _table(titles: str, rows: Iterable[Sequence[object]], *, bom: bool, end: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(titles.split(","))
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _points(made: Iterable[Made]) -> list[tuple[str, str, str]]:
    """Around the middle of its district, for all but one in `_UNPLACED`."""
    chance = random.Random(4)  # noqa: S311  invented, not secret
    rows = []
    for number, one in enumerate(made):
        longitude, latitude = middle_of(one.district)
        longitude, latitude = (way + chance.uniform(-0.006, 0.006) for way in (longitude, latitude))
        if number % _UNPLACED:
            rows.append((one.id, f"{longitude:.6f}", f"{latitude:.6f}"))
    return rows


def files() -> dict[str, bytes]:
    """Name below samples/ → content."""
    made = pharmacies()
    masks = [(o.id, o.name, o.address, o.phone, o.adult, o.child, TIME) for o in made]
    hours = [
        (one.id, one.name, "", "", 109, periods, note, "開業", "2020/03/03")
        for one, (periods, note) in zip(made[::9], _NOTES, strict=False)
    ]
    official = [
        (one.id, one.district.county.name.replace("台", "臺"), one.district.name)
        for one in made
        if one.district.county.name != "台東縣" or one.district.name != "台東市"
    ]
    return {
        f"data/{FEED}": _table(
            "醫事機構代碼,醫事機構名稱,醫事機構地址,醫事機構電話,成人口罩剩餘數,兒童口罩剩餘數,來源資料時間",
            masks,
            bom=True,
            end="\r\n",
        ),
        "data/hours-sample.csv": _table(
            "醫事機構代碼,醫事機構名稱,業務組別,特約類別,看診年度,看診星期,看診備註,開業狀況,資料集更新時間",
            hours,
            bom=True,
            end="\n",
        ),
        "data/locations.csv": _table("醫事機構代碼,x,y", _points(made), bom=False, end="\n"),
        "data/districts-official.csv": _table(
            "醫事機構代碼,縣市別,鄉鎮別", official, bom=False, end="\n"
        ),
        "spoken/dev.jsonl": "".join(
            json.dumps(row, ensure_ascii=False) + "\n" for row in spoken_rows(made)
        ).encode(),
    }


if __name__ == "__main__":
    for name, content in files().items():
        path = SAMPLES / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
