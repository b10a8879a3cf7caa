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
_LOST = re.compile(r"[\ue000-\uf8ff]")
"""Private use: a sign that got lost on its way. Between 週一 and 五 it may have been 至 or 、: they
stand as 週一五, of which nobody knows whether Tuesday is one."""

_SPACED_OUT = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff] [\u4e00-\u9fff])")
"""「不 要 再 打 電 話」"""


def plain(text: str) -> str:
    """`text` half-width, lower-case, with one sign for one thing and single spaces.

    >>> plain("【周一～禮拜六】　ＡＭ０９：００")
    '【週一~星期六】 am09:00'
    """
    text = _LOST.sub("", text)
    text = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).lower()
    for old, new in (("禮拜", "星期"), ("礼拜", "星期")):
        text = text.replace(old, new)
    text = " ".join(text.split())
    return _SPACED_OUT.sub("", text)
