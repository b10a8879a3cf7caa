"""Weekdays in a note, at one place of the text."""

import re

from shared.hours.when import When

WEEKDAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}
_BY_DIGIT = {str(day + 1): day for day in range(7)}
_PREFIX = re.compile(r"每? ?(?:週|星期)")
_DAY = r"[一二三四五六日天]|[1-7](?!\d)"
_NO_DAY = (
    r"(?![點時月號個片人份次盒組包卡樓段般半定十百元張名位歲年天期]|[一二三四五六七八九十]?[點時])"
)

_RANGE_SIGNS = tuple("-~至到")
_FIRST = re.compile(rf"[(\[<]?({_DAY})[)\]>]?")
_LINK = re.compile(r" ?(?:[-~至到]{1,2}|[、,.]{1,2}|[。;&+/和及與跟或]| 及 )? ?(?=\S)")
_NEXT = re.compile(
    rf"[(\[]?(?:每?(?:週|星期|期)([一二三四五六日天]|[1-7](?![\d點時]))|([一二三四五六日天]){_NO_DAY}|([1-7])(?![\d:點時/月.片份個號歲日]))[)\]]?"
)
_ALONE = re.compile(
    r"(?:(?<![\u4e00-\u9fff\d/])|(?<=:\d\d)|(?=.[一二三四五六] ?[-~至到]))[(\[<]([一二三四五六日])(?: ?([-~至到、,.]?) ?([一二三四五六日]))?[)\]>]"
)
_ALONE_TO = re.compile(
    r"[(\[<]([一二三四五六日])[)\]>] ?([-~至到]) ?[(\[<]([一二三四五六日])[)\]>]"
)
_BARE = re.compile(
    r"(?:(?<![\u4e00-\u9fff\d])|(?<![第十百零一二三四五六七八九月週期年\d])(?=.[-~至到]))"
    r"([一二三四五六])([-~至到、,.]?)(?:週|星期)?([一二三四五六日])"
    r"(?=[ :,(。]|\d|上午|下午|早上|中午|晚上|早|公?休|不|無|沒|停|均|都|am|pm|上班日|營業日|平日)"
)
_RUN = re.compile(
    r"(?<![\u4e00-\u9fff\d])[一二三四五六日]{1,5}(?= ?[(-]?(?:(?:早上?|上午|中?午|下午|晚上?)?\d{1,4} ?[:點~至到-]|公?休|[不無停][販賣售發]))"
)
"""「一三五10:00-12:00，六12:00-14:00」"""

_OF_A_DATE = re.compile(r"\d[./]\d{1,2}[.,、] ?$")
"""「1/18.19.日休」: the 18th and 19th, and no Sunday."""

_DIGITS_ALONE = re.compile(r"(?<![\d:./-])[(]([1-7])[-~]([1-7])[)](?![\d:])")


def weekdays_at(text: str, place: int) -> tuple[When, int] | None:
    """「週一至週五」, 「週一、三、五」, 「星期六日」 at `place`, and where it ends."""
    prefix = _PREFIX.match(text, place)
    if not prefix:
        return _without_prefix(text, place)
    first = _FIRST.match(text, prefix.end())
    if not first:
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
        sign = link[0].strip()
        if not sign and following[3]:
            break
        if not sign and " " in link[0] and not following[1] and not _ended(text, following):
            break
        if following[0][0] in "([" and not following[0].endswith((")", "]")):
            break
        if ranged and _other_days(link, sign):
            break
        day = _day(name)
        if sign.startswith(_RANGE_SIGNS):
            found.extend(_between(found[-1], day))
            ranged = True
        else:
            pairs += not sign
            found.append(day)
        end = following.end() - _unopened(following)
    unsure = pairs == 1 and found[1] - found[0] > 1
    return When(frozenset(found), normally=unsure), end


def _other_days(link: re.Match[str], sign: str) -> bool:
    """Behind a range: 「週一到週五，六日無」, 「週一到週五 週六週日不賣」, 「週一至週六，週日休」."""
    if not sign:
        return " " in link[0]
    return sign in (",", ".", "。", ";", ",.")


def _ended(text: str, found: re.Match[str]) -> bool:
    """「週一 四 六 8:40」: whether a day that follows a space stands alone."""
    return bool(found[2]) and text[found.end() : found.end() + 1] in tuple(" ,:;()")


def _unopened(found: re.Match[str]) -> bool:
    """Whether it ends with a bracket that it did not open."""
    return found[0][-1] in ")]>" and found[0][0] not in "([<"


def _without_prefix(text: str, place: int) -> tuple[When, int] | None:
    if digits := _DIGITS_ALONE.match(text, place):
        return _pair(digits[1], "-", digits[2]), digits.end()
    if alone := _ALONE_TO.match(text, place) or _ALONE.match(text, place):
        return _pair(alone[1], alone[2], alone[3] or alone[1]), alone.end()
    if text[place] == "日" and _OF_A_DATE.search(text[:place]):
        return None
    if bare := _BARE.match(text, place):
        return _pair(bare[1], bare[2], bare[3]), bare.end()
    run = _RUN.match(text, place)
    return (When(frozenset(map(_day, run[0]))), run.end()) if run else None


def _pair(one: str, sign: str | None, other: str) -> When:
    """「一-五」, 「二、四」; 「一五」 may be the days between too."""
    first, last = _day(one), _day(other)
    if sign and sign in "-~至到":
        return When(frozenset({first, *_between(first, last)}))
    return When(frozenset({first, last}), normally=not sign and last - first > 1)


def _day(name: str) -> int:
    return _BY_DIGIT[name] if name.isdigit() else WEEKDAYS[name]


def _between(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]
