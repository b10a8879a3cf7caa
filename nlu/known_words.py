"""Known words by their sound: a sentence made of nothing else is understood word by word.

「那個電話是幾號啊我忘記了」 is 那個 · 電話是幾號 · 啊 · 我忘記了: it asks for the telephone number.
"""

from collections.abc import Sequence

from shared import phonetics
from shared.dialog.values import Intent
from shared.phonetics.syllables import syllables

LONGEST_SAID = 30
"""Syllables of a sentence that are looked at."""

# Words of one syllable are everywhere; these may stand before a command: 「好，我要聽地址」.
_SHORT_WORDS = "對好是不"

# 重 is chóng wherever our sentences have it (重來, 重複); its usual reading is another.
_READ_AS = str.maketrans({"重": "崇"})


def usual_reading(text: str) -> tuple[int, ...]:
    """The syllables of a text by their numbers, each character in its usual reading."""
    return tuple(sound[0] for sound in phonetics.read(text.translate(_READ_AS), LONGEST_SAID))


class KnownWords:
    """Known words by their sound without tone, to cover the whole of what was said with them."""

    def __init__(self, sentences: dict[str, Intent], ignored: Sequence[str]) -> None:
        every = syllables()
        bodies = {syllable[:2]: number for number, syllable in enumerate(every)}
        self._body = [bodies[syllable[:2]] for syllable in every]
        self._meaning: dict[tuple[int, ...], Intent | None] = {}
        self._polite: dict[tuple[int, ...], Intent] = {}
        for word in ignored:
            self._meaning[self._key(word)] = None
        for text, intent in sentences.items():
            key = self._key(text)
            if key in self._meaning and self._meaning[key] is None:
                self._polite.setdefault(key, intent)
            elif len(key) > 1 or text in _SHORT_WORDS:
                self._meaning.setdefault(key, intent)
        self._meaning.pop((), None)
        self._longest = max(map(len, self._meaning))

    def _key(self, text: str) -> tuple[int, ...]:
        return tuple(self._body[syllable] for syllable in usual_reading(text))

    def within(self, text: str) -> tuple[Intent, ...] | None:
        """The commands among the known words that cover `text`, the longest first.

        () where they are all words that mean nothing, None where something is left over. 「謝謝」
        means something only where nothing else does.
        """
        key = self._key(text)
        # best[n]: the fewest words that cover the first n syllables, as (start, end) pairs
        best: list[tuple[tuple[int, int], ...] | None] = [()]
        for end in range(1, len(key) + 1):
            ways = [
                (*before, (start, end))
                for start in range(max(0, end - self._longest), end)
                if (before := best[start]) is not None and key[start:end] in self._meaning
            ]
            best.append(min(ways, key=len) if ways else None)
        if (words := best[-1]) is None:
            return None
        meant = sorted(words, key=lambda word: word[0] - word[1])
        for table in (self._meaning, self._polite):
            if found := tuple(m for a, b in meant if (m := table.get(key[a:b])) is not None):
                return found
        return ()
