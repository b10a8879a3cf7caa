"""How well and how fast names are heard, beside plain RapidFuzz and an untuned sound distance.

python -m bench.names [ROWS.jsonl …]
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bench.names_calibrate import fit, gather, learned
from bench.reliability import print_reliability
from bench.sound_distance import shares_found
from bench.spoken import Row, catalog, folds, rows, rows_in
from shared.catalog import Catalog, Pharmacy
from shared.names.exact import words_around
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant, Resolution
from shared.names.resolve import resolve
from shared.phonetics import channel
from shared.phonetics.confusions import Matrix
from shared.places.districts import all_districts

Answer = tuple[Row, Resolution]

_GROWTH = (1, 10, 100)
_UTTERANCES = 300
_ENDLESS = ("大安區", "口罩", "a", "9", "🙂")  # what somebody may send that no caller says
_SYLLABLES = (
    "安康仁德和平信福長青大同永健明新美佳宏瑞正祥春松百吉金生民心林泉華昌成興元全光宜家友盛田"
)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of some rows, 0 to 1."""

    rows: int
    first: float
    among: float
    """the truth is among the first three"""
    sure: float
    sure_wrong: float


def score(answers: Sequence[Answer]) -> Score:
    """What the `answers` are worth; for commands nothing is the right answer."""
    count_ = max(1, len(answers))
    hits = [_hits(row, got) for row, got in answers]
    return Score(
        len(answers),
        sum(hit[:1] == [True] for hit in hits) / count_,
        sum(any(hit) for hit in hits) / count_,
        sum(got.sure for _, got in answers) / count_,
        sum(got.sure and not row.answered_by(got) for row, got in answers) / count_,
    )


def _hits(row: Row, got: Resolution) -> list[bool]:
    """Which answers are right; in a command, to recognise no name is."""
    return [got.meant is Meant.NOTHING] if not row.named else row.hits(got)


def held_out(names: Catalog, parts: int) -> list[Answer]:
    """Each row through models and weights to which neither it nor its part contributed."""
    answers = []
    for others, part in folds(parts):
        index = learned(names, others, weights=fit(gather(names, others)))
        answers += [(row, resolve(row.heard, index)) for row in part]
    return answers


def as_shipped(names: Catalog) -> list[Answer]:
    """Each row through the channel and weights of the data files, to which it did contribute."""
    index = index_of(names)
    return [(row, resolve(row.heard, index)) for row in rows()]


def accuracy(title: str, answers: Sequence[Answer]) -> None:
    """Print the table of one set of answers."""
    print(f"\n{title}")
    print("kind      tier          rows   first  among 3   sure  sure and wrong")
    for kind in ("district", "pharmacy", "road", "command", "none"):
        for tier, tiers in _TIERS.items():
            mine = [(row, got) for row, got in answers if row.kind == kind and row.tier in tiers]
            if mine:
                _line(f"{kind:9} {tier:12}", score(mine))
    well = score([(row, got) for row, got in answers if row.heard_well])
    shadow = score([(row, got) for row, got in answers if row.tier in ("faint", "lost")])
    every = score(answers)
    print(f"sure on clean and hard {well.sure:.1%} (at least 65 %)", end="; ")
    print(f"sure and wrong, all rows {every.sure_wrong:.2%} (under 2 %)", end="; ")
    print(f"sure on faint and lost {shadow.sure:.1%} (under 3 %)")


_TIERS = {
    "clean": ("clean",),
    "hard": ("hard",),
    "clean + hard": ("clean", "hard"),
    "faint": ("faint",),
    "lost": ("lost",),
}


def _line(label: str, got: Score) -> None:
    shares = f"{got.first:7.1%} {got.among:8.1%} {got.sure:6.1%} {got.sure_wrong:9.1%}"
    print(f"{label} {got.rows:5} {shares}")


def plain_rapidfuzz(names: Catalog) -> None:
    """The same rows by `WRatio` over county + district (+ name), question words removed."""
    words = [word for kind in words_around() for word in kind]
    districts = [district.key for district in all_districts()]
    pharmacies = [pharmacy.district.key + pharmacy.name for pharmacy in names.pharmacies]
    for kind, choices in (("district", districts), ("pharmacy", pharmacies)):
        mine = [row for row in rows() if row.kind == kind and row.heard_well]
        right, spent = 0, 0.0
        for row in mine:
            started = time.perf_counter()
            text = row.heard
            for word in words:
                text = text.replace(word, "")
            found = process.extractOne(text, choices, scorer=fuzz.WRatio)
            spent += time.perf_counter() - started
            place = found[2] if found else 0
            if kind == "district":
                best = all_districts()[place]
                right += row.means_district(best.county.name, best.name)
            else:
                shop = names.pharmacies[place]
                where = shop.district
                right += row.means_pharmacy(shop.name, where.county.name, where.name)
        print(
            f"plain RapidFuzz, {kind}, clean + hard: first {right / len(mine):.1%}, "
            f"{spent / len(mine) * 1e6:,.0f} µs a row"
        )


def plain_distance(names: Catalog, spoken: Sequence[Row]) -> None:
    """The same by an untuned distance of sounds."""
    for kind, (count, first, among) in shares_found(spoken, names).items():
        print(
            f"untuned sound distance, {kind}, clean + hard: {count} rows, "
            f"first {first:.1%}, among three {among:.1%}"
        )


def grown(names: Catalog, times: int) -> Catalog:
    """A catalogue `times` as large: the real one, and invented names in the same places."""
    if times == 1:
        return names
    chance = random.Random(times)  # noqa: S311  # no secret
    more: list[Pharmacy] = list(names.pharmacies)
    for copy in range(1, times):
        for pharmacy in names.pharmacies:
            invented = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 2, 3, 4))))
            number = f"{copy:03}{pharmacy.id[3:]}"
            more.append(replace(pharmacy, id=number, name=f"{invented}藥局"))
    return Catalog.of(tuple(more))


def speed(names: Catalog) -> None:
    """Print microseconds an utterance, and what the index costs, as the catalogue grows."""
    heard = [row.heard for row in rows()][:_UTTERANCES]
    evidence = channel.evidence(channel.measured())
    for times in _GROWTH:
        larger = grown(names, times)
        index, built, memory = _built(larger, evidence)
        for text in heard:
            resolve(text, index)  # so that no row pays for sounds heard for the first time
        spent = [_microseconds(text, index) for text in heard]
        sizes = f"{len(larger.pharmacies):7,} pharmacies, {len(index.names.texts):7,} names"
        times_taken = (
            f"median {np.median(spent):5,.0f} µs, 99 % {np.percentile(spent, 99):5,.0f} µs"
        )
        print(f"×{times:<3} {sizes}: {times_taken}; index {built:.2f} s, {memory / 1e6:,.0f} MB")


def _microseconds(text: str, index: NameIndex) -> float:
    started = time.perf_counter()
    resolve(text, index)
    return (time.perf_counter() - started) * 1e6


def longest(names: Catalog) -> None:
    """Print what 10,000 characters cost beside the sentences of the corpus, in the same run."""
    index = index_of(names)
    usual = np.median([_microseconds(row.heard, index) for row in rows()][-_UTTERANCES:])
    for text in _ENDLESS:
        resolve(text * 10_000, index)
        spent = np.median([_microseconds((text * 10_000)[:10_000], index) for _ in range(20)])
        print(
            f"10,000 characters of {text!r}: {spent:,.0f} µs, {spent / usual:.1f} times a sentence"
        )


def _built(names: Catalog, evidence: Matrix) -> tuple[NameIndex, float, float]:
    """The index, the seconds it took, and the bytes it holds (measured in a second making)."""
    started = time.perf_counter()
    index = NameIndex.of(names, evidence)
    built = time.perf_counter() - started
    tracemalloc.start()
    again = NameIndex.of(names, evidence)
    memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del again
    return index, built, memory


def main() -> None:
    """Print everything."""
    names = catalog()
    if files := sys.argv[1:]:
        index = index_of(names)
        answers = [(row, resolve(row.heard, index)) for row in rows_in(map(Path, files))]
        accuracy(f"as shipped, {', '.join(Path(file).name for file in files)}", answers)
        print_reliability(answers)
        plain_distance(names, [row for row, _ in answers])
        return
    held = held_out(names, 3)
    accuracy("held out, three parts: learned from the other rows only", held)
    print_reliability(held)
    accuracy("as shipped: learned from these rows too", as_shipped(names))
    print()
    plain_rapidfuzz(names)
    plain_distance(names, rows())
    print("\nmicroseconds an utterance, names resolved one after the other on one core")
    speed(names)
    longest(names)


if __name__ == "__main__":
    main()
