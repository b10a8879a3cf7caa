"""Many short phrases at once in C, against the alignment of each in plain Python."""

import ctypes
from collections.abc import Sequence

import pytest

from shared.compiled import CPhrases, library
from shared.phonetics import Costs, align, gaps, read

PHRASES = ("小孩口罩", "單號", "大人的", "長", "快篩試劑", "重慶", "還有")
SAID = ("我要買小還口早", "單號還是雙號", "好", "大人藥局還有嗎還有嗎", "還" * 60)


@pytest.mark.parametrize("said", [*SAID, "".join(SAID)])
def test_each_phrase_costs_what_its_alignment_costs(said: str) -> None:
    """The very same number: also of characters with two readings, and of one that is alone."""
    patterns, heard = [read(phrase) for phrase in PHRASES], read(said)
    known = Costs([sound for pattern in patterns for sound in pattern])
    ends = [sum(map(len, patterns[: number + 1])) for number in range(len(PHRASES))]
    telling, limits = range(1, len(PHRASES) + 1), [0.1 * number for number in range(len(PHRASES))]
    rows = (ctypes.c_void_p * len(heard))(*map(known.address, heard))
    costs = (ctypes.c_double * len(PHRASES))()
    found = library().nearest(_phrases(ends, telling, limits), rows, len(heard), costs)
    alone = [align(one, heard).cost / count for one, count in zip(patterns, telling, strict=True)]
    assert list(costs) == alone
    assert found == sum(cost <= limit for cost, limit in zip(alone, limits, strict=True))


def test_what_is_longer_than_there_is_room_for_is_refused() -> None:
    """`read` gives 60 sounds at most."""
    costs = (ctypes.c_double * 1)()
    rows = (ctypes.c_void_p * 65)()
    assert library().nearest(_phrases([0], [1], [1]), rows, 65, costs) == -1


def _phrases(ends: Sequence[int], telling: Sequence[int], limits: Sequence[float]) -> object:
    count = len(ends)
    arrays = (
        (ctypes.c_int32 * count)(*ends),
        (ctypes.c_double * count)(*telling),
        (ctypes.c_double * count)(*limits),
    )
    made = CPhrases(*map(ctypes.addressof, arrays), count, *gaps())
    made.arrays = arrays  # they live as long as it
    return ctypes.byref(made)
