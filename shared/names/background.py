"""The language model of what stands around names: everyday speech.

Callers put a name into a sentence: 「小姐你好，{}那邊口罩還有沒有」. An n-gram model over
syllables, fitted on carrier sentences and everyday ones
(`background.tsv`, made by `make fit-names`),
tells for every heard syllable the log-likelihood ratio of its being one of theirs: log P(heard |
syllables beside it) − log P(heard), in the measure of `channel.evidence`. So a span that is
everyday speech must be a much better name than a span that is not.

It runs twice: forward from the start of the sentence, for what stands before a name, and backward
from its end, for what stands behind one; a name lies in neither context.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np

from shared.phonetics.channel import log_background
from shared.phonetics.pronunciations import Pronunciation
from shared.phonetics.syllables import folded, syllables

ANY, NAME, EDGE = range(-3, 0)
"""In place of a syllable: in the sums any that stands behind a context; where a name stood; the
start or end of a sentence."""

Gram = tuple[int, ...]

# How much an n-gram's own count weighs against the shorter one it backs off to (Witten-Bell with a
# constant): the counts seen before it is believed as much as the shorter one.
_BACK_OFF = (20.0, 3.0, 1.5)
_LEAST = -0.5
"""a syllable never heard in everyday speech speaks no more for a name than this"""
_MOST = 7.0
_NAME_SHARE = 0.1
"""how often a name stands next, wherever; only its rough size matters"""
_NAME_BACK_OFF = 3.0
_CLOSED = -4.0
"""where everyday speech never has a name, one is at most so much less likely"""


@cache
def classes() -> tuple[int, ...]:
    """The class of each syllable by its number: initial and final, accents made one, no tone."""
    numbers: dict[tuple[str, str], int] = {}
    return tuple(numbers.setdefault(parts, len(numbers)) for parts in folded())


@cache
def _flat() -> tuple[float, ...]:
    """log P(class) where nothing is known, as `channel.evidence` has it."""
    every = np.zeros(max(classes()) + 1)
    bare = {(s.initial, s.final): n for n, s in enumerate(syllables())}
    for number in bare.values():
        every[classes()[number]] += math.exp(log_background()[number])
    return tuple(np.log(every + 1e-9).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """Log-likelihood ratios of everyday words in one utterance."""

    front: "array[float]"
    """(heard + 1,): of its first n syllables, and of a name standing behind them"""
    tail: "array[float]"
    """(heard + 1,): of its last n, and of a name standing before them"""
    everyday: "array[float]"
    """(heard + 1,): of its first n in a sentence without a name"""

    @property
    def nothing(self) -> float:
        """Of all of them, and no name."""
        return self.everyday[-1]


class Grams:
    """Counts of n-grams (1 to 3) of syllable classes in one direction, and what they foretell.

    What was asked once is kept: there are some ten thousand contexts in the speech of callers.
    """

    def __init__(
        self, counts: Mapping[Gram, float], tones: Mapping[tuple[int, int], float]
    ) -> None:
        """`counts`: of each n-gram, and under its first n − 1 with a trailing `ANY` their sum.

        `tones`: (class, tone) → log-likelihood ratio of that tone against any.
        """
        self._counts, self._tones = counts, tones

    def sums(self, heard: Sequence[int], *, named: bool = True) -> "array[float]":
        """(heard + 1,): log-likelihood ratio of the first n syllables, given by their numbers.

        `named`: and of a name standing behind them.
        """
        known = classes()
        before, last, total, sums = EDGE, EDGE, 0.0, []
        for number in heard:
            sums.append(total + _opening(self, before, last) if named else total)
            total += _gain(self, before, last, number)
            before, last = last, known[number]
        sums.append(total + _opening(self, before, last) if named else total)
        return array("f", sums)

    def gained(self, before: int, last: int, number: int) -> float:
        """Log-likelihood ratio of a syllable behind two classes, against anywhere; bounded."""
        here = classes()[number]
        tone = self._tones.get((here, syllables()[number].tone), 0.0)
        return min(_MOST, max(_LEAST, self._ratio((before, last, here)) + tone))

    def _ratio(self, key: Gram) -> float:
        flat = _flat()[key[2]]
        chance = math.exp(flat)
        for length, weight in enumerate(_BACK_OFF, 1):
            gram = key[3 - length :]
            if total := self._counts.get((*gram[:-1], ANY)):
                chance = (self._counts.get(gram, 0.0) + weight * chance) / (total + weight)
        return math.log(chance) - flat

    def opened(self, before: int, last: int) -> float:
        """Log-likelihood ratio of a name standing behind these two classes, against anywhere."""
        chance = _NAME_SHARE
        for context in ((last,), (before, last)):
            if total := self._counts.get((*context, ANY)):
                named = self._counts.get((*context, NAME), 0.0)
                chance = (named + _NAME_BACK_OFF * chance) / (total + _NAME_BACK_OFF)
        return max(_CLOSED, math.log(chance / _NAME_SHARE))


@lru_cache(maxsize=60_000)
def _gain(grams: Grams, before: int, last: int, number: int) -> float:
    return grams.gained(before, last, number)


@lru_cache(maxsize=60_000)
def _opening(grams: Grams, before: int, last: int) -> float:
    return grams.opened(before, last)


@dataclass(frozen=True, slots=True)
class Background:
    """What everyday speech is like, around a name and without one."""

    forward: Grams
    """of carriers"""
    backward: Grams
    """of the same, reversed"""
    everyday: Grams
    """the same of sentences without a name, forward"""

    def around(self, heard: Sequence[Pronunciation]) -> Around:
        """How well everyday words explain the first and the last n syllables, and all of them."""
        numbers = [sound[0] for sound in heard]
        return Around(
            self.forward.sums(numbers),
            self.backward.sums(numbers[::-1]),
            self.everyday.sums(numbers, named=False),
        )


def model(
    carriers: Mapping[Gram, float],
    everyday: Mapping[Gram, float],
    tones: Mapping[tuple[int, int], float],
) -> Background:
    """The model of counts of n-grams; of a trigram the shorter ones in it are counted with it."""
    both: dict[Gram, float] = dict(carriers)
    for gram, count in everyday.items():
        both[gram] = both.get(gram, 0.0) + _BORROWED * count
    ratios = _tone_ratios(tones)
    return Background(
        Grams(_summed(both.items()), ratios),
        Grams(_summed((gram[::-1], count) for gram, count in both.items()), ratios),
        Grams(_summed(everyday.items()), ratios),
    )


_BORROWED = 0.1
"""what stands around a name is everyday speech too, to that part"""


def _summed(counts: Iterable[tuple[Gram, float]]) -> dict[Gram, float]:
    found: dict[Gram, float] = {}
    for gram, count in counts:
        if gram[-1] == EDGE or gram[-2:] == (NAME, NAME):
            continue
        for start in range(len(gram)):
            for key in (gram[start:], (*gram[start:-1], ANY)):
                found[key] = found.get(key, 0.0) + count
    return found


def _tone_ratios(counts: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    totals: dict[int, float] = {}
    for (known, _), count in counts.items():
        totals[known] = totals.get(known, 0.0) + count
    return {
        (known, tone): math.log((counts.get((known, tone), 0.0) + 2) / (total + 10) * 5)
        for known, total in totals.items()
        for tone in range(1, 6)
    }


@cache
def background() -> Background:
    """The model that `background.tsv` holds."""
    text = resources.files(__package__).joinpath("background.tsv").read_text(encoding="utf-8")
    grams: dict[str, dict[Gram, float]] = {CARRIER: {}, EVERYDAY: {}}
    tones: dict[tuple[int, int], float] = {}
    names = {spelled(number): number for number in range(len(_flat()))}
    names |= {spelled(EDGE): EDGE, spelled(NAME): NAME}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        kind, gram, count = line.split("\t")
        parts = gram.split()
        if kind == TONE:
            tones[names[parts[0]], int(parts[1])] = float(count)
        else:
            grams[kind][tuple(names[part] for part in parts)] = float(count)
    return model(grams[CARRIER], grams[EVERYDAY], tones)


CARRIER, EVERYDAY, TONE = "c", "e", "t"
"""the kinds of line in `background.tsv`"""


@cache
def _spellings() -> tuple[str, ...]:
    return tuple(map("".join, dict.fromkeys(folded())))


def spelled(number: int) -> str:
    """A class as it stands in the file: zong, 0an; "^" an edge, "*" a name."""
    return {EDGE: "^", NAME: "*"}.get(number) or _spellings()[number]
