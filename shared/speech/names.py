"""Names of pharmacies, fit for the ear."""

import re
import unicodedata

from shared.speech.numbers import say_digits

NAME_LIMIT = 10
"""Characters. With the district before it and the count behind it a name this long still lets the
count be heard within six seconds (21 syllables)."""

_LEGAL = re.compile(
    r"^(?:衛生福利部|行政院衛生署|國軍退除役官兵輔導委員會|財團法人|社團法人|醫療財團法人|醫療法人"
    r"|[\u4e00-\u9fff]{1,12}(?:股份)?有限公司(?:附設)?)"
)
_BRACKETS = re.compile(r"[(（〔\[【].*?[)）〕\]】]")
_COUNTY = re.compile(r"^(?:..[縣市])(?=..)")


def say_name(name: str, district: str = "") -> str:
    """What a pharmacy is called: without legal prefixes, brackets, or the district said before it.

    >>> say_name("金門縣金湖鎮衛生所", "金湖鎮"), say_name("全國藥局(總店)"), say_name("7號藥局")
    ('衛生所', '全國藥局', '七號藥局')
    """
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)) or name
    short = _LEGAL.sub("", plain) or plain
    if district:
        after = _COUNTY.sub("", short)
        if after.startswith(district) and len(after) > len(district):
            short = after.removeprefix(district)
        elif len(short) > NAME_LIMIT:
            short = after
    return re.sub(r"\d+", lambda match: say_digits(match.group()), short)
