"""「衛生所」 in what was heard: a kind of place that can be asked for, whatever each is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shared.phonetics.pronunciations import Pronunciation, fold_all, pronunciation_of

_CALLED = ("健康服務中心", "衛生所")
"""What they are called; the first in 台北市. In the feed of 2020-03-03 each of 338 is."""


@dataclass(frozen=True, slots=True)
class CentreHeard:
    """The word for a health centre in what was heard."""

    start: int
    end: int
    """its first sound and the one after its last"""
    text_beside: str
    """what is written beside it"""


def find_centre(heard: str, sounds: Sequence[Pronunciation]) -> CentreHeard | None:
    """Where a health centre is asked for; None where none is."""
    folded = fold_all(sounds)
    for word, name in _folded().items():
        if not set(name).issubset(folded):
            continue
        for start in range(len(folded)):
            if folded[start : start + len(name)] == name:
                return CentreHeard(start, start + len(name), heard.replace(word, ""))
    return None


@cache
def _folded() -> Mapping[str, Sequence[tuple[str, str]]]:
    return {name: fold_all([pronunciation_of(character) for character in name]) for name in _CALLED}
