"""Fits the language model of what stands around names, and writes `background.tsv`.

    python -m bench.names_background [ROWS.jsonl …]

It learns from sentences without names: those of the intents, the carriers and everyday sentences
of `shared/names/sentences`, each as it is written and as the confusions of the channel garble it;
and from what a recogniser wrote around names in spoken ROWS.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import yaml

from bench.spoken import Row, provenance, rows_to_fit
from intents.templates import expand
from shared.names import background
from shared.phonetics import align, channel, read, syllables

_HOME = Path(__file__).parent.parent
_NAMES = _HOME / "shared" / "names"
_TARGET = _NAMES / "background.tsv"
_BLANK = "＊"
_NAME_SLOTS = re.compile(
    r"\{(?:county|district|pharmacy|road|number)\}(?:的?\{(?:county|district|pharmacy|road)\})*"
)
_SLOT = re.compile(r"\{.*?\}")

# How much one sentence of each source weighs. None matters within a factor of two.
_INTENT, _QUESTION, _CARRIER, _EVERYDAY, _HEARD = 1.0, 3.0, 1.5, 0.5, 0.7
_GARBLED = 0.6  # all garbled copies of a sentence, beside the sentence as it is
_COPIES = 3
_LOST = 0.03  # of syllables that are not heard at all
_SHARPNESS = 1.3  # the channel without its flat floor
_OF_A_TEMPLATE = 6
"""sentences, evenly taken: with all 43,000 the table is a megabyte"""
_RARE = 0.15  # n-grams counted less are not written

Sentences = dict[str, float]


def sentences(rows: Iterable[Row], left_out: Collection[str] = ()) -> Sentences:
    """Every sentence but those `left_out`, with its weight; a blank where a name stood."""
    found: Sentences = defaultdict(float)
    data = yaml.safe_load((_HOME / "intents/sentences/zh-TW.yaml").read_text(encoding="utf-8"))
    for intent, templates in data["intents"].items():
        weight = _QUESTION if intent == "ask" else _INTENT
        for template in templates:
            every = _some(expand(template, data["rules"]))
            for sentence in every:
                plain = _NAME_SLOTS.sub(_BLANK, sentence).replace("{product}", "口罩")
                found[_SLOT.sub("", plain)] += weight / len(every) ** 0.5
    for word in data["ignored"]:
        found[word] += 2
        found[word + _BLANK] += 1
    for word in words("before"):
        found[word + _BLANK] += 1
    for word in words("after"):
        found[_BLANK + word] += 1
    for name, weight in (("carriers", _CARRIER), ("everyday", _EVERYDAY)):
        for line in lines(name):
            if line not in left_out:
                found[_SLOT.sub(_BLANK, line)] += weight
    for row in rows:
        if row.tier in ("clean", "hard"):
            found[around(row)] += _HEARD
    return found


def _some(every: Sequence[str]) -> Sequence[str]:
    """At most so many of a template's sentences, evenly: it speaks for one way to ask."""
    return every[:: -(-len(every) // _OF_A_TEMPLATE)]


def words(kind: str) -> list[str]:
    """The question words that are known as they are written."""
    lists = yaml.safe_load((_NAMES / "words_around.yaml").read_text(encoding="utf-8"))
    return list(lists[kind])


def lines(name: str) -> list[str]:
    """The sentences that may be learned from: everyday, or carriers with a {} for the name."""
    text = (_NAMES / "sentences" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def around(row: Row) -> str:
    """What was heard in a spoken row, with a blank where its name lies nearest."""
    text = "".join(character for character in row.heard if read(character))
    names = (row.county, row.district, row.road, row.pharmacy)
    spans = [align(read(name), read(text)) for name in names if name and name[:-1] in row.said]
    if not spans:
        return text
    return text[: min(s.start for s in spans)] + _BLANK + text[max(s.end for s in spans) :]


Counts = tuple[
    dict[background.Gram, float], dict[background.Gram, float], dict[tuple[int, int], float]
]


def counted(found: Sentences, seed: int = 1) -> Counts:
    """Counts of trigrams of syllable classes in carriers, in everyday sentences; and of tones."""
    heard_for = _channel()
    both: tuple[dict[background.Gram, float], ...] = (defaultdict(float), defaultdict(float))
    tones: dict[tuple[int, int], float] = defaultdict(float)
    for sentence, weight in found.items():
        rng = np.random.default_rng([seed, crc32(sentence.encode())])  # whatever else is learned
        said = list(_numbers(sentence))
        grams = both[_BLANK not in sentence]
        _add(grams, said, weight)
        for number in said:
            if number >= 0:
                tones[background.classes()[number], syllables()[number].tone] += weight
        for _ in range(_COPIES):
            garbled = [
                number if number < 0 else int(np.searchsorted(heard_for[number], rng.random()))
                for number in said
                if number < 0 or rng.random() > _LOST
            ]
            _add(grams, garbled, weight * _GARBLED / _COPIES)
    kept = [{gram: count for gram, count in grams.items() if count >= _RARE} for grams in both]
    return kept[0], kept[1], dict(tones)


def _numbers(sentence: str) -> Iterator[int]:
    for rank, part in enumerate(sentence.split(_BLANK)):
        if rank:
            yield background.NAME
        yield from (sound[0] for sound in read(part))


def _add(grams: dict[background.Gram, float], said: list[int], weight: float) -> None:
    classes = background.classes()
    known = [n if n < 0 else classes[min(n, len(classes) - 1)] for n in said]
    for gram in _grams_of(known):
        grams[gram] += weight


def _grams_of(sentence: Sequence[int]) -> Iterator[background.Gram]:
    """The trigrams of one sentence of syllable classes and `NAME`s, with both edges."""
    padded = (background.EDGE, background.EDGE, *sentence, background.EDGE, background.EDGE)
    for start in range(len(padded) - 2):
        yield padded[start : start + 3]


def _as_lines(
    carriers: Mapping[background.Gram, float],
    everyday: Mapping[background.Gram, float],
    tones: Mapping[tuple[int, int], float],
) -> Iterator[str]:
    """The file of a model: kind, syllables, count."""
    for (number, tone), count in sorted(tones.items()):
        yield f"{background.TONE}\t{background.spelled(number)} {tone}\t{count:.1f}"
    for kind, grams in ((background.CARRIER, carriers), (background.EVERYDAY, everyday)):
        for gram, count in sorted(grams.items()):
            yield f"{kind}\t{' '.join(map(background.spelled, gram))}\t{count:.2f}"


def _channel() -> "list[np.ndarray[tuple[int], np.dtype[np.float64]]]":
    """For each syllable said, the cumulative chance of each that is heard for it."""
    table = channel.evidence(channel.measured()) + channel.log_background()[:, None]
    toned = np.array([syllable.tone > 0 for syllable in syllables()])
    chances = np.where(toned[:, None], np.exp(table * _SHARPNESS), 0)
    sums = np.cumsum(chances / chances.sum(axis=0), axis=0)
    return list(sums.T)


def main() -> None:
    """Write the model."""
    spoken = rows_to_fit(sys.argv[1:])
    carriers, everyday, tones = counted(sentences(spoken))
    head = [
        "# Counts of syllables, three in a row: c around a name (*), e in sentences without one",
        "# (^ an edge); t: of tones. Made by `make fit-names`; not to be edited by hand.",
        provenance(spoken),
    ]
    every = [*head, *_as_lines(carriers, everyday, tones)]
    _TARGET.write_text("\n".join(every) + "\n", encoding="utf-8")
    print(f"{_TARGET.name}: {len(every):,} lines, {_TARGET.stat().st_size / 1e3:,.0f} kB")


if __name__ == "__main__":
    main()
