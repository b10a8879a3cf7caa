"""Sentence templates in hassil's syntax → every sentence they stand for.

(a|b) is one of them, [a] may be absent, [a|b] is one of them or none, {slot} is a value, <rule> a
part that is written once under `rules`. Only what our sentences use of that syntax is read here.

>>> sorted(expand("再說一次[好嗎]", {}))
['再說一次', '再說一次好嗎']
>>> sorted(expand("<it>在哪裡", {"it": "(這家|那家)"}))
['這家在哪裡', '那家在哪裡']
"""

import re
from collections.abc import Mapping

from shared.errors import DataError

_PIECE = re.compile(r"[\[\]()|]|<[^<>]*>|\{[^{}]*\}|[^\[\]()|<>{}]+|.")
_CLOSING = {"(": ")", "[": "]"}
_SLOT = re.compile(r"\{([a-z_]+)\}")

# Rules that name each other in a ring would never end; ours are two deep.
_MAX_DEPTH = 8


def expand(template: str, rules: Mapping[str, str]) -> tuple[str, ...]:
    """Every sentence of `template`, each once, in order; {slots} stay as they are.

    Raises DataError naming the fault: a bracket left open, a rule that does not exist.
    """
    return tuple(dict.fromkeys(" ".join(text.split()) for text in _expand(template, rules, 0)))


def slots_of(text: str) -> tuple[str, ...]:
    """The names of the slots in a sentence or template, in order."""
    return tuple(_SLOT.findall(text))


def split(sentence: str) -> tuple[tuple[str, str], ...]:
    """A sentence as (text, slot) parts, one of the two empty.

    >>> split("{district}的藥局")
    (('', 'district'), ('的藥局', ''))
    """
    parts = []
    for number, part in enumerate(_SLOT.split(sentence)):
        if part:
            parts.append(("", part) if number % 2 else (part, ""))
    return tuple(parts)


def _expand(template: str, rules: Mapping[str, str], depth: int) -> list[str]:
    if depth > _MAX_DEPTH:
        raise DataError(f"rules name each other in a ring: {template}")
    pieces = _PIECE.findall(template)
    texts, used = _alternatives(pieces, 0, "", rules, depth)
    if used != len(pieces):
        raise DataError(f"unexpected {pieces[used]!r} in: {template}")
    return texts


def _alternatives(
    pieces: list[str], at: int, closing: str, rules: Mapping[str, str], depth: int
) -> tuple[list[str], int]:
    """The texts of the part from `at` up to `closing`, and the position after it."""
    done: list[str] = []
    current = [""]
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece == closing:
            return done + current, at
        if piece == "|":
            done += current
            current = [""]
            continue
        texts, at = _item(pieces, piece, at, rules, depth)
        current = [before + after for before in current for after in texts]
    if closing:
        raise DataError(f"{closing!r} is missing in: {''.join(pieces)}")
    return done + current, at


def _item(
    pieces: list[str], piece: str, at: int, rules: Mapping[str, str], depth: int
) -> tuple[list[str], int]:
    """Texts of one bracket, rule, slot or piece of text."""
    if piece in _CLOSING:
        texts, at = _alternatives(pieces, at, _CLOSING[piece], rules, depth)
        return (["", *texts] if piece == "[" else texts), at
    if piece[0] == "<" and piece[-1] == ">":
        if piece[1:-1] not in rules:
            raise DataError(f"no rule {piece} for: {''.join(pieces)}")
        return _expand(rules[piece[1:-1]], rules, depth + 1), at
    if piece in ")]<>{}":
        raise DataError(f"unexpected {piece!r} in: {''.join(pieces)}")
    return [piece], at
