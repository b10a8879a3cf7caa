"""Text of any recogniser → sounds, or a postal code."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from opencc import OpenCC

from shared.phonetics.kana import spell_kana
from shared.phonetics.pronunciations import (
    SPOKEN_DIGITS,
    SPOKEN_LETTERS,
    Pronunciation,
    pronunciation_of,
)
from shared.phonetics.romanised import spell
from shared.phonetics.syllables import syllables
from shared.places.districts import District, by_postal_code

LONGEST = 40
"""sounds that are looked at: the longest of 535 spoken questions has 29"""

READ_AT_MOST = 400  # characters of a text of any length
_CHINESE = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_DIGITS = {"〇": "0", "○": "0", **{word: str(n) for n, word in enumerate("零一二三四五六七八九")}}
_DIGIT_WORDS = "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
_DIGIT_OF = {"oh": "0", "o": "0", **{word: str(n) for n, word in enumerate(_DIGIT_WORDS)}}
_DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(_DIGIT_OF)})\b")
_AROUND_CODE = re.compile(
    r"郵遞區號|區號|請問|幫我查|我要找|我要問|我住|是|在|的|\b(?:post|postal|zip|code|is|my|the|number|area)\b"
)
_LONGEST_CODE = 6
_NO_CODE = re.compile(r"[^\w○]|_")
_PIECE = re.compile(r"(?<!\d)(?:1(\d)|(\d)(000|00))(?!\d)|.", re.DOTALL)
_DIGIT = re.compile(r"\d")
_KANA_RUN = re.compile(r"[ァ-ヺー]{2,}")
_AS_WRITTEN = {ord("臺"): "台", **dict.fromkeys(map(ord, " \t\n\u3000"), "")}
"""spaces between characters tell nothing: 「請 問 康熙 藥局」"""


@dataclass(frozen=True, slots=True)
class Transcript:
    """An utterance as pronunciations, each with the character that it was read from."""

    text: str
    sounds: tuple[Pronunciation, ...]
    """() where nothing in it can be read aloud"""
    at: tuple[int, ...]
    """(sounds,): places in `text`; () of an English sentence, whose words were put in our order,
    and of names in kana"""
    spelled: tuple[str, ...] = ()
    """places of an English sentence that are spelled as no other is: Linkou"""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Sounds `start` to `end` (one behind the last) as characters of the text."""
        return (self.at[start], self.at[end - 1] + 1) if self.at else (0, len(self.text))

    def without(self, start: int, end: int) -> "Transcript":
        """The same without the sounds from `start` to `end`."""
        return Transcript(
            self.text,
            (*self.sounds[:start], *self.sounds[end:]),
            (*self.at[:start], *self.at[end:]),
        )


def transcribe(text: str) -> Transcript:
    """The pronunciations of `text`, Chinese or Latin, as many as are looked at."""
    kept = text[:READ_AT_MOST]
    if not kept.isascii() or _DIGIT.search(kept):
        plain, at = _normal(kept)
        if _KANA_RUN.search(plain):
            return _with_kana(text, plain)
        if len(_LATIN.findall(plain)) <= 2 * len(_CHINESE.findall(plain)):
            return _as_chinese(text, plain, at)
    plain = unicodedata.normalize("NFKC", kept)
    parts = spell(plain)
    sounds = tuple(sound for part in parts for sound in part.sounds)[:LONGEST]
    return Transcript(text, sounds, (), tuple(place for part in parts for place in part.places))


def _as_chinese(text: str, plain: str, at: Sequence[int]) -> Transcript:
    sounds: list[Pronunciation] = []
    places: list[int] = []
    for place, piece in _pieces(plain):
        for character in piece:
            if character.isascii():
                character = _spoken_ascii(character)
            sound = pronunciation_of(character) if character else ()
            if sound and len(sounds) < LONGEST:
                sounds.append(sound)
                places.append(at[place])
    return Transcript(text, tuple(sounds), tuple(places))


def _pieces(plain: str) -> Iterable[tuple[int, str]]:
    """Each character of `plain` and where it stands, a number as it is said."""
    if not _DIGIT.search(plain):
        return enumerate(plain)
    return ((match.start(), _as_spoken(match)) for match in _PIECE.finditer(plain))


def _spoken_ascii(character: str) -> str:
    """A digit or a capital letter as the character that sounds like it; "" for anything else."""
    if character.isdigit():
        return SPOKEN_DIGITS[int(character)]
    return SPOKEN_LETTERS.get(character, "")


def _with_kana(text: str, plain: str) -> Transcript:
    """Names in kana, of which no tone is known: as an English sentence, in the order of theirs."""
    sounds: list[Pronunciation] = []
    for start, end in _runs(plain):
        if _KANA_RUN.fullmatch(run := plain[start:end]):
            sounds += [sound for _, sound in spell_kana(run)]
        else:
            sounds += _as_chinese(run, run, range(len(run))).sounds
    return Transcript(text, tuple(sounds[:LONGEST]), ())


def _runs(plain: str) -> list[tuple[int, int]]:
    """Where the runs of kana begin and end, and what stands between them."""
    edges = [0, *(edge for met in _KANA_RUN.finditer(plain) for edge in met.span()), len(plain)]
    return list(pairwise(edges))


def _normal(text: str) -> tuple[str, Sequence[int]]:
    """`text` in compatibility form, and of each character where it stood."""
    if unicodedata.is_normalized("NFKC", text):
        return text, range(len(text))
    pieces = [unicodedata.normalize("NFKC", character) for character in text]
    return "".join(pieces), [i for i, piece in enumerate(pieces) for _ in piece]


def hear(text: str) -> tuple[Pronunciation, ...]:
    """The pronunciations of `text`; () where nothing in it can be read aloud."""
    return transcribe(text).sounds


def traditional(text: str) -> str:
    """`text` in the characters of Taiwan, 台 for 臺, half-width."""
    text = unicodedata.normalize("NFKC", text[:READ_AT_MOST])
    try:
        text.encode("big5")  # has no simplified characters: quicker to ask than to convert
    except UnicodeEncodeError:
        text = str(_converter().convert(text.encode(errors="ignore").decode()))
    return text.translate(_AS_WRITTEN)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def _as_spoken(match: re.Match[str]) -> str:
    """A number as it is said: 13 → 十三, 7000 → 七千. All else as it stands."""
    if behind_ten := match[1]:
        return f"十{behind_ten}".removesuffix("0")
    if several := match[2]:
        return several + ("千" if match[3] == "000" else "百")
    return match[0]


def by_code(text: str) -> tuple[District, ...]:
    """The districts of a postal code, where `text` is one and no more: 106, 一零六, one oh six.

    Of a code of five or six digits the first three name the district.
    """
    plain = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).lower()
    plain = _AROUND_CODE.sub(" ", plain)
    plain = _DIGIT_WORD.sub(lambda match: _DIGIT_OF[match[0]], plain)
    kept = _NO_CODE.sub("", plain)
    if len(kept) > _LONGEST_CODE:
        return ()
    digits = "".join(_DIGITS.get(c, c) for c in kept)
    if len(digits) not in (3, 5, 6) or not digits.isascii() or not digits.isdigit():
        digits = _by_sound(kept)
    return by_postal_code().get(digits[:3], ())


def _by_sound(text: str) -> str:
    """Three characters that sound exactly like digits (依靈溜) as digits; "" for others."""
    if len(text) != 3:
        return ""
    found = [_sounds_like().get(_toneless(character), "") for character in text]
    return "".join(found) if all(found) else ""


@cache
def _sounds_like() -> dict[tuple[str, str] | None, str]:
    return {_toneless(character): digit for character, digit in _DIGITS.items()}


def _toneless(character: str) -> tuple[str, str] | None:
    sound = pronunciation_of(character)
    return syllables()[sound[0]][:2] if sound else None
