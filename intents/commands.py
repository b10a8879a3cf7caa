"""Which command was said: what was heard, held against every sentence of the locale.

Mandarin is compared by sound (`shared.names.sounds`), so that 「小海口罩」 is children's masks;
other languages by their letters. Both are built once for a locale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from intents.contract import Sentences, normal, sentences
from intents.templates import slots_of
from shared.dialog.values import Intent
from shared.names import sounds

# A heard syllable that no sentence explains. Dearer than inside a name (0.55): a command is the
# whole of what was said, and 「…區…藥局還有口罩嗎」 with a name that was lost must not pass for
# 「還有口罩嗎」. Chosen on tests/intents/misheard_commands.yaml; 0.5 to 0.8 do equally well there.
_EXTRA = 0.6
_MISSING = 0.75

# With nothing offered, nobody says 「第一家」: it must sound nearer than 「換一家」 by this much.
# A syllable alone may be 一, 對 or 是 by its sound, but is the weaker for being so short.
_UNASKED = 0.2
_UNASKED_SYLLABLE = 0.2
_CHOICES = (Intent.CHOOSE1, Intent.CHOOSE2, Intent.CHOOSE3)

# A piece of noise has at least this many characters (「詢專線」), nearly all of them its own.
_NOISE_LENGTH = 3
_NOISE_LIKE = 85

# No command is longer; what is, is not compared.
_LONGEST = 16

# Sentences of one length aligned in full; the rest cannot be nearer, or only by a hair.
_CANDIDATES = 64
# Nothing that leaves this many syllables unexplained is compared; `intents.understand` believes 1.
_HOPELESS = 1.6


@dataclass(frozen=True, slots=True)
class Command:
    """A command that may have been meant."""

    intent: Intent
    sentence: str
    """the sentence it sounds like"""
    score: float
    """1 the same, 0 nothing of it; see `intents.understand` for what is believed"""
    cost: float = 0.0
    """what was not explained, in syllables"""


class Commands(Protocol):
    """The sentences of one locale, ready to be compared."""

    def best(self, heard: str, offered: bool) -> Command | None:
        """The likeliest command, however unlike; None where there is nothing to compare.

        `offered`: there are options to choose from, so 「第一個」 may be expected.
        """


@cache
def commands(locale: str) -> Commands:
    """The commands of a locale; built at the first call (about 0.3 s)."""
    data = sentences(locale)
    return _BySound(data) if locale == "zh-TW" else _ByLetter(data)


def is_noise(heard: str, locale: str) -> bool:
    """Whether `heard` is what a recogniser writes for silence, or a piece of that."""
    text = _close(heard)
    if len(text) < _NOISE_LENGTH:
        return False
    known = (_close(phrase) for phrase in sentences(locale).noise)
    return any(
        fuzz.partial_ratio(text, phrase) >= _NOISE_LIKE and len(text) <= len(phrase) + 2
        for phrase in known
    )


def _texts(data: Sentences) -> dict[str, Intent]:
    """Every sentence without slots, as it is compared → its intent."""
    return {
        _close(text): Intent(name)
        for name, texts in data.expanded().items()
        for text in texts
        if not slots_of(text)
    }


def _close(text: str) -> str:
    return normal(text).replace(" ", "")


class _ByLetter:
    """English and Japanese: a recogniser of the language itself writes real words."""

    def __init__(self, data: Sentences) -> None:
        self._ignored = tuple(sorted(map(normal, data.ignored), key=len, reverse=True))
        self._intents = {
            normal(text): Intent(name)
            for name, texts in data.expanded().items()
            for text in texts
            if not slots_of(text)
        }
        self._spaced = data.locale != "ja-JP"
        self._texts = list(self._intents)

    def best(self, heard: str, offered: bool) -> Command | None:  # noqa: ARG002
        text = normal(heard)
        if text in self._intents:
            return Command(self._intents[text], text, 1.0)
        text = _strip(text, self._ignored, " " if self._spaced else "")
        if text in self._intents:
            return Command(self._intents[text], text, 1.0)
        if not text:
            return None
        found = process.extractOne(text, self._texts, scorer=fuzz.ratio)
        return Command(self._intents[found[0]], found[0], found[1] / 100)


@dataclass(frozen=True, slots=True)
class _Block:
    """The sentences of one length."""

    texts: Sequence[str]
    intents: Sequence[Intent]
    numbered: Sequence[list[int]]
    rows: NDArray[np.intp]
    """the same, a column for each sentence"""
    surprise: NDArray[np.float32]

    @classmethod
    def of(
        cls, texts: Sequence[str], intents: Sequence[Intent], numbered: Sequence[list[int]]
    ) -> "_Block":
        surprise = [_surprise(*pair) for pair in zip(intents, numbered, strict=True)]
        rows = np.ascontiguousarray(np.array(numbered, np.intp).T)
        return cls(texts, intents, numbered, rows, np.array(surprise, np.float32))


class _BySound:
    """Mandarin: sentences as rows of syllable numbers, compared all at once."""

    def __init__(self, data: Sentences) -> None:
        self._exact = _texts(data)
        self._ignored = tuple(sorted(map(_close, data.ignored), key=len, reverse=True))
        rows: dict[tuple[int, ...], str] = {}
        for text in self._exact:
            row = tuple(sound[0] for sound in sounds.read(text))
            if row:
                rows.setdefault(row, text)
        self._known = np.array(sorted({syllable for row in rows for syllable in row}))
        number = {int(syllable): index for index, syllable in enumerate(self._known)}
        self._blocks: dict[int, _Block] = {}
        for length in sorted({len(row) for row in rows}):
            block = [row for row in rows if len(row) == length]
            texts = [rows[row] for row in block]
            numbered = [[number[syllable] for syllable in row] for row in block]
            intents = [self._exact[text] for text in texts]
            self._blocks[length] = _Block.of(texts, intents, numbered)

    def best(self, heard: str, offered: bool) -> Command | None:
        text = _close(heard)
        if text in self._exact:
            return Command(self._exact[text], text, 1.0)
        text = _strip(text, self._ignored, "")
        if text in self._exact:
            return Command(self._exact[text], text, 1.0)
        said = sounds.read(text, _LONGEST + 1)
        if not said or len(said) > _LONGEST:
            return None
        return self._closest(said, offered)

    def _closest(self, said: Sequence[sounds.Sound], offered: bool) -> Command | None:
        distance = np.stack([sounds.to_syllables(sound)[self._known] for sound in said])
        # Each syllable at its nearest heard one, wherever it stands: never dearer than the truth.
        nearest = np.minimum(distance.min(axis=0), _MISSING)
        table = distance.tolist()
        found: Command | None = None
        for length in sorted(self._blocks, key=lambda length: abs(length - len(said))):
            block, cost = self._blocks[length], found.cost if found else _HOPELESS
            floor = nearest.take(block.rows).sum(axis=0)
            floor += _EXTRA * max(len(said) - length, 0)
            if not offered:
                floor += block.surprise
            likely = np.flatnonzero(floor < cost)
            for index in likely[floor[likely].argsort()[:_CANDIDATES]].tolist():
                if floor[index] >= cost:
                    break
                here = _cost(table, block.numbered[index])
                here += 0.0 if offered else float(block.surprise[index])
                if here < cost:
                    cost = here
                    score = 1 - cost / max(len(said), length)
                    found = Command(block.intents[index], block.texts[index], score, cost)
        return found


def _surprise(intent: Intent, row: Sequence[int]) -> float:
    """What a sentence costs in advance where nothing was offered to choose from."""
    if len(row) == 1:
        return _UNASKED_SYLLABLE
    return _UNASKED if intent in _CHOICES else 0.0


def _cost(table: list[list[float]], row: list[int]) -> float:
    """Cost of the best alignment of all that was heard with all of a sentence."""
    above = [_MISSING * column for column in range(len(row) + 1)]
    for heard in table:
        left = above[0] + _EXTRA
        current = [left]
        for index, syllable in enumerate(row):
            left = min(above[index] + heard[syllable], above[index + 1] + _EXTRA, left + _MISSING)
            current.append(left)
        above = current
    return above[-1]


def _strip(text: str, ignored: Iterable[str], gap: str) -> str:
    """`text` without ignored words before and after it."""
    changed = True
    while changed and text:
        changed = False
        for word in ignored:
            if text == word:
                return ""
            if text.startswith(word + gap):
                text, changed = text[len(word + gap) :], True
            if text.endswith(gap + word):
                text, changed = text[: -len(gap + word)], True
    return text
