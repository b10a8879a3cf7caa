"""Text → pronunciations: the syllables that each character may be.

A *syllable* is initial, final and tone; a *pronunciation* is what one character may be: one
syllable for each of its readings.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from pypinyin.pinyin_dict import pinyin_dict

from shared.phonetics.syllables import folded, numbers, parse_marked

SPOKEN_DIGITS = "零一二三四五六七八九"

SPOKEN_LETTERS = dict(zip("ABCDEGIKOPQTUVY", "欸逼西低衣居愛開歐批丘踢優威歪", strict=True))
"""Letters of one syllable, by a character that sounds like their name in Taiwan: a recogniser
writes 西區 as CG."""

Pronunciation = tuple[int, ...]
"""The readings of one character as numbers of syllables (`syllables()`), the usual one first."""


@lru_cache(maxsize=8192)
def pronunciation_of(character: str) -> Pronunciation:
    """The usual readings of one character; () where it has none (punctuation, emoji, a letter).

    >>> len(pronunciation_of("重")), len(pronunciation_of("區"))
    (2, 1)
    """
    if several := _several().get(character):
        return several
    readings = pinyin_dict.get(ord(character), "")
    parsed = (parse_marked(reading) for reading in readings.split(",") if reading)
    first = next((syllable for syllable in parsed if syllable), None)
    return (numbers()[first],) if first else ()


@cache
def _several() -> Mapping[str, Pronunciation]:
    """The characters with more than one usual reading; `bench.names_readings` counts them."""
    text = resources.files(__package__).joinpath("readings.txt").read_text(encoding="utf-8")
    spelled = {f"{s.initial}{s.final}{s.tone}": number for s, number in numbers().items()}
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {character: tuple(spelled[one] for one in every) for character, *every in lines}


def read(text: str, limit: int = 60) -> tuple[Pronunciation, ...]:
    """What `text` sounds like, one sound a character; digits are read one by one.

    Characters without a reading are left out. Of a very long text only the first `limit` sounds
    are read: no question a caller asks is longer.
    """
    sounds: list[Pronunciation] = []
    for character in unicodedata.normalize("NFKC", text[: limit * 4]):
        if character.isascii():
            character = SPOKEN_DIGITS[int(character)] if character.isdigit() else ""
        sound = pronunciation_of(character) if len(character) == 1 else ()
        if sound:
            sounds.append(sound)
        if len(sounds) == limit:
            break
    return tuple(sounds)


def fold_all(sounds: Sequence[Pronunciation]) -> tuple[tuple[str, str], ...]:
    """The usual readings of `sounds`, as `folded` writes them; for looking names up exactly."""
    return tuple(folded()[sound[0]] for sound in sounds if sound)


_LONGEST_RUN = 40
"""Letters or kana of a name; longer runs are none."""


def fewest(
    run: str, longest: int, sound_of: Callable[[str], Pronunciation | None]
) -> list[tuple[int, Pronunciation]]:
    """`run` as the fewest syllables that cover it, each with its place; [] where none do.

    `longest`: signs of a syllable.
    """
    if len(run) > _LONGEST_RUN:
        return []
    best: list[list[tuple[int, Pronunciation]] | None] = [[]]
    for end in range(1, len(run) + 1):
        ways = (
            [*before, (start, sound)]
            for start in range(max(0, end - longest), end)
            if (before := best[start]) is not None and (sound := sound_of(run[start:end]))
        )
        best.append(min(ways, key=len, default=None))
    return best[-1] or []
