"""Weekdays and dates in a note, at one place of the text."""

import re
from datetime import date

from shared.hours.when import Date, Dates, When

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"兩": 2}
NUMBER = r"(?:\d{1,2}|[一二兩三四五六七八九十]{1,3})"

_WEEKDAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6, "末": 6}
_BY_DIGIT = {str(day + 1): day for day in range(7)}
_PREFIX = re.compile(r"每? ?(?:週|星期)")
_DAY = r"[一二三四五六日天1-7]"
_NO_DAY = (
    r"(?![點時月號個片人份次盒組包卡樓段般半定十百元張名位歲年天期]|[一二三四五六七八九十]?[點時])"
)
_ONE = re.compile(rf"(?:每? ?(?:週|星期))?([一二三四五六日天])(?: ?(?:上|下)午)?{_NO_DAY}")
_FIRST = re.compile(rf"[(\[<]?({_DAY})[)\]>]?")
_LINK = re.compile(r" ?([-~至到]{1,2}|[、,.。;&+/和及與跟或]| 及 )? ?(?=\S)")
_NEXT = re.compile(
    rf"[(\[]?(?:每?(?:週|星期)([一二三四五六日天]|[1-7](?![\d:點時]))|([一二三四五六日天]){_NO_DAY}|([1-7])(?![\d:點時/月.片份個號歲日]))[)\]]?"
)
_ALONE = re.compile(
    r"(?<![\u4e00-\u9fff\d/])[(\[<]([一二三四五六日])(?: ?([-~至到、,.]?) ?([一二三四五六日]))?[)\]>]"
)
_BARE = re.compile(
    r"(?<![\u4e00-\u9fff\d])([一二三四五六])(?:([-~至到、,.])([一二三四五六日])|日)"
    r"(?=[ :,(]|\d|上午|下午|早上|中午|晚上|早|公?休|不|無|沒|停|均|都|am|pm)"
)
_DIGITS_ALONE = re.compile(r"(?<![\d:./-])[(]([1-7])[-~]([1-7])[)](?![\d:])")


def number(text: str) -> int:
    """「10」, 「十二」, 「三十」.

    >>> [number(text) for text in ("10", "十", "十二", "三十", "二十五", "九")]
    [10, 10, 12, 30, 25, 9]
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 99)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def weekdays_at(text: str, place: int) -> tuple[When, int] | None:
    """「週一至週五」, 「週一、三、五」, 「星期六日」 at `place`, and where it ends."""
    prefix = _PREFIX.match(text, place)
    if not prefix:
        return _without_prefix(text, place)
    first = _FIRST.match(text, prefix.end())
    if not first or (re.match(r"\d|:", text[first.end() : first.end() + 1]) and first[1].isdigit()):
        return None
    found = [_day(first[1])]
    ranged = False
    end = first.end() - _unopened(first)
    pairs = 0
    while True:
        link = _LINK.match(text, end)
        following = _NEXT.match(text, link.end()) if link else None
        if not link or not following:
            break
        name = following[1] or following[2] or following[3]
        sign = (link[1] or "").strip()
        if not sign and following[3]:
            break
        if not sign and " " in link[0] and not following[1]:
            break
        if following[0][0] in "([" and not following[0].endswith((")", "]")):
            break
        if ranged and sign in (",", ".", "。", ";") and following[2]:
            break  # 「週一到週五，六日無」
        day = _day(name)
        if sign and sign[0] in "-~至到":
            found.extend(_between(found[-1], day))
            ranged = True
        else:
            pairs += not sign
            found.append(day)
        end = following.end() - _unopened(following)
    unsure = not ranged and pairs == 1 and len(found) == 2 and found[1] - found[0] > 1
    return When(frozenset(found), normally=unsure), end


def _unopened(found: re.Match[str]) -> bool:
    """Whether it ends with a bracket that it did not open."""
    return found[0][-1] in ")]>" and found[0][0] not in "([<"


def _without_prefix(text: str, place: int) -> tuple[When, int] | None:
    sign = text[place]
    if sign in "([<":
        found = _DIGITS_ALONE.match(text, place)
        if found:
            first, last = _BY_DIGIT[found[1]], _BY_DIGIT[found[2]]
            return When(frozenset(_between(first, last)) | {first}), found.end()
        found = _ALONE.match(text, place)
        if not found:
            return None
        first = _day(found[1])
        days = {first} | ({_day(found[3])} if found[3] else set())
        if found[2] and found[2] in "-~至到":
            days |= set(_between(first, _day(found[3])))
        return When(frozenset(days)), found.end()
    if sign in "一二三四五六":
        found = _BARE.match(text, place)
        if not found:
            return None
        first, last = _day(found[1]), _day(found[3] or "日")
        if found[2] and found[2] in "-~至到":
            return When(frozenset(_between(first, last)) | {first}), found.end()
        return When(frozenset({first, last})), found.end()
    return None


def _day(name: str) -> int:
    return _BY_DIGIT[name] if name.isdigit() else _WEEKDAYS[name]


def _between(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]


_WEEKDAY_OF_DATE = (
    r"(?: ?[(\[]?(?:週|星期)([一二三四五六日天])[)\]]?| ?[(\[]([一二三四五六日])[)\]])?"
)
_DATE = re.compile(
    rf"(?:(20\d\d|1[01]\d)[年/.\-] ?)?({NUMBER}) ?[月/] ?({NUMBER})(?!\d|[點時]|:\d)[日號]?{_WEEKDAY_OF_DATE}"
)
_DOTTED = re.compile(
    rf"(?:(20\d\d|1[01]\d)[./\-])?(\d{{1,2}})[.\-](\d{{1,2}})[日號]?{_WEEKDAY_OF_DATE}"
    r"(?= ?(?:起|日|號|公休|休|停|今天|以後|後|當天|不|無|暫|止|前))"
)
_DAY_AFTER = re.compile(
    rf"([-~至到]| ?[.、,和及&] ?)(\d{{1,2}})(?![\d/:點時月片份個元人張盒])[日號]?{_WEEKDAY_OF_DATE}"
)
_MONTH = re.compile(rf"({NUMBER}) ?月(?:份|底|(?=起|開始)|(?! ?\d))")
_SINCE = re.compile(r" ?(?:起|開始|以後|之後|後)")
_LAST = re.compile(r" ?(?:止|截止|為止|前|以前|之前)")
_FROM = re.compile(r"(?:自|從|由) ?$")
_UNTIL_DATE = re.compile(r" ?[-~至到]{1,2} ?")
_NOW = re.compile(r"即日起 ?[至到~-]{1,2} ?")


def dates_at(text: str, place: int) -> tuple[When, int] | None:
    """「3/7(六)」, 「4/1~4/30」, 「110/2/11.12.13」, 「4月5日起」 at `place`, and where they end."""
    now = _NOW.match(text, place)
    if now:
        last = _date_at(text, now.end())
        return (When(dates=(Dates(None, last[0]),)), last[1]) if last else None
    first = _date_at(text, place)
    if not first:
        return _month_at(text, place)
    day, end = first
    found: list[Dates] = []
    while True:
        to = _UNTIL_DATE.match(text, end)
        last = _date_at(text, to.end()) if to else None
        if last:
            found.append(Dates(day, last[0]))
            end = last[1]
        more = _DAY_AFTER.match(text, end)
        if not more or not 1 <= int(more[2]) <= 31:
            if not last:
                found.append(Dates(day, day))
            break
        following = _made(day.year, day.month, int(more[2]), more[3] or more[4])
        if following is None:
            return None
        if more[1] in "-~至到" and not last:
            found.append(Dates(day, following))
            end = more.end()
            break
        if not last:
            found.append(Dates(day, day))
        day, end = following, more.end()
    return _extended(text, place, found, end)


def _extended(text: str, place: int, found: list[Dates], end: int) -> tuple[When, int]:
    """With what stands behind: 起, 止."""
    last = found[-1]
    since = _SINCE.match(text, end)
    if since and last.single:
        return When(dates=(*found[:-1], Dates(last.first))), since.end()
    until = _LAST.match(text, end)
    if until and last.single:
        return When(dates=(*found[:-1], Dates(None, last.first))), until.end()
    if until:
        end = until.end()
    if last.single and len(found) == 1 and _FROM.search(text[max(0, place - 2) : place]):
        return When(dates=(Dates(last.first),)), end
    return When(dates=tuple(found)), end


def _date_at(text: str, place: int) -> tuple[Date, int] | None:
    for pattern in (_DATE, _DOTTED):
        found = pattern.match(text, place)
        if found:
            day = _made(
                int(found[1]) if found[1] else None,
                number(found[2]), number(found[3]), found[4] or found[5],
            )  # fmt: skip
            if day:
                return day, found.end()
    return None


def _made(year: int | None, month: int, day: int, weekday: str | None) -> Date | None:
    if year and year < 1911:
        year += 1911
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Date(month, day, year, _WEEKDAYS[weekday] if weekday else None)


def _month_at(text: str, place: int) -> tuple[When, int] | None:
    found = _MONTH.match(text, place)
    if not found or not 1 <= number(found[1]) <= 12:
        return None
    month = number(found[1])
    since = _SINCE.match(text, found.end())
    first = Date(month, 1)
    if since:
        return When(dates=(Dates(first),)), since.end()
    return When(dates=(Dates(first, Date(month, 31)),)), found.end()


def on_days(days: tuple[date, ...]) -> When:
    """On each of these days."""
    dates = (Date(day.month, day.day, day.year) for day in days)
    return When(dates=tuple(Dates(day, day) for day in dates))
