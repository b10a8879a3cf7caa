"""Addresses taken apart, as a person reads them."""

import pytest

from shared.places.locate import locate

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
    ("高雄市鳳山區鎮南里五甲二路752號", {"village": "鎮南里", "road": "五甲二路", "number": "752"}),
)

_NAMES = ("village", "neighbourhood", "road", "section", "lane", "alley", "number", "floor")


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_an_address_has_the_parts_that_a_person_reads(text: str, parts: dict[str, str]) -> None:
    """Every part that is there, and none that is not."""
    ((_, address),) = locate([("5900000000", text)])
    read = {name: getattr(address, name) for name in _NAMES}
    assert {name: value for name, value in read.items() if value} == parts
    assert address.rest == ""
