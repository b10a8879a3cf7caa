"""Words of Mandarin by their sound: 「向海口罩」 is 小孩口罩."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from pypinyin import lazy_pinyin

from shared.phonetics import Matrix, Pronunciation, align, read, to_syllables

_HEARD = 0.2
"""Cost a syllable up to which a word counts as heard: 「向海口罩」 for 小孩口罩 lies at 0.05, and
unrelated words from 0.3 on."""

_HEARD_SHORT = 0.03
"""A word of two syllables (小孩, 成人) must be nearly its sound: 「大仁藥局」 is no 大人."""

_SHORT = 2

_KEPT = 2048
"""Sounds whose distances are kept, under 1 KB each; speech has some 1,200 of them."""


class SoundWords:
    """Words that may stand anywhere in an utterance."""

    def __init__(self, words: Iterable[str], heard: float = _HEARD) -> None:
        """`heard`: cost a syllable up to which one counts as heard."""
        self._texts = tuple(words)
        self._patterns = [read(word) for word in self._texts]
        # 口罩 tells nothing of which: 「要買口罩」 shares half of its sounds with 小孩口罩.
        telling = [len(word.removesuffix("口罩").removesuffix("的")) for word in self._texts]
        self._telling = [own or len(word) for own, word in zip(telling, self._texts, strict=True)]
        limits = [_HEARD_SHORT if len(found) <= _SHORT else heard for found in self._patterns]
        self._limits = np.array(limits) * self._telling
        self._syllables = np.array([sound[0] for found in self._patterns for sound in found])
        self._first = np.cumsum([0, *map(len, self._patterns)])[:-1]
        self._reach = lru_cache(maxsize=_KEPT)(self._distances)

    def nearest(self, text: str) -> str:
        """The word that is heard best in `text`, or "" where none is."""
        for word in self._texts:
            if word in text:
                return word
        return self._nearest(_pronounced(text))

    def without(self, text: str) -> tuple[str, str]:
        """The word that is heard best in `text`, and `text` without it; ("", text) for none."""
        word = self.nearest(text)
        if not word or word in text:
            return word, text.replace(word, " ") if word else text
        spoken = [at for at, char in enumerate(text) if read(char)]
        found = align(read(word), read(text))
        return word, text[: spoken[found.start]] + " " + text[spoken[found.end - 1] + 1 :]

    def _nearest(self, said: Sequence[Pronunciation]) -> str:
        if not said:
            return ""
        # Each syllable at its nearest heard one, wherever it stands: never dearer than the truth.
        reach = np.array([self._reach(sound) for sound in said])
        floors = np.add.reduceat(reach.min(axis=0), self._first)
        best, lowest = len(self._texts), 1.0
        # The likeliest first, so that most of the others need no look; of equals the first listed.
        likely = np.flatnonzero(floors <= self._limits).tolist()
        for floor, number in sorted((floors[n] / self._telling[n], n) for n in likely):
            if (floor, number) >= (lowest, best):
                continue
            telling = self._telling[number]
            cost = align(self._patterns[number], said).cost / telling
            if cost <= self._limits[number] / telling and (cost, number) < (lowest, best):
                best, lowest = number, cost
        return self._texts[best] if best < len(self._texts) else ""

    def _distances(self, sound: Pronunciation) -> Matrix:
        return to_syllables(sound).take(self._syllables)


@lru_cache(maxsize=2)
def _pronounced(text: str) -> Sequence[Pronunciation]:
    """Of the utterance at hand, in which several lists of words are looked for."""
    return read(text)


def spelt_digits(text: str, digits: Sequence[str]) -> str:
    """`text` with what sounds like a digit written as one: 「尾號是爸」 → 「尾號是八」."""
    sounds = {_bare(digit): digit for digit in digits}
    # 是 sounds like 四, and is what stands before a digit.
    return "".join(sounds.get(_bare(char), char) if char != "是" else char for char in text)


@lru_cache(maxsize=_KEPT)
def _bare(char: str) -> str:
    """The usual reading of a character without its tone."""
    return lazy_pinyin(char)[0]
