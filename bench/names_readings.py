"""Counts which readings of a character are usual, and writes `readings.txt`.

    python -m bench.names_readings

pypinyin's dictionary gives each character every reading that it ever had (區 also as ou, 大 as
tai), and so makes almost any two characters sound alike. In the 47,000 phrases of its dictionary of
phrases (MIT) each character stands as it is read there: a reading that hardly any phrase has is
left out. Characters of Taiwan count with those that they are simplified to.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from opencc import OpenCC
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from shared.phonetics.syllables import Syllable, parse_marked

_TARGET = Path(__file__).parent.parent / "shared" / "phonetics" / "readings.txt"
_SHARE = 0.03
"""of the phrases with a character: a reading that fewer have is not usual"""
_PHRASES = 3
"""that at least must have it"""
_DOUBT = 3
"""phrases more, as if of none of its readings"""

_HEAD = """\
# The usual readings of the characters that have several, the first one of a single character first.
# Counted in pypinyin's dictionary of phrases by bench.names_readings; not to be edited by hand.
"""


def usual() -> Mapping[str, tuple[Syllable, ...]]:
    """The characters with more than one usual reading, and these."""
    counts = _counts()
    simplified = OpenCC("t2s")
    found = {}
    for number, readings in pinyin_dict.items():
        character = chr(number)
        every = tuple(s for reading in readings.split(",") if (s := parse_marked(reading)))
        counted = Counter(counts[character])
        if (simple := simplified.convert(character)) != character:
            counted += counts[simple]
        least = max(_PHRASES, _SHARE * (sum(counted.values()) + _DOUBT))
        kept = (*every[:1], *(s for s in every[1:] if counted[s] >= least))
        if len(kept) > 1:
            found[character] = tuple(dict.fromkeys(kept))
    return found


def _counts() -> Mapping[str, Counter[Syllable]]:
    counts: Mapping[str, Counter[Syllable]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        if len(phrase) == len(readings):
            for character, (reading, *_) in zip(phrase, readings, strict=True):
                if (syllable := parse_marked(reading)) is not None:
                    counts[character][syllable] += 1
    return counts


def _spelled(syllable: Syllable) -> str:
    return f"{syllable.initial}{syllable.final}{syllable.tone}"


def main() -> None:
    """Write the readings."""
    lines = [f"{one} {' '.join(map(_spelled, every))}\n" for one, every in usual().items()]
    _TARGET.write_text(_HEAD + "".join(lines), encoding="utf-8")
    print(f"{_TARGET.name}: {len(lines)} characters")


if __name__ == "__main__":
    main()
