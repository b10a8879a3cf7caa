"""Text of any recogniser → sounds, or a postal code."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from shared.phonetics.pronunciations import Pronunciation, pronunciation_of, read
from shared.phonetics.romanised import spell
from shared.phonetics.syllables import syllables
from shared.places.districts import District, by_postal_code

LONGEST = 40
"""sounds that are looked at: the longest of 535 spoken questions has 29"""

READ_AT_MOST = 400  # characters of a text of any length
_CHINESE = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_DIGITS = {**dict(zip("零一二三四五六七八九", "0123456789", strict=True)), "〇": "0", "○": "0"}
_DIGIT_WORDS = "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
_DIGIT_OF = {"oh": "0", "o": "0", **{word: str(n) for n, word in enumerate(_DIGIT_WORDS)}}
_DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(_DIGIT_OF)})\b")
_LONGEST_CODE = 50  # characters of a sentence that is a postal code and no more
_AROUND_CODE = re.compile(
    r"郵遞區號|區號|請問|幫我查|我要找|我要問|我住|是|在|的|\b(?:post|postal|zip|code|is|my|the|number|area)\b"
)
_NUMBER = re.compile(r"(?<!\d)(?:1(\d)|(\d)(000|00))(?!\d)")


def hear(text: str) -> tuple[Pronunciation, ...]:
    """The sounds of `text`, Chinese or Latin; () where nothing in it can be read aloud."""
    text = unicodedata.normalize("NFKC", text[:READ_AT_MOST])
    latin = _LATIN.findall(text)
    if len(latin) > 2 * len(_CHINESE.findall(text)):
        return tuple(sound for part in spell(text) for sound in part)[:LONGEST]
    return read(_NUMBER.sub(_as_spoken, text), LONGEST)


def traditional(text: str) -> str:
    """`text` in the characters of Taiwan, 台 for 臺, half-width."""
    text = unicodedata.normalize("NFKC", text[:READ_AT_MOST])
    try:
        text.encode("big5")  # has no simplified characters: quicker to ask than to convert
    except UnicodeEncodeError:
        text = str(_converter().convert(text.encode(errors="ignore").decode()))
    return text.replace("臺", "台")


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def _as_spoken(match: re.Match[str]) -> str:
    """A number as it is said: 13 → 十三, 7000 → 七千. Others are said digit by digit."""
    if match[2] is None:
        return "十" if match[1] == "0" else f"十{match[1]}"
    return match[2] + ("千" if match[3] == "000" else "百")


def by_code(text: str) -> tuple[District, ...]:
    """The districts of a postal code, where `text` is one and no more: 106, 一零六, one oh six.

    Of a code of five or six digits the first three name the district.
    """
    if len(text) > _LONGEST_CODE:
        return ()
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _AROUND_CODE.sub(" ", plain)
    plain = _DIGIT_WORD.sub(lambda match: _DIGIT_OF[match[0]], plain)
    kept = "".join(c for c in plain if c.isalnum() or c == "○")
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
