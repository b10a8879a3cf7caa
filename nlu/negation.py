"""Names that are said only to be denied: 「不是板橋，是三重」, 「三民的隔壁苓雅」."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from intents.contract import normal, sentences
from nlu.grammar import grammar
from shared.locales import DEFAULT, locale_of

_MARKS = re.compile(r"[,，。、！？!?;；]+")
_PAUSES = re.compile(r"[\s,，。、！？!?;；]+")
"""Where words stand without spaces, recognisers put one where the speaker pauses."""

_LEAST = 2
"""Characters of a name at least."""

_MOST = 3
"""So many ways to read an utterance are looked at."""


def clauses(text: str, locale: str) -> list[str]:
    """The parts of an utterance, between pauses."""
    marks = _MARKS if locale_of(locale).gap else _PAUSES
    return [part for part in marks.split(text) if part.strip()]


def wishes(text: str, locale: str) -> list[str]:
    """The parts of `text` that may each ask something: its clauses, cut within them too.

    >>> wishes("Is it far and what is the address", "en-US")
    ['Is it far', 'what is the address']
    """
    cut = grammar(locale).wishes
    pieces = [piece.strip() for part in clauses(text, locale) for piece in cut.split(part)]
    return [piece for piece in pieces if piece]


def taken_back(text: str, locale: str) -> list[tuple[str, str]]:
    """(what is taken back, what is meant instead) of each way to read `text` so, the last first.

    Only the names can tell which it is: 「這個號碼不對，板橋的電話是多少」 takes back no place.

    >>> taken_back("士林 啊不對 是樹林", "zh-TW")
    [('士林 啊', '是樹林')]
    >>> taken_back("我說的是樹林不是士林", "zh-TW")
    [('士林', '我說的是樹林')]
    >>> taken_back("不是啦 是樹林不是士林", "zh-TW")
    [('士林', '不是啦 是樹林')]
    """
    words, found = grammar(locale), list[tuple[str, str]]()
    for met in words.taken_back.finditer(text):
        if met.groupdict().get("lacking") and words.in_stock.search(text[: met.start()]):
            continue  # 「安平有沒有，沒有的話南區」 asks for both
        found.insert(0, (text[: met.start()].strip(), text[met.end() :].strip()))
    return [*_long_enough(found), *denied_behind(text, locale)][:_MOST]


def denied_behind(text: str, locale: str) -> list[tuple[str, str]]:
    """(what is denied, what is said before it) of 「是樹林，不是士林」."""
    met = grammar(locale).denied_behind.finditer(text)
    return _long_enough((text[m.end() :].strip(), text[: m.start()].strip()) for m in met)


def _long_enough(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of whose parts each may hold a name."""
    return [pair for pair in pairs if min(map(len, pair)) >= _LEAST]


def without_denied(text: str, locale: str) -> tuple[str, str] | None:
    """What is left of `text` without the names that it denies, and these; None for no denial.

    >>> without_denied("不是板橋，是三重", "zh-TW")
    ('三重', '板橋')
    """
    before, behind, instead = _words(locale)
    text = grammar(locale).only.sub(" ", text)
    gap = "" if locale == DEFAULT else " "
    left, denied, met = [], [], False
    for clause in clauses(text, locale):
        said = normal(clause)
        if (rest := _after(said, before, gap)) is not None and rest.strip():
            met = True
            name, wanted = _split(rest, instead)
            denied.append(name.strip())
            left.append(grammar(locale).beside.split(wanted)[-1].strip())
        elif (place := next((said.find(word) for word in behind if word in said), -1)) > 0:
            met = True
            denied.append(said[:place].strip())
            word = next(word for word in behind if said.startswith(word, place))
            rest = said[place + len(word) :].strip()
            left.append((_after(rest, instead, gap) or rest).strip())
        else:
            rest = _after(said, instead, gap)
            left.append(said if rest is None or not met else rest.strip())
    if not met:
        return None
    return (gap or " ").join(part for part in left if part), gap.join(denied)


def _after(text: str, words: Sequence[str], gap: str) -> str | None:
    """`text` behind the longest of `words` that it begins with; None where it does not.

    `gap`: what stands between words, so that "nothing" does not begin with "not".
    """
    said = text + gap
    if not said.startswith(tuple(words)):  # hardly any does: quicker to ask for all at once
        return None
    begun = (word for word in words if said.startswith(word + gap))
    return next((text[len(word) :] for word in begun), None)


def _split(text: str, instead: Sequence[str]) -> tuple[str, str]:
    """(「板橋」, 「三重」) of 「板橋是三重」: the first word that leads to another name."""
    places = [(at, word) for word in instead if (at := text.find(word, 1)) > 0]
    if not places:
        return text, ""
    at, word = min(places, key=lambda one: (one[0], -len(one[1])))
    return text[:at], text[at + len(word) :]


@cache
def _words(locale: str) -> tuple[tuple[str, ...], ...]:
    denials = sentences(locale).denials
    return tuple(
        tuple(sorted(map(normal, denials[where]), key=len, reverse=True))
        for where in ("before", "behind", "instead")
    )
