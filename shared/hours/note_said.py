"""What a clause says without a time: closed, not sold, stopped, see the door."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.hours.clock_times import Half, Times
from shared.hours.note_clauses import SEPARATORS
from shared.hours.note_reading import SALE, Reading, Statement
from shared.hours.note_tails import is_tail
from shared.hours.note_tokens import Part
from shared.hours.when import ALWAYS, When

_NO_SALE = frozenset({"see_door", "closed", "rest", "unsold"})
"""Beside them a word of sale without a time tells nothing of the days: 「購買即可 週日公休」."""

_PAUSED = ("停", "暫", "無口罩", "沒有口罩", "無快篩", "沒有快篩", "無試劑", "沒有試劑")
"""Said alone it is of the sale; 「不賣」 may be of whoever is choosy."""

_SOME_DAYS = ("天", "日", "次")

_AGAIN = ("停止", "停售", "停賣", "停販", "停發", "不再", "停")


def of_words(
    reading: Reading,
    parts: Sequence[Part],
    when: When,
    topics: frozenset[str],
    used: set[int],
    timed: dict[str, list[Times]],
) -> Iterator[Statement]:
    """What is said without a time."""
    kinds = [part.kind for part in parts]
    for index, part in enumerate(parts):
        if index in used:
            continue
        match part.kind:
            case "closed" | "rest":
                yield from _closed(parts, index, when, timed)
            case "unsold" | "none" if half := half_before(parts, index):
                yield Statement("off", when, topics=topics, half=half)
            case "unsold" | "stopped" | "none":
                if index and parts[index - 1].text.startswith("暫"):
                    part = replace(part, kind="unsold", text="暫停")  # 「暫時停止口罩代售」
                yield from _unsold(reading, part, when, topics, timed, kinds)
            case "no_plates" | "see_door":
                yield Statement(part.kind, when, topics=topics)
            case "as_open" if topics or "sold" in kinds:
                apart = any(one.kind in SEPARATORS for one in parts[:index])
                yield Statement("sold", ALWAYS if apart else when, (), topics, as_open=True)
            case "sold" if not timed and not _NO_SALE & set(kinds):
                yield Statement("sold", when, topics=topics)


def _closed(
    parts: Sequence[Part], index: int, when: When, timed: dict[str, list[Times]]
) -> Iterator[Statement]:
    if _behind_unsold(parts, index):
        return  # 「六、日不販售口罩店休4/8」: of the days behind it
    if parts[index].text.startswith(("中午", "午間")):
        return  # 「中午休息」: nobody knows until when
    before = _word_before(parts, index)
    if half := half_before(parts, index):
        yield Statement("off", when, half=half)
    elif before and set(before.text) & set("早午晚半診上下"):
        yield Statement("doubt", when)
    elif not when.some_days and any(one.month_long for one in when.dates):
        yield Statement("doubt", when)  # 「八月休8/9/22/23」
    elif not (when.some_days or when.dates):
        if not timed:
            yield Statement("doubt", when)
    else:
        yield Statement("closed", when)


def _behind_unsold(parts: Sequence[Part], index: int) -> bool:
    for part in reversed(parts[:index]):
        if part.kind not in ("topic", "filler", "space") and not is_tail(part):
            return part.kind == "unsold"
    return False


def _word_before(parts: Sequence[Part], index: int) -> Part | None:
    for part in reversed(parts[:index]):
        if part.kind not in ("filler", "space"):
            return part
    return None


def half_before(parts: Sequence[Part], index: int) -> Half | None:
    """「下午不賣」, 「晚上休息」: the part of the day of which the word at `index` speaks."""
    before = _word_before(parts, index)
    return before.value if before and isinstance(before.value, Half) else None


def _unsold(
    reading: Reading,
    part: Part,
    when: When,
    topics: frozenset[str],
    timed: dict[str, list[Times]],
    kinds: Sequence[str],
) -> Iterator[Statement]:
    if "break" in timed and not {"sold", "plates", "?"} & timed.keys():
        return  # 「18:00-18:30休息不販售口罩」
    ending = part.kind == "stopped" or (part.text.startswith(_AGAIN) and "一" not in part.text)
    since = bool(when.dates) and all(one.first and not one.last for one in when.dates)
    if not (when.some_days or when.dates):
        if "break" in timed:
            return
        told = any(one.about in SALE and one.times for one in reading.told)
        if part.text.endswith(_SOME_DAYS):
            yield Statement("doubt", when)  # 「停售一天」: of which day?
        elif ending and not timed:
            yield Statement("stopped", when, topics=topics)
        elif timed or told or not ("topic" in kinds or part.text.startswith(_PAUSED)):
            yield Statement("doubt", when, topics=topics)
        else:
            yield Statement("unsold", when, topics=topics)
    elif ending and since and not when.weekdays and not when.holidays:
        yield Statement("stopped", when, topics=topics)
    else:
        yield Statement("unsold", when, topics=topics)
