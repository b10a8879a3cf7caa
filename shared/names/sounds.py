"""Mandarin syllables and how far apart they sound.

    text ─ read ─→ sounds, one a character ─ costs ─→ matrix of distances ─ align ─→ place and cost

A *syllable* is initial, final and tone. A *sound* is what one character may be: one syllable for
each of its readings. Distances are graded between 0 (the same) and 1 (unrelated); the table and its
sources stand in `confusions.yaml`.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.pinyin_dict import pinyin_dict

from shared.errors import DataError

Matrix = NDArray[np.float32]

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
_FINALS = (
    "a o e ê ai ei ao ou an en ang eng er ï i ia ie iao iu ian in iang ing iong "
    "u ua uo uai ui uan un uang ong ueng ü üe üan ün"
)
_VOWEL_FIRST = "0"
_DIGITS = "零一二三四五六七八九"


class Syllable(NamedTuple):
    """One Mandarin syllable: 「站」 is Syllable("zh", "an", 4)."""

    initial: str
    """as in Hanyu Pinyin; "0" for none"""
    final: str
    """as in Hanyu Pinyin with its medial; ï for the vowel of zhi and si, ü for that of yu"""
    tone: int
    """1–4, 5 neutral; 0 unknown (romanised text)"""


_SAME_INITIAL = {"zh": "z", "ch": "c", "sh": "s"}
_SAME_FINAL = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan", "ün": "in"}


def fold(syllable: Syllable) -> tuple[str, str]:
    """Initial and final with what a Taiwanese accent makes one written as one."""
    initial, final, _ = syllable
    return _SAME_INITIAL.get(initial, initial), _SAME_FINAL.get(final, final)


@cache
def folded() -> tuple[tuple[str, str], ...]:
    """`fold` of every syllable, by its number."""
    return tuple(fold(syllable) for syllable in syllables())


Sound = tuple[int, ...]
"""The readings of one character as numbers of syllables (`syllables()`), the usual one first."""


def parse_syllable(pinyin: str) -> Syllable | None:
    """`pinyin` with its tone as a digit → its parts; None where it is no syllable.

    >>> parse_syllable("zhong4"), parse_syllable("yu2")
    (Syllable(initial='zh', final='ong', tone=4), Syllable(initial='0', final='ü', tone=2))
    """
    tone = int(pinyin[-1]) if pinyin[-1:].isdigit() else 0
    letters = pinyin.rstrip("0123456789").replace("v", "ü")
    initial = next((start for start in _INITIALS if letters.startswith(start)), _VOWEL_FIRST)
    rest = letters.removeprefix(initial) if initial != _VOWEL_FIRST else letters
    if initial == _VOWEL_FIRST:
        rest = _written_out(rest)
    elif initial in ("j", "q", "x") and rest.startswith("u"):
        rest = "ü" + rest[1:]
    elif initial in ("zh", "ch", "sh", "r", "z", "c", "s") and rest == "i":
        rest = "ï"
    return Syllable(initial, rest, tone) if rest in finals() else None


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
def finals() -> frozenset[str]:
    """Every final of Mandarin, as `Syllable.final` writes it."""
    return frozenset(_FINALS.split())


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("confusions.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    missing = {"initials", "finals", "onsets", "tones", "weights", "gaps"} - set(table)
    if missing:
        raise DataError(f"confusions.yaml lacks {', '.join(sorted(missing))}")
    return table  # type: ignore[no-any-return]  # YAML has no types; the keys are checked above


@cache
def gaps() -> tuple[float, float]:
    """What a syllable costs that is missing from what was heard, and one that is heard too many."""
    costs = _table()["gaps"]
    return float(costs["missing"]), float(costs["extra"])


@cache
def syllables() -> tuple[Syllable, ...]:
    """Every toned syllable that any character has, and each without its tone (tone 0)."""
    found = {
        syllable
        for readings in pinyin_dict.values()
        for reading in readings.split(",")
        if (syllable := _parse_marked(reading)) is not None
    }
    return tuple(sorted(found | {syllable._replace(tone=0) for syllable in found}))


@cache
def _numbers() -> Mapping[Syllable, int]:
    return {syllable: number for number, syllable in enumerate(syllables())}


def number_of(syllable: Syllable) -> int:
    """The number of a syllable that Mandarin has."""
    return _numbers()[syllable]


@cache
def _parse_marked(reading: str) -> Syllable | None:
    tone3 = to_tone3(reading, neutral_tone_with_five=True, v_to_u=True)
    return parse_syllable(str(tone3))


@cache
def distances() -> Matrix:
    """Distance of every syllable to every other, by number: (1,900, 1,900) float32, 0 to 1."""
    table = _table()
    toneless = sorted({(syllable.initial, syllable.final) for syllable in syllables()})
    number = {pair: index for index, pair in enumerate(toneless)}
    bodies = _bodies(toneless, table)
    for rule in table["onsets"]:
        bodies = _with_onset(bodies, rule, toneless, number)
    rows = np.array([number[(s.initial, s.final)] for s in syllables()])
    tone = np.array([s.tone for s in syllables()])
    full: Matrix = bodies[np.ix_(rows, rows)] + _tone_costs(table["tones"])[np.ix_(tone, tone)]
    return np.minimum(full, np.float32(1))


def _bodies(toneless: Sequence[tuple[str, str]], table: Mapping[str, Any]) -> Matrix:
    """Weighed distances of initial and final together, tones left out."""
    names = (sorted({i for i, _ in toneless}), sorted({f for _, f in toneless}))
    total = np.zeros((len(toneless), len(toneless)), np.float32)
    for part, weight in ((0, "initial"), (1, "final")):
        graded = _graded(names[part], table[weight + "s"])
        index = np.array([names[part].index(pair[part]) for pair in toneless])
        total += np.float32(table["weights"][weight]) * graded[np.ix_(index, index)]
    return total


def _graded(names: Sequence[str], rules: Iterable[Mapping[str, Any]]) -> Matrix:
    matrix = np.ones((len(names), len(names)), np.float32)
    np.fill_diagonal(matrix, 0)
    for rule in rules:
        for pair in rule["pairs"]:
            left, right = pair.split()
            if left not in names or right not in names:
                raise DataError(f"confusions.yaml: {pair!r} names no sound")
            a, b = names.index(left), names.index(right)
            matrix[a, b] = matrix[b, a] = min(matrix[a, b], rule["cost"])
    return matrix


def part_costs(part: str) -> tuple[tuple[str, ...], Matrix]:
    """The names of all initials or finals (`part`: initial, final) and their graded distances."""
    names = tuple(sorted({str(getattr(syllable, part)) for syllable in syllables()}))
    return names, _graded(names, _table()[part + "s"])


@cache
def onset_steps() -> tuple[tuple[int, int, float], ...]:
    """Syllables that pass for another as a whole: numbers of both, and the cost of the step."""
    steps = []
    for rule in _table()["onsets"]:
        for syllable, number in _numbers().items():
            final = rule["finals"].get(syllable.final)
            other = _numbers().get(Syllable(rule["to"], final, syllable.tone)) if final else None
            if syllable.initial == rule["from"] and other is not None:
                steps += [(number, other, rule["cost"]), (other, number, rule["cost"])]
    return tuple(steps)


def _with_onset(
    bodies: Matrix,
    rule: Mapping[str, Any],
    toneless: Sequence[tuple[str, str]],
    number: Mapping[tuple[str, str], int],
) -> Matrix:
    """`bodies`, where a syllable may also pass for what the onset `rule` turns it into."""
    step = np.float32(rule["cost"] * _table()["weights"]["initial"])
    best = bodies.copy()
    for initial, final in toneless:
        other = number.get((rule["to"], rule["finals"].get(final, "")))
        if initial == rule["from"] and other is not None:
            here = number[(initial, final)]
            through = np.minimum(best[here], bodies[other] + step)
            back = np.minimum(best[other], bodies[here] + step)
            best[here], best[:, here] = through, through
            best[other], best[:, other] = back, back
    np.fill_diagonal(best, 0)
    return best


def _tone_costs(rules: Mapping[str, float]) -> Matrix:
    matrix = np.full((6, 6), rules["cost"], np.float32)
    matrix[2, 3] = matrix[3, 2] = rules["third_second"]
    matrix[5, :] = matrix[:, 5] = matrix[0, :] = matrix[:, 0] = rules["neutral"]
    np.fill_diagonal(matrix, 0)
    return matrix


@lru_cache(maxsize=8192)
def sound_of(character: str) -> Sound:
    """The readings of one character; () where it has none (punctuation, emoji, a letter)."""
    readings = pinyin_dict.get(ord(character), "")
    parsed = (_parse_marked(reading) for reading in readings.split(",") if reading)
    return tuple(dict.fromkeys(_numbers()[syllable] for syllable in parsed if syllable))


def read(text: str, limit: int = 60) -> tuple[Sound, ...]:
    """What `text` sounds like, one sound a character; digits are read one by one.

    Characters without a reading are left out. Of a very long text only the first `limit` sounds
    are read: no question a caller asks is longer.
    """
    sounds: list[Sound] = []
    for character in unicodedata.normalize("NFKC", text[: limit * 4]):
        if character.isascii():
            character = _DIGITS[int(character)] if character.isdigit() else ""
        sound = sound_of(character) if len(character) == 1 else ()
        if sound:
            sounds.append(sound)
        if len(sounds) == limit:
            break
    return tuple(sounds)


def fold_all(sounds: Sequence[Sound]) -> tuple[tuple[str, str], ...]:
    """The usual readings of `sounds`, each as `fold` writes it; for looking names up exactly."""
    return tuple(folded()[sound[0]] for sound in sounds if sound)


@lru_cache(maxsize=2048)
def to_syllables(sound: Sound) -> Matrix:
    """The distance of `sound` to every syllable: (syllables,), float32."""
    rows = distances()[list(sound)].copy()
    rows[1:] += np.float32(_table()["weights"]["other_reading"])
    row: Matrix = rows.min(axis=0)
    row.setflags(write=False)
    return row


def costs(pattern: Sequence[Sound], heard: Sequence[Sound]) -> Matrix:
    """How far each sound of `pattern` lies from each heard one: (len(pattern), len(heard))."""
    matrix = np.empty((len(pattern), len(heard)), np.float32)
    other = np.float32(_table()["weights"]["other_reading"])
    for row, wanted in enumerate(pattern):
        for column, sound in enumerate(heard):
            to = to_syllables(sound)
            best = to[wanted[0]]
            for reading in wanted[1:]:
                best = min(best, to[reading] + other)
            matrix[row, column] = best
    return matrix


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a pattern was found in what was heard."""

    cost: float
    """the sum of distances and gaps; 0 the same; len(pattern) × 0.75 not heard at all"""
    start: int
    """first heard sound that belongs to it"""
    end: int
    """one behind the last"""


def align(pattern: Sequence[Sound], heard: Sequence[Sound]) -> Alignment:
    """The place in `heard` that sounds most like the whole of `pattern`, wherever it lies."""
    missing, extra = gaps()
    distance = costs(pattern, heard)
    row = [(0.0, start) for start in range(len(heard) + 1)]
    for index in range(len(pattern)):
        above = row
        row = [(above[0][0] + missing, above[0][1])]
        for column in range(len(heard)):
            row.append(
                min(
                    (above[column][0] + float(distance[index, column]), above[column][1]),
                    (above[column + 1][0] + missing, above[column + 1][1]),
                    (row[column][0] + extra, row[column][1]),
                )
            )
    end = min(range(len(row)), key=lambda column: row[column][0])
    return Alignment(row[end][0], row[end][1], end)


def best_cost(pattern: Sequence[Sound], heard: Sequence[Sound]) -> float:
    """The cost of `align`, a syllable: 0 the same; from about 0.3 on it is chance."""
    return align(pattern, heard).cost / len(pattern) if pattern and heard else 1.0


def whole_cost(pattern: Sequence[Sound], heard: Sequence[Sound]) -> float:
    """As `best_cost`, but all of `heard` must be the pattern: what is left over costs too."""
    if not pattern or not heard:
        return 1.0
    found = align(pattern, heard)
    over = len(heard) - (found.end - found.start)
    return (found.cost + over * gaps()[1]) / max(len(pattern), len(heard))
