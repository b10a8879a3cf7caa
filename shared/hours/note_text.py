"""A note in one spelling: half-width, lower-case, one sign for one thing."""

import re
import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("〜～﹏", "~"),
        **dict.fromkeys("–—−－─﹣―‐ー_→", "-"),
        **dict.fromkeys("︰∶：﹕", ":"),
        **dict.fromkeys("；﹔", ";"),
        **dict.fromkeys("周", "週"),
        **dict.fromkeys("ㄧ㇐", "一"),
        **dict.fromkeys("点奌", "點"),
        "时": "時",
        "号": "號",
        "臺": "台",
        "后": "後",
        "开": "開",
        "卖": "賣",
        "发": "發",
        "领": "領",
        "巿": "市",
        "㊀": "一",
    }
)
_TILDE = "\uf848"
"""What the file makes of a 「～」 that was typed in Big5: of 58 between two digits in 15,954 real
notes 57 stand where a span is (9:00▮21:00, 4/1▮4/30), and so do those between two weekdays."""

_LOST = re.compile(r"[\ue000-\uf8ff]")
"""Private use: another sign that got lost on its way."""

_W = re.compile(r"(?<![a-z])w(?:k|eek)? ?(?=[一二三四五六日]|[1-7](?!\d))")
"""「W1-W5」, 「Wk一」"""

_SPACED_OUT = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff] [\u4e00-\u9fff])")
"""「不 要 再 打 電 話」"""

_SPACED_DAY = re.compile(r"(?<=星期) (?=[天日](?!\d)|[一二三四五六](?:[-~至到]|[休公不無停]))")
"""「星期 天休息」"""

_COLONS = re.compile(r"(?<=\d)(?::(?=[:點]))+")
"""「10::00」, 「9:點」"""

_DASHED = re.compile(r"(?<=\d:\d\d[~-]\d\d)-(?=[0-5]0(?!\d))")
"""「14:30~16-30」"""


def plain(text: str) -> str:
    """`text` half-width, lower-case, with one sign for one thing and single spaces.

    >>> plain("【周一～禮拜六】　ＡＭ０９：００")
    '【週一~星期六】 am09:00'
    """
    text = _LOST.sub("", text.replace(_TILDE, "~"))
    text = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).lower()
    for old, new in (("禮拜", "星期"), ("礼拜", "星期")):
        text = text.replace(old, new)
    text = _W.sub("週", text)
    text = " ".join(text.split())
    text = _COLONS.sub("", _SPACED_DAY.sub("", text))
    return _SPACED_OUT.sub("", _DASHED.sub(":", text))
