"""Numbers as they are said (counts, ordinals, digits), and read.

Chinese forms are those of Taiwan: 兩百, 兩千 and 兩萬 (not 二百), 兩 before a measure word, 二 in
ordinals and inside a number, 零 for skipped places.
"""

from unicodedata import numeric

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def say_number(number: int) -> str:
    """A whole number from 0 to 99,999,999 in characters.

    >>> [say_number(n) for n in (0, 2, 10, 12, 20, 105, 205)]
    ['零', '二', '十', '十二', '二十', '一百零五', '兩百零五']
    >>> [say_number(n) for n in (1050, 2002, 20000, 120500)]
    ['一千零五十', '兩千零二', '兩萬', '十二萬零五百']
    """
    if number < 0:
        raise ValueError(f"no count is negative: {number}")
    upper, lower = divmod(number, 10_000)
    if not upper:
        return _below_ten_thousand(lower) or "零"
    head = "兩萬" if upper == 2 else _below_ten_thousand(upper) + "萬"
    if not lower:
        return head
    gap = "零" if lower < 1000 else ""
    tail = _below_ten_thousand(lower)
    return head + gap + ("一" + tail if tail.startswith("十") else tail)


def _below_ten_thousand(number: int) -> str:
    words = ""
    skipped = False
    for size, name in _PLACES:
        digit, number = divmod(number, size)
        if digit:
            two = digit == 2 and size > 10
            lone_ten = size == 10 and digit == 1 and not words
            words += ("零" if skipped and words else "") + (
                "" if lone_ten else "兩" if two else _DIGITS[digit]
            )
            words += name
            skipped = False
        else:
            skipped = True
    if number:
        words += ("零" if skipped and words else "") + _DIGITS[number]
    return words


def say_count(number: int, unit: str) -> str:
    """A number before its measure word.

    >>> say_count(205, "片"), say_count(2, "家"), say_count(12, "片"), say_count(0, "片")
    ('兩百零五片', '兩家', '十二片', '零片')
    """
    return ("兩" if number == 2 else say_number(number)) + unit


def say_ordinal(number: int, unit: str) -> str:
    """The how-manieth.

    >>> say_ordinal(2, "家"), say_ordinal(12, "個")
    ('第二家', '第十二個')
    """
    return "第" + say_number(number).replace("兩", "二") + unit


def say_digits(digits: str) -> str:
    """Digit by digit; other characters are left out.

    >>> say_digits("106"), say_digits("1922")
    ('一零六', '一九二二')
    """
    return "".join(_DIGITS[int(char)] for char in digits if char in "0123456789")


_AFTER = {1000: 100, 100: 10}
"""What the last digit of 兩千三 and of 一百五 counts."""


def read_number(text: str) -> int:
    """A number below ten thousand, or one digit by digit: 一六八.

    >>> [read_number(text) for text in ("10", "十二", "二十五", "卅六", "三百二十", "一六八")]
    [10, 12, 25, 36, 320, 168]
    >>> [read_number(text) for text in ("一百五", "兩千三", "三百零二", "三百二")]
    [150, 2300, 302, 320]
    """
    values = [0 if char in "○Oo" else int(numeric(char)) for char in text]
    if max(values) < 10:
        return int("".join(map(str, values)))
    total = digit = 0
    unit = 1
    for value in values:
        if value >= 10:
            total += (digit or 1) * value
            digit, unit = 0, _AFTER.get(value, 1)
        elif value:
            digit = value
        else:
            unit = 1
    return total + digit * unit
