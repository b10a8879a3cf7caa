"""A word that was just offered, said alone and misheard: 「願化」 for 電話.

Who hears 「要聽下一家、地址，還是電話？」 says one of three words. So short an utterance tells the
classifier nothing once its sounds are off; beside three words they tell enough.
"""

from functools import cache

from nlu.grammar import grammar
from shared.dialog.offer import word_of
from shared.dialog.values import State
from shared.phonetics import Pronunciation, read, whole_cost

NEAR = 0.25
"""Cost a syllable up to which a word was heard: 「願化」 and 「前話」 lie at 0.19 and 0.245 of
電話; 「地方」, 「謝謝」, 「好的」 and names of places lie from 0.35 on."""

LONGEST = 4
"""Syllables of an utterance that may be one of these words."""


def offered_in(text: str, state: State) -> str:
    """The label of the option that `text` says by its sound; "" for none."""
    words = grammar(state.locale).offered
    if not words or not state.options:
        return ""
    said = read(text)
    if not 1 < len(said) <= LONGEST:
        return ""
    labels = [label for label in map(word_of, state.options) if label in words]
    costs = [(whole_cost(word, said), label) for label in labels for word in _read(words[label])]
    cost, label = min(costs, default=(1.0, ""))
    return label if cost <= NEAR else ""


@cache
def _read(words: tuple[str, ...]) -> tuple[tuple[Pronunciation, ...], ...]:
    return tuple(tuple(read(word)) for word in words)
