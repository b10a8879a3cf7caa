"""Clock times as people write them: every hour beside every part of the day, and spans."""

from datetime import time

import pytest

from shared.hours.clock_times import Half, Written

BESIDE = {
    Half.MORNING: {hour: hour for hour in range(5, 13)},
    Half.NOON: {11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14},
    Half.AFTERNOON: {12: 12} | {h: h + 12 for h in range(1, 12)} | {h: h for h in range(13, 24)},
    Half.EVENING: {h: h + 12 for h in range(5, 12)} | {h: h for h in range(17, 24)},
}
"""Part of the day → hour as it is written beside it → hour of the day. Others contradict it."""


@pytest.mark.parametrize("half", Half)
@pytest.mark.parametrize("hour", range(26))
def test_an_hour_beside_a_part_of_the_day(half: Half, hour: int) -> None:
    """「下午3點」 is fifteen, 「早上15點」 nobody knows."""
    meant = BESIDE[half].get(hour)
    assert Written(hour, 0, half).alone() == (None if meant is None else time(meant))


@pytest.mark.parametrize(
    ("hour", "padded", "meant"),
    [
        *((hour, False, hour + 12) for hour in range(1, 6)),  # nobody sells before six
        (6, False, None),
        (7, False, None),
        (8, False, 8),
        (9, False, 9),
        *((hour, False, hour) for hour in range(10, 24)),
        *((hour, True, hour + 12) for hour in range(1, 6)),
        *((hour, True, hour) for hour in range(6, 24)),
        (0, True, None),
        (24, True, None),
    ],
)
def test_an_hour_alone(hour: int, meant: int | None, *, padded: bool) -> None:
    """「7點」 may be the evening's, 「07:00」 is not; 「2點」 and 「02:00」 are the afternoon's."""
    assert Written(hour, 0, None, padded).alone() == (None if meant is None else time(meant))


@pytest.mark.parametrize(("hour", "meant"), [(7, time(19)), (8, None), (11, None), (12, time(12))])
def test_two_digits_beside_the_afternoon(hour: int, meant: time | None) -> None:
    """「下午0900」 is a slip of the pen, 「下午07:30」 is not."""
    assert Written(hour, 0, Half.AFTERNOON, padded=True).alone() == meant


def _written(text: str) -> Written:
    """「下午3:30」, 「08:00」."""
    halves = {"早": Half.MORNING, "中": Half.NOON, "下": Half.AFTERNOON, "晚": Half.EVENING}
    half, clock = halves.get(text[0]), text.lstrip("早中下晚")
    hour, _, minute = clock.partition(":")
    return Written(int(hour), int(minute or 0), half, padded=len(hour) == 2)


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("9", "12", (time(9), time(12))),
        ("8", "9", None),  # may end in the evening
        ("9", "9", (time(9), time(21))),
        ("9", "5", (time(9), time(17))),
        ("08", "09", (time(8), time(9))),
        ("08", "08", None),
        ("08", "9", (time(8), time(9))),
        ("8", "09", (time(8), time(9))),
        ("早8", "早8", None),
        ("9", "06", None),
        ("7", "12", (time(7), time(12))),
        ("7", "11", (time(7), time(11))),
        ("7", "10", None),  # 「7-10」 may be the evening's
        ("7", "5", (time(7), time(17))),
        ("6", "11", (time(6), time(11))),
        ("5", "11", None),  # by day or by night
        ("早8", "9", (time(8), time(9))),
        ("早9", "晚9", (time(9), time(21))),
        ("早10", "中12", (time(10), time(12))),
        ("早9", "下1", (time(9), time(13))),
        ("早11", "早9", None),
        ("下2", "5", (time(14), time(17))),
        ("下2", "下5", (time(14), time(17))),
        ("下5", "2", None),
        ("下1", "11", (time(13), time(23))),
        ("晚7", "9", (time(19), time(21))),
        ("晚7", "09", (time(19), time(21))),
        ("中12", "1", (time(12), time(13))),
        ("中12", "9", (time(12), time(21))),
        ("中12", "10", None),
        ("14", "16", (time(14), time(16))),
        ("16", "14", None),
        ("14", "5", (time(14), time(17))),
        ("2", "5", (time(14), time(17))),
        ("9", "23", (time(9), time(23))),
        ("9", "24", None),
        ("9", "0", None),
        ("9:30", "12:30", (time(9, 30), time(12, 30))),
        ("10", "10:30", (time(10), time(10, 30))),
    ],
)
def test_a_span(first: str, last: str, span: tuple[time, time] | None) -> None:
    """The end is in the part of the day that its begin tells, or None where two are possible."""
    assert _written(first).before(_written(last)) == span


@pytest.mark.parametrize(("minute", "there"), [(59, True), (60, False)])
def test_an_hour_has_sixty_minutes(minute: int, *, there: bool) -> None:
    """「9:60」 is no time."""
    assert (Written(9, minute).alone() is not None) == there


def test_ten_in_words_is_ten() -> None:
    """「八點到十點」, which has no two digits, is the morning's."""
    assert Written(8, 0).before(Written(10, 0)) == (time(8), time(10))
