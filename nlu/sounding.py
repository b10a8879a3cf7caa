"""Words of Mandarin by their sound: 「向海口罩」 is 小孩口罩."""

import ctypes
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from pypinyin import lazy_pinyin

from shared.compiled import CPhrases, library
from shared.phonetics import Costs, Pronunciation, align, gaps, read

_HEARD = 0.2
"""Cost a syllable up to which a word counts as heard: 「向海口罩」 for 小孩口罩 lies at 0.05, and
unrelated words from 0.3 on."""

_HEARD_SHORT = 0.03
"""A word of two syllables (小孩, 成人) must be nearly its sound: 「大仁藥局」 is no 大人."""

_SHORT = 2

_KEPT = 2048
"""Characters whose usual reading is kept; speech has some 1,200 sounds."""


class SoundWords:
    """Lists of words that may stand anywhere in an utterance, all looked for at once."""

    def __init__(self, lists: Mapping[str, Iterable[str]], heard: float = _HEARD) -> None:
        """`lists`: name → words; `heard`: cost a syllable up to which one counts as heard."""
        self._lists = {name: tuple(words) for name, words in lists.items()}
        self._texts = tuple(word for words in self._lists.values() for word in words)
        self._list_of = tuple(name for name, words in self._lists.items() for _ in words)
        self._written = re.compile("|".join(map(re.escape, self._texts)))
        self._patterns = [read(word) for word in self._texts]
        # 口罩 tells nothing of which: 「要買口罩」 shares half of its sounds with 小孩口罩.
        own = [len(word.removesuffix("口罩").removesuffix("的")) for word in self._texts]
        telling = [count or len(word) for count, word in zip(own, self._texts, strict=True)]
        limits = [_HEARD_SHORT if len(one) <= _SHORT else heard for one in self._patterns]
        self._costs = ctypes.c_double * len(self._texts)
        self._arrays = (
            (ctypes.c_int32 * len(self._texts))(*accumulate(map(len, self._patterns))),
            self._costs(*telling),
            self._costs(*limits),
        )
        self._limits = limits
        at = (ctypes.addressof(one) for one in self._arrays)
        self._table = CPhrases(*at, len(limits), *gaps())
        self._at = ctypes.byref(self._table)
        self._rows = Costs([sound for pattern in self._patterns for sound in pattern])

    def nearest(self, text: str) -> dict[str, str]:
        """Of each list the word that is heard best in `text`; of lists alone of which one is."""
        found: dict[str, str] = {}
        if self._written.search(text):
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
        rows = (ctypes.c_void_p * len(said))(*map(self._rows.address, said))
        costs = self._costs()
        heard = library().nearest(self._at, rows, len(said), costs)
        if heard < 0:
            raise ValueError("more sounds than `read` gives")
        if not heard:
            return written
        best: dict[str, tuple[float, str]] = {}
        words = zip(costs[:], self._limits, self._list_of, self._texts, strict=True)
        for cost, limit, name, word in words:
            if cost <= limit and name not in written and cost < best.get(name, _NONE)[0]:
                best[name] = cost, word
        return {**written, **{name: word for name, (_, word) in best.items()}}


_NONE = (1.0, "")
"""Cost of a word that is not heard."""


def spelt_digits(text: str, digits: Sequence[str]) -> str:
    """`text` with what sounds like a digit written as one: 「尾號是爸」 → 「尾號是八」."""
    sounds = _digit_sounds(tuple(digits))
    # 是 sounds like 四, and is what stands before a digit.
    return "".join([sounds.get(_bare(char), char) if char != "是" else char for char in text])


@cache
def _digit_sounds(digits: tuple[str, ...]) -> Mapping[str, str]:
    return {_bare(digit): digit for digit in digits}


@lru_cache(maxsize=_KEPT)
def _bare(char: str) -> str:
    """The usual reading of a character without its tone."""
    return lazy_pinyin(char)[0]
