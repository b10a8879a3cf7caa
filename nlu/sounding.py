"""Words of Mandarin by their sound: 「向海口罩」 is 小孩口罩."""

from collections.abc import Iterable, Mapping, Sequence
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
    """Lists of words that may stand anywhere in an utterance, all looked for at once."""

    def __init__(self, lists: Mapping[str, Iterable[str]], heard: float = _HEARD) -> None:
        """`lists`: name → words; `heard`: cost a syllable up to which one counts as heard."""
        self._lists = {name: tuple(words) for name, words in lists.items()}
        self._texts = tuple(word for words in self._lists.values() for word in words)
        self._list_of = tuple(name for name, words in self._lists.items() for _ in words)
        self._patterns = [read(word) for word in self._texts]
        # 口罩 tells nothing of which: 「要買口罩」 shares half of its sounds with 小孩口罩.
        telling = [len(word.removesuffix("口罩").removesuffix("的")) for word in self._texts]
        self._telling = [own or len(word) for own, word in zip(telling, self._texts, strict=True)]
        limits = [_HEARD_SHORT if len(found) <= _SHORT else heard for found in self._patterns]
        self._limits = np.array(limits) * self._telling
        self._syllables = np.array([sound[0] for found in self._patterns for sound in found])
        self._first = np.cumsum([0, *map(len, self._patterns)])[:-1]
        self._reach = lru_cache(maxsize=_KEPT)(self._distances)

    def nearest(self, text: str) -> dict[str, str]:
        """Of each list the word that is heard best in `text`; of lists alone of which one is."""
        found: dict[str, str] = {}
        for word, name in zip(self._texts, self._list_of, strict=True):
            if word in text and name not in found:
                found[name] = word
        return self._nearest(read(text), found) if len(found) < len(self._lists) else found

    def without(self, text: str) -> tuple[str, str]:
        """The word of any list that is heard best in `text`, and `text` without it; ("", text) for
        none."""
        word = next(iter(self.nearest(text).values()), "")
        if not word or word in text:
            return word, text.replace(word, " ") if word else text
        spoken = [at for at, char in enumerate(text) if read(char)]
        found = align(read(word), read(text))
        return word, text[: spoken[found.start]] + " " + text[spoken[found.end - 1] + 1 :]

    def _nearest(self, said: Sequence[Pronunciation], written: dict[str, str]) -> dict[str, str]:
        """What is `written`, and of the other lists what is heard in `said`."""
        if not said:
            return written
        # Each syllable at its nearest heard one, wherever it stands: never dearer than the truth.
        reach = np.array([self._reach(sound) for sound in said])
        floors = np.add.reduceat(reach.min(axis=0), self._first)
        best: dict[str, tuple[float, int]] = {}
        # The likeliest first, so that most of the others need no look; of equals the first listed.
        likely = (floors <= self._limits).nonzero()[0].tolist()
        for floor, number in sorted((floors[n] / self._telling[n], n) for n in likely):
            name, telling = self._list_of[number], self._telling[number]
            if name in written or (floor, number) >= best.get(name, _NONE):
                continue
            cost = align(self._patterns[number], said).cost / telling
            if cost <= self._limits[number] / telling:
                best[name] = min(best.get(name, _NONE), (cost, number))
        return {**written, **{name: self._texts[number] for name, (_, number) in best.items()}}

    def _distances(self, sound: Pronunciation) -> Matrix:
        return to_syllables(sound).take(self._syllables)


_NONE = (1.0, -1)
"""Cost of a word that is not heard."""


def spelt_digits(text: str, digits: Sequence[str]) -> str:
    """`text` with what sounds like a digit written as one: 「尾號是爸」 → 「尾號是八」."""
    sounds = {_bare(digit): digit for digit in digits}
    # 是 sounds like 四, and is what stands before a digit.
    return "".join(sounds.get(_bare(char), char) if char != "是" else char for char in text)


@lru_cache(maxsize=_KEPT)
def _bare(char: str) -> str:
    """The usual reading of a character without its tone."""
    return lazy_pinyin(char)[0]
