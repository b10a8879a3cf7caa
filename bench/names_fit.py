"""Counts in the spoken rows which sound was heard for which, and writes `measured.yaml`.

    python -m bench.names_fit [ROWS.jsonl …]

What was said is aligned with what was heard, syllable by syllable, by the published table alone.
Words that come back in every sentence (藥局 heard as 要局) count by the root of their number, so
that they do not drown the rest. The accuracy that `bench.names` reports as held out comes from
counts of the other part of the rows only.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.spoken import Row, provenance, rows_to_fit
from shared.phonetics.alignment import costs
from shared.phonetics.channel import ConfusionCounts
from shared.phonetics.confusions import distances, gaps
from shared.phonetics.pronunciations import Pronunciation, read
from shared.phonetics.syllables import syllables

_TARGET = Path(__file__).parent.parent / "shared" / "phonetics" / "measured.yaml"
_FAR = 0.75
"""two syllables further apart than this were only put side by side by the alignment"""


def count(spoken: Iterable[Row]) -> ConfusionCounts:
    """How often each initial, final and tone was heard as which, in rows with a trace of a name."""
    pairs: Counter[tuple[int, int]] = Counter()
    for row in spoken:
        if row.tier in ("clean", "hard") and row.named:
            pairs.update(_pairs(read(row.said), read(row.heard)))
    tallies: list[dict[str, dict[str, float]]] = [defaultdict(dict) for _ in range(3)]
    for (said, heard), times in pairs.items():
        weight = 2 * math.sqrt(times) - 1 if times > 1 else 1.0
        for tally, part in zip(tallies, ("initial", "final", "tone"), strict=True):
            wanted = str(getattr(syllables()[said], part))
            got = str(getattr(syllables()[heard], part))
            tally[wanted][got] = tally[wanted].get(got, 0.0) + weight
    return ConfusionCounts(*tallies)


def _pairs(said: Sequence[Pronunciation], heard: Sequence[Pronunciation]) -> list[tuple[int, int]]:
    """The syllables of `said` with those heard for them, where both are there."""
    missing, extra = gaps()
    distance = costs(said, heard)
    best = [[extra * column for column in range(len(heard) + 1)]]
    for row in range(len(said)):
        line = [best[row][0] + missing]
        for column in range(len(heard)):
            line.append(
                min(
                    best[row][column] + float(distance[row, column]),
                    best[row][column + 1] + missing,
                    line[column] + extra,
                )
            )
        best.append(line)
    found = []
    row, column = len(said), len(heard)
    while row and column:
        here = best[row][column]
        near = float(distance[row - 1, column - 1])
        if here == best[row - 1][column - 1] + near:
            row, column = row - 1, column - 1
            if near <= _FAR:
                found.append(_nearest(said[row], heard[column]))
        elif here == best[row - 1][column] + missing:
            row -= 1
        else:
            column -= 1
    return found


def _nearest(said: Pronunciation, heard: Pronunciation) -> tuple[int, int]:
    return min(
        ((a, b) for a in said for b in heard),
        key=lambda pair: (
            distances()[pair] + 0.06 * (pair[0] != said[0]) + 0.06 * (pair[1] != heard[0])
        ),
    )


def as_yaml(counts: ConfusionCounts, origin: str) -> str:
    """The table; `origin`: a line that tells from which rows."""
    lines = [
        "# Which sound was heard for which (said: {heard: how often}), counted by bench.names_fit",
        "# in questions spoken over a simulated telephone line. Not to be edited by hand.",
        origin,
    ]
    for name in ("initials", "finals", "tones"):
        lines.append(f"{name}:")
        for said, row in sorted(getattr(counts, name).items()):
            cells = ", ".join(
                f'"{heard}": {times:.1f}'
                for heard, times in sorted(row.items(), key=lambda x: (-x[1], x[0]))
            )
            lines.append(f'  "{said}": {{{cells}}}')
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the counts of all rows."""
    spoken = rows_to_fit(sys.argv[1:])
    counts = count(spoken)
    _TARGET.write_text(as_yaml(counts, provenance(spoken)), encoding="utf-8")
    print(f"{_TARGET.name}: {sum(map(len, counts.initials.values()))} pairs of initials")


if __name__ == "__main__":
    main()
