"""Mandarin syllables: initial, final and tone, and a number for each."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.pinyin_dict import pinyin_dict

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
_LISTED = (
    "a o e ê ai ei ao ou an en ang eng er ï i ia ie iao iu ian in iang ing iong "
    "u ua uo uai ui uan un uang ong ueng ü üe üan ün"
)
_FINALS = frozenset(_LISTED.split())
_VOWEL_FIRST = "0"
_SAME_INITIAL = {"zh": "z", "ch": "c", "sh": "s"}
_SAME_FINAL = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan", "ün": "in"}


class Syllable(NamedTuple):
    """One Mandarin syllable: 「站」 is Syllable("zh", "an", 4)."""

    initial: str
    """as in Hanyu Pinyin; "0" for none"""
    final: str
    """as in Hanyu Pinyin with its medial; ï for the vowel of zhi and si, ü for that of yu"""
    tone: int
    """1–4, 5 neutral; 0 unknown (romanised text)"""


def parse_syllable(pinyin: str) -> Syllable | None:
    """`pinyin` with its tone as a digit → its parts; None where it is no syllable.

    >>> parse_syllable("zhong4"), parse_syllable("yu2")
    (Syllable(initial='zh', final='ong', tone=4), Syllable(initial='0', final='ü', tone=2))
    """
    tone = int(pinyin[-1]) if pinyin[-1:].isdigit() else 0
    letters = pinyin.rstrip("0123456789").replace("v", "ü")
    initial = next((start for start in _INITIALS if letters.startswith(start)), "")
    rest = letters.removeprefix(initial)
    if not initial:
        rest = _written_out(rest)
    elif initial in ("j", "q", "x") and rest.startswith("u"):
        rest = "ü" + rest[1:]
    elif initial in ("zh", "ch", "sh", "r", "z", "c", "s") and rest == "i":
        rest = "ï"
    return Syllable(initial or _VOWEL_FIRST, rest, tone) if rest in _FINALS else None


def _written_out(letters: str) -> str:
    """A syllable without initial → its final: yan → ian, wei → ui, you → iu, yu → ü."""
    if letters.startswith("yu"):
        return "ü" + letters[2:]
    if letters.startswith("y"):
        rest = letters[1:] if letters[1:2] == "i" else "i" + letters[1:]
        return {"iou": "iu", "io": "o"}.get(rest, rest)
    if letters.startswith("w"):
        rest = letters[1:] if letters[1:2] == "u" else "u" + letters[1:]
        return {"uei": "ui", "uen": "un"}.get(rest, rest)
    return letters


@cache
def syllables() -> tuple[Syllable, ...]:
    """Every toned syllable that any character has, and each without its tone (tone 0)."""
    found = {
        syllable
        for readings in pinyin_dict.values()
        for reading in readings.split(",")
        if (syllable := parse_marked(reading)) is not None
    }
    return tuple(sorted(found | {syllable._replace(tone=0) for syllable in found}))


@cache
def numbers() -> Mapping[Syllable, int]:
    """Syllable → its number: its place in `syllables()`."""
    return {syllable: number for number, syllable in enumerate(syllables())}


@cache
def parse_marked(reading: str) -> Syllable | None:
    """A reading with its tone as a mark (zhòng) → its parts; None where it is no syllable."""
    tone3 = to_tone3(reading, neutral_tone_with_five=True, v_to_u=True)
    return parse_syllable(str(tone3))


@cache
def folded() -> tuple[tuple[str, str], ...]:
    """Initial and final of every syllable, by its number, with what a Taiwanese accent makes one
    written as one."""
    return tuple(
        (_SAME_INITIAL.get(initial, initial), _SAME_FINAL.get(final, final))
        for initial, final, _ in syllables()
    )
