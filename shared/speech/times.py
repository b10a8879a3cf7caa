"""Times and days as they are said."""

from datetime import date, datetime, time

from shared.numbers import say_count, say_number

_PARTS = ((5, "凌晨"), (12, "早上"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Until that hour: 早上十點, 中午十二點, 下午一點, 晚上六點."""


def say_time(moment: time | datetime) -> str:
    """A time of day.

    >>> [say_time(time(*at)) for at in ((8, 30), (13, 23), (12, 0), (21, 0))]
    ['早上八點半', '下午一點二十三分', '中午十二點', '晚上九點']
    >>> [say_time(time(*at)) for at in ((0, 5), (14, 2))]
    ['凌晨十二點零五分', '下午兩點零二分']
    """
    part = next(name for until, name in _PARTS if moment.hour < until)
    clock = part + say_count((moment.hour + 11) % 12 + 1, "點")
    if moment.minute == 30:
        return clock + "半"
    if not moment.minute:
        return clock
    return f"{clock}{'零' if moment.minute < 10 else ''}{say_number(moment.minute)}分"


def say_date(day: date) -> str:
    """Month and day.

    >>> say_date(date(2020, 3, 3)), say_date(date(2020, 12, 22))
    ('三月三號', '十二月二十二號')
    """
    return f"{say_number(day.month)}月{say_number(day.day)}號"


_WEEKDAYS = "一二三四五六天"


def say_weekday(day: date) -> str:
    """The day of the week.

    >>> say_weekday(date(2020, 3, 3)), say_weekday(date(2020, 3, 8))
    ('星期二', '星期天')
    """
    return "星期" + _WEEKDAYS[day.weekday()]
