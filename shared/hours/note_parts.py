"""Tokens of a note → parts: times that end each other become spans, words get their hazards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from shared.hours.clock_times import Half, Written
from shared.hours.note_tokens import Token
from shared.hours.when import When


@dataclass(frozen=True, slots=True)
class Times:
    """A time or a span."""

    start: time | None
    """None: only the end is told, 「到九點」; or it is not clear"""
    end: time | None = None
    """None: open, or until none is left"""
    clear: bool = True
    """False: it could be another time"""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in a note: `kind` as in Token, and times, halves, turn."""

    kind: str
    text: str = ""
    value: Times | When | str | Half | None = None


def part_before(parts: Sequence[Part], place: int) -> Part:
    """What stands right before `place`; at the beginning a part of no kind.

    >>> parts = (Part("when"), Part("times"))
    >>> [part_before(parts, place).kind for place in range(3)]
    ['', 'when', 'times']
    """
    return parts[place - 1] if place > 0 else _NOTHING


def part_after(parts: Sequence[Part], place: int) -> Part:
    """What stands right behind `place`; at the end a part of no kind.

    >>> [part_after((Part("when"), Part("times")), place).kind for place in range(2)]
    ['times', '']
    """
    return parts[place + 1] if place + 1 < len(parts) else _NOTHING


_NOTHING = Part("")

_HAZARDS = frozenset("不無沒未勿非除改停暫若如另隔雙單取缺")
"""Signs that turn a meaning; a run of unknown ones with one makes what is beside it unsure."""

_PASSED = ("filler", "from", "space", "count", "about", "colon")
_CARRIED = ("filler", "from", "space", "count", "sold", "sold_noun", "open", "topic", "adult_only")
_HALVES = {
    "morning": Half.MORNING,
    "noon": Half.NOON,
    "afternoon": Half.AFTERNOON,
    "evening": Half.EVENING,
}
_ENDS = ("stop", "soft", "space", "open_bracket", "close_bracket", "topic")
_HANDED = ("發", "發放", "領", "領取", "抽", "發送")
_INSIDE = ("count", "adult_only", "child_only", "topic", "soft", "space", "filler", "unknown")
"""「發大人180份.小孩20份口罩號碼牌」."""

_FAR = 4
"""So many tokens may stand between 「早上」 and its time, or a time and 「到」."""


def parts_of(tokens: Sequence[Token]) -> Iterator[Part]:
    """The parts in order."""
    parts = list(_parts(tokens))
    for place, part in enumerate(parts):
        if part.kind == "sold" and part.text.endswith(_HANDED):
            ahead = parts[place + 1 : place + 2 * _FAR]
            end = next((i for i, one in enumerate(ahead) if one.kind not in _INSIDE), len(ahead))
            if end < len(ahead) and ahead[end].kind == "plates":
                part = Part("plates", part.text)
            elif ahead and ahead[0].kind == "unknown" and "牌" in ahead[0].text:
                part = Part("plates", part.text)  # 「發碼牌」
        if part.kind == "open" and part_after(parts, place).kind == "sold":
            part = Part("as_open", part.text)  # 「營業時間販售」
        yield part


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    tokens = list(_minutes_later(_with_halves(tokens)))
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if isinstance(token.value, Written):
            times, carried, place = _times(tokens, place)
            yield Part("times", token.text, times)
            yield from (_part(one) for one in carried)
            continue
        if token.kind == "dash" and not _is_heading(tokens, place):
            following = _end_at(tokens, place + 1, _PASSED)
            written = tokens[following].value if following is not None else None
            if following is not None and isinstance(written, Written):
                yield Part("times", tokens[following].text, Times(None, written.alone()))
                place = following + 1
                continue
        yield _part(token, tokens[place + 1] if place + 1 < len(tokens) else None)
        place += 1


def _is_heading(tokens: Sequence[Token], place: int) -> bool:
    """「每日-早上9:00」, but 「週六到17:00」 ends."""
    return tokens[place].text in "-~" and place > 0 and tokens[place - 1].kind == "when"


def _part(token: Token, following: Token | None = None) -> Part:
    if token.kind == "none" and following and following.kind not in _ENDS:
        return Part("turn", token.text)
    if token.kind == "unknown" and _HAZARDS & set(token.text):
        return Part("turn", token.text)
    if token.kind in _HALVES:
        return Part("half", token.text, _HALVES[token.kind])
    value = token.value
    return Part(token.kind, token.text, None if isinstance(value, Written) else value)


def _with_halves(tokens: Sequence[Token]) -> Iterator[Token]:
    """「下午時段1:30」 — a word for the part of the day is that of the time behind it."""
    half: Half | None = None
    earlier: Half | None = None
    far = 0
    for token in tokens:
        value = token.value
        if isinstance(value, Written) and value.half and earlier and value.alone() is None:
            token = replace(token, value=replace(value, half=earlier))  # 「下午、晚上2:30-9:00」
        if token.kind not in ("soft", "space"):
            earlier = None
        if token.kind in _HALVES:
            half, far = _HALVES[token.kind], 0
        elif half and isinstance(value, Written):
            if value.half is None and replace(value, half=half).alone():
                token = replace(token, value=replace(value, half=half))
            half = None
        elif token.kind == "soft":
            half, earlier = None, half
        elif token.kind == "close_bracket":
            half = half if far == 0 else None  # 「【晚上】7:00」
        elif token.kind in ("stop", "when", "rest", "closed", "unsold"):
            half = None
        else:
            far += 1
            half = half if far <= _FAR else None
        yield token


def _minutes_later(tokens: Iterable[Token]) -> Iterator[Token]:
    """「早上7:20發號碼牌，7:30販售」: minutes later it is the same part of the day."""
    last: Written | None = None
    for token in tokens:
        value = token.value
        if isinstance(value, Written):
            vague = not value.half and value.alone() is None
            if last and vague and value.hour == last.hour and value.minute > last.minute:
                value = replace(value, half=last.half)
                token = replace(token, value=value)
            last = value
        elif token.kind in ("stop", "when"):
            last = None
        yield token


def _times(tokens: Sequence[Token], place: int) -> tuple[Times, list[Token], int]:
    """The time or span at `place`, the words that stood inside of it, and the place behind it."""
    first = tokens[place].value
    assert isinstance(first, Written)  # noqa: S101  the caller asked
    behind = place + 1
    dash = _next(tokens, behind, _CARRIED)
    if dash is not None and tokens[dash].kind in ("dash", "colon"):
        ends = _end_at(tokens, dash + 1, (*_PASSED, "dash"))
        if tokens[dash].kind == "colon" and ends != dash + 1:
            ends = None
        last = tokens[ends].value if ends is not None else None
        if ends is not None and isinstance(last, Written):
            return _span(first, last), list(tokens[behind:dash]), _past_until(tokens, ends + 1)
    follows = tokens[behind].value if behind < len(tokens) else None
    if isinstance(follows, Written) and tokens[behind].text[:1].isdigit():
        return _span(first, follows), [], _past_until(tokens, behind + 1)  # 「08:0020:00」
    if behind < len(tokens) and tokens[behind].kind == "until":
        return Times(None, first.alone()), [], behind + 1
    about = place and tokens[place - 1].kind == "about"
    start = first.alone()
    return Times(start, clear=start is not None or bool(about)), [], behind


def _end_at(tokens: Sequence[Token], place: int, passed: Sequence[str]) -> int | None:
    """As `_next`; None where a count stands first: 「07:30-120份 15:00-80份」."""
    first = _next(tokens, place, ("space",))
    return (
        None
        if first is not None and tokens[first].kind == "count"
        else _next(tokens, place, passed)
    )


def _past_until(tokens: Sequence[Token], place: int) -> int:
    return place + 1 if place < len(tokens) and tokens[place].kind == "until" else place


def _span(first: Written, last: Written) -> Times:
    span = first.before(last)
    if span is None:
        return Times(first.alone(), clear=False)
    return Times(*span)


def _next(tokens: Sequence[Token], place: int, passed: Sequence[str]) -> int | None:
    """Where the first token stands that is none of `passed`."""
    for index in range(place, min(len(tokens), place + 2 * _FAR)):
        if tokens[index].kind not in passed:
            return index
    return None
