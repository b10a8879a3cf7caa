"""Addresses taken apart, as a person reads them."""

from pathlib import Path
from time import process_time

import pytest

from samples import FEED
from shared.places.locate import locate
from tests.real import rows_of

PARTS = (
    # address, the parts that it has
    ("台北市大安區辛亥路３段１５號", {"road": "辛亥路", "section": "3", "number": "15"}),
    (
        "台北市松山區八德路4段694號1、2樓",
        {"road": "八德路", "section": "4", "number": "694", "floor": "1、2"},
    ),
    (
        "桃園市桃園區莊敬路二段103號1樓",
        {"road": "莊敬路", "section": "2", "number": "103", "floor": "1"},
    ),
    ("台中市西區五權八街一一一號一樓", {"road": "五權八街", "number": "111", "floor": "1"}),
    ("台中市西屯區福雅路七十五號", {"road": "福雅路", "number": "75"}),
    ("桃園市蘆竹區忠孝西路卅六號", {"road": "忠孝西路", "number": "36"}),
    ("桃園市蘆竹區忠孝西路廿五號", {"road": "忠孝西路", "number": "25"}),
    ("桃園市蘆竹區奉化路一二六號", {"road": "奉化路", "number": "126"}),
    ("花蓮縣豐濱鄉豐濱村光豐路４１號", {"village": "豐濱村", "road": "光豐路", "number": "41"}),
    ("花蓮縣花蓮市中山路１４２－８號", {"road": "中山路", "number": "142之8"}),
    ("桃園市桃園區中正路1089號之1", {"road": "中正路", "number": "1089之1"}),
    (
        "金門縣金湖鎮新市里中正路２號、２－２號",
        {"village": "新市里", "road": "中正路", "number": "2、2之2"},
    ),
    ("基隆市暖暖區暖暖街281巷98號", {"road": "暖暖街", "lane": "281", "number": "98"}),
    (
        "新北市板橋區僑中1街102巷5弄15號1樓",
        {"road": "僑中1街", "lane": "102", "alley": "5", "number": "15", "floor": "1"},
    ),
    ("苗栗縣西湖鄉龍洞村１鄰１６號", {"village": "龍洞村", "neighbourhood": "1", "number": "16"}),
    ("澎湖縣馬公市鎖港里２４０號", {"village": "鎖港里", "number": "240"}),
    ("臺南市後壁區菁豐里６８–２號", {"village": "菁豐里", "number": "68之2"}),
    ("台中市西區美村路一段567號", {"road": "美村路", "section": "1", "number": "567"}),
    (
        "彰化縣田中鎮西路里斗中路一段222號",
        {"village": "西路里", "road": "斗中路", "section": "1", "number": "222"},
    ),
    ("臺南市麻豆區巷口里興國路11號", {"village": "巷口里", "road": "興國路", "number": "11"}),
    ("屏東縣屏東市前進里清進巷107號", {"village": "前進里", "lane": "清進", "number": "107"}),
    ("嘉義縣中埔鄉金蘭村頂山門28之2號", {"village": "金蘭村", "road": "頂山門", "number": "28之2"}),
    (
        "新北市八里區中山路２段３６７號（１樓）",
        {"road": "中山路", "section": "2", "number": "367", "floor": "1"},
    ),
    (
        "彰化縣北斗鎮西德里斗苑路１段４２５、４２７號",
        {"village": "西德里", "road": "斗苑路", "section": "1", "number": "425、427"},
    ),
    ("新北市三重區車路頭街162號1樓", {"road": "車路頭街", "number": "162", "floor": "1"}),
    ("台中市東勢區東崎路５段４０９號", {"road": "東崎路", "section": "5", "number": "409"}),
    ("桃園市八德區介壽路ㄧ段863號", {"road": "介壽路", "section": "1", "number": "863"}),
    ("嘉義縣義竹鄉仁里村臨１號", {"village": "仁里村", "number": "臨1"}),
    (
        "桃園市平鎮區中豐路南勢二段144號",
        {"road": "中豐路", "section": "南勢2", "number": "144"},
    ),
    (
        "新北市永和區竹林路中興里66巷19號1樓",
        {"village": "中興里", "road": "竹林路", "lane": "66", "number": "19", "floor": "1"},
    ),
    (
        "嘉義市西區保安里世賢路1段6鄰549號",
        {
            "village": "保安里",
            "neighbourhood": "6",
            "road": "世賢路",
            "section": "1",
            "number": "549",
        },
    ),
    ("高雄市鳳山區鎮南里五甲二路752號", {"village": "鎮南里", "road": "五甲二路", "number": "752"}),
)

STRANGE = (
    # addresses of the real feed, each with what is strange in it
    ("joined by a full stop", "高雄市鳳山區維新路１０１。１０３號１樓", "維新路", "101、103", "1"),
    (
        "joined by a dot",
        "高雄市大寮區山頂里鳳林三路８２３˙８２５號１樓",
        "鳳林三路",
        "823、825",
        "1",
    ),
    ("joined by 及", "高雄市三民區鼎力路３７６及３７８號１樓", "鼎力路", "376、378", "1"),
    (
        "joined, with 之",
        "屏東縣高樹鄉高樹村南興路４９－７及４９－８號",
        "南興路",
        "49之7、49之8",
        "",
    ),
    ("O for nought", "台中市西屯區青海路一段一Ｏ一、一Ｏ三號", "青海路", "101、103", ""),
    ("joined in Chinese", "桃園市楊梅區信義街一六、一八號", "信義街", "16、18", ""),
    ("a box-drawing dash", "臺南市安平區永華路二段８４５─１號１樓", "永華路", "845之1", "1"),
    ("a dash after 號", "台北市大同區迪化街２段２７０號－１", "迪化街", "270之1", ""),
    ("之 and 附", "臺南市新營區三民路１３８之１附１號", "三民路", "138之1附1", ""),
    ("no 號", "嘉義縣鹿草鄉西井村鹿草路２６１附２", "鹿草路", "261附2", ""),
    (
        "no 號, floors in brackets",
        "基隆市七堵區光明路２１－１（１－２樓）",
        "光明路",
        "21之1",
        "1、2",
    ),
    ("臨 before the number", "彰化縣溪湖鎮西溪里員鹿路２段臨１號", "員鹿路", "臨1", ""),
    ("之1 of a floor", "台中市北區學士路１３號之１樓", "學士路", "13", "1"),
    (
        "floors one by one",
        "新北市五股區新城三路１１號１樓、２樓及３樓",
        "新城三路",
        "11",
        "1、2、3",
    ),
    ("from floor to floor", "台北市大同區昌吉街５２號１至２樓", "昌吉街", "52", "1、2"),
    ("floors in Chinese", "台中市西屯區青海路二段二八七號一、二樓", "青海路", "287", "1、2"),
    ("a cellar", "新北市板橋區國光路４３號Ｂ１", "國光路", "43", "B1"),
    ("which floor is used", "台北市士林區福華路１５４號（實際使用：１樓）", "福華路", "154", "1"),
    (
        "floors as 層",
        "台北市松山區八德路４段２０９號、２１１號（１、２層）",
        "八德路",
        "209、211",
        "1、2",
    ),
    ("a road named 道路", "台北市信義區大道路６１號", "大道路", "61", ""),
    ("a street named 中路街", "桃園市桃園區中路街１７號", "中路街", "17", ""),
    ("a road named 村", "臺中市南區美村南路１９７號１樓", "美村南路", "197", "1"),
    ("a village named 村", "彰化縣大村鄉大村村中正西路３４０號", "中正西路", "340", ""),
    ("a village named 里", "花蓮縣富里鄉富里村中山路２０３號", "中山路", "203", ""),
    ("a village named 樓", "屏東縣來義鄉古樓村中正路９０號", "中正路", "90", ""),
    ("a village named 街", "台中市大肚區頂街里沙田路二段７３４號", "沙田路", "734", ""),
    ("the district twice", "嘉義縣朴子市朴子市平和里市東路２８號", "市東路", "28", ""),
    ("the neighbourhood late", "臺南市新化區健康路十三鄰１４３號", "健康路", "143", ""),
    ("the village late", "高雄市彌陀區中正路彌靖里中正路１９７號", "中正路", "197", ""),
    ("a section without number", "嘉義縣朴子市嘉朴路西段９１號", "嘉朴路", "91", ""),
    ("a section with a name", "桃園市平鎮區中豐路南勢二段１４４號", "中豐路", "144", ""),
    ("a sound sign for 一", "桃園市八德區介壽路ㄧ段８６３號", "介壽路", "863", ""),
    ("hundreds in Chinese", "台北市大安區信義路三百二十五號", "信義路", "325", ""),
)

MORE = (
    # what stands behind the first address, kept as it is
    (
        "新北市貢寮區朝陽街７０巷１０號、新北市貢寮區仁愛路１２８號",
        "10",
        "、新北市貢寮區仁愛路128號",
    ),
    ("新北市中和區景德街１４１號１樓及景平路１１１巷６０弄５６號", "141", "及景平路111巷60弄56號"),
    ("台北市大安區忠孝東路３段３０５號７樓之３", "305", "之3"),
)

_NAMES = ("village", "neighbourhood", "road", "section", "lane", "alley", "number", "floor")


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_an_address_has_the_parts_that_a_person_reads(text: str, parts: dict[str, str]) -> None:
    """Every part that is there, and none that is not."""
    ((_, address),) = locate([("5900000000", text)])
    read = {name: getattr(address, name) for name in _NAMES}
    assert {name: value for name, value in read.items() if value} == parts
    assert address.rest == ""


@pytest.mark.parametrize(("strange", "text", "road", "number", "floor"), STRANGE)
def test_what_is_strange_in_real_addresses_is_understood(
    strange: str, text: str, road: str, number: str, floor: str
) -> None:
    """Road, house and floor as a person reads them, and nothing left over."""
    ((_, address),) = locate([("5900000000", text)])
    assert (address.road, address.number, address.floor) == (road, number, floor), strange
    assert address.rest == ""


@pytest.mark.parametrize(("text", "number", "rest"), MORE)
def test_of_two_addresses_the_first_is_read(text: str, number: str, rest: str) -> None:
    """The second is not mixed into it, and not lost."""
    ((_, address),) = locate([("5900000000", text)])
    assert (address.number, address.rest) == (number, rest)


def test_every_address_of_a_feed_has_a_house_and_where_it_stands(material: Path) -> None:
    """A number, and a road, a lane or a village: nobody is sent to a whole town."""
    rows = [(row[0], row[2]) for row in rows_of(material / "data" / FEED)]
    for _, address in locate(rows):
        assert address.number, address.text
        assert address.road or address.lane or address.village, address.text


@pytest.mark.parametrize(
    "part", ["大", "1", "一", "十", "百", "1、", "1之", "路", "里", "1樓、", "B1"]
)
def test_a_long_address_takes_no_longer(part: str) -> None:
    """Four times as many characters take some four times as long, whatever is repeated."""
    short, long = (_seconds(part * (size // len(part))) for size in (5_000, 20_000))
    assert long <= 4 * GROWTH * max(short, 0.002)


GROWTH = 3
"""How much more than four times as long it may take; a square takes 4."""


def _seconds(tail: str) -> float:
    """The processor time of two addresses with it at their end, the best of three."""
    taken = []
    for _ in range(3):
        began = process_time()
        locate([("5900000000", "台北市大安區信義路1號" + tail)])
        locate([("5900000000", "台北市大安區" + tail)])
        taken.append(process_time() - began)
    return min(taken)
