"""English names of places and pharmacies, found in a sentence."""

import pytest

from intents.foreign_names import in_chinese
from tests.small_feed import snapshot

CATALOG = snapshot().catalog

NAMED = {
    "Are there any masks in Hualien City?": "花蓮縣花蓮市",
    "da an district": "大安區",
    "Da'an District, Taipei City": "台北市大安區",
    "Daan": "大安",
    "ban qiao please": "新北市板橋區",
    "masks in BANQIAO": "新北市板橋區",
    "is there anything left in Taichung City": "台中市",
    "on Xinhai Road in Da'an District Taipei City": "台北市大安區辛亥路",
    "what about Haifeng Pharmacy": "海風藥局",
    "East District": "東區",
    "what is east of here": "",
    "next one please": "",
    "": "",
}


@pytest.mark.parametrize(("heard", "chinese"), NAMED.items())
def test_english_names_are_heard_in_chinese(heard: str, chinese: str) -> None:
    """Whatever case, apostrophe or space, the name becomes the Chinese one; other words do not."""
    assert in_chinese(heard, CATALOG) == chinese
