"""What an utterance tells beside its act: product, kind of seller, numbers, id ends, days, hours.

Exact where language is exact; Mandarin is read by sound where a recogniser may have written other
characters. The words stand in `intents/sentences`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import cache, lru_cache

from intents.contract import Sentences, normal, sentences
from nlu.amounts import HAN, at_least, hour_in_words
from nlu.grammar import grammar
from nlu.sides import district_written
from nlu.sounding import SoundWords, spelt_digits
from shared.catalog import Kind
from shared.dialog.acts import DayAndHour, date_in
from shared.dialog.queries import MOST_SIDES
from shared.hours import DayPart
from shared.locales import DEFAULT
from shared.numbers import read_number


@dataclass(frozen=True, slots=True)
class Slots:
    """The conditions of an utterance."""

    product: str = ""
    all_products: bool = False
    kind: Kind | None = None
    unwanted: Kind | None = None
    when: DayAndHour | None = None
    least: int = 0
    shops: int = 0
    ends: str = ""
    shop: bool = False
    """a seller is named that sells nothing on the card"""
    text: str = ""
    """the utterance without the kind of seller that it denies"""


def slots_in(text: str, locale: str, bare_digit: bool = False) -> Slots:
    """The conditions that `text` names. `bare_digit`: how an id ends may be a digit alone."""
    return _reader(locale).read(text, bare_digit)


@cache
def _reader(locale: str) -> "_Reader":
    data = sentences(locale)
    return _Mandarin(data) if locale == DEFAULT else _Reader(data)


_BEFORE_DIGIT = (
    r"(?:號|好|數|碼|馬|是|為|尾|in|with|"
    r"(?:number|digit|id|mine|his|hers|it|one|card) is|は|が)\s*(?:an? )?"
)
_AFTER_DIGIT = (
    r"(?:號|的|人|なん|です|で終わります|けど|が|今天|明天|後天|現在|我|他|她|啦|啊|喔|[\s,，、。]"
    r"|(?:星期|禮拜|拜|週|周)[一二三四五六日天])*"
    r"(?:可|能|行|買|嗎|呢|尾|can|may|what day|which day|when|今日|何曜|いつ|で終わ|哪|什麼|$)"
)
"""「尾號是八可以買嗎」: the digit stands between them; 「可以買八片嗎」 has none."""

_AFTER_ID = (
    r"(?:尾數|尾號|末碼|最後一碼|最後一個(?:數字|號碼|字)?|身分證"
    r"|id (?:number |card )?(?:number )?(?:ends|is ending|ending)|last (?:digit|number)"
    r"|末尾|(?:番号|身分証|身分証番号)の最後|最後の数字|末尾の数字)"
    r"[^\d零一二三四五六七八九]{0,8}?({digits})(?![片個份張十百千])"
)
"""「尾數是五 今天去哪裡買」: what the digit is the end of stands before it."""

_BARE = (
    r"^(?:那|那我|我|我是|那我是|是"
    r"|[那啊]?[我他她]?(?:先生|太太|老公|老婆|媽媽?|爸爸?|兒子|女兒|婆婆|公公|孫子)的?是?"
    r"|(?:(?:and|um|so|but|or|what|how|about|if) )*"
    r"(?:(?:my [a-z-]+(?:'s)?|mine|his|hers|it|it's|its|and)(?: is| ends (?:in|with))?[ ,]*){0,2}"
    r"(?: ?an?)?"
    r"|(?:じゃあ|では|それなら)?(?:(?:妻|夫|主人|母|父|息子|娘|私)(?:の|のほう)?は)?)?"
    r"\s{0,2}(?:尾|尾數)?\s{0,2}({digits})(?:號|的|呢|啦|なん|です|の場合|の人|だと|だったら|なら|は"
    r"|が|けど|どうですか|どうでしょうか|どう|いつですか|か| then| please|[?？])*$"
)


_OTHER_ENDS = {"odd": "even", "even": "odd"}


class _Reader:
    """The words themselves, as a language with its own letters is written down."""

    def __init__(self, data: Sentences) -> None:
        self._data = data
        self._products = _longest_first(data.products)
        self._telling = _telling_words(self._products)
        self._kinds = {word: Kind(kind) for kind, words in data.kinds.items() for word in words}
        self._shops = re.compile("|".join(map(re.escape, map(normal, data.shops))))
        self._ends = {word: ends for ends, words in data.id_ends.items() for word in words}
        before = [normal(one) + self._gap for one in data.denials["before"]]
        behind = [normal(one) for one in data.denials["behind"]]
        self._denied = tuple(
            (denied, self._kinds[word])
            for word in sorted(self._kinds, key=len, reverse=True)
            for denied in (*(one + word for one in before), *(word + one for one in behind))
        )
        digits = "|".join((*map(re.escape, data.digits), *"0123456789"))
        self._digit = re.compile(f"{_BEFORE_DIGIT}({digits}){_AFTER_DIGIT}")
        self._after_id = re.compile(_AFTER_ID.replace("{digits}", digits))
        self._bare = re.compile(_BARE.replace("{digits}", digits))

    def read(self, text: str, bare_digit: bool) -> Slots:
        plain = normal(text)
        unwanted, left = self._denied_kind(plain)
        if unwanted:
            kind = next((self._kinds[word] for word in self._kinds if word in left), None)
        else:
            kind = self._only_kind(plain)
        return Slots(
            product=self.product(text),
            all_products=self.several(plain) or bool(grammar(self._data.locale).both.search(plain)),
            kind=kind,
            unwanted=unwanted if kind is None else None,
            when=self.when(plain),
            least=self.least(plain),
            shops=self.shops(plain),
            ends=self.ends(text, bare_digit),
            shop=self._shops.search(plain) is not None,
            text=left if unwanted else text,
        )

    def _denied_kind(self, plain: str) -> tuple[Kind | None, str]:
        """The kind that is denied, and the text without it."""
        for denied, kind in self._denied:
            if denied in plain:
                return kind, plain.replace(denied, " ")
        return None, plain

    _gap = " "

    def _only_kind(self, plain: str) -> Kind | None:
        """Health centres are named as such; a pharmacy is what every place is called."""
        named = {self._kinds[word] for word in self._kinds if word in plain}
        instead = grammar(self._data.locale).instead
        if named == {Kind.PHARMACY} and instead.search(plain):
            return Kind.PHARMACY
        return Kind.HEALTH_CENTRE if named == {Kind.HEALTH_CENTRE} else None

    def product(self, text: str) -> str:
        """Id of the product that is named; "" for none."""
        plain = grammar(self._data.locale).people.sub(" ", normal(text))
        if named := next((id_ for word, id_ in self._products.items() if word in plain), ""):
            return named
        return next((self._telling[word] for word in plain.split() if word in self._telling), "")

    def several(self, plain: str) -> bool:
        """Whether two products are named."""
        return len({id_ for word, id_ in self._heads_of().items() if word in plain}) > 1

    def _heads_of(self) -> Mapping[str, str]:
        return self._telling

    def when(self, plain: str) -> DayAndHour | None:
        """The day and hour that is named; None for neither."""
        return _when_in_words(plain, self._data.locale)

    def least(self, plain: str) -> int:
        """「at least 100」; 0 for none."""
        return at_least(plain, self._data.locale)

    def shops(self, plain: str) -> int:
        """Of how many pharmacies at once; 0 where that is not said."""
        met = grammar(self._data.locale).shops.search(plain)
        return hour_in_words(met["number"] or str(MOST_SIDES)) if met else 0

    def ends(self, text: str, bare_digit: bool) -> str:
        """Odd, even, or "" where neither or both are said."""
        said = self._ends_said(text)
        if said:  # 「單號還是雙號」 tells neither, 「身分證不是單號」 even
            meant = said - self._denied_ends(normal(text)) or {_OTHER_ENDS[one] for one in said}
            return meant.pop() if len(meant) == 1 else ""
        spelt = self._spelt(text).lower()
        *_, found = (None, *self._after_id.finditer(spelt))  # 「A1開頭，最後一碼四」
        found = found or self._digit.search(spelt)
        if found is None and bare_digit:
            found = self._bare.match(spelt.strip())
        return "" if found is None else "odd" if self._value(found[1]) % 2 else "even"

    def _denied_ends(self, plain: str) -> set[str]:
        """The ends of an id that are named only to be denied."""
        befores = self._data.denials["before"]
        return {
            ends
            for word, ends in self._ends.items()
            if word in plain and any(f"{denied}{self._gap}{word}" in plain for denied in befores)
        }

    def _value(self, digit: str) -> int:
        return int(digit) if digit.isascii() and digit.isdigit() else self._data.digits.index(digit)

    def _ends_said(self, text: str) -> set[str]:
        plain = grammar(self._data.locale).no_ends.sub(" ", normal(text))
        return {  # the word itself: "seven" is not even
            ends
            for word, ends in self._ends.items()
            if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", plain)
        }

    def _spelt(self, text: str) -> str:
        return text


_DENIED = 0.08
"""Cost a syllable of a denial with its kind: 「我不要為身所」 lies 0.01 from 我不要衛生所, but
「我不要了烏」 of 「我不要了烏來的」 0.17 from 我不要藥局."""


_FULL, _HEADS = "full", "heads"
"""The names of products, and what tells them apart: 小孩 of 小孩口罩."""


class _Mandarin(_Reader):
    """Mandarin: the words by their sound."""

    _gap = ""

    def __init__(self, data: Sentences) -> None:
        super().__init__(data)
        heads = {
            head: id_
            for word, id_ in self._products.items()
            if len(head := word.removesuffix("口罩").removesuffix("的")) >= 2 and head != word
        }
        self._head_ids = heads
        self._denials = SoundWords({"denied": (word for word, _ in self._denied)}, _DENIED)
        words = SoundWords({_FULL: self._products, _HEADS: heads, **data.id_ends})
        self._places = re.compile(district_written())
        self._nearest = lru_cache(maxsize=2)(words.nearest)  # of the utterance at hand, asked twice

    def _denied_kind(self, plain: str) -> tuple[Kind | None, str]:
        """The kind of seller by its sound, where something is denied: 「不要為身所」."""
        if not any(denial in plain for denial in self._data.denials["before"]):
            return None, plain
        word, left = self._denials.without(plain)
        return dict(self._denied).get(word), left

    def product(self, text: str) -> str:
        heard = self._heard(text)
        if full := heard.get(_FULL):
            return self._products[full]
        return self._head_ids.get(heard.get(_HEADS, ""), "")

    def _heard(self, text: str) -> Mapping[str, str]:
        """The best of each list beside the districts that stand there: 「小港有」 is no 小朋友."""
        return self._nearest(self._places.sub(" ", text))

    def _heads_of(self) -> Mapping[str, str]:
        return self._head_ids

    def when(self, plain: str) -> DayAndHour | None:
        return _when_in_mandarin(plain)

    def _ends_said(self, text: str) -> set[str]:
        return self._data.id_ends.keys() & self._heard(text).keys()

    def _spelt(self, text: str) -> str:
        return spelt_digits(text, self._data.digits)


def _longest_first(products: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Every name of a product → its id; the longest first, so that the fullest is found."""
    words = {normal(name): id_ for id_, names in products.items() for name in names}
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))


def _telling_words(products: Mapping[str, str]) -> dict[str, str]:
    """Words that only one product's names have: kids, children → child_mask."""
    owners: dict[str, set[str]] = {}
    for name, id_ in products.items():
        for word in name.split():
            owners.setdefault(word, set()).add(id_)
    return {word: min(ids) for word, ids in owners.items() if len(ids) == 1}


# ---------------------------------------------------------------- days and hours

_AHEAD = {
    "大後天": 3,
    "後天": 2,
    "明天": 1,
    "明仔載": 1,
    "明仔": 1,
    "明早": 1,
    "明日": 1,
    "明晚": 1,
    "今天": 0,
    "現在": 0,
}
_WEEKDAY = re.compile("(下個?)?(?:星期|禮拜|拜|週|周)([一二三四五六日天])")
_WEEKEND = {"假日": 6, "週末": 5, "周末": 5}
"""Days without work, each for its own: the answer says which day it is of."""

_CLOCK = re.compile(
    r"(凌晨|早上|上午|中午|下午|晚上|傍晚|半夜)?(?!(?<=[近遠早晚快慢多少大小高低久宜楚聲差好])一點)"
    rf"({HAN}{{1,3}}|\d{{1,2}})點(半|{HAN}{{1,3}}分?|\d{{1,2}}分?)?(?:[以之]?後?(還)(?!沒|不|要))?"
)
"""An hour; 「近一點」 and 「早一點」 name none."""
_NAMED_TWICE = re.compile(
    "(今天|明天|明仔載|大?後天)是?(?:星期|禮拜|拜|週|周)(?:[一二三四五六日天])"
)
"""A day by two names, of which the nearer to the caller holds: 「今天是星期三嗎」."""
_LATE = "晚上"
_EVENING = ("下午", _LATE, "傍晚")
_NOON = 12
_MIDDAY = "中午"
_HOURS = 24
_STILL = 10
"""Before it what is still so is of the evening: 「九點還有開嗎」."""
_OPEN = 7
"""Before it "o'clock" is of the afternoon: nothing is open earlier."""


def _when_in_mandarin(text: str) -> DayAndHour | None:
    text = _NAMED_TWICE.sub(r"\1", text)
    ahead = next((days for word, days in _AHEAD.items() if word in text), None)
    day = _WEEKDAY.search(text)
    weekday = next((number for word, number in _WEEKEND.items() if word in text), None)
    if day:
        weekday = "一二三四五六日".index("日" if day[2] == "天" else day[2])
    found = _CLOCK.search(text)
    part, clock, bare = _part(text, DEFAULT), None, False
    if found:
        hour = read_number(found[2])
        hour = hour if hour <= _HOURS else hour % 10  # 「五六點」 is at most six
        late = part is DayPart.EVENING or (found[4] and hour < _STILL)
        bare = not (found[1] or late)
        clock = _clock(found[1] or (_LATE if late else ""), hour, found[3] or "")
    elif _MIDDAY in text and not grammar(DEFAULT).what_time.search(text):
        clock = time(_NOON)
    when = _when(ahead, weekday, clock, part, bare=bare)
    when = replace(when, weeks=1) if when and day and day[1] else when
    return _on_a_date(when, text, DEFAULT)


def _when(
    ahead: int | None,
    weekday: int | None,
    clock: time | None,
    part: DayPart | None,
    *,
    bare: bool,
) -> DayAndHour | None:
    """What was said of them; None for nothing."""
    if (ahead, weekday, clock, part) == (None, None, None, None):
        return None
    if (weekday, clock, part) == (None, None, None):
        ahead = ahead or None
    return DayAndHour(ahead, weekday, clock, None if clock else part, bare=bool(clock and bare))


def _on_a_date(when: DayAndHour | None, text: str, locale: str) -> DayAndHour | None:
    """`when`, on the date that `text` names, whichever weekday is named with it."""
    words = grammar(locale)
    found = words.date.search(text)
    if found is None:
        return when
    month = words.months.index(found["month"]) + 1 if words.months else read_number(found["month"])
    on = month, read_number(found["day"])
    if date_in(_LEAP_YEAR, on) is None:
        return when
    return replace(when or DayAndHour(), month_day=on, ahead=None, weekday=None, weeks=0)


_LEAP_YEAR = 2020


def _part(text: str, locale: str) -> DayPart | None:
    """The part of the day that is named; None for none."""
    parts = grammar(locale).parts
    return next((part for word, part in parts.items() if word.search(text)), None)


def _clock(part: str, hour: int, rest: str) -> time | None:
    minute = 30 if rest == "半" else read_number(rest.rstrip("分")) if rest else 0
    if (part in _EVENING and hour < _NOON) or (not part and 1 <= hour < 7):
        hour += _NOON
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _when_in_words(text: str, locale: str) -> DayAndHour | None:
    words = grammar(locale)
    ahead = next((count for word, count in words.days.items() if word in text), None)
    weekday = next((number for number, word in enumerate(words.weekdays) if word in text), None)
    found, part = words.clock.search(text), _part(text, locale)
    bare = found is not None and found["half"] is None
    late = bare and part in (DayPart.AFTERNOON, DayPart.EVENING)
    clock = _clock_in_words(found.groupdict(), late) if found else None
    return _on_a_date(_when(ahead, weekday, clock, part, bare=bare and not late), text, locale)


def _clock_in_words(found: Mapping[str, str | None], late: bool) -> time | None:
    """The hour of the day; one without its half is of the afternoon where nothing is open before
    noon then, and where it is `late`: "at eight tonight"."""
    bare = found.get("bare")
    hour = hour_in_words(bare or found["hour"] or "")
    minute = hour_in_words(found.get("minute") or "0")
    late = late or bool(found["late"] or ((bare or found.get("open")) and hour < _OPEN))
    hour += _NOON if late and hour < _NOON else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
