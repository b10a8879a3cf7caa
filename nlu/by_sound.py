"""Mandarin commands, compared by their sound: 「小海口罩」 is children's masks.

heard ─→ its words ─→ words that are all known ─→ the likest of all sentences
         (the same)   (「那個電話是幾號啊」)         (「電話體號」)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.contract import Sentences
from nlu.known_words import LONGEST_SAID, KnownWords, usual_reading
from nlu.matching import NOTHING, Command, close, plain_sentences, stripped
from shared import phonetics
from shared.dialog.values import Intent

# A heard syllable that no sentence explains. Dearer than inside a name (0.55): a command is the
# whole of what was said, and 「…區…藥局還有口罩嗎」 with a name that was lost must not pass for
# 「還有口罩嗎」. Chosen on tests/nlu/misheard_commands.yaml; 0.5 to 0.8 do equally well there.
_EXTRA = 0.6
_MISSING = 0.75

# With nothing offered, nobody says 「第一家」: it must sound nearer than 「換一家」 by this much.
# A syllable alone may be 一, 對 or 是 by its sound, but is the weaker for being so short.
_UNASKED = 0.2
_UNASKED_SYLLABLE = 0.2
_CHOICES = (Intent.CHOOSE1, Intent.CHOOSE2, Intent.CHOOSE3)

# No command is longer; what is, is only looked through for known words.
_LONGEST = 16

# A sentence made of known words only is believed against all but a name that is nearly sure.
_KNOWN_WORDS = 0.3

# Sentences of one length aligned in full; the rest cannot be nearer, or only by a hair.
_CANDIDATES = 64
# As far as the sentences of other intents are looked for behind the best.
LEAD = 0.12
# Sounds whose distances are kept, some 12 KB each; speech has some 1,200 of them.
_KEPT = 1024
# Nothing that leaves this many syllables unexplained is compared; `nlu.understand` believes 1.
_HOPELESS = 1.0


class BySound:
    """The commands of one locale, ready to be compared; built in about 0.3 s."""

    def __init__(self, data: Sentences) -> None:
        self._exact = {close(text): intent for text, intent in plain_sentences(data).items()}
        ignored = sorted(map(close, data.ignored), key=len, reverse=True)
        self._ignored = tuple(ignored)
        self._empty = tuple(word for word in ignored if word not in self._exact)
        rows = {row: text for text in reversed(self._exact) if (row := usual_reading(text))}
        known = sorted({syllable for row in rows for syllable in row})
        self._to_known = _ToKnown(np.array(known))
        self._words = KnownWords(self._exact, ignored)
        number = {syllable: index for index, syllable in enumerate(known)}
        by_length: dict[int, list[tuple[str, Intent, list[int]]]] = {}
        for row, text in rows.items():
            entry = (text, self._exact[text], [number[syllable] for syllable in row])
            by_length.setdefault(len(row), []).append(entry)
        self._blocks = {length: _Block.of(by_length[length]) for length in sorted(by_length)}

    def best(self, heard: str, offered: bool) -> Command | None:
        """The likeliest command; None where nothing comes near, NOTHING for mere politeness.

        `offered`: there are options to choose from, so 「第一個」 may be expected.
        """
        text = close(heard)
        for ignored in (self._empty, self._ignored):
            for text in stripped(close(heard), ignored, ""):
                if text in self._exact:
                    return Command(self._exact[text], text, 1.0)
        said = phonetics.read(text, LONGEST_SAID)
        if not said:
            return None if text else NOTHING
        words = self._words.within(text)
        if words == ():
            return NOTHING
        if words:
            return Command(words[0], text, 1 - _KNOWN_WORDS / len(said), _KNOWN_WORDS)
        return self._closest(said, offered) if len(said) <= _LONGEST else None

    def _closest(self, said: Sequence[phonetics.Pronunciation], offered: bool) -> Command | None:
        heard = [self._to_known(sound) for sound in said]
        # Each syllable at its nearest heard one, wherever it stands: never dearer than the truth.
        nearest = np.minimum(np.array([row for row, _ in heard]).min(axis=0), _MISSING)
        table = [listed for _, listed in heard]
        best: dict[Intent, tuple[float, str]] = {}
        lowest = _HOPELESS
        # Any other length leaves two syllables unexplained, which is hopeless.
        for length in (len(said), len(said) - 1, len(said) + 1):
            block = self._blocks.get(length)
            if block is None:
                continue
            extra = _EXTRA * max(len(said) - length, 0)
            floor = nearest.take(block.rows).sum(axis=0) + extra
            if not offered:
                floor += block.surprise
            likely = np.flatnonzero(floor < lowest + LEAD)
            for index in likely[floor[likely].argsort()[:_CANDIDATES]].tolist():
                if floor[index] >= lowest + LEAD:
                    break
                known = best.get(block.intents[index], (_HOPELESS + LEAD,))[0]
                if floor[index] >= known:
                    continue
                surprise = 0.0 if offered else float(block.surprise[index])
                limit = min(known, lowest + LEAD) - surprise
                cost = _cost(table, block.numbered[index], limit) + surprise
                if cost < known:
                    best[block.intents[index]] = (cost, block.texts[index])
                    lowest = min(lowest, cost)
        return _first(best, len(said))


class _ToKnown:
    """The distances of heard sounds to the syllables of the sentences; the usual ones are kept."""

    def __init__(self, known: NDArray[np.intp]) -> None:
        """`known`: the numbers of those syllables."""
        self._known = known
        self._kept: dict[phonetics.Pronunciation, tuple[NDArray[np.float32], list[float]]] = {}

    def __call__(self, sound: phonetics.Pronunciation) -> tuple[NDArray[np.float32], list[float]]:
        """(known,) distances, and the same as a list."""
        found = self._kept.get(sound)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            row = phonetics.to_syllables(sound)[self._known]
            found = self._kept[sound] = row, row.tolist()
        return found


def _first(best: dict[Intent, tuple[float, str]], length: int) -> Command | None:
    """The intent that leaves least unexplained, and its lead over the next."""
    if not best or min(best.values())[0] > _HOPELESS:
        return None
    (intent, (cost, text)), *others = sorted(best.items(), key=lambda item: item[1])
    lead = min([1.0, *(other - cost for _, (other, _) in others)])
    return Command(intent, text, 1 - cost / max(length, len(text)), cost, lead)


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
    def of(cls, entries: Sequence[tuple[str, Intent, list[int]]]) -> "_Block":
        texts, intents, numbered = zip(*entries, strict=True)
        surprise = [_surprise(intent, row) for _, intent, row in entries]
        rows = np.ascontiguousarray(np.array(numbered, np.intp).T)
        return cls(texts, intents, numbered, rows, np.array(surprise, np.float32))


def _surprise(intent: Intent, row: Sequence[int]) -> float:
    """What a sentence costs in advance where nothing was offered to choose from."""
    if len(row) == 1:
        return _UNASKED_SYLLABLE
    return _UNASKED if intent in _CHOICES else 0.0


def _cost(table: list[list[float]], row: list[int], limit: float) -> float:
    """Cost of the best alignment of all that was heard with all of a sentence.

    Given up as soon as it cannot stay below `limit`; what comes back then is no less than that.
    """
    above = [_MISSING * column for column in range(len(row) + 1)]
    for heard in table:
        left = above[0] + _EXTRA
        current = [left]
        for index, syllable in enumerate(row):
            left = min(above[index] + heard[syllable], above[index + 1] + _EXTRA, left + _MISSING)
            current.append(left)
        if min(current) >= limit:
            return limit
        above = current
    return above[-1]
