"""Many short phrases at once in C, against the alignment of each in plain Python."""

import ctypes

import pytest

from shared.compiled import library
from shared.phonetics import Costs, align, gaps, read

PHRASES = ("小孩口罩", "單號", "大人的", "長", "快篩試劑", "重慶", "還有")
SAID = ("我要買小還口早", "單號還是雙號", "好", "大人藥局還有嗎還有嗎", "還" * 60)


@pytest.mark.parametrize("said", [*SAID, "".join(SAID)])
def test_each_phrase_costs_what_its_alignment_costs(said: str) -> None:
    """The very same number: also of characters with two readings, and of one that is alone."""
    patterns, heard = [read(phrase) for phrase in PHRASES], read(said)
    known = Costs([sound for pattern in patterns for sound in pattern])
    ends = (ctypes.c_int32 * len(PHRASES))(
        *(sum(map(len, patterns[: number + 1])) for number in range(len(PHRASES)))
    )
    rows = (ctypes.c_void_p * len(heard))(*map(known.address, heard))
    costs = (ctypes.c_double * len(PHRASES))()
    done = library().nearest(rows, len(heard), ends, len(PHRASES), *gaps(), costs)
    assert done == 0
    assert list(costs) == [align(pattern, heard).cost for pattern in patterns]


def test_what_is_longer_than_there_is_room_for_is_refused() -> None:
    """`read` gives 60 sounds at most."""
    costs = (ctypes.c_double * 1)()
    rows = (ctypes.c_void_p * 65)()
    ends = (ctypes.c_int32 * 1)(0)
    assert library().nearest(rows, 65, ends, 1, *gaps(), costs) == -1
