"""The sides of what is joined or compared: 「板橋跟中和哪邊比較多」."""

import re
from functools import cache

from nlu.grammar import grammar
from shared.locales import DEFAULT
from shared.places.districts import all_counties, all_districts

_AND = "和"
"""Joins two names, and stands in many: 中和, 永和, 和平."""

_PAUSE = "、"
"""Between two names that were said without one."""

MOST = 4
"""Parts that are looked at."""


def sides(text: str, locale: str) -> list[str]:
    """The parts of `text` between the words that join what is compared.

    >>> sides("板橋跟中和哪邊比較多", "zh-TW")
    ['板橋', '中和哪邊比較多']
    >>> sides("永和和板橋哪裡多", "zh-TW")
    ['永和', '板橋哪裡多']
    >>> sides("板橋永和還有土城哪裡有", "zh-TW")
    ['板橋', '永和', '土城哪裡有']
    """
    if locale == DEFAULT:
        text = _side_by_side().sub(rf"\1{_PAUSE}", text)
    parts = [part.strip() for part in _between(locale).split(text)]
    return [part for part in parts if part][:MOST]


@cache
def _between(locale: str) -> re.Pattern[str]:
    words = grammar(locale).sides
    if locale == DEFAULT:
        names = [one.name for one in all_districts() if _AND in one.name]
        before = {name[at - 1] for name in names if (at := name.index(_AND)) > 0}
        behind = {name[at + 1] for name in names if (at := name.index(_AND)) + 1 < len(name)}
        ahead, after = "".join(sorted(before)), "".join(sorted(behind - set("區鄉鎮市")))
        joins = f"(?<![{ahead}]){_AND}(?![{after}])"
        words += f"|{joins}(?!{words})|(?<={_AND}){_AND}"  # 「用和還是中和」: one of the name
        words += f"|還有(?:那個)?(?={district_written()})"
    return re.compile(words)


@cache
def _side_by_side() -> re.Pattern[str]:
    """Districts that are said one after the other: 「板橋永和」."""
    return re.compile(f"({district_written()})(?={district_written()})")


@cache
def district_written() -> str:
    """A pattern of a district's name, which may lack its ending, and is no road's: 「信義路」."""
    whole = {one.name for one in all_districts()}
    short = {name[:-1] for name in whole if len(name) > _BARE}
    names = whole | short - {one.short for one in all_counties()}
    return f"(?:{'|'.join(sorted(names, key=len, reverse=True))})(?![路街]|大道)"


_BARE = 2
"""Characters of a district's name that is never said without its ending: 東區."""
