"""Sentences that people say to a telephone and that name no place: 「沒關係」 is not 關西鎮."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from shared.phonetics.pronunciations import Pronunciation, fold_all, read


def is_everyday(sounds: Sequence[Pronunciation]) -> bool:
    """Whether all that was heard is one of them, by its sound."""
    return fold_all(sounds) in _sentences()


@cache
def _sentences() -> frozenset[tuple[tuple[str, str], ...]]:
    text = resources.files(__package__).joinpath("everyday.yaml").read_text(encoding="utf-8")
    return frozenset(fold_all(read(sentence)) for sentence in yaml.safe_load(text))
