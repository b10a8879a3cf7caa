"""Tokens of a note → parts: times that end each other become spans, words get their hazards."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from shared.hours.clock_times import Half, Times, Written
from shared.hours.note_tokens import Part

OFF = frozenset({"closed", "rest", "unsold", "none", "stopped"})
"""Kinds of parts that say that it is closed or not sold."""


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

_CARRIED = ("space", "sold", "topic", "open", "from")
"""What may stand inside of a span: 「8:00起販售至晚上8:00」."""

_HALVES = frozenset(Half)
_BETWEEN = frozenset({"filler", "space", "colon", "dash", "open_bracket", "close_bracket"})
"""What may stand between 「晚上」 and its time: 「【晚上】7:00」, 「晚間到9:00」."""

_ENDS = ("stop", "soft", "close_bracket", "topic")
_HANDED = ("發", "發放")
_NO_PLATES = frozenset({"sold", "times", "when", "stop", "soft", "space", "open_bracket"})
"""Before one of these plates must be named: 「發成人及兒童口罩號碼牌」."""


def parts_of(tokens: Sequence[Part]) -> Iterator[Part]:
    """The parts in order."""
    parts = list(_parts(tokens))
    for place, part in enumerate(parts):
        if part.kind == "sold" and part.text.endswith(_HANDED):
            handed = takewhile(lambda one: one.kind not in _NO_PLATES, parts[place + 1 :])
            if any(one.kind == "plates" for one in handed):
                part = Part("plates", part.text)
        if part.kind == "open" and part_after(parts, place).kind == "sold":
            part = Part("as_open", part.text)  # 「營業時間販售」
        yield part


def _parts(tokens: Sequence[Part]) -> Iterator[Part]:
    tokens = list(_with_halves(tokens))
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if isinstance(token.value, Written):
            times, carried, place = _times(tokens, place, token.value)
            yield Part("times", token.text, times)
            yield from map(_part, carried)
            continue
        if token.kind == "dash" and not _is_heading(tokens, place):
            end, behind = _end_at(tokens, place)
            if end:
                yield Part("times", "", Times(None, end.alone()))
                place = behind
                continue
        yield _part(token, tokens[place + 1] if place + 1 < len(tokens) else None)
        place += 1


def _is_heading(tokens: Sequence[Part], place: int) -> bool:
    """「每日-早上9:00」, but 「週六到17:00」 ends."""
    return tokens[place].text in "-~" and tokens[place - 1].kind == "when"


def _part(token: Part, following: Part | None = None) -> Part:
    if token.kind == "none" and following and following.kind not in _ENDS:
        return Part("turn", token.text)
    if token.kind == "unknown" and _HAZARDS & set(token.text):
        return Part("turn", token.text)
    if token.kind in _HALVES:
        return Part("half", token.text, Half(token.kind))
    return token


def _with_halves(tokens: Sequence[Part]) -> Iterator[Part]:
    """「下午時段1:30」 — a word for the part of the day is that of the time behind it."""
    half: Half | None = None
    for token in tokens:
        value = token.value
        if isinstance(value, Written) and half and not value.half:
            yield replace(token, value=replace(value, half=half))
        else:
            yield token
        if token.kind not in _BETWEEN:
            half = Half(token.kind) if token.kind in _HALVES else None


def _times(tokens: Sequence[Part], place: int, first: Written) -> tuple[Times, Sequence[Part], int]:
    """The time or span at `place`, the words that stood inside of it, and the place behind it."""
    behind = place + 1
    dash = _next(tokens, behind, _CARRIED)
    if dash is not None and tokens[dash].kind == "dash":
        last, end = _end_at(tokens, dash)
        if last:
            return _span(first, last), tokens[behind:dash], end
    follows = tokens[behind] if behind < len(tokens) else None
    if follows and isinstance(follows.value, Written) and follows.text[:1].isdigit():
        return _span(first, follows.value), (), behind + 1  # 「08:0020:00」
    if follows and follows.kind == "until":
        return Times(None, first.alone()), (), behind + 1
    start = first.alone()
    return Times(start, clear=start is not None), (), behind


def _end_at(tokens: Sequence[Part], dash: int) -> tuple[Written | None, int]:
    """The time to which the dash at `dash` leads, and the place behind it."""
    place = _next(tokens, dash + 1, ("space", "dash"))
    value = tokens[place].value if place is not None else None
    return (value, place + 1) if place is not None and isinstance(value, Written) else (None, dash)


def _span(first: Written, last: Written) -> Times:
    span = first.before(last)
    if span is None:
        return Times(first.alone(), clear=False)
    return Times(*span)


def _next(tokens: Sequence[Part], place: int, passed: Sequence[str]) -> int | None:
    """Where the first token stands that is none of `passed`."""
    found = (index for index in range(place, len(tokens)) if tokens[index].kind not in passed)
    return next(found, None)
